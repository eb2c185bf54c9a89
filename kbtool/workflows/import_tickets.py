"""``kbtool import``: help-desk exports into the database, redacted, whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kbtool.config import Settings
from kbtool.db import writing
from kbtool.errors import StoreError
from kbtool.privacy.hashing import stored_key
from kbtool.progress import Progress
from kbtool.tickets.load import LoadResult, load, plans_for
from kbtool.tickets.sniff import Sniffed, sniff
from kbtool.tickets.store import Saved, save_tickets

KEY_NAME = "people.key"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came in and what it is."""

    loaded: LoadResult
    saved: Saved | None
    """``None`` when nothing was stored on purpose (``dry_run``)."""
    resolved: int
    answered: int
    resolutions: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    """(language or "unknown", tickets), most tickets first."""
    first: datetime | None
    last: datetime | None

    @property
    def read(self) -> int:
        """Records seen: tickets, those replaced by a later one, and rejected ones."""
        return len(self.loaded.tickets) + self.loaded.duplicates + len(self.loaded.rejected)


def load_tickets(
    settings: Settings,
    files: Sequence[Path],
    *,
    mapping: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    source: str | None = None,
    key: bytes = b"",
    progress: Progress | None = None,
) -> LoadResult:
    """The tickets of ``files``, cleaned and redacted; nothing is stored.

    ``mapping`` is a built-in name or a YAML file. ``key`` hashes the people; it may be empty only
    where the result is not kept. Raises InputError.
    """
    plans = plans_for(settings, files, mapping=mapping, encoding=encoding, delimiter=delimiter)
    return load(settings, plans, key=key, source=source, progress=progress)


def import_tickets(
    settings: Settings,
    files: Sequence[Path],
    *,
    now: datetime,
    fresh_key: bytes | None = None,
    mapping: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    source: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Read ``files`` and store their tickets in one transaction; a second run changes nothing.

    ``fresh_key`` (32 random bytes) becomes the key that hashes people when this knowledge base has
    none yet. Raises InputError for files, StoreError for the database.
    """
    plans = plans_for(settings, files, mapping=mapping, encoding=encoding, delimiter=delimiter)
    key = b"" if dry_run else _key(settings, fresh_key)
    loaded = load(settings, plans, key=key, source=source, progress=progress)
    saved = None if dry_run else _save(settings, loaded)
    return _result(loaded, saved, now)


def sniff_tickets(
    settings: Settings,
    files: Sequence[Path],
    *,
    mapping: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> tuple[Sniffed, ...]:
    """What each file seems to be: the proposed mapping and how much it covers. Stores nothing.

    Raises InputError.
    """
    plans = plans_for(
        settings, files, mapping=mapping, encoding=encoding, delimiter=delimiter, propose=True
    )
    return tuple(sniff(one, settings) for one in plans)


def _key(settings: Settings, fresh: bytes | None) -> bytes:
    file = settings.state_dir / KEY_NAME
    if fresh is None and not file.exists():
        raise StoreError(f"{file}: no key to hash people with", hint="run kbtool import once")
    return stored_key(file, fresh or b"")


def _save(settings: Settings, loaded: LoadResult) -> Saved:
    with writing(settings.database) as connection:
        return save_tickets(connection, loaded.tickets)


def _result(loaded: LoadResult, saved: Saved | None, now: datetime) -> ImportResult:
    tickets = loaded.tickets
    times = sorted(
        t.created_at for t in tickets if t.created_at is not None and t.created_at <= now
    )
    return ImportResult(
        loaded=loaded,
        saved=saved,
        resolved=sum(t.resolved for t in tickets),
        answered=sum(t.resolution == "answered" for t in tickets),
        resolutions=_counted([t.resolution for t in tickets]),
        languages=_counted([t.language or "unknown" for t in tickets]),
        first=times[0] if times else None,
        last=times[-1] if times else None,
    )


def _counted(values: list[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
