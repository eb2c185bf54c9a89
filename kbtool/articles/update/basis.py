"""What an article rests on: until when its writer knew the agents' answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kbtool.articles.explain.trace import Sentence, trace
from kbtool.articles.update.passages import Body
from kbtool.model import Article


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sentence of a body comes from."""

    drafted: bool
    """It stands as kbtool drafted it; else a person changed or wrote it."""
    evidence: tuple[int, ...]
    """Places in the article's ``evidence``, from 0."""


def basis(article: Article) -> date | None:
    """The day of the newest answer that a drafted article rests on; of one without evidence the
    day of its last change. None when neither is known.
    """
    days = [one.last_seen for one in article.evidence if one.last_seen]
    return max(days, default=article.updated)


def days_known(article: Article, origins: Sequence[Origin]) -> list[date | None]:
    """Until when the answers about each sentence of a body were known.

    A sentence that kbtool drafted rests on what agents had said; one that a person wrote or
    changed is as new as the article.
    """
    start = basis(article)
    changed = max((day for day in (start, article.updated) if day), default=None)
    return [start if one.drafted else changed for one in origins]


def origins(article: Article, body: Body) -> list[Origin]:
    """Where each sentence of the article's ``body`` comes from."""
    lines = {part.block.line_at(0): part for part in trace(article).parts}
    found: list[Origin] = []
    for passage in body.passages:
        part = lines.get(body.blocks[passage.block].line)
        best: tuple[int, Sentence] | None = None
        place = 0
        for sentence in part.sentences if part else ():
            at = max(part.block.text.find(sentence.text, place), place) if part else place
            place = at + len(sentence.text)
            shared = min(place, passage.shown[1]) - max(at, passage.shown[0])
            if shared > 0 and (best is None or shared > best[0]):
                best = shared, sentence
        found.append(
            Origin(best[1].state == "drafted", best[1].evidence) if best else Origin(False, ())
        )
    return found
