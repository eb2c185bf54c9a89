"""Results kept from the last run, so that only what changed is worked out again.

What is kept is never the truth: each result is kept under a key of everything that it follows from,
and a file that is missing, damaged or of another kbtool is as good as none. ``code_digest`` says for
all of them which kbtool it was. Each kind is kept as it is used:

- documents, all read in every build: one JSON file, ``Kept`` here;
- what checks found out, of which a run needs a few rows of many: SQLite, articles/checks/store.py;
- parts of the index, large and handed on as they are: a file or folder each, search/cache.py;
- the pages: nowhere beside the last release, from which they are linked, site/releases/files.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from typing import Any

from kbtool.disk import replace_file


class Kept:
    """JSON values by key in the file ``path``; ``maker`` names what made them.

    Of the last run's values, those that nobody asks for are forgotten when this run's are saved.
    """

    def __init__(self, path: Path, maker: str) -> None:
        self._path = path
        self._maker = maker
        self._before = _read(path, maker)
        self._now: dict[str, Any] = {}

    def get(self, key: str, make: Callable[[], Any]) -> Any:
        """The value of ``key``: as it was kept, or made now. It is plain JSON data, which the
        caller must not change.
        """
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else make()
        return self._now[key]

    def save(self) -> None:
        """Keep this run's values, in one step. A disk that refuses is no error: the next run works
        everything out again.
        """
        if self._now.keys() == self._before.keys():
            return
        data = _encoded(self._now)
        head = json.dumps({"maker": self._maker, "digest": _digest(data)}).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._path, head + b"\n" + data)
        except OSError:
            return


def forget_kept(cache_dir: Path) -> None:
    """Delete all that runs kept, texts of articles among it. Raises OSError."""
    with suppress(FileNotFoundError):
        rmtree(cache_dir)


def _read(path: Path, maker: str) -> dict[str, Any]:
    try:
        head, _, data = path.read_bytes().partition(b"\n")
        if json.loads(head) != {"maker": maker, "digest": _digest(data)}:
            return {}
        values: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    except (OSError, ValueError, RecursionError):
        return {}
    return values


def _encoded(values: dict[str, Any]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
