"""What to do next, the action that could remove most tickets first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kbtool.model import Article, Coverage, Suggestion, SuggestionKind, Topic, Worth
from kbtool.months import MONTH_NAMES, month_range
from kbtool.plural import many
from kbtool.suggest.additions import Replies
from kbtool.suggest.coverage import translations
from kbtool.suggest.drift import Added
from kbtool.suggest.spread import score_range
from kbtool.suggest.wordings.propose import together
from kbtool.suggest.worth import ASSUMED, REMOVABLE, Estimates, expected
from kbtool.text import plain_terms

UNTOLD_WORDS = 0.5
"""Below this share of a topic's keywords in title and questions, the article lacks its words."""
UNANSWERED = "no article answers it"
"""The reason to write one."""
FEWEST_FOREIGN = 2
"""Tickets in a language without an article before a translation is suggested."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is known about all topics together."""

    articles: Sequence[Article]
    replies: Replies
    added: Sequence[Added]
    estimates: Estimates
    months: int
    last: str


def suggest_from_topics(
    topics: Sequence[Topic],
    articles: Sequence[Article],
    coverage: Mapping[str, Coverage],
    replies: Replies,
    added: Sequence[Added] = (),
    estimates: Estimates | None = None,
) -> tuple[Suggestion, ...]:
    """One suggestion for each topic that needs something done, worth most first.

    Topics without an article: *write*. With one: *fix* when agents keep adding to it, *translate*
    when customers ask in a language it does not exist in, *wording* when it does not use the
    customers' words; else nothing. Whether tickets still grow is told by ``suggest.feedback``,
    which knows since when the article has been there; what is ``added`` after links is told whole
    by ``suggest_from_drift``, so its words are not told here. Without ``estimates`` every ticket
    costs the same and every article helps as often as is assumed.
    """
    desk = _Desk(articles, replies, added, estimates or Estimates(), *span(topics))
    by_id = {article.id: article for article in articles}
    found: list[Suggestion] = []
    for topic in topics:
        known = coverage.get(topic.id)
        if known is None or known.article not in by_id:
            found.append(_make("write", topic, desk, None, [UNANSWERED]))
        else:
            found.extend(_improve(topic, known, by_id[known.article], desk))
    return merge(found)


def suggest_from_drift(
    added: Sequence[Added],
    topics: Sequence[Topic],
    articles: Sequence[Article],
    coverage: Mapping[str, Coverage],
    estimates: Estimates | None = None,
) -> tuple[Suggestion, ...]:
    """One *fix* suggestion for each article that agents keep adding to, worth most first.

    It belongs to the largest topic that the article or a translation answers, so that it meets
    what else is known of it. Worth is a month's share of the tickets that were added to.
    """
    months, _ = span(topics)
    handling = (estimates or Estimates()).handling
    by_id = {article.id: article for article in articles}
    found = []
    for name in dict.fromkeys(one.article for one in added):
        own = [one for one in added if one.article == name]
        there = {a.id for a in translations(name, articles).values()}
        answered = [t for t in topics if t.id in coverage and coverage[t.id].article in there]
        topic = max(answered, key=lambda t: (len(t.tickets), t.id), default=None)
        tickets = tuple(sorted({ticket for one in own for ticket in one.tickets}))
        low, high = score_range(len(tickets))
        found.append(
            Suggestion(
                kind="fix",
                topic=topic.id if topic else None,
                question=topic.question if topic else by_id[name].title,
                tickets=topic.tickets if topic else tickets,
                requesters=topic.requesters if topic else 0,
                languages=topic.languages if topic else (),
                trend=topic.trend if topic else None,
                article=name,
                parts=Worth(
                    len(tickets) / months,
                    handling.of(tickets).relative,
                    REMOVABLE["fix"],
                    tickets_range=(low / months, high / months),
                    share_range=ASSUMED["fix"],
                ),
                reasons=tuple(_added(one) for one in own),
                command=f"kbtool draft --update {name}",
                weight=len(tickets),
            )
        )
    return merge(found)


def _added(one: Added) -> str:
    tickets, agents = many(len(one.tickets), "ticket"), many(one.agents, "agent")
    return f"agents keep adding after the link to {one.article}: “{one.text}” ({tickets}, {agents})"


def merge(
    *lists: Iterable[Suggestion],
    asleep: Collection[str] = (),
    most: int | None = None,
) -> tuple[Suggestion, ...]:
    """All suggestions in one list, worth most first, one for each action.

    Two suggestions for the same action on the same topic (or, without topic, article or question)
    become one with the larger worth and the reasons of both. Topics and actions (keys) ``asleep``
    stay out: those that were rejected and have not woken; ``most`` limits the list.
    """
    best: dict[tuple[str, str], Suggestion] = {}
    for suggestion in (s for one in lists for s in one):
        if suggestion.topic in asleep or suggestion.key in asleep:
            continue
        key = (suggestion.kind, suggestion.topic or suggestion.article or suggestion.question)
        best[key] = _both(best[key], suggestion) if key in best else suggestion
    ranked = sorted(best.values(), key=lambda s: (-s.worth, s.kind, s.topic or "", s.question))
    return tuple(ranked[:most])


def span(topics: Sequence[Topic]) -> tuple[int, str]:
    """(months, the last one): how many months the topics' tickets cover, and the last one."""
    found = sorted({month for topic in topics for month, _ in topic.months})
    return (len(month_range(found[0], found[-1])), found[-1]) if found else (1, "")


