"""What an action is worth: expected tickets × what one costs × the share it could still deflect."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from kbtool.model import (
    ArticleFigures,
    Bounds,
    Coverage,
    Effects,
    Span,
    Suggestion,
    SuggestionKind,
    Ticket,
    Topic,
    Worth,
)
from kbtool.plural import many
from kbtool.suggest.spread import expected_range

REMOVABLE: Mapping[SuggestionKind, float] = {
    "write": 0.5,
    "translate": 0.5,
    "fix": 0.25,
    "wording": 0.1,
    "promote": 0.25,
    "retire": 0.0,
    "bug": 0.5,
    "form": 0.25,
    "macro": 0.1,
    "escalate": 0.0,
}
"""Share of a topic's tickets that an action is taken to remove. No measurement: half of those
who ask find and are helped by a new article; mending one, or showing one that nobody finds, wins a
part of that back. A form spares asking back, a macro some typing, a rule for grave matters and
taking an unused article away nothing. It only orders the list; ``kbtool metrics`` says what was
removed, and where its estimate is there, that takes the place of *write*'s."""
ASSUMED: Mapping[SuggestionKind, Bounds] = {
    "write": (0.1, 0.8),
    "translate": (0.1, 0.8),
    "fix": (0.05, 0.5),
    "wording": (0.02, 0.25),
    "promote": (0.05, 0.5),
    "retire": (0.0, 0.0),
    "bug": (0.1, 0.9),
    "form": (0.05, 0.5),
    "macro": (0.02, 0.25),
    "escalate": (0.0, 0.0),
}
"""The least and the most that we would believe of each; no measurement either, so it is wide."""
MEASURED = "what an article removes is measured, not assumed"
"""How the reason begins that says so."""
SUCCESS = 0.5
"""Share of its readers that an article helps while nobody has said: the same assumption."""
PRIOR = 4
"""Votes or visits that this assumption weighs as much as (Agresti and Coull 1998: two and two)."""
AVERAGE_TICKETS = 5
"""A topic's cost is taken as if it had so many average tickets more: a few tell little."""
TOLD = 1.15
"""A cost so many times above or below the average is told."""
SLOW = 2.0
"""So are tickets that take so many times as long to solve."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What handling a topic's tickets took."""

    rounds: float
    """Public replies of agents and reopenings, a ticket."""
    relative: float
    """The same against the average ticket (1), less sure for few tickets."""
    hours: float | None
    """Median from creation to solution."""


@dataclass(slots=True)
class Handling:
    """What each ticket took, as the help desk recorded it: no price, no guess.

    Work is counted in rounds: a public reply of an agent is one, and so is each reopening (someone
    has to read the case again). The time to solve is told but multiplies nothing: it is mostly
    waiting for customers and carriers.
    """

    _rounds: dict[str, int] = field(default_factory=dict)
    _hours: dict[str, int] = field(default_factory=dict)
    _usual: Cost | None = None

    def take(self, ticket: Ticket) -> None:
        """Count one ticket; those without an agent's public reply tell nothing about the work."""
        self.add(ticket.key, *handling_of(ticket))

    def add(self, ticket: str, rounds: int, hours: int | None) -> None:
        """Count a ticket (key) by its figures of ``handling_of``."""
        if rounds:
            self._rounds[ticket] = rounds
        if hours is not None:
            self._hours[ticket] = hours
        self._usual = None

    def of(self, tickets: Iterable[str]) -> Cost:
        """The cost of these tickets; average where none of them is known."""
        keys = list(tickets)
        rounds = [self._rounds[key] for key in keys if key in self._rounds]
        hours = [self._hours[key] for key in keys if key in self._hours]
        usual = self.usual.rounds
        total, count = sum(rounds) + AVERAGE_TICKETS * usual, len(rounds) + AVERAGE_TICKETS
        return Cost(
            rounds=sum(rounds) / len(rounds) if rounds else usual,
            relative=total / count / usual if usual else 1.0,
            hours=float(median(hours)) if hours else None,
        )

    @property
    def usual(self) -> Cost:
        """The cost of the average ticket; 0 rounds when no reply is known."""
        if self._usual is None:  # asked for with every topic
            count = len(self._rounds)
            self._usual = Cost(
                rounds=sum(self._rounds.values()) / count if count else 0.0,
                relative=1.0,
                hours=float(median(self._hours.values())) if self._hours else None,
            )
        return self._usual


def handling_of(ticket: Ticket) -> tuple[int, int | None]:
    """(rounds, hours from creation to solution) of one ticket.

    No rounds when no agent replied in public; hours are None when a time is not known.
    """
    replies = sum(m.role == "agent" and m.visibility == "public" for m in ticket.messages)
    rounds = replies + (ticket.reopens or 0) if replies else 0
    if not (ticket.created_at and ticket.solved_at and ticket.solved_at >= ticket.created_at):
        return rounds, None
    return rounds, round((ticket.solved_at - ticket.created_at).total_seconds() / 3600)


