"""Questions → topics, which article answers each, and what their tickets suggest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbtool.addresses import AddressBook
from kbtool.config import Settings
from kbtool.mining.encoding.encoder import Encoder
from kbtool.mining.memory.identity import find_changes, forwarding, with_topics_now
from kbtool.mining.memory.store import Memory
from kbtool.mining.mine import How, Mined, mine_source
from kbtool.mining.questions.columns import Given
from kbtool.mining.questions.question import Question, question
from kbtool.model import Article, Coverage, Report, Suggestion, SuggestionKind, Ticket, Topic
from kbtool.progress import Progress
from kbtool.suggest.additions import Replies
from kbtool.suggest.coverage import cover, family
from kbtool.suggest.drift import Drift
from kbtool.suggest.kinds.apart import Tickets, first, set_apart
from kbtool.suggest.novelty import without_repeats
from kbtool.suggest.ranking import merge, suggest_from_drift, suggest_from_topics
from kbtool.suggest.spread import covered_months
from kbtool.suggest.waking import Standing, asleep
from kbtool.suggest.wordings.propose import without_rejected
from kbtool.suggest.worth import Estimates, article_success, in_minutes, measured_share
from kbtool.workflows.evidence import Evidence


@dataclass(frozen=True, slots=True)
class View:
    """Which of the suggestions are shown."""

    top: int | None = None
    """The best so many for articles, and as many that are not; None: all."""
    kinds: frozenset[SuggestionKind] = frozenset()
    """Only these kinds; empty: all."""

    def of(self, found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
        """Those that are shown, in their order."""
        return first([s for s in found if not self.kinds or s.kind in self.kinds], self.top)


@dataclass(frozen=True, slots=True)
class Judged:
    """Topics with what is known about each."""

    tickets: int
    questions: int
    """Resolved tickets that ask something."""
    topics: tuple[Topic, ...]
    articles: tuple[Article, ...]
    """Those about a topic that was merged being about the one it was merged into."""
    coverage: Mapping[str, Coverage]
    suggestions: tuple[Suggestion, ...]
    """From tickets alone, before rejections."""
    estimates: Estimates


@dataclass(frozen=True, slots=True)
class SuggestResult:
    """What to do next, and what it was found in."""

    suggestions: tuple[Suggestion, ...]
    """For articles, worth most first; then those that need something else, likewise."""
    tickets: int
    questions: int
    topics: tuple[Topic, ...]
    quiet: int
    """Topics that an article answers and that need nothing."""
    rejected: tuple[Standing, ...]
    """Rejections that hold topics back, by topic id."""
    smallest: int
    """Tickets that make a topic (a setting)."""
    coverage: Mapping[str, Coverage]
    """Which article answers a topic, by topic id."""


def mine_tickets(
    tickets: Iterable[Ticket],
    settings: Settings,
    book: AddressBook,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Judged:
    """Topics of tickets that are not stored, and suggestions from them."""
    evidence = Evidence(Drift(()))
    asked: list[Question] = []
    for ticket in tickets:
        evidence.tickets += 1
        evidence.take(ticket, book, {})
        found = question(ticket)
        if found is not None:
            asked.append(found)
            evidence.handling.take(ticket)
        if progress is not None and evidence.tickets % 1000 == 0:
            progress("Reading tickets", evidence.tickets, None)
    evidence.answered(asked)
    how = how_to_mine(settings, (), book, Memory(), encoder, progress)
    return judge(mine_source(Given(asked), how), (), evidence, Memory())


def how_to_mine(
    settings: Settings,
    articles: Sequence[Article],
    book: AddressBook,
    memory: Memory,
    encoder: Encoder | None,
    progress: Progress | None,
) -> How:
    """The miner's settings; links to an article and its translations are one."""
    families = {article.id: family(article) for article in articles}
    return How(
        smallest=settings.mining.min_tickets,
        previous=memory.topics,
        gone=memory.gone,
        link_name=lambda url: families.get(book.article_from_url(url) or "", url),
        first_language=settings.default_language,
        progress=progress,
        encoder=encoder,
    )


def judge(
    found: Mined,
    articles: Sequence[Article],
    evidence: Evidence,
    memory: Memory,
    report: Report | None = None,
) -> Judged:
    """The articles that answer the topics, and suggestions from both.

    ``memory`` is what earlier runs found; ``report`` tells how often articles help and what new
    ones removed.
    """
    changed = find_changes(found.topics, memory.topics, memory.gone)
    forwarded = forwarding([*(c for run in memory.runs for c in run.changes), *changed])
    articles = with_topics_now(articles, forwarded)
    coverage = cover(found.topics, articles, evidence.linked)
    replies = Replies(evidence.replies)
    added = evidence.drift.found(replies)
    known = Estimates(
        evidence.handling,
        article_success(report.articles if report else ()),
        covered_months(found.topics),
        measured_share(report.effects) if report else None,
    )
    suggestions = merge(
        suggest_from_topics(found.topics, articles, coverage, replies, added, known),
        suggest_from_drift(added, found.topics, articles, coverage, known),
    )
    return Judged(
        tickets=evidence.tickets,
        questions=found.questions,
        topics=found.topics,
        articles=tuple(articles),
        coverage=coverage,
        suggestions=suggestions,
        estimates=known,
    )


def conclude(
    judged: Judged,
    found: Sequence[Suggestion],
    settings: Settings,
    tickets: Tickets,
    rejected: Sequence[Standing] = (),
    resting: frozenset[str] = frozenset(),
) -> SuggestResult:
    """The result of a run: ``found`` without what a person rejected and what was just done
    (``resting``: keys), and without repeats.
    """
    busy = {suggestion.topic for suggestion in found}
    sleeping = asleep(rejected) | resting
    known = {name: one.confidence for name, one in judged.coverage.items()}
    known |= dict.fromkeys(sleeping, 1.0)
    awake = without_rejected(merge(found, asleep=sleeping), sleeping)
    new = without_repeats(awake, judged.topics, known)
    best = set_apart(
        _most(new, settings.mining.max_suggestions), judged.topics, judged.articles, tickets
    )
    handling = judged.estimates.handling
    return SuggestResult(
        suggestions=in_minutes(best, handling, settings.mining.minutes_per_reply),
        tickets=judged.tickets,
        questions=judged.questions,
        topics=judged.topics,
        quiet=sum(t.id not in busy for t in judged.topics),
        rejected=tuple(one for one in rejected if one.sleeps and one.topics),
        smallest=settings.mining.min_tickets,
        coverage=judged.coverage,
    )


def _most(found: Sequence[Suggestion], most: int) -> list[Suggestion]:
    """The best ``most``, and as many articles to retire: these are worth no ticket and would never
    be among them.
    """
    useful = [one for one in found if one.kind != "retire"]
    unused = [one for one in found if one.kind == "retire"]
    return [*useful[:most], *unused[:most]]
