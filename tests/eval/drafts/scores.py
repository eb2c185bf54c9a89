"""How good one draft is, measured against what people say of its topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations, pairwise
from typing import Any

from kbtool.articles.saying.replies import said
from kbtool.model import Article, Message, Ticket
from kbtool.text import words
from tests.eval.drafts.labels import LabelledTopic, Said, plain
from tests.eval.drafts.sheet import Line, Sheet, evidenced, read_sheet, told_text


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one draft, or sums of many; pairs are (right, of)."""

    facts: tuple[int, int] = (0, 0)
    """facts_must in the draft / labelled."""
    attainable: tuple[int, int] = (0, 0)
    """The same / those that a reply in the draft's language states."""
    agreed: tuple[int, int] = (0, 0)
    """The same / those that two agents state in two tickets."""
    wrong: int = 0
    """facts_must_not told as true."""
    wrong_in_conflict: int = 0
    """facts_must_not as a side of a conflict."""
    order: tuple[int, int] = (0, 0)
    """Pairs of steps in the right order / pairs of steps that are there."""
    once: tuple[int, int] = (0, 0)
    """Steps that are told exactly once / labelled steps that a reply states."""
    twice: tuple[int, int] = (0, 0)
    """Labelled facts told in two sentences or more / told."""
    evidence: tuple[int, int] = (0, 0)
    """Sentences with evidence / all."""
    conflicts: tuple[int, int] = (0, 0)
    """Conflicts flagged / planted (both sides are told in replies of this language)."""
    false_conflicts: int = 0
    leaked: tuple[str, ...] = ()
    specific: tuple[str, ...] = ()
    """Facts about one customer in the draft's title, wordings or body."""
    used: tuple[int, int] = (0, 0)
    """Words of the reply sentences that support a kept sentence / all words of the replies."""
    noise: tuple[int, int] = (0, 0)
    """Words of sentences without a labelled fact or step / all words of the draft."""
    title: tuple[int, int] = (0, 0)
    """Titles that are a question and came from a ticket of the topic / titles."""

    def __add__(self, other: Score) -> Score:
        return Score(*(_sum(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)))


def _sum(one: Any, other: Any) -> Any:
    """Pairs are added each with each, counts and lists of secrets as Python does."""
    is_pair = isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], int)
    return (one[0] + other[0], one[1] + other[1]) if is_pair else one + other


def share(pair: tuple[int, int]) -> float:
    """The first of the second; 1 of nothing."""
    return pair[0] / pair[1] if pair[1] else 1.0


def judge(
    article: Article,
    file: str,
    topic: LabelledTopic,
    tickets: Sequence[Ticket],
    secrets: tuple[Sequence[str], Sequence[str]],
    *,
    asked_by: Collection[str],
) -> Score:
    """The score of a draft and its ``file``'s text. ``tickets`` are the topic's answered ones in
    its language, ``secrets`` canaries and specifics, ``asked_by`` the labels of the tickets that
    ask what the title asks.
    """
    sheet = read_sheet(article)
    told = told_text(sheet)
    spoken = [(t.key, m.author, plain(m.text)) for t in tickets for m in _replies(t)]
    replies = [text for _, _, text in spoken]
    shown = plain("\n".join(line.text for line in sheet.lines))
    known = [fact for fact in topic.must if any(map(fact.stands_in, replies))]
    agreed = [fact for fact in known if _is_agreed(fact, spoken)]
    right = [fact for fact in topic.must if fact.stands_in(shown)]
    sides = [plain(line.text) for of in sheet.sides.values() for line in of]
    holds = evidenced(article, sheet)
    return Score(
        facts=(len(right), len(topic.must)),
        attainable=(sum(fact in right for fact in known), len(known)),
        agreed=(sum(fact in right for fact in agreed), len(agreed)),
        wrong=sum(fact.stands_in(told) for fact in topic.must_not),
        wrong_in_conflict=sum(any(map(fact.stands_in, sides)) for fact in topic.must_not),
        order=_order(topic.steps, sheet),
        once=_once(topic.steps, sheet, replies),
        twice=_twice(topic.must, sheet),
        evidence=(sum(holds), len(holds)),
        conflicts=_conflicts(topic, sheet, replies),
        false_conflicts=_false_conflicts(topic, sheet),
        leaked=found_in(file, secrets[0]),
        specific=found_in(_shown(article, sheet), secrets[1]),
        used=_used(article, tickets),
        noise=_noise(topic, sheet),
        title=(int(article.title.rstrip().endswith("?") and topic.id in asked_by), 1),
    )


def _shown(article: Article, sheet: Sheet) -> str:
    return "\n".join((article.title, *article.also_asked, *(line.text for line in sheet.lines)))


def _replies(ticket: Ticket) -> list[Message]:
    return [m for m in ticket.messages if m.role == "agent" and m.visibility == "public"]


def _is_agreed(fact: Said, spoken: Sequence[tuple[str, str | None, str]]) -> bool:
    told = [(ticket, agent) for ticket, agent, text in spoken if fact.stands_in(text)]
    return len({t for t, _ in told}) > 1 and len({a for _, a in told}) > 1


