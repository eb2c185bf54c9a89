"""Numbers as they are written: which one of a sentence is said otherwise, and how to change it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kbtool.articles.draft.render import escape
from kbtool.articles.saying.claims import Claim, claims_of
from kbtool.articles.saying.phrases import in_digits
from kbtool.articles.saying.replies import LINK, Said

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,\u00a0\u202f]\d+)*")
_SIGN = re.compile(r"[€$£₺¥]\s?$")
_WORD_END = re.compile(r"[^\W\d_]+|[%€$£₺¥]|\d+(?:[.,]\d+)*")
_LONGEST = 40
"""Characters of a number with its unit."""


def pair(here: Said, now: Said, unit: str, lang: str) -> tuple[Claim, Claim] | None:
    """The two claims that contradict each other: of ``unit``, no value in common, and said of the
    same thing as nearly as any.
    """
    found = [
        (mine, theirs)
        for mine in claims_of(here, here.lang or lang)
        for theirs in claims_of(now, now.lang or lang)
        if unit and mine.unit == theirs.unit == unit and not mine.values & theirs.values
    ]
    return max(found, key=lambda p: len(p[0].context & p[1].context), default=None)


def spelled(claim: Claim, lang: str) -> str:
    """A claim as it is written, ``5–10 days``; in digits when its number is written as a word.

    ``lang`` is that of a sentence which does not say its own. Empty when it cannot be found.
    """
    lang = claim.said.lang or lang
    for text in (claim.said.text, in_digits(claim.said.text, lang)):
        places = list(_written(text, claim, lang))
        if places:
            start, end = places[0][0], max(end for _, end in places)
            return text[start:end] if end - start <= _LONGEST else ""
    return ""


def unit_of(fact: str) -> str:
    """What is left of ``5–10 days`` without its numbers."""
    return NUMBER.sub("", fact).strip("–- ").casefold()


def with_phrase(raw: str, text: str, old: str, new: str) -> str | None:
    """A sentence's Markdown with another phrase; None when ``old`` does not stand in it once."""
    return _exchanged(raw, old, new) if _once(text, old) else None


def with_fact(raw: str, text: str, here: Claim, now: Claim, lang: str) -> str | None:
    """A sentence's Markdown that says ``now`` where it said ``here``; None when that is not clear.

    ``text`` is the sentence as plain text. The number alone is changed where its unit stays, else
    the number with its unit.
    """
    old, new = spelled(here, lang), spelled(now, lang)
    if not old or not new:
        return None
    numbers, others = NUMBER.findall(old), NUMBER.findall(new)
    if len(numbers) == len(others):
        only = old
        for number, other in zip(numbers, others, strict=True):
            only = only.replace(number, other, 1) if number in only else only
        one = "1" in (*numbers, *others)  # the words beside it change too: 1 day, 2 days
        if not one and _says(text.replace(old, only), now, lang):
            return with_phrase(raw, text, old, only)
    return with_phrase(raw, text, old, new) if _says(text.replace(old, new), now, lang) else None


def _written(text: str, claim: Claim, lang: str) -> Iterator[tuple[int, int]]:
    """Start and end of each number that is one of a claim's, with the unit behind or before it."""
    for match in NUMBER.finditer(text):
        sign = _SIGN.search(text[: match.start()])
        start = sign.start() if sign else match.start()
        for word in _WORD_END.finditer(text, match.end() if not sign else match.start()):
            if word.end() - start > _LONGEST:
                break
            found = list(claims_of(replace(claim.said, text=text[start : word.end()]), lang))
            if found and found[0].unit == claim.unit and found[0].values <= claim.values:
                yield start, word.end()
                break


def _once(text: str, phrase: str) -> bool:
    return len(re.findall(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)) == 1


def _exchanged(raw: str, old: str, new: str) -> str | None:
    """The Markdown with one phrase for another; None when emphasis or a line end is inside it."""
    for form in (old, escape(old)):
        if _once(raw, form):
            return raw.replace(form, new if form == old else escape(new))
    return None


def _says(text: str, claim: Claim, lang: str) -> bool:
    said = replace(claim.said, text=LINK.sub(" ", text))
    return any(c.unit == claim.unit and c.values == claim.values for c in claims_of(said, lang))
