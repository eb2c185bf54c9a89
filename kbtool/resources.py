"""Files that ship with kbtool: the theme, the sample help centre, and its own code."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """The path of a file or folder that ships with kbtool, such as ``theme`` or ``content``.

    In a wheel it is below ``kbtool/_bundled``; in a checkout it is beside the package. Raises
    FileNotFoundError when the installation lacks it.
    """
    for path in (_PACKAGE / "_bundled" / name, _PACKAGE.parent / name):
        if path.exists():
            return path
    raise FileNotFoundError(f"this installation of kbtool lacks {name!r}; install it again")


@cache
def code_digest() -> str:
    """A digest of all of kbtool's code and data: what another kbtool kept is then known as such."""
    found = blake2b(digest_size=16)
    kinds = (".py", ".yaml", ".txt", ".json", ".css")
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in kinds):
        if "_bundled" not in path.parts:
            found.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
            found.update(path.read_bytes())
    return found.hexdigest()