@dataclass(frozen=True, slots=True)
class Measured:
    """What articles did to their topics' tickets."""

    share: Span
    """Share of a topic's tickets that its article removed, 0 to 1 (95 % interval)."""
    topics: int
    """How many topics' articles that is pooled over."""

    @property
    def told(self) -> str:
        """The reason that says so."""
        low, high = self.share.low, self.share.high
        return (
            f"{MEASURED}: {self.share.value:.0%} of a topic's tickets "
            f"({low:.0%} to {high:.0%}, pooled over {many(self.topics, 'topic')})"
        )


def measured_share(effects: Effects | None) -> Measured | None:
    """The pooled effect as a share removed; None where there is none.

    A change for the worse removes nothing: worth is never below 0.
    """
    if effects is None or effects.pooled is None:
        return None
    change = effects.pooled.change
    removed = (min(max(-end, 0.0), 1.0) for end in (change.value, change.high, change.low))
    return Measured(Span(*removed), effects.pooled.topics)


@dataclass(frozen=True, slots=True)
class Estimates:
    """What is known beside the topics themselves: handling, and how well articles do."""

    handling: Handling = field(default_factory=Handling)
    success: Mapping[str, float] = field(default_factory=dict)
    """Share of its readers that an article helps, by article id, where anything is measured."""
    months: Sequence[str] = ()
    """The months that all tickets cover."""
    measured: Measured | None = None
    """What new articles removed so far, where that could be estimated."""

    def worth(
        self, kind: SuggestionKind, topic: Topic, known: Coverage | None, share: float = 1.0
    ) -> Worth:
        """The worth of an action on a topic that ``known`` answers, for a share of its tickets.

        What a covering article deflects already (how surely it answers × how often it helps) is
        taken off, but not for a translation: those who ask cannot read it. What articles are
        measured to remove takes the place of what is assumed of *write*.
        """
        left = 1.0
        if known is not None and kind != "translate":
            left = 1.0 - known.confidence * self.success.get(known.article, SUCCESS)
        known_share = self.measured if kind == "write" else None
        removed = known_share.share if known_share else Span(REMOVABLE[kind], *ASSUMED[kind])
        part = left * share
        return Worth(
            tickets=expected(topic),
            cost=self.handling.of(topic.tickets).relative,
            share=removed.value * part,
            tickets_range=expected_range(topic, self.months),
            share_range=(removed.low * part, removed.high * part),
            measured=known_share is not None,
        )

    def told(self, tickets: Collection[str]) -> list[str]:
        """What is unusual about the work that these tickets make."""
        own, usual = self.handling.of(tickets), self.handling.usual
        found = []
        if own.relative >= TOLD or own.relative <= 1 / TOLD:
            found.append(f"{own.rounds:.1f} replies a ticket ({usual.rounds:.1f} on average)")
        if own.hours and usual.hours and own.hours >= SLOW * usual.hours:
            found.append(f"solved in {_time(own.hours)} ({_time(usual.hours)} on average)")
        return found


def expected(topic: Topic) -> float:
    """Tickets in the next month; all there are where none has a date."""
    return float(len(topic.tickets)) if topic.expected is None else topic.expected


def article_success(figures: Iterable[ArticleFigures]) -> dict[str, float]:
    """Share of its readers that each article helps, where votes or visits say anything.

    Of votes the share of "yes", of visits the share that did not go on to a person, each drawn to
    one half by ``PRIOR`` more of them; the lower one counts: an article can please and not solve.
    """
    found = {}
    for one in figures:
        votes, visits = one.helpful, one.contacts_after_view
        signs = []
        if votes.denominator:
            signs.append(_share(votes.numerator, votes.denominator))
        if visits.denominator:
            signs.append(_share(visits.denominator - visits.numerator, visits.denominator))
        if signs:
            found[one.article] = min(signs)
    return found


def in_minutes(
    suggestions: Sequence[Suggestion], handling: Handling, minutes_per_reply: float | None
) -> tuple[Suggestion, ...]:
    """The suggestions with what an average ticket takes, where the team said what a reply takes."""
    rounds = handling.usual.rounds
    if minutes_per_reply is None or not rounds:
        return tuple(suggestions)
    minutes = rounds * minutes_per_reply
    return tuple(replace(s, parts=replace(s.parts, ticket_minutes=minutes)) for s in suggestions)


def _share(good: int, count: int) -> float:
    return (good + PRIOR * SUCCESS) / (count + PRIOR)


def _time(hours: float) -> str:
    if hours < 48:
        return many(round(hours), "hour")
    return many(round(hours / 24), "day")
