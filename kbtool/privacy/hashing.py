"""People as keyed hashes: the same person meets himself, nobody can be looked up."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from kbtool.errors import StoreError
from kbtool.text import lower

KEY_BYTES = 32
_DIGEST_BYTES = 12


def hash_person(key: bytes, value: str) -> str:
    """24 hex digits: BLAKE2b of ``value`` (trimmed, lower case) under ``key`` (RFC 7693)."""
    return blake2b(lower(value.strip()).encode(), key=key, digest_size=_DIGEST_BYTES).hexdigest()


def count_people(hashes: Iterable[str | None]) -> int:
    """Different people; each unknown one (None) counts as one more."""
    given = list(hashes)
    return len(set(given) - {None}) + given.count(None)


def stored_key(file: Path, fresh: bytes) -> bytes:
    """The key in ``file``; ``fresh`` is written there first when there is none (mode 0600).

    Raises StoreError when the file cannot be used.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = file.read_bytes()
        else:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(fresh)
            key = fresh
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror}") from None
    if len(key) != KEY_BYTES:
        raise StoreError(
            f"{file}: not a key of {KEY_BYTES} bytes",
            hint="delete it; the next import makes a new one and people get new hashes",
        )
    return key
