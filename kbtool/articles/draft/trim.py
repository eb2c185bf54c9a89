"""Shorter forms of an agent's sentence, without what was said to one customer only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kbtool.articles.draft.replies import Said, is_fit

_BRACKETS = re.compile(r"\s*[(\[](?![^()\[\]]*\ue000)[^()\[\]\n]{3,200}[)\]]")
_DASH = re.compile(r"\s(?:[-–—]|--)\s")
_HEAD = re.compile(r"^[^:>/]{3,60}:\s+(?=\S)")
_FEWEST_WORDS = 3


def trimmed(said: Said) -> Iterator[Said]:
    """The sentence itself and what stands of it without brackets, without what follows a dash and
    without what introduces it before a colon; each may be fit where the whole is not.
    """
    yield said
    seen = {said.text}
    for form in _forms(said.text):
        text = form.strip(" ,;–—-")
        if text not in seen and len(text.split()) >= _FEWEST_WORDS:
            seen.add(text)
            yield replace(said, text=text, fit=is_fit(text, said.lang))


def _forms(text: str) -> Iterator[str]:
    bare = _BRACKETS.sub("", text)
    yield bare
    for whole in (text, bare):
        head, *tail = _DASH.split(whole, maxsplit=1)
        if tail:
            yield head
        yield _HEAD.sub("", whole, count=1)
