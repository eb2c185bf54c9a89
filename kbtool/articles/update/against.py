"""Where agents by now contradict a sentence of an article.

What contradicts what is told by the drafts' own rule (``find_conflicts``). Here is added when the
agents' other side weighs enough: a sentence of an article was read by a person, one slip of one
agent does not question it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from kbtool.articles.agreeing.conflicts import Conflict, find_conflicts
from kbtool.articles.agreeing.support import Group, Replies, gather
from kbtool.articles.saying.claims import Claim, claims_of
from kbtool.articles.saying.replies import LINK, Said
from kbtool.articles.update.facts import NUMBER, pair, spelled, unit_of
from kbtool.articles.update.passages import Body
from kbtool.articles.update.paths import changed_path, names, only_inside, renamed

LEAST_TICKETS = 2
"""One ticket may be a slip."""
LEAST_AGENTS = 2
"""… and one agent's habit too, while others still say what the article says."""
BODY = "body"
"""Stands for the message in references to an article's sentences."""
_STATES = ("text", "item", "note", "row")
"""Blocks whose sentences state something; a heading asks or names."""
MOST_FACTS = 4
"""Facts of one sentence that are looked at."""
_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence of an article that agents by now say otherwise."""

    passage: int
    """Number of the sentence in the body."""
    here: Group
    """Who says what the article says; nobody, maybe."""
    now: Group
    """Who says the other, as far as it counts."""
    unit: str
    """What is counted differently; empty when it is no number."""
    settled: bool
    """Whether nobody says any more what the article says."""
    may_show: bool
    """Whether the agents' sentence may stand in an article: fit, and without personal data."""
    paths: tuple[str, str] | None = None
    """The menu path that the article names and the one that agents name by now."""


def statements(article_id: str, body: Body, lang: str) -> tuple[Said, ...]:
    """The sentences of a body as if one agent had said them in one message."""
    last = max(len(body.passages) - 1, 1)
    return tuple(
        Said(
            ref=f"{article_id}/{BODY}/s{number}",
            ticket=article_id,
            agent=None,
            on=None,
            text=passage.text,
            item=body.kind(passage) == "item",
            place=(number - 1) / last,
            fit=True,
            lang=lang,
        )
        for number, passage in enumerate(body.passages, start=1)
    )


def in_language(replies: Replies) -> list[tuple[Said, ...]]:
    """The replies in the language that is drafted, one sequence a ticket."""
    found = (tuple(s for s in one if s.lang == replies.lang) for one in replies.said)
    return [one for one in found if one]


def contradictions(
    body: Body, own: Sequence[Said], replies: Replies, since: Sequence[date | None]
) -> tuple[Contradiction, ...]:
    """The sentences of ``body`` that enough newer tickets contradict, in order.

    ``own`` are its ``statements``. Of each sentence only what was said after its day in ``since``
    counts; where that is None all counts and the other side must be the newer one. Enough are two
    tickets, more than still say what the article says, from two agents when several answer; one
    agent is enough when nobody says any more what the article says.
    """
    found = {one.passage: one for one in _otherwise(body, own, replies, since)}
    for one in _renamed(body, own, replies, since):
        found.setdefault(one.passage, one)
    return tuple(one for _, one in sorted(found.items()))


def _otherwise(
    body: Body, own: Sequence[Said], replies: Replies, since: Sequence[date | None]
) -> Iterator[Contradiction]:
    """Sentences of which agents by now give another number or menu path, or deny them."""
    lang = replies.lang
    stated = [n for n, p in enumerate(body.passages) if body.kind(p) in _STATES]
    groups = [replies.supporting(own[n]) for n in stated]
    together = find_conflicts(groups, replies.said, lang)
    claims = [claim for one in own for claim in claims_of(one, lang)]
    for number, group in zip(stated, groups, strict=True):
        for conflict in _conflicts(group, together.get(group.said.ref), replies, lang):
            here = _here(group, conflict)
            weighed = [
                made
                for side in conflict.sides
                if side.said.ref != group.said.ref
                and not _is_held(side, conflict.unit, claims, lang)
                and (made := _weighed(number, here, side, conflict.unit, since[number], replies))
            ]
            if weighed:
                yield max(weighed, key=lambda c: (c.now.tickets, c.now.said.ref))
                break


def _renamed(
    body: Body, own: Sequence[Said], replies: Replies, since: Sequence[date | None]
) -> Iterator[Contradiction]:
    """Sentences with a menu entry that agents by now call otherwise."""
    for one in renamed(in_language(replies), replies.lang):
        if any(names(said.text, one.new) for said in own):
            continue
        for number, passage in enumerate(body.passages):
            if body.kind(passage) not in _STATES or not names(passage.text, one.old):
                continue
            day = since[number]
            new = [s for s in one.new.said if s.on and (day is None or s.on > day)]
            if len({s.ticket for s in new}) < LEAST_TICKETS:
                continue
            now = gather(_wording(new[0], new, replies), new)
            here = gather(own[number], one.old.said)
            paths = one.old.text, one.new.text
            may_show = _may_show(now.said, replies)
            yield Contradiction(number, here, now, "", True, may_show, paths)


