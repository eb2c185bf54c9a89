"""HTML and SVG built from elements: every tag is closed, every text is escaped."""

from __future__ import annotations

import html
import re

_VOID = frozenset({"link", "meta"})
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff0-\uffff]"
)
"""Controls, halves of surrogate pairs, line separators, and characters that turn the direction of
what stands around them."""


class Markup(str):
    """Text that is HTML already; every other text is escaped where it is put in."""

    __slots__ = ()


def escape(text: object) -> Markup:
    """``text`` as it can stand between tags or in a quoted attribute.

    What a browser would obey or hide becomes �: a customer's text must not reverse a line.
    """
    return text if isinstance(text, Markup) else Markup(_escaped(text))


def el(name: str, /, *children: object, **attributes: object) -> Markup:
    """The element ``name`` with its children; None among the children is left out.

    An underscore in an attribute's name is a hyphen, one at its end only keeps Python happy
    (``class_``). None and False leave an attribute out, True writes its name alone.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: object, between: str = "") -> Markup:
    """The children one after another, escaped where they are no markup yet; None is left out."""
    return Markup(escape(between).join(escape(one) for one in children if one is not None))


def number(value: float) -> str:
    """A number as SVG wants it: at most two decimals, none where there are none."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    return f' {name}="{_escaped(number(value) if isinstance(value, float) else value)}"'


def _escaped(text: object) -> str:
    return html.escape(_UNSAFE.sub("\ufffd", str(text)))