def found_in(text: str, secrets: Iterable[str]) -> tuple[str, ...]:
    """Those of ``secrets`` that stand in ``text`` as whole words, white space aside."""
    spaced = " ".join(text.split())
    return tuple(s for s in secrets if s in spaced and _whole(" ".join(s.split()), spaced))


def _whole(secret: str, text: str) -> bool:
    start = text.find(secret)
    while start >= 0:
        around = text[start - 1 : start] + text[start + len(secret) : start + len(secret) + 1]
        if not any(c.isalnum() or c == "_" for c in around):
            return True
        start = text.find(secret, start + 1)
    return False


def _positions(step: Said, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """(line, place in it) of each sentence that tells the step."""
    found = ((n, step.place(plain(line.text))) for n, line in enumerate(lines))
    return [(n, place) for n, place in found if place is not None]


def _order(steps: Sequence[Said], sheet: Sheet) -> tuple[int, int]:
    """Items of lists come first where a step is told in one and in prose too."""
    first = []
    for step in steps:
        found = _positions(step, sheet.told)
        items = [p for p in found if sheet.told[p[0]].tag == "li"]
        if found:
            first.append(min(items or found))
    pairs = list(combinations(first, 2))
    return sum(one <= other for one, other in pairs), len(pairs)


def _times(step: Said, sheet: Sheet) -> int:
    """In how many items of lists the step is told, or sentences where no item tells it."""
    found = [sheet.told[n] for n, _ in _positions(step, sheet.told)]
    items = [line for line in found if line.tag == "li"]
    return len(items or found)


def _once(steps: Sequence[Said], sheet: Sheet, replies: Sequence[str]) -> tuple[int, int]:
    known = [step for step in steps if any(map(step.stands_in, replies))]
    return sum(_times(step, sheet) == 1 for step in known), len(known)


def _twice(facts: Sequence[Said], sheet: Sheet) -> tuple[int, int]:
    """A fact that a list's item and the sentence before it share is told twice too."""
    told = [len(_positions(fact, sheet.told)) for fact in facts]
    return sum(n > 1 for n in told), sum(n > 0 for n in told)


def _conflicts(topic: LabelledTopic, sheet: Sheet, replies: Sequence[str]) -> tuple[int, int]:
    planted = [
        pair for pair in topic.conflicts if all(any(map(s.stands_in, replies)) for s in pair)
    ]
    return sum(_flagged(pair, sheet) for pair in planted), len(planted)


def _flagged(pair: tuple[Said, Said], sheet: Sheet) -> bool:
    for sides in sheet.sides.values():
        texts = [plain(line.text) for line in sides]
        one, other = ({n for n, t in enumerate(texts) if s.stands_in(t)} for s in pair)
        if one and other and len(one | other) > 1:
            return True
    return False


def _false_conflicts(topic: LabelledTopic, sheet: Sheet) -> int:
    """Conflicts none of whose sides says what a planted one's old or new side says."""
    told = [said for pair in topic.conflicts for said in pair]
    return sum(
        not any(said.stands_in(plain(line.text)) for line in sides for said in told)
        for sides in sheet.sides.values()
    )


def _used(article: Article, tickets: Sequence[Ticket]) -> tuple[int, int]:
    kept = {ref for one in article.evidence for ref in one.sources}
    spoken = [one for ticket in tickets for one in said(ticket, article.lang, lambda _: None)]
    every = sum(len(words(m.text)) for ticket in tickets for m in _replies(ticket))
    return sum(len(words(one.text)) for one in spoken if one.ref in kept), every


def _noise(topic: LabelledTopic, sheet: Sheet) -> tuple[int, int]:
    """A sentence carries a fact too when it needs the next one's beginning to say it."""
    marks = (*topic.must, *topic.must_not, *topic.steps, *(s for p in topic.conflicts for s in p))
    lines = [plain(line.text) for line in sheet.lines if line.tag[0] != "h"]
    carries = [any(mark.stands_in(text) for mark in marks) for text in lines]
    for number, (one, other) in enumerate(pairwise(lines)):
        if any(mark.stands_in(f"{one} {other}") for mark in marks) and not (
            carries[number] or carries[number + 1]
        ):
            carries[number] = carries[number + 1] = True
    counts = [len(text.split()) for text in lines]
    return sum(n for n, told in zip(counts, carries, strict=True) if not told), sum(counts)


def total(scores: Iterable[Score]) -> Score:
    """The sum of some scores."""
    found = Score()
    for score in scores:
        found += score
    return found


def worst(scores: Mapping[str, Score]) -> list[str]:
    """Names of drafts, the worst first: missing facts, wrong ones, disorder and noise, alike."""

    def badness(name: str) -> float:
        s = scores[name]
        errors = 0.5 * s.wrong + 0.25 * s.false_conflicts + 2 * len(s.leaked) + len(s.specific)
        return (
            errors
            + (1 - share(s.attainable))
            + (1 - share(s.agreed))
            + 0.5 * (1 - share(s.order))
            + 0.5 * (1 - share(s.once))
            + 0.5 * (share(s.twice) if s.twice[1] else 0)
            + 0.5 * share((s.noise[0], max(s.noise[1], 1)))
        )

    return sorted(scores, key=lambda name: (-badness(name), name))
