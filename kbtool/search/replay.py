"""Replay: what customers asked, asked again of an index, so that a change's cost is known before
readers meet it. Pure: questions and what two indexes found in, figures and lost ranks out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb

from kbtool.intervals import rate
from kbtool.model import Rate
from kbtool.text import match_key, words

CUTS = (1, 3)
"""A question is answered when a right article is the first, or among the first three."""
DEPTH = 10
"""Articles that are asked for; one further down is not found."""
LEAST = 20
"""A language with fewer questions is not judged."""
LEVEL = 0.05
"""A drop that chance brings about less often is none of chance."""
WHOLE = 4
"""A text with so many words that stands in another one is the same question."""


@dataclass(frozen=True, slots=True)
class ReplayQuestion:
    """What a customer asked in a ticket, and which articles answer it."""

    query: str
    """One sentence, redacted."""
    lang: str
    relevant: tuple[str, ...]
    """Ids of the right articles; any of them is right."""
    ticket: str
    """Its key."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an index found for a question."""

    rank: int | None
    """1-based, of the best right article; None when there is none among the first ``DEPTH``."""
    hits: tuple[str, ...]
    """Ids, best first."""


@dataclass(frozen=True, slots=True)
class LostRank:
    """A question whose right article stands further down than before."""

    question: ReplayQuestion
    article: str
    """The right article that was found before."""
    before: int
    now: int | None
    """None: it is not found any more."""
    instead: str | None
    """The article that stands in its place now; None when none does."""


@dataclass(frozen=True, slots=True)
class Success:
    """Questions answered by the first ``at`` articles, and what became of each since the last build."""

    at: int
    now: Rate
    before: Rate | None
    """None when there is nothing to compare with."""
    lost: int = 0
    """Questions answered before and not now."""
    gained: int = 0
    """The other way round."""
    p: float | None = None
    """How often chance alone loses so many of those that changed; None: not compared."""

    @property
    def dropped(self) -> bool:
        """Whether this is a drop beyond noise."""
        return self.p is not None and self.p < LEVEL


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """How the questions of one language fared."""

    lang: str
    questions: int
    success: tuple[Success, ...]
    """One for each of ``CUTS``; without intervals and p when there are too few questions."""
    lost: tuple[LostRank, ...] = ()
    """Those that left the first place or the first three come first."""

    @property
    def enough(self) -> bool:
        """Whether there are questions enough to judge by."""
        return self.questions >= LEAST

    @property
    def dropped(self) -> bool:
        """Whether a share dropped beyond noise."""
        return any(one.dropped for one in self.success)


def answer(question: ReplayQuestion, hits: Iterable[str]) -> Answer:
    """What the ids that an index found, best first, are worth for a question."""
    found = tuple(hits)[:DEPTH]
    ranks = (rank for rank, id_ in enumerate(found, 1) if id_ in question.relevant)
    return Answer(next(ranks, None), found)


def compare(
    questions: Sequence[ReplayQuestion],
    now: Sequence[Answer],
    before: Sequence[Answer] | None,
    languages: Sequence[str],
) -> tuple[ReplayResult, ...]:
    """The result of each of ``languages``, in their order, also of those without a question.

    ``now`` and ``before`` (None: there was no earlier index) answer ``questions`` one by one.
    Raises ValueError when they are not as many.
    """
    rows = list(zip(questions, now, before if before is not None else now, strict=True))
    return tuple(
        _result(lang, [row for row in rows if row[0].lang == lang], compared=before is not None)
        for lang in languages
    )


def chance_of_loss(lost: int, gained: int) -> float:
    """How probable it is that ``lost`` or more of ``lost + gained`` changes are losses when each is
    as likely a gain: McNemar's test, exact and one-sided.

    Q. McNemar (1947), Psychometrika 12:153-157. The same questions are asked of both indexes, so
    only those whose answer changed can tell; 1.0 when there are none. Raises ValueError when a
    count is negative.
    """
    if lost < 0 or gained < 0:
        raise ValueError(f"{lost} lost and {gained} gained are no counts")
    changed = lost + gained
    ways: int = sum(comb(changed, n) for n in range(lost, changed + 1))
    return ways / (1 << changed)


def keys_of(text: str, lang: str) -> tuple[str, ...]:
    """The folded words of a text: equal for texts that differ in case, marks and punctuation."""
    return tuple(match_key(word) for word in words(text, lang))


def is_known(asked: tuple[str, ...], wordings: Iterable[tuple[str, ...]]) -> bool:
    """Whether a question (folded words) is one of an article's ``wordings``, or part of it, or
    holds it: an index that knows the question by heart must not be tested with it.
    """
    return any(
        asked == wording or _stands_in(asked, wording) or _stands_in(wording, asked)
        for wording in wordings
    )


def _stands_in(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    size = len(part)
    if not WHOLE <= size < len(whole):
        return False
    return any(whole[n : n + size] == part for n in range(len(whole) - size + 1))


_Row = tuple[ReplayQuestion, Answer, Answer]
"""A question with its answers now and before."""


def _result(lang: str, rows: Sequence[_Row], *, compared: bool) -> ReplayResult:
    lost = [found for row in rows if (found := _lost(*row)) is not None]
    lost.sort(key=lambda one: (-_left(one), one.before, one.now or DEPTH + 1, one.question.ticket))
    return ReplayResult(
        lang=lang,
        questions=len(rows),
        success=tuple(_success(at, rows, compared=compared) for at in CUTS),
        lost=tuple(lost),
    )


def _success(at: int, rows: Sequence[_Row], *, compared: bool) -> Success:
    now = [_within(row[1].rank, at) for row in rows]
    share = rate(sum(now), len(rows), LEAST)
    if not compared:
        return Success(at, share, None)
    before = [_within(row[2].rank, at) for row in rows]
    lost = sum(was and not is_ for was, is_ in zip(before, now, strict=True))
    gained = sum(is_ and not was for was, is_ in zip(before, now, strict=True))
    p = chance_of_loss(lost, gained) if len(rows) >= LEAST else None
    return Success(at, share, rate(sum(before), len(rows), LEAST), lost, gained, p)


def _lost(question: ReplayQuestion, now: Answer, before: Answer) -> LostRank | None:
    old = before.rank
    if old is None or (now.rank is not None and now.rank <= old):
        return None
    instead = now.hits[old - 1] if len(now.hits) >= old else None
    return LostRank(question, before.hits[old - 1], old, now.rank, instead)


def _left(one: LostRank) -> int:
    """How many of the cuts it fell out of."""
    return sum(_within(one.before, at) and not _within(one.now, at) for at in CUTS)


def _within(rank: int | None, at: int) -> bool:
    return rank is not None and rank <= at
