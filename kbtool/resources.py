"""Files that ship with kbtool: the theme and the sample help centre."""

from __future__ import annotations

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
