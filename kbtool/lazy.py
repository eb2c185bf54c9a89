"""Packages that load a name's module when the name is first asked for (PEP 562).

A record class costs a millisecond to make, and there are many: a command that needs a few of them
is not to wait for the rest. ``kbtool search`` answers an agent who is typing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from importlib import import_module


def lazily(package: str, names: Collection[str], modules: Sequence[str]) -> Callable[[str], object]:
    """The ``__getattr__`` of ``package``: each of ``names`` is looked for in ``modules``, in order.

    A module that bears the name of one of ``names`` must not be among them: once loaded it would
    take its place.
    """

    def find(name: str) -> object:
        for module in modules if name in names else ():
            loaded = import_module(f"{package}.{module}")
            if hasattr(loaded, name):
                found: object = getattr(loaded, name)
                setattr(sys.modules[package], name, found)
                return found
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return find
