"""Files that ship with kbtool: the theme, the sample help centre, and its own code."""

from __future__ import annotations

import sys
import unicodedata
import zlib
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_READ_WITH = ("phonenumbers", "snowballstemmer", "stdnum", "yaml")
"""Packages that have a say in what is made of articles; those that render say so themselves."""


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
    """A digest of all of kbtool's code and data, and of what reads articles with it: what another
    kbtool or another Python kept is known by it. Packages are told by size and time of a file,
    for asking them for their version would take longer than most checks.
    """
    found = blake2b(digest_size=16)
    packages = (find_spec(name) for name in _READ_WITH)
    origins = [Path(one.origin).stat() for one in packages if one and one.origin]
    python = (sys.version, unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION)
    found.update(repr((python, [(one.st_size, one.st_mtime_ns) for one in origins])).encode())
    kinds = (".py", ".yaml", ".txt", ".json", ".css")
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in kinds):
        if "_bundled" not in path.parts:
            found.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
            found.update(path.read_bytes())
    return found.hexdigest()