def reason_of(found: Contradiction, lang: str) -> str:
    """What agents now say and what the article says, with who and since when."""
    if not found.may_show:
        return (
            f"agents now say otherwise than {quoted(found.here.said.text)} ({backing(found.now)})"
        )
    claims = pair(found.here.said, found.now.said, found.unit, lang)
    now, here = (spelled(claims[1], lang), spelled(claims[0], lang)) if claims else ("", "")
    if found.paths:
        here, now = map(quoted, found.paths)
    elif not now or not here or now == here:
        now, here = quoted(found.now.said.text), quoted(found.here.said.text)
    elif unit_of(now) == unit_of(here):
        here = " ".join(NUMBER.findall(here)) if len(NUMBER.findall(here)) == 1 else here
    return f"agents now say {now}, {here} here ({backing(found.now)})"


def backing(group: Group) -> str:
    """``6 tickets since 2026-03-15, 3 agents``."""
    tickets = "1 ticket" if group.tickets == 1 else f"{group.tickets} tickets"
    agents = "1 agent" if group.agents == 1 else f"{group.agents} agents"
    since = f" since {group.first_seen}" if group.first_seen else ""
    return f"{tickets}{since}, {agents}"


def quoted(text: str) -> str:
    """A sentence between quotes, cut where it is long."""
    text = " ".join(LINK.sub(r"[\1]", text).split())
    shown = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"
    return f"“{shown}”"


def _conflicts(
    group: Group, first: Conflict | None, replies: Replies, lang: str
) -> Iterator[Conflict]:
    """The conflicts in which a sentence is a side, one for each of its facts.

    Only one is told of a sentence: the next is found when the first one's fact is left out of it.
    ``first`` may have been found for another sentence that says the same.
    """
    said, found = group.said, first
    for _ in range(MOST_FACTS):
        if found is None:
            return
        if any(side.said.ref == said.ref for side in found.sides):
            yield found
            text = _without_fact(said, found, lang)
            if text is None:
                return
            said = replace(said, text=text)
        again = find_conflicts([replace(group, said=said)], replies.said, lang)
        found = again.get(said.ref)


def _without_fact(said: Said, found: Conflict, lang: str) -> str | None:
    """A sentence without the number that the conflict is about; None when there is none."""
    for side in found.sides:
        claims = pair(said, side.said, found.unit, lang)
        fact = spelled(claims[0], lang) if claims else ""
        if fact and fact in said.text:
            return said.text.replace(fact, " ", 1)
    return None


def _here(group: Group, conflict: Conflict) -> Group:
    """The agents who say what the article says, the article itself left out."""
    side = next(one for one in conflict.sides if one.said.ref == group.said.ref)
    others = {s.ref for one in conflict.sides if one is not side for s in one.sources}
    sources = {*side.sources, *group.sources}
    own = (s for s in sources if s.ticket != group.said.ticket and s.ref not in others)
    return gather(group.said, own)


def _is_held(side: Group, unit: str, claims: Sequence[Claim], lang: str) -> bool:
    """Whether the article states the other number too: both are true then, each of its case."""
    return any(
        theirs.unit == unit == mine.unit
        and theirs.values & mine.values
        and theirs.context & mine.context
        for theirs in claims_of(side.said, side.said.lang or lang)
        for mine in claims
    )


def _weighed(
    number: int, here: Group, side: Group, unit: str, since: date | None, replies: Replies
) -> Contradiction | None:
    """The contradiction when the other side weighs enough."""
    days = [s.on for s in side.sources if s.on and (since is None or s.on > since)]
    if not days:
        return None
    first = min(days)
    new = [s for s in side.sources if s.on and s.on >= first]
    start = first if since is None else since
    still = {s.ticket for s in here.sources if s.on and (s.on > start or s.on == first)}
    tickets = {s.ticket for s in new} - still
    if len(tickets) < LEAST_TICKETS or len(tickets) <= len(still):
        return None
    if since is None and not _is_newer(new, here.sources):
        return None
    settled = not any(s.on and s.on >= first for s in here.sources)
    if not settled and len(_agents(new)) < min(LEAST_AGENTS, len(_crew(replies, start))):
        return None
    now = gather(_wording(side.said, new, replies), new)
    paths = None if unit else changed_path(here, now, replies.lang)
    if paths and only_inside(paths):
        return None
    return Contradiction(number, here, now, unit, settled, _may_show(now.said, replies), paths)


def _may_show(said: Said, replies: Replies) -> bool:
    return said.fit and replies.may_show(LINK.sub(" ", said.text))


def _wording(usual: Said, new: Sequence[Said], replies: Replies) -> Said:
    """The sentence that speaks for a side: one of its language that may be shown, the shortest."""
    shown = [s for s in new if _may_show(s, replies)]
    if not shown:
        return usual
    own = replies.lang
    return min(shown, key=lambda s: (s.lang != own, s.ref != usual.ref, len(s.text), s.ref))


def _is_newer(new: Iterable[Said], old: Iterable[Said]) -> bool:
    """Whether one side is said later than the other: of two sides at most one is."""
    mine, theirs = ([s.on.toordinal() for s in side if s.on] for side in (new, old))
    return not theirs or median(mine) > median(theirs)


def _agents(said: Iterable[Said]) -> set[str | None]:
    return {one.agent for one in said}


def _crew(replies: Replies, since: date) -> set[str | None]:
    """The agents who answered since."""
    return _agents(s for one in replies.said for s in one if s.on and s.on >= since)
