"""All that came back, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.model import Article, Coverage, Report, Suggestion, Topic
from kbtool.suggest.feedback.given import NOTHING, Given, Known
from kbtool.suggest.feedback.harm import fixes
from kbtool.suggest.feedback.languages import translations_wanted
from kbtool.suggest.feedback.missed import from_searches
from kbtool.suggest.feedback.unfound import promotions
from kbtool.suggest.feedback.unused import retirements


def suggestions_from_feedback(
    report: Report,
    articles: Sequence[Article],
    coverage: Sequence[Coverage] = (),
    topics: Sequence[Topic] = (),
    known: Known = NOTHING,
) -> tuple[Suggestion, ...]:
    """Write, wording, translate, fix, promote and retire suggestions, worth most first.

    A query that a topic without an article asks makes no suggestion of its own: ``boost`` adds
    it to the topic's. ``known`` is what stands beside the report.
    """
    given = Given.of(report, articles, coverage, topics, known)
    found = [
        *from_searches(given),
        *translations_wanted(given),
        *fixes(given),
        *promotions(given),
        *retirements(given),
    ]
    return tuple(sorted(found, key=lambda s: (-s.worth, s.kind, s.question, s.article or "")))
