"""Two articles that are too much alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kbtool.model import PUBLIC, Article


@dataclass(frozen=True, slots=True)
class Pair:
    """What is wrong with two articles, told at ``one``."""

    code: str
    one: Article
    other: Article
    line: int
    other_line: int
    message: str
    """With ``{}`` where the other article is named."""


def comparable(one: Article, other: Article) -> bool:
    """Whether two articles may be held against each other at all."""
    return (
        one.id != other.id
        and one.lang == other.lang
        and (one.translation_of or one.id) != (other.translation_of or other.id)
        and other.id not in one.differs_from
        and one.id not in other.differs_from
    )


def in_order(one: Article, other: Article) -> bool:
    """Whether a finding about both belongs to ``one``: a draft before what readers see, else the
    one that was changed last.
    """
    return _rank(one) >= _rank(other)


def braced(text: str) -> str:
    """``text`` as a part of a pair's message."""
    return text.replace("{", "{{").replace("}", "}}")


def _rank(article: Article) -> tuple[bool, date, str]:
    return article.status not in PUBLIC, article.updated or date.min, article.id
