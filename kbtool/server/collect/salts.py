"""The day's salt and the visitor keys made with it: what makes yesterday's visitors unknowable."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from kbtool.disk import replace_file
from kbtool.errors import StoreError
from kbtool.events.visitor import SALT_BYTES, visitor_key
from kbtool.events.visits import VISIT_GAP

MAX_REMEMBERED = 50_000
"""Visitors remembered over midnight at most; beyond it a visit is cut in two."""


@dataclass(frozen=True, slots=True)
class Salt:
    """The salt of a UTC day, and the one before while a visit may still cross midnight."""

    day: date
    today: bytes
    previous: bytes | None


class Salts:
    """Salts in one file readable by its owner only, outside the database and its backups.

    A new salt is made on the first use after 00:00 UTC; the one before is kept for half an hour
    (the gap that ends a visit) and then overwritten. ``current`` must be called now and then for
    this to happen without visitors.
    """

    def __init__(self, file: Path, new_salt: Callable[[int], bytes] = os.urandom) -> None:
        self._file = file
        self._new_salt = new_salt
        self._salt: Salt | None = None

    def current(self, now: datetime) -> Salt:
        """The salt for ``now``, made when its day has none. Raises StoreError."""
        salt = self._salt or self._read()
        today = now.astimezone(UTC).date()
        if salt is None or salt.day < today:
            kept = salt.today if salt and today - salt.day == timedelta(days=1) else None
            salt = Salt(today, self._new_salt(SALT_BYTES), kept)
        if salt.previous is not None and now - _midnight(salt.day) > VISIT_GAP:
            salt = Salt(salt.day, salt.today, None)
        if salt != self._salt:
            self._write(salt)
            self._salt = salt
        return salt

    def _read(self) -> Salt | None:
        """What the file holds; None when there is none or it is damaged (a new one is made)."""
        try:
            data = json.loads(self._file.read_text(encoding="ascii"))
            previous = data["previous"]
            return Salt(
                date.fromisoformat(data["day"]),
                _salt_bytes(data["today"]),
                None if previous is None else _salt_bytes(previous),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write(self, salt: Salt) -> None:
        """Replace the file in one step; nobody else may read it at any moment."""
        data = {
            "day": salt.day.isoformat(),
            "today": salt.today.hex(),
            "previous": salt.previous.hex() if salt.previous else None,
        }
        try:
            replace_file(self._file, json.dumps(data).encode("ascii"), mode=0o600)
        except OSError as error:
            raise StoreError(
                f"{self._file}: {error.strerror}", hint="check the permissions of the folder"
            ) from None


class Visitors:
    """Gives each visitor the day's key, and keeps a visit whole when it crosses midnight."""

    def __init__(self, salts: Salts, site: str) -> None:
        self._salts = salts
        self._site = site
        self._seen: dict[str, datetime] = {}

    def key(self, now: datetime, address: str, user_agent: str) -> str:
        """The visitor's key. Raises StoreError when a new salt cannot be kept."""
        salt = self._salts.current(now)
        key = self._made(salt.today, address, user_agent)
        if salt.previous is not None:
            before = self._made(salt.previous, address, user_agent)
            if before in self._seen and now - self._seen[before] <= VISIT_GAP:
                key = before
        self._remember(key, now, salt)
        return key

    def _made(self, salt: bytes, address: str, user_agent: str) -> str:
        return visitor_key(salt, site=self._site, address=address, user_agent=user_agent)

    def _remember(self, key: str, now: datetime, salt: Salt) -> None:
        """Note who was here, only in the half hours around midnight, only in memory."""
        to_midnight = _midnight(salt.day + timedelta(days=1)) - now
        if salt.previous is None and to_midnight > VISIT_GAP:
            self._seen.clear()
        elif key in self._seen or len(self._seen) < MAX_REMEMBERED:
            self._seen[key] = now


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _salt_bytes(text: str) -> bytes:
    salt = bytes.fromhex(text)
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt of another length")
    return salt
