"""Slugs: the last part of a page's address."""

from __future__ import annotations

import re

from kbtool.text.fold import lower, match_key

MAX_LENGTH = 80
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f h ts ch sh sch  y  e yu ya".split(" "),
        strict=True,
    )
)


def slugify(text: str, lang: str | None = None) -> str:
    """``[a-z0-9-]{1,80}`` from a title, cut at a word; ``"article"`` when nothing is left."""
    plain = match_key("".join(_CYRILLIC.get(c, c) for c in lower(text, lang)))
    parts = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = ""
    for part in parts:
        longer = f"{slug}-{part}" if slug else part[:MAX_LENGTH]
        if len(longer) > MAX_LENGTH:
            break
        slug = longer
    return slug or "article"
