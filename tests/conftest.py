"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# A busy machine may be slow at any moment, so no test says how long an example may take.
settings.register_profile("kbtool", deadline=None)
settings.load_profile("kbtool")
