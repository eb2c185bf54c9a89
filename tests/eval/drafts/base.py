"""A temporary knowledge base in which labelled tickets are drafted, from mined or labelled topics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kbtool.articles.files.store import write_article
from kbtool.config import Settings, load_settings
from kbtool.db import reading, writing
from kbtool.mining.describing.labels import Labels
from kbtool.mining.memory.store import save_topics
from kbtool.mining.questions.question import Question, question
from kbtool.model import Article, Ticket, Topic
from kbtool.suggest.kinds import judge_topic
from kbtool.text import terms
from kbtool.tickets.store import read_tickets
from kbtool.workflows.demo import prepare_demo
from kbtool.workflows.draft import draft
from kbtool.workflows.import_tickets import import_tickets
from kbtool.workflows.init import init
from kbtool.workflows.suggest import suggest
from tests.eval.drafts.labels import Labelled, LabelledTopic, plain
from tests.eval.drafts.scores import Score, judge, total
from tests.eval.drafts.sheet import read_sheet
from tests.mining.samples import members_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LEAST = 3
"""Different requesters that a draft needs here."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One draft with its file's text and score."""

    label: str
    article: Article
    file: str
    score: Score
    found: tuple[str, ...]
    lost: tuple[str, ...]
    """Labelled facts that it states, and those that it does not."""

    @property
    def name(self) -> str:
        """Topic and language."""
        return f"{self.label} {self.article.lang}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a set of labelled tickets."""

    name: str
    drafts: tuple[Judged, ...]
    missing: Mapping[str, str]
    """Labelled topic without any draft → why."""
    skipped: tuple[str, ...]
    """Languages of drafted topics in which there is none though enough was answered, and why."""
    absent: Score
    """The facts of the missing ones."""
    kinds: Mapping[str, tuple[str | None, str | None]]
    """Topic → what it needs instead of an article: (labelled, said by kbtool)."""

    @property
    def total(self) -> Score:
        """The sum; a topic that was not drafted counts with all its facts."""
        return total([self.absent, *(one.score for one in self.drafts)])


def new_base(labels: Labelled, root: Path) -> Settings:
    """A knowledge base with the labels' articles and their tickets imported."""
    if labels.is_sample:
        prepare_demo(root)
    else:
        init(root, languages=labels.languages, name=labels.name, url=labels.site, now=NOW)
    settings = load_settings(root)
    for article in labels.articles:
        write_article(settings.content_dir, article)
    import_tickets(settings, labels.exports, now=NOW, fresh_key=b"k" * 32)
    return settings


def judge_drafts(labels: Labelled, settings: Settings, *, given: bool) -> Verdict:
    """Draft every labelled topic that may be an article and judge the drafts.

    With ``given`` the topics are the labelled ones; else they are mined, and a labelled topic's
    drafts are those of the mined one that holds most of its tickets.
    """
    with reading(settings.database) as connection:
        tickets = tuple(read_tickets(connection))
    topics = _given(labels, settings, tickets) if given else _mined(labels, settings, tickets)
    wanted = [topic.id for label, topic in topics.items() if labels.topics[label].kind is None]
    found = draft(settings, wanted, min_requesters=LEAST, now=NOW)
    label_of = {topic.id: label for label, topic in topics.items()}
    reasons: dict[str, list[str]] = defaultdict(list)
    for one in found.skipped:
        reasons[label_of[one.topic]].append(f"{one.lang or 'all'}: {one.reason}")
    asked = _asked_by(tickets, labels)
    drafts = []
    for made in found.drafts:
        article = made.article
        label = label_of[article.topic or ""]
        topic, file = labels.topics[label], settings.content_dir / article.path
        answered = [t for t in tickets if labels.tickets.get(t.id) == label and _speaks(t, article)]
        text, secrets = file.read_text("utf-8"), (labels.canaries, labels.specifics)
        score = judge(article, text, topic, answered, secrets, asked_by=asked.of(article))
        drafts.append(Judged(label, article, text, score, *_facts(article, topic)))
    missing = {
        label: "; ".join(reasons[label]) or "no mined topic is about it"
        for label, topic in labels.topics.items()
        if topic.kind is None and label not in {draft.label for draft in drafts}
    }
    lost = (len(labels.topics[label].must) for label in missing)
    absent = total(Score(facts=(0, n), attainable=(0, n)) for n in lost)
    kinds = _kinds(labels, topics, tickets)
    skipped = tuple(
        f"{label_of[one.topic]} {one.lang}: {one.reason}"
        for one in found.skipped
        if label_of[one.topic] not in missing and one.lang and not one.reason.startswith("asked")
    )
    return Verdict(labels.name, tuple(drafts), missing, skipped, absent, kinds)


