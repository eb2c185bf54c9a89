"""People as keyed hashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.errors import StoreError
from kbtool.privacy.hashing import hash_person, stored_key

KEY = bytes(range(32))


def test_the_same_person_meets_himself() -> None:
    """Case and blanks do not matter, the key does."""
    assert hash_person(KEY, " Eva@X.example ") == hash_person(KEY, "eva@x.example")
    assert hash_person(KEY, "eva@x.example") != hash_person(b"other", "eva@x.example")


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    """The first key stays, whatever is offered later, and only the owner may read it."""
    file = tmp_path / "state" / "people.key"
    assert stored_key(file, KEY) == KEY
    assert stored_key(file, b"x" * 32) == KEY
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_is_told(tmp_path: Path) -> None:
    """A file of another length is no key."""
    (tmp_path / "people.key").write_bytes(b"short")
    with pytest.raises(StoreError, match="not a key"):
        stored_key(tmp_path / "people.key", KEY)
