"""Make a damaged index anew, from the documents that its build kept beside it.

The new one is made aside and takes the old one's place when all of it is on the disk and it opens.
Who reads meanwhile has the old one open, or finds none for an instant and asks again. Only one
process or thread makes it; a run that was killed leaves the old one, and the next run begins anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypeVar

from kbtool.config import Settings
from kbtool.disk import locked, sync
from kbtool.errors import IndexMissingError
from kbtool.search.index import DOCUMENTS, FORMAT, MANIFEST, Index, build_index

T = TypeVar("T")

Seen: TypeAlias = tuple[int, int] | None
"""Which folder was seen: its device and number; None when there was none."""

_NOTICE = "The search index cannot be read; it is made anew from the articles of the last build."
_HINT = "kbtool build"


def asked(settings: Settings, ask: Callable[[Path], T], told: Callable[[str], None]) -> T:
    """What ``ask`` gives for the folder of the current index.

    When it raises IndexMissingError, the index is restored and asked once more; ``told`` gets a
    line for people. What ``ask`` raised is raised again when there is nothing to restore from.
    """
    directory = settings.index_dir.resolve()
    before = seen(directory)
    try:
        return ask(directory)
    except IndexMissingError:
        if not restore_index(directory, before, settings, told):
            raise
    return ask(settings.index_dir.resolve())


def silent(_line: str) -> None:
    """Tell nobody."""


def seen(directory: Path) -> Seen:
    """Which folder stands at ``directory`` now; a restored index is another one."""
    try:
        found = directory.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def restore_index(
    directory: Path, damaged: Seen, settings: Settings, told: Callable[[str], None]
) -> bool:
    """Put an index made of the kept documents and today's synonyms in the place of ``directory``,
    unless that is not the ``damaged`` one any more: then somebody else was faster.

    True when another index is there now, False when no documents were kept, or they are damaged
    as well. Raises IndexMissingError when the disk refuses, or a newer kbtool made the index.
    """
    aside, old = directory.with_name("index.new"), directory.with_name("index.old")
    if not (directory.exists() or old.exists()):
        return False
    try:
        with locked(directory.with_name("index.lock"), wait=True):
            if seen(directory) != damaged:
                return True
            if not directory.exists():  # a run was killed when it had put the old one away
                old.rename(directory)
            for left in (aside, old):
                shutil.rmtree(left, ignore_errors=True)
            return _replace(directory, aside, old, settings, told)
    except OSError as error:
        raise IndexMissingError(
            f"{directory}: this search index cannot be read, nor made anew ({error.strerror})",
            hint=_HINT,
        ) from error


def _replace(
    directory: Path, aside: Path, old: Path, settings: Settings, told: Callable[[str], None]
) -> bool:
    from kbtool.search.record.files import FOLDER  # a search that finds a whole index needs none
    from kbtool.search.record.kept import read_documents
    from kbtool.search.record.read import Record
    from kbtool.search.synonyms import read_synonyms

    _refuse_newer(directory)
    try:
        documents = read_documents(directory / DOCUMENTS)
    except IndexMissingError:
        return False
    told(_NOTICE)
    synonyms, _ = read_synonyms(settings.content_dir, settings.languages)
    try:
        build_index(documents, aside, synonyms)
        Index.open(aside).close()
        Record.open(aside / FOLDER).close()
        directory.rename(old)
        aside.rename(directory)
        sync(directory.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    return True


def _refuse_newer(directory: Path) -> None:
    """Raises IndexMissingError for the index of a newer kbtool: two versions that restore in turn
    would never end.
    """
    try:
        made = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))["format"]
        is_newer = made > FORMAT
    except (OSError, ValueError, TypeError, LookupError):
        return
    if is_newer:
        raise IndexMissingError(
            f"{directory}: search index of a newer kbtool", hint="update kbtool, or: kbtool build"
        )