def _kinds(
    labels: Labelled, topics: Mapping[str, Topic], tickets: Sequence[Ticket]
) -> dict[str, tuple[str | None, str | None]]:
    said = {label: judge_topic(topic, tickets) for label, topic in topics.items()}
    return {
        label: (labels.topics[label].kind, instead.kind if instead else None)
        for label, instead in said.items()
    }


def _facts(article: Article, topic: LabelledTopic) -> tuple[tuple[str, ...], tuple[str, ...]]:
    shown = plain("\n".join(line.text for line in read_sheet(article).lines))
    found = tuple(fact.text for fact in topic.must if fact.stands_in(shown))
    return found, tuple(fact.text for fact in topic.must if not fact.stands_in(shown))


def _speaks(ticket: Ticket, article: Article) -> bool:
    return ticket.resolution == "answered" and ticket.language in (article.lang, None)


def _given(labels: Labelled, settings: Settings, tickets: Sequence[Ticket]) -> dict[str, Topic]:
    """Label → a topic of its tickets, stored as if it had been mined."""
    groups: dict[str, list[Question]] = defaultdict(list)
    asked: list[Question] = []
    for ticket in tickets:
        if found := question(ticket):
            asked.append(found)
            if label := labels.tickets.get(ticket.id):
                groups[label].append(found)
    described = Labels(asked)
    topics = {
        label: replace(described.topic(group, members_of(group)), id=f"t-{label}")
        for label, group in sorted(groups.items())
        if label in labels.topics
    }
    with writing(settings.database) as connection:
        save_topics(connection, tuple(topics.values()), NOW)
    return topics


def _mined(labels: Labelled, settings: Settings, tickets: Iterable[Ticket]) -> dict[str, Topic]:
    """Label → the mined topic that holds most of its tickets and more of them than of others."""
    label_of = {ticket.key: labels.tickets.get(ticket.id) or "" for ticket in tickets}
    best: dict[str, tuple[int, Topic]] = {}
    for topic in suggest(settings, now=NOW).topics:
        (label, count), *_ = Counter(label_of.get(key, "") for key in topic.tickets).most_common(1)
        if label in labels.topics and count > best.get(label, (0,))[0]:
            best[label] = (count, topic)
    return {label: topic for label, (_, topic) in sorted(best.items())}


class _Asked:
    """Which labels' tickets ask in a title's words."""

    def __init__(self, said: Sequence[tuple[frozenset[str], str | None]]) -> None:
        self._said = said

    def of(self, article: Article) -> frozenset[str]:
        """Labels of the tickets with the sentence most like the title; ties give several."""
        wanted = frozenset(terms(article.title, article.lang))
        likeness = [(len(wanted & s) / max(len(wanted | s), 1), label) for s, label in self._said]
        best = max((one for one, _ in likeness), default=0.0)
        return frozenset(label for one, label in likeness if label and best and one == best)


def _asked_by(tickets: Iterable[Ticket], labels: Labelled) -> _Asked:
    said = []
    for ticket in tickets:
        found = question(ticket)
        for sentence in found.wordings if found else ():
            key = frozenset(terms(sentence, ticket.language or labels.languages[0]))
            said.append((key, labels.tickets.get(ticket.id)))
    return _Asked(said)
