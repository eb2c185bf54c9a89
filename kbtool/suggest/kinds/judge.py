"""From what the agents do in a topic's answers to what it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kbtool.intervals import wilson
from kbtool.model import Instead, Ticket, Topic
from kbtool.suggest.kinds.answers import Answer, read_answer
from kbtool.suggest.kinds.wording import (
    bug_told,
    escalation_told,
    form_told,
    macro_told,
)

MOST_READ = 50
"""The most typical tickets of a topic that are read: more would hardly change a share."""
LEAST = 5
"""Answers below which nothing is said against an article."""
Z90 = 1.2815515655446004
"""The 90 % point of the normal distribution: one bound of a share is wrong in one case of ten."""
MOSTLY = 0.5
"""The lower bound of a share that is the rule."""
RARELY = 1 / 3
"""The upper bound of a share that is the exception: 0 of 5, 1 of 9, 3 of 17."""
EXAMPLES = 3
_TELLING = 3
"""Terms of a sentence that may explain something, although it is not known what it does."""
_SHARED = 2
"""Terms that two sentences must have in common to say the same …"""
_ALIKE = 0.6
"""… and the share of the shorter one's."""


def judge_topic(topic: Topic, tickets: Iterable[Ticket]) -> Instead | None:
    """What a topic needs instead of an article, from its tickets; None: write the article.

    At most ``MOST_READ`` of its most typical tickets are read, only those that agents answered in
    public. The order of ``tickets`` does not matter.
    """
    wanted = {key: place for place, key in enumerate(topic.tickets[:MOST_READ])}
    usual = next((lang for lang, _ in topic.languages), None)
    ranked = sorted((t for t in tickets if t.key in wanted), key=lambda t: wanted[t.key])
    answers: list[Answer] = []
    told = 0
    for ticket in ranked:
        if (found := read_answer(ticket, usual)) is not None:
            answers.append(found)
            told += found.told
        if not _rarely(told, len(ranked)):
            return None  # most topics end here, after a few tickets
    return judge(answers, ended=topic.trend in ("spike", "fading"))


def judge(answers: Sequence[Answer], *, ended: bool = False) -> Instead | None:
    """The same from the answers; ``ended`` says that hardly anyone asks any more.

    The margins are those of Wilson's interval: what is the rule must be so in more than half of
    all such answers, and explaining must be the exception.
    """
    if len(answers) < LEAST:
        return None
    if not _rarely(sum(a.told for a in answers), len(answers)):
        return None
    return _escalation(answers) or _bug(answers, ended) or _form_or_macro(answers)


def _escalation(answers: Sequence[Answer]) -> Instead | None:
    grave = [a for a in answers if a.grave]
    if not _mostly(len(grave), len(answers)):
        return None
    matters = Counter(matter for answer in grave for matter in answer.grave)
    handed = sum(a.handed for a in answers)
    return escalation_told(_common(matters), len(grave), handed, len(answers), _examples(grave))


def _bug(answers: Sequence[Answer], ended: bool) -> Instead | None:
    mended = [a for a in answers if a.defect]
    if not _mostly(len(mended), len(answers)):
        return None
    versions = Counter(version for answer in mended for version in answer.versions)
    often = [version for version, count in versions.items() if count >= 2]
    newest = max(often, key=_numbers, default=None)
    return bug_told(newest, ended, len(mended), len(answers), _examples(mended))


def _form_or_macro(answers: Sequence[Answer]) -> Instead | None:
    """What agents say in the same words explains something, whatever it is; at most half of the
    answers may hold a sentence of which it is not known what it does.
    """
    shared = _shared(answers)
    told = [a for a in answers if a.told or a.ticket in shared]
    perhaps = [a for a in answers if a.told or any(len(terms) >= _TELLING for terms in a.loose)]
    if not _rarely(len(told), len(answers)) or 2 * len(perhaps) > len(answers):
        return None
    explaining = {a.ticket for a in told}
    own = [a for a in answers if _is_own(a) and a.ticket not in explaining]
    if not _mostly(len(own), len(answers)):
        return None
    acted = [a for a in own if a.acted]
    if 2 * len(acted) >= len(own):
        wanted = _wanted(answers)
        return form_told(wanted, len(acted), len(told), len(answers), _examples(acted))
    return macro_told(len(own), len(told), len(answers), _examples(own))


def _is_own(answer: Answer) -> bool:
    """Whether the answer serves one customer alone."""
    return answer.acted or (answer.personal > 0 and answer.personal >= len(answer.loose))


def _wanted(answers: Sequence[Answer]) -> tuple[str, ...]:
    """What agents ask for in at least two answers; else what customers give them in a third."""
    asked = Counter(name for answer in answers for name in answer.asked)
    often = Counter({name: count for name, count in asked.items() if count >= 2})
    if often:
        return _common(often)
    given = Counter(name for answer in answers for name in answer.given)
    return _common(Counter({n: c for n, c in given.items() if 3 * c >= len(answers)}))


def _shared(answers: Sequence[Answer]) -> set[str]:
    """Tickets with a sentence that another one says too: what agents repeat, others can use."""
    return {
        one.ticket
        for one in answers
        for other in answers
        if one is not other and any(_same(a, b) for a in one.loose for b in other.loose)
    }


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= _SHARED and shared >= _ALIKE * min(len(one), len(other))


def _mostly(count: int, of: int) -> bool:
    return wilson(count, of, Z90)[0] > MOSTLY


def _rarely(count: int, of: int) -> bool:
    return wilson(count, of, Z90)[1] < RARELY


def _common(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _examples(answers: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(answer.ticket for answer in answers[:EXAMPLES])


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
