"""Questions to topics: per language, then joined across languages, then labelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from hashlib import blake2b

from kbtool.mining.identity import keep_ids
from kbtool.mining.join import Group, join_languages
from kbtool.mining.labels import Labels, count_months
from kbtool.mining.linkage import find_topics
from kbtool.mining.questions import Question
from kbtool.mining.trend import Calendar, with_trends
from kbtool.model import Topic
from kbtool.progress import Progress

SAMPLE = 4_000
"""Questions compared with each other at once (all pairs: 130 MB); the others are assigned."""
ROUNDS = 6
"""Each round mines a sample of what the rounds before could not place: the rare topics."""
SEED = 2
"""Smallest group kept in one language until the languages are joined."""


def mine(
    questions: Sequence[Question],
    *,
    smallest: int = 4,
    previous: Sequence[Topic] = (),
    gone: Sequence[Topic] = (),
    link_name: Callable[[str], str] = str,
    first_language: str | None = None,
    progress: Progress | None = None,
) -> tuple[Topic, ...]:
    """The recurring questions, those with most tickets first.

    ``smallest`` is the number of tickets that make a topic; ``previous`` are the topics of the
    last run and ``gone`` those of runs before it, whose ids are kept; ``link_name`` names what a
    URL in a reply points at; topics with enough tickets in ``first_language`` are shown in it. The
    order of the questions does not matter and the same questions give the same topics.
    """
    by_language: dict[str, list[Question]] = defaultdict(list)
    for question in sorted(questions, key=lambda q: q.ticket):
        by_language[question.lang or ""].append(question)
    groups: dict[str, list[Group]] = {}
    done = 0
    for lang in sorted(by_language):
        groups[lang] = _groups(by_language[lang], SEED if len(by_language) > 1 else smallest)
        done += len(by_language[lang])
        if progress is not None:
            progress("Comparing questions", done, len(questions))
    joined = [g for g in join_languages(groups, link_name) if len(g) >= smallest]
    labels = Labels(questions, first_language)
    topics: list[Topic] = []
    for group in joined:
        topics.append(labels.topic(group))
        if progress is not None:
            progress("Naming topics", len(topics), len(joined))
    newest = max((q.at for q in questions if q.at is not None), default=None)
    timed = with_trends(topics, Calendar.of(count_months(questions), newest))
    return keep_ids(sorted(timed, key=lambda t: (-len(t.tickets), t.id)), previous, gone)


def _groups(questions: Sequence[Question], smallest: int) -> list[Group]:
    """Groups of alike questions of one language."""
    rest = sorted(questions, key=_shuffled)
    found: list[Group] = []
    for _ in range(ROUNDS):
        sample, others = rest[:SAMPLE], rest[SAMPLE:]
        model = find_topics(sample, smallest)
        if model is None:
            break
        numbers = [*model.labels.tolist(), *model.assign(others).tolist()]
        groups: list[Group] = [[] for _ in range(model.topics)]
        left: list[Question] = []
        for question, number in zip(rest, numbers, strict=True):
            (groups[number] if number >= 0 else left).append(question)
        found.extend(groups)
        rest = left
        if not others:
            break
    return found


def _shuffled(question: Question) -> bytes:
    """A sample must not depend on the order of input or on ids that grow with time."""
    return blake2b(question.ticket.encode(), digest_size=8).digest()