def _volume(topic: Topic, desk: _Desk) -> str:
    """How many tickets the topic brings, and when."""
    size, dated = len(topic.tickets), dict(topic.months)
    told = f"{many(size, 'ticket')} in {many(desk.months, 'month')}"
    if not topic.months:
        return f"{many(size, 'ticket')} without a date"
    if topic.trend == "spike":
        burst = sum(dated.get(month, 0) for month in topic.peaks)
        return f"spike: {burst} of {size} tickets in {' and '.join(topic.peaks)}"
    if topic.trend == "seasonal":
        names = ", ".join(MONTH_NAMES[int(month) - 1][:3] for month in topic.peaks)
        return f"{told}, most in {names} every year"
    if topic.trend == "fading":
        recent = max(1, desk.months // 3)
        late = sum(n for m, n in topic.months if len(month_range(m, desk.last)) <= recent)
        last = "month" if recent == 1 else f"{recent} months"
        return f"fading: {late} of {size} tickets in the last {last}"
    told = f"{told}, {topic.trend}"
    return told if topic.trend == "steady" else f"{told}: {expected(topic):.1f} a month lately"


def _improve(topic: Topic, known: Coverage, article: Article, desk: _Desk) -> list[Suggestion]:
    there = translations(article.id, desk.articles)
    found = []
    missing = [(lang, n) for lang, n in topic.languages if lang not in there and lang != "und"]
    foreign = sum(n for _, n in missing)
    if foreign >= FEWEST_FOREIGN:
        share = foreign / len(topic.tickets)
        told = ", ".join(f"{lang} ({n} tickets)" for lang, n in missing)
        reasons = [f"{_answers(known)}, but not in {told}"]
        made = _make("translate", topic, desk, known, reasons, share)
        langs = tuple(lang for lang, _ in missing)
        command = f"kbtool draft {topic.id} --lang {langs[0]}"
        found.append(replace(made, weight=foreign, langs=langs, command=command))
    reasons = _lacks(topic, there, desk.replies, desk.added)
    if reasons:
        found.append(_make("fix", topic, desk, known, [_answers(known), *reasons]))
    elif not found and topic.trend != "fading":
        untold = _untold(topic, there)
        if untold:
            told = f"its title and questions lack customers' words: {', '.join(untold)}"
            found.append(_make("wording", topic, desk, known, [_answers(known), told]))
    return found


def _lacks(
    topic: Topic, there: Mapping[str, Article], replies: Replies, added: Sequence[Added]
) -> list[str]:
    told = []
    for article in there.values():
        known = {
            t
            for one in added
            if one.article == article.id
            for t in plain_terms(one.text, article.lang)
        }
        phrases = [
            phrase
            for phrase in replies.added(topic, article)
            if not known.issuperset(plain_terms(phrase, article.lang))
        ]
        if phrases:
            quoted = ", ".join(f"“{phrase}”" for phrase in phrases)
            told.append(f"agents keep adding to {article.id}: {quoted}")
    return told


def _untold(topic: Topic, there: Mapping[str, Article]) -> list[str]:
    """Keywords that no translation uses in title or questions, when they are too many."""
    known = {
        lang: set(plain_terms("\n".join((a.title, *a.also_asked, *a.tags)), lang))
        for lang, a in there.items()
    }
    untold = [
        word
        for word in topic.keywords
        if not any(set(plain_terms(word, lang)) & found for lang, found in known.items())
    ]
    return untold if len(untold) > (1 - UNTOLD_WORDS) * len(topic.keywords) else []


def _make(
    kind: SuggestionKind,
    topic: Topic,
    desk: _Desk,
    known: Coverage | None,
    reasons: Sequence[str],
    share: float = 1.0,
) -> Suggestion:
    people = many(topic.requesters, "different requester")
    cost = desk.estimates.told(topic.tickets)
    parts = desk.estimates.worth(kind, topic, known, share)
    if parts.measured and desk.estimates.measured is not None:
        reasons = [*reasons, desk.estimates.measured.told]
    return Suggestion(
        kind=kind,
        topic=topic.id,
        question=topic.question,
        tickets=topic.tickets,
        requesters=topic.requesters,
        languages=topic.languages,
        trend=topic.trend,
        article=known.article if known else None,
        parts=parts,
        reasons=(_volume(topic, desk), people, *cost, *reasons, *_two_ways(topic)),
        command=_next(kind, topic, known),
        weight=len(topic.tickets),
    )


def _next(kind: SuggestionKind, topic: Topic, known: Coverage | None) -> str | None:
    if kind == "fix" and known is not None:
        return f"kbtool draft --update {known.article}"
    return f"kbtool draft {topic.id}" if kind == "write" else None


def _two_ways(topic: Topic) -> list[str]:
    """That agents do not agree, with a ticket to read for either answer."""
    told = [f"{many(way.tickets, 'ticket')} as in {way.ticket}" for way in topic.ways]
    return [f"agents answer it in two ways: {', '.join(told)}"] if told else []


def _both(one: Suggestion, other: Suggestion) -> Suggestion:
    first, second = sorted((one, other), key=lambda s: (-s.worth, s.reasons))
    return replace(
        first,
        reasons=tuple(dict.fromkeys((*first.reasons, *second.reasons))),
        proposals=together((*first.proposals, *second.proposals)),
        command=first.command or second.command,
        weight=max(first.weight, second.weight),
        langs=tuple(dict.fromkeys((*first.langs, *second.langs))),
    )


def _answers(known: Coverage) -> str:
    """Which article answers, how that is known, and what speaks against it."""
    how = {"topic": "", "links": " (agents link it)", "text": " (its words are alike)"}
    if known.other is None:
        return f"{known.article} answers it{how[known.by]}"
    if known.by == "links":
        return f"{known.article} answers it (agents link it, but its words are more like {known.other})"
    sign = "it names the topic" if known.by == "topic" else "its words are alike"
    return f"{known.article} answers it ({sign}, but agents link {known.other})"
