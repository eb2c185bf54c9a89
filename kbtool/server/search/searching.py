"""Searching without holding up the server: a few threads, each with its own open index."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kbtool.errors import IndexMissingError
from kbtool.model import SearchFound
from kbtool.search.index import Index
from kbtool.search.restore import Seen, seen
from kbtool.server.releases import Release

THREADS = 2
"""Ranking holds Python's lock, so that more would only keep more in memory: a typed query gets
through beside a long ticket."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Opened:
    """A thread's own index."""

    directory: Path
    folder: Seen
    index: Index


class _DamagedError(Exception):
    """The index in a folder cannot be read."""

    def __init__(self, folder: Seen, told: IndexMissingError) -> None:
        super().__init__(folder)
        self.folder = folder
        self.told = told


class Searcher:
    """Searches the index of a release; each thread reopens its index when the release changes.

    A damaged index is restored by ``restored``, which says whether another one is there now.
    """

    def __init__(self, restored: Callable[[Path, Seen], Awaitable[bool]]) -> None:
        self._restored = restored
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

        def find(index: Index) -> SearchFound:
            return index.search(
                query,
                lang=lang,
                category=category,
                tag=tag,
                limit=limit,
                only_lang=only_lang,
                as_typed=as_typed,
            )

        return await self.ask(release, find)

    async def ask(self, release: Release, find: Callable[[Index], T]) -> T:
        """What ``find`` gives for an index of ``release``, on one of the threads.

        A damaged index is restored first; raises IndexMissingError when that cannot be done, or
        takes long.
        """
        try:
            return await self.run(lambda: self._ask(release.index, find))
        except _DamagedError as damaged:
            if not await self._restored(release.index, damaged.folder):
                raise damaged.told from None
        try:
            return await self.run(lambda: self._ask(release.index, find))
        except _DamagedError as damaged:
            raise damaged.told from None

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` gives on one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Let the running searches end."""
        self._pool.shutdown()

    def _ask(self, directory: Path, find: Callable[[Index], T]) -> T:
        """What ``find`` gives for the calling thread's own index. Raises _DamagedError."""
        folder = seen(directory)
        opened: _Opened | None = getattr(self._mine, "opened", None)
        try:
            if opened is None or (opened.directory, opened.folder) != (directory, folder):
                self._mine.opened = None
                opened = self._mine.opened = _Opened(directory, folder, Index.open(directory))
            return find(opened.index)
        except IndexMissingError as error:
            self._mine.opened = None
            raise _DamagedError(folder, error) from error
