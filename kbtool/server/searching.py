"""Searching without holding up the server: a few threads, each with its own open index."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from kbtool.model import SearchFound
from kbtool.search.index import Index
from kbtool.server.releases import Release

THREADS = 4

T = TypeVar("T")


class Searcher:
    """Searches the index of a release; each thread reopens its index when the release changes."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="kbtool-search")
        self._mine = threading.local()

    async def search(
        self,
        release: Release,
        query: str,
        *,
        lang: str | None = None,
        category: str | None = None,
        tag: str | None = None,
        limit: int = 10,
        only_lang: bool = False,
        as_typed: bool = False,
    ) -> SearchFound:
        """The best articles for ``query``. Raises IndexMissingError."""

        def work() -> SearchFound:
            return self.index(release).search(
                query,
                lang=lang,
                category=category,
                tag=tag,
                limit=limit,
                only_lang=only_lang,
                as_typed=as_typed,
            )

        return await self.run(work)

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` gives on one of the threads; there it may ask for ``index``."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Let the running searches end."""
        self._pool.shutdown()

    def index(self, release: Release) -> Index:
        """The calling thread's own index of a release. Raises IndexMissingError."""
        directory = release.index
        opened: tuple[Path, Index] | None = getattr(self._mine, "opened", None)
        if opened is None or opened[0] != directory:
            if opened is not None:
                opened[1].close()
                self._mine.opened = None
            opened = (directory, Index.open(directory))
            self._mine.opened = opened
        return opened[1]
