"""The record's folder: what is written where, whole or not at all, and how damage is seen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kbtool.errors import IndexMissingError

FOLDER = "whoosh"
"""The record's folder in that of a release's index."""
FORMAT = 3
HINT = "kbtool build"
_MANIFEST = "record.json"


def write_manifest(directory: Path, languages: Mapping[str, Mapping[str, Any]]) -> None:
    """Name the languages and every file with its size, last of all.

    A folder without a manifest was not finished, one whose files have other sizes is damaged.
    """
    files = [path for path in sorted(directory.rglob("*")) if path.is_file()]
    sizes = {path.relative_to(directory).as_posix(): path.stat().st_size for path in files}
    manifest = {"format": FORMAT, "languages": languages, "files": sizes}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (directory / _MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(directory: Path) -> dict[str, dict[str, Any]]:
    """Language → what was written of it: ``folder``, ``articles`` of each part, ``words``.

    Raises IndexMissingError when there is no record, one of another format, or one whose files
    are not as large as they were.
    """
    try:
        manifest = json.loads((directory / _MANIFEST).read_text(encoding="utf-8"))
        known = manifest.get("format") == FORMAT
        sizes = {name: (directory / name).stat().st_size for name in manifest["files"]}
        whole = sizes == manifest["files"]
        languages: dict[str, dict[str, Any]] = dict(manifest["languages"]) if known else {}
    except FileNotFoundError:
        raise _missing(directory) from None
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        raise IndexMissingError(f"{directory}: damaged search index", hint=HINT) from None
    if not known:
        raise IndexMissingError(f"{directory}: search index of another version", hint=HINT)
    if not whole:
        raise IndexMissingError(f"{directory}: damaged search index", hint=HINT)
    return languages


def _missing(directory: Path) -> IndexMissingError:
    if (directory / _MANIFEST).exists():
        return IndexMissingError(f"{directory}: damaged search index", hint=HINT)
    return IndexMissingError(f"{directory}: no search index for --advanced", hint=HINT)


@contextmanager
def translated(directory: Path) -> Iterator[None]:
    """Whoosh meets damage with any exception there is; tell it as our own."""
    try:
        yield
    except Exception as error:
        raise IndexMissingError(
            f"{directory}: damaged search index ({type(error).__name__})", hint=HINT
        ) from error
