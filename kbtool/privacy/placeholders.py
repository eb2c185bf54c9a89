"""What stands for personal data: ``[phone]``, and ``[phone 2]`` for a second one of the same ticket.

The first value of a kind has no number, so a ticket with one phone reads as it always did. The same
value has the same placeholder in the whole ticket, however it is written: phones with or without
the country's code, mail addresses in any case, order numbers with or without ``#``, a person by the
first name alone. Numbers are given in the order in which a ticket is read and mean nothing outside
of it: who compares texts of several tickets compares them ``bare``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kbtool.privacy.names import stems
from kbtool.text.fold import match_key

KINDS = (
    "email", "phone", "iban", "card", "id", "ip", "mac", "secret", "order", "number", "name", "address", "date",
)  # fmt: skip
HIGHEST = 999
"""The last number; further values of a kind share the placeholder without one."""
PLACEHOLDER = re.compile(rf"\[(?P<kind>{'|'.join(KINDS)})(?: (?P<number>[1-9]\d{{0,2}}))?\]")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_NO_DIGIT, _BETWEEN = re.compile(r"\D"), re.compile(r"[\W_]")
_COUNTRY, _SAME_DIGITS, _LOOKED_AT = 4, 7, 8
"""Digits a country code and trunk 0 have at most; digits two writings of a phone share at least; so
many values that share them are compared."""


def bare(text: str) -> str:
    """``text`` with its placeholders unnumbered."""
    return PLACEHOLDER.sub(r"[\g<kind>]", text) if "[" in text else text


class Numbering:
    """The placeholders of one ticket, given out as its values are met."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Numbers begin behind the placeholders that ``texts``, all of the ticket's, hold already."""
        self._last: dict[str, int] = {}
        for match in (m for text in texts if "[" in text for m in PLACEHOLDER.finditer(text)):
            number = int(match["number"] or 1)
            self._last[match["kind"]] = max(number, self._last.get(match["kind"], 0))
        self._met: dict[tuple[str, str], str] = {}
        self._given: dict[str, str] = {}
        self._phones: dict[str, list[tuple[str, str]]] = {}
        self._words: dict[tuple[str, str], list[tuple[frozenset[str], str]]] = {}

    def placeholder(self, kind: str, value: str) -> str:
        """The placeholder of ``value``: a new one, or that of the same value before."""
        given = self._met.get((kind, value))
        if given is None:
            given = self._met[kind, value] = self._of(kind, value)
        return given

    def _of(self, kind: str, value: str) -> str:
        if kind in ("name", "address"):
            return self._of_words(kind, value)
        if kind == "phone":
            return self._of_phone(_NO_DIGIT.sub("", value).lstrip("0"))
        if kind in ("email", "date", "ip"):  # dots and dashes tell two of them apart
            key = f"{kind} {match_key(value)}"
        else:
            key = value if kind == "secret" else _BETWEEN.sub("", match_key(value))
        return self._given.get(key) or self._given.setdefault(key, self._new(kind))

    def _of_phone(self, digits: str) -> str:
        known = self._phones.setdefault(digits[-_SAME_DIGITS:], [])
        for other, given in known:
            longer, shorter = sorted((digits, other), key=len, reverse=True)
            if longer.endswith(shorter) and len(longer) - len(shorter) <= _COUNTRY:
                return given
        given = self._given.get(digits) or self._new("phone")
        self._given.setdefault(digits, given)
        if len(known) < _LOOKED_AT:
            known.append((digits, given))
        return given

    def _of_words(self, kind: str, value: str) -> str:
        """Of a name or an address: the same as one that has all its words, or some and no other."""
        said = [stems(word) for word in _WORD.findall(value)]
        own = frozenset(keys[0] for keys in said)
        every = frozenset(key for keys in said for key in keys)
        known = (
            entry for keys in said for key in keys for entry in self._words.get((kind, key), ())
        )
        for other, given in known:
            if all(not other.isdisjoint(keys) for keys in said):
                return given
            if other <= every:
                break
        else:
            given = self._new(kind)
        for key in own:
            entries = self._words.setdefault((kind, key), [])
            if len(entries) < _LOOKED_AT:
                entries.append((own, given))
        return given

    def _new(self, kind: str) -> str:
        number = self._last[kind] = self._last.get(kind, 0) + 1
        return f"[{kind}]" if number == 1 or number > HIGHEST else f"[{kind} {number}]"
