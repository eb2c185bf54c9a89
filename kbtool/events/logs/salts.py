"""Salts of past days: what makes the visitors of a log's day one, for two days, and then nobody.

The collector's salt of a day is gone when its log is read. A day's salt is made by the import that
first meets the day, and kept so that the rest of the day, which may stand in the next file, joins
it. What is older than 48 hours is overwritten by the next command that looks.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kbtool.disk import replace_file
from kbtool.errors import StoreError
from kbtool.events.visitor import SALT_BYTES

FILE = "log-salts"
KEPT = timedelta(hours=48)


class DaySalts:
    """The salts that live, in a file readable by its owner only, outside the database."""

    def __init__(
        self, file: Path, now: datetime, new_salt: Callable[[int], bytes], *, keep: bool = True
    ) -> None:
        """Those whose time is over are destroyed. Without ``keep`` (a dry run) nothing is written.

        Raises StoreError.
        """
        self._file, self._now, self._new_salt, self._keep = file, now, new_salt, keep
        if keep:
            forget_salts(file, now)
        self._salts = _living(file, now)
        self._changed = False

    def of(self, day: int) -> bytes:
        """The salt of a day (days since 1970, UTC), made when it has none."""
        if day not in self._salts:
            self._salts[day] = (self._new_salt(SALT_BYTES), self._now)
            self._changed = True
        return self._salts[day][0]

    @property
    def made(self) -> dict[int, datetime]:
        """When the salt of each day was made."""
        return {day: made for day, (_, made) in self._salts.items()}

    def save(self) -> None:
        """Keep what was made; to be called before anything is stored that was made with it.

        Raises StoreError.
        """
        if self._changed and self._keep:
            _write(self._file, self._salts)
        self._changed = False


def forget_salts(file: Path, now: datetime) -> None:
    """Destroy the salts whose time is over. Raises StoreError."""
    if not file.exists():
        return
    salts = _living(file, now)
    if not salts or salts != _read(file):
        _write(file, salts)


def _living(file: Path, now: datetime) -> dict[int, tuple[bytes, datetime]]:
    """Those that were made within the last 48 hours."""
    return {
        day: (salt, made)
        for day, (salt, made) in _read(file).items()
        if timedelta(0) <= now - made < KEPT
    }


def _read(file: Path) -> dict[int, tuple[bytes, datetime]]:
    """What the file holds; nothing when there is none or it is damaged (new ones are made)."""
    try:
        data = json.loads(file.read_text(encoding="ascii"))
        found = {
            int(day): (bytes.fromhex(salt), datetime.fromisoformat(made))
            for day, (salt, made) in data.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {
        day: (salt, made)
        for day, (salt, made) in found.items()
        if len(salt) == SALT_BYTES and made.tzinfo is not None
    }


def _write(file: Path, salts: dict[int, tuple[bytes, datetime]]) -> None:
    data = {str(day): (salt.hex(), made.isoformat()) for day, (salt, made) in salts.items()}
    try:
        if data:
            replace_file(file, json.dumps(data).encode("ascii"), mode=0o600)
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"{file}: {error.strerror}", hint="check the permissions of the folder"
        ) from None
