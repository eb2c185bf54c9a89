"""Replay: answered tickets' questions asked of a new index and of the one that readers use today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from kbtool.addresses import page_address
from kbtool.config import Settings
from kbtool.db import Connection, reading
from kbtool.errors import ContentError, IndexMissingError
from kbtool.mining.describing.wordings import clearness, may_be_shown
from kbtool.mining.memory.history import read_forwarding
from kbtool.mining.memory.identity import follow, with_topics_now
from kbtool.mining.memory.store import read_topics
from kbtool.mining.questions.question import Question, is_question_like
from kbtool.mining.questions.store import Stored, read_figures, told_topics
from kbtool.model import PUBLIC, Article, Document, Finding
from kbtool.permalink import permalink_address
from kbtool.progress import Progress
from kbtool.search.documents import to_document
from kbtool.search.index import Index, build_index
from kbtool.search.record.kept import read_documents
from kbtool.search.replay import (
    DEPTH,
    Answer,
    LostRank,
    ReplayQuestion,
    ReplayResult,
    answer,
    compare,
    is_known,
    keys_of,
)
from kbtool.search.synonyms import read_synonyms
from kbtool.suggest.coverage import cover, family
from kbtool.tickets.store import answered_among
from kbtool.workflows.links import book_of, linked_articles, refresh_links
from kbtool.workflows.questions import refresh_questions

MOST = 1_000
"""Questions of a language that are asked, the newest ones."""
DOCUMENTS = "documents.jsonl"
"""Beside an index: the articles it was made of."""
_BATCH = 500
_TOLD_EVERY = 20


@dataclass(slots=True)
class LeftOut:
    """Answered tickets with a right article whose question was not asked, and why."""

    known: int = 0
    """The question is a title or wording of the article, today's or the last build's: an index
    that knows it by heart is not tested by it."""
    foreign: int = 0
    """The article is in other languages only."""
    unclear: int = 0
    """No sentence of the customer stands as a question by itself, or all hold personal data."""
    older: list[str] = field(default_factory=list)
    """Languages with more than ``MOST`` questions."""


@dataclass(frozen=True, slots=True)
class Replay:
    """How the questions fared."""

    results: tuple[ReplayResult, ...]
    """One a language of the site, in the order of the settings."""
    left_out: LeftOut
    compared: bool
    """Whether there was an index of an earlier build to compare with."""
    articles: Mapping[str, Article]
    """By id, those that readers see."""

    @property
    def dropped(self) -> bool:
        """Whether any language dropped beyond noise."""
        return any(result.dropped for result in self.results)


def replay_content(
    settings: Settings, articles: Sequence[Article], progress: Progress | None = None
) -> Replay:
    """The replay of the index that a build would make of ``articles``, which is made aside.

    Raises StoreError when the database cannot be used, OSError when the disk is full.
    """
    documents = [
        to_document(article, page_address(article), permalink_address(article.id))
        for article in articles
        if article.status in PUBLIC and article.lang in settings.languages
    ]
    with TemporaryDirectory(prefix="kbtool-replay-") as folder:
        directory = Path(folder) / "index"
        synonyms, _ = read_synonyms(settings.content_dir, settings.languages)
        build_index(documents, directory, synonyms)
        return replay(settings, articles, directory, progress)


def replay(
    settings: Settings,
    articles: Sequence[Article],
    directory: Path,
    progress: Progress | None = None,
) -> Replay:
    """The questions of held-out answered tickets, asked of the index in ``directory`` and of the
    current release's.

    The right article is the one that the agent linked, wherever that link leads today, or else the
    one that answers the ticket's topic: because it names the topic, or by the links in the topic's
    other tickets; what is alike by its words alone would only ask the index what it knows. Drafts
    and archived articles answer nothing. Events and questions are brought up to date first. Raises
    StoreError, and IndexMissingError when ``directory`` holds no index.
    """
    questions, left_out = _read_questions(settings, articles, progress)
    now = _ask(directory, questions, "Asking the new index", progress)
    try:
        before = _ask(settings.index_dir, questions, "Asking the last build's", progress)
    except IndexMissingError:  # none yet, or one of another version: nothing to compare with
        before = None
    shown = {article.id: article for article in articles if article.status in PUBLIC}
    return Replay(
        results=compare(questions, now, before, settings.languages),
        left_out=left_out,
        compared=before is not None,
        articles=shown,
    )


def stop_a_drop(replayed: Replay) -> None:
    """Raise ContentError with the questions that lost rank when a share dropped beyond noise."""
    dropped = [result for result in replayed.results if result.dropped]
    if dropped:
        lost = [one for result in dropped for one in result.lost]
        told = ", ".join(
            f"{result.lang}: {one.lost} lost, {one.gained} gained among the first {one.at}"
            for result in dropped
            for one in result.success
            if one.dropped
        )
        raise ContentError(
            f"nothing was shown: search answers fewer questions than before ({told})",
            findings=[_finding(one, replayed.articles) for one in lost],
            hint="mend the articles that lost rank, or build without --strict",
        )


def _finding(lost: LostRank, articles: Mapping[str, Article]) -> Finding:
    now = f"at place {lost.now}" if lost.now else f"not among {DEPTH}"
    message = f'"{lost.question.query}" found it at place {lost.before}, now {now}'
    if lost.instead is not None:
        other = articles.get(lost.instead)
        name = f' "{other.title}"' if other else ""
        message += f"; {lost.instead}{name} stands there now"
    own = articles[lost.article]
    return Finding("warning", "lost-rank", own.path, 1, message)


def _read_questions(
    settings: Settings, articles: Sequence[Article], progress: Progress | None
) -> tuple[list[ReplayQuestion], LeftOut]:
    if not settings.database.exists():  # reading would make one
        return [], LeftOut()
    refresh_links(settings, articles, progress)
    refresh_questions(settings, progress)
    with reading(settings.database) as connection:
        choice = _Choice(articles, _answering(connection, settings, articles))
        choice.know(_last_documents(settings.index_dir))
        for lang, tickets in _newest(connection, choice.right, settings.languages).items():
            choice.read(connection, lang, tickets)
    return choice.questions, choice.left_out


def _last_documents(directory: Path) -> tuple[Document, ...]:
    """The articles as the last build saw them; none when it kept none that can be read."""
    try:
        return read_documents(directory / DOCUMENTS)
    except IndexMissingError:
        return ()


def _answering(
    connection: Connection, settings: Settings, articles: Sequence[Article]
) -> dict[str, frozenset[str]]:
    """The families of the articles that answer each ticket, by ticket key."""
    live = {article.id: family(article) for article in articles if article.status in PUBLIC}
    linked = linked_articles(connection, book_of(connection, settings, articles))
    topics, forwarded = read_topics(connection), read_forwarding(connection)
    covered = cover(topics, with_topics_now(articles, forwarded), linked)
    by_topic = {name: live[one.article] for name, one in covered.items() if one.by != "text"}
    topic_of = {key: follow(topic, forwarded) for key, topic in told_topics(connection).items()}
    topic_of |= {key: topic.id for topic in topics for key in topic.tickets}
    found = {
        key: frozenset({by_topic[topic]}) for key, topic in topic_of.items() if topic in by_topic
    }
    for key, ids in linked.items():
        if sent := frozenset(live[id_] for id_ in ids if id_ in live):
            found[key] = sent
    return found


def _newest(
    connection: Connection, right: Mapping[str, object], languages: Sequence[str]
) -> dict[str, list[str]]:
    """Keys of the tickets that ask something and have a right article, by language, newest first."""
    columns = read_figures(connection)
    found: dict[str, list[tuple[int, str]]] = {lang: [] for lang in languages}
    for row, ticket in enumerate(columns.tickets):
        lang = columns.langs[columns.lang[row]]
        if lang in found and ticket in right:
            found[lang].append((-int(columns.days[row]), ticket))
    return {lang: [ticket for _, ticket in sorted(rows)] for lang, rows in found.items()}


class _Choice:
    """Chooses what is asked, and counts what is not."""

    def __init__(self, articles: Sequence[Article], right: Mapping[str, frozenset[str]]) -> None:
        self.right = right
        self.questions: list[ReplayQuestion] = []
        self.left_out = LeftOut()
        self._members: dict[tuple[str, str], list[str]] = {}
        self._wordings: dict[str, list[tuple[str, ...]]] = {}
        for article in sorted(articles, key=lambda article: article.id):
            if article.status in PUBLIC:
                self._members.setdefault((family(article), article.lang), []).append(article.id)
                texts = (article.title, *article.also_asked)
                self._wordings[article.id] = [keys_of(text, article.lang) for text in texts]

    def know(self, documents: Iterable[Document]) -> None:
        """What the last build's articles asked is asked of neither index: it would count against
        an article whose wordings changed."""
        for document in documents:
            texts = (document.title, *document.questions)
            self._wordings.setdefault(document.id, []).extend(
                keys_of(text, document.lang) for text in texts
            )

    def read(self, connection: Connection, lang: str, tickets: Sequence[str]) -> None:
        """Take the questions of these tickets, in this order, up to ``MOST``."""
        before = len(self.questions)
        for start in range(0, len(tickets), _BATCH):
            some = tickets[start : start + _BATCH]
            answered = answered_among(connection, some)
            for asked in Stored(connection).fetch([key for key in some if key in answered]):
                if len(self.questions) - before == MOST:
                    self.left_out.older.append(lang)
                    return
                self._take(asked, lang)

    def _take(self, asked: Question, lang: str) -> None:
        families = sorted(self.right[asked.ticket])
        relevant = [id_ for name in families for id_ in self._members.get((name, lang), ())]
        query = clearest_sentence(asked)
        if not relevant:
            self.left_out.foreign += 1
        elif query is None:
            self.left_out.unclear += 1
        elif is_known(keys_of(query, lang), (w for id_ in relevant for w in self._wordings[id_])):
            self.left_out.known += 1
        else:
            self.questions.append(ReplayQuestion(query, lang, tuple(relevant), asked.ticket))


def clearest_sentence(asked: Question) -> str | None:
    """The sentence of a ticket that a customer would type into a search box: of those that ask
    something, and the subject, the one that is clearest by itself, the first of equals.

    None when there is none; a sentence that was redacted is none.
    """
    subject = asked.text.partition("\n")[0]
    may = [
        text
        for text in asked.wordings
        if (text == subject or is_question_like(text, asked.lang))
        and may_be_shown(text, asked.lang)
    ]
    return max(may, key=lambda text: clearness(text, asked.lang, ()), default=None)


def _ask(
    directory: Path, questions: Sequence[ReplayQuestion], stage: str, progress: Progress | None
) -> list[Answer]:
    """What the index in ``directory`` finds. Raises IndexMissingError."""
    answers = []
    with Index.open(directory) as index:
        for done, question in enumerate(questions):
            if progress is not None and done % _TOLD_EVERY == 0:
                progress(stage, done, len(questions))
            found = index.search(question.query, lang=question.lang, limit=DEPTH)
            answers.append(answer(question, (hit.id for hit in found.hits)))
    return answers
