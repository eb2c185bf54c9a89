"""Which release is being served: found once per request, so that a page never mixes two."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kbtool.errors import ServeError

logger = logging.getLogger("kbtool.server")

MANIFEST = "site/articles.json"


@dataclass(frozen=True, slots=True)
class Release:
    """One finished build; nothing in it ever changes."""

    path: Path
    """The real folder, links resolved."""
    articles: Mapping[str, str]
    """Article id → site-relative address of its page."""

    @property
    def id(self) -> str:
        """The name of its folder."""
        return self.path.name

    @property
    def site(self) -> Path:
        """Its pages."""
        return self.path / "site"

    @property
    def index(self) -> Path:
        """Its search index."""
        return self.path / "index"


class Releases:
    """Follows the link to the current release and reads each release's manifest once."""

    def __init__(self, current: Path) -> None:
        self._current = current
        self._loaded: Release | None = None

    def served(self) -> Release:
        """The release to serve. Raises ServeError when there is none."""
        release = self.current()
        if release is None:
            raise ServeError("the help centre has not been built yet", hint="run: kbtool build")
        return release

    def current(self) -> Release | None:
        """The release that the link points at now; None when there is no usable one.

        When the newest cannot be read, the last one that could stays.
        """
        try:
            target = self._current.resolve(strict=True)
        except (OSError, RuntimeError):
            return None
        loaded = self._loaded
        if loaded is not None and loaded.path == target:
            return loaded
        try:
            self._loaded = Release(target, _read_manifest(target / MANIFEST))
        except (OSError, ValueError, KeyError, TypeError):
            logger.exception("release %s cannot be read; run: kbtool build", target.name)
        return self._loaded


def _read_manifest(file: Path) -> Mapping[str, str]:
    data = json.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({entry["id"]: entry["url"] for entry in data["articles"]})
