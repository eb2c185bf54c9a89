"""Check content/: everything that could go wrong on the way to a reader, with file and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from hashlib import sha256

from kbtool.articles.checks import Given, check_articles, order
from kbtool.articles.checks.memory import Memory, remembering
from kbtool.articles.files.store import DRAFTS, Parsed, Source, parse_source, read_articles
from kbtool.config import Settings
from kbtool.db import reading
from kbtool.errors import ContentError
from kbtool.events.store import read_events
from kbtool.mining.memory.history import read_forwarding
from kbtool.mining.memory.store import read_gone, read_topics
from kbtool.model import PUBLIC, Article, BrokenLink, Finding
from kbtool.privacy.gate import personal_data
from kbtool.resources import code_digest
from kbtool.search.synonyms import read_synonyms
from kbtool.site.pages.links import targets
from kbtool.workflows.links import book_of, broken_since

MEMORY = "check.db"
"""Where checks remember what they found out, below the cache folder."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The articles that can be read and everything found, by file and line."""

    articles: tuple[Article, ...]
    findings: tuple[Finding, ...]
    digests: Mapping[str, str]
    """Hash of the bytes of each article's file, in hex, by the article's path."""
    broken_links: tuple[BrokenLink, ...]
    """Addresses sent in replies that lead nowhere. They are no findings: nobody can take back
    what was sent, so they never stop a strict check."""

    @property
    def errors(self) -> int:
        """How many findings block a build."""
        return sum(finding.level == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings block a strict check only."""
        return len(self.findings) - self.errors

    @property
    def of_site(self) -> tuple[Finding, ...]:
        """What concerns the site: all but warnings about drafts, which no reader sees."""
        return tuple(
            finding
            for finding in self.findings
            if finding.level == "error" or not finding.file.startswith(f"{DRAFTS}/")
        )


def check(settings: Settings, *, now: datetime) -> CheckResult:
    """Read and check all of ``content/``; nothing is written but what saves the next run work.

    Raises ContentError when the folder is gone: an empty site must not replace a good one unseen;
    StoreError when there is a database that cannot be read.
    """
    if not settings.content_dir.is_dir():
        raise ContentError(
            f"{settings.content_dir}: no such folder", hint="bring it back; it holds the articles"
        )
    return remembering(
        settings.cache_dir / MEMORY, _stamp(settings), partial(_check, settings, now.date())
    )


def _check(settings: Settings, today: date, memory: Memory | None) -> CheckResult:
    digests: dict[str, str] = {}
    parse = memory.parse if memory else parse_source

    def read(source: Source) -> Parsed:
        digests[source.path] = source.digest
        return parse(source)

    articles, unread = read_articles(settings.content_dir, read)
    given = Given(gate(settings), targets, _fates(settings, articles))
    found = check_articles(articles, settings, given, today=today, memory=memory)
    _, synonyms = read_synonyms(settings.content_dir, settings.languages)
    return CheckResult(
        articles=articles,
        findings=order((*unread, *found, *synonyms)),
        digests={article.path: digests[article.path] for article in articles},
        broken_links=_broken(settings, articles),
    )


def _stamp(settings: Settings) -> str:
    """All that findings about one article or two depend on beside the articles: settings that
    such rules read, and the code itself.
    """
    limits = settings.checks
    made_with = (
        *(code_digest(), settings.own_words, settings.tickets.product_words),
        *(limits.reading_ease, limits.lix),
    )
    return sha256(repr(made_with).encode("utf-8", "surrogatepass")).hexdigest()


def _broken(settings: Settings, articles: Sequence[Article]) -> tuple[BrokenLink, ...]:
    """From the links recorded so far; without a database none was."""
    if not settings.database.exists():
        return ()
    with reading(settings.database) as connection:
        if next(read_events(connection, kinds={"link"}), None) is None:
            return ()  # most of the work is the book
        return broken_since(connection, book_of(connection, settings, articles))


def _fates(settings: Settings, articles: Sequence[Article]) -> Mapping[str, str]:
    """What became of the topics of drafts, by the draft's id; without a database nothing is known.

    A topic that no run of this database ever found tells nothing: the draft may come from another.
    """
    drafts = [a for a in articles if a.topic and a.status in ("draft", "review")]
    if not drafts or not settings.database.exists():
        return {}
    with reading(settings.database) as connection:
        current = {topic.id for topic in read_topics(connection)}
        gone = {topic.id for topic in read_gone(connection)}
        forwarded = read_forwarding(connection)
    answered = {
        (forwarded.get(a.topic, a.topic), a.lang): a.id
        for a in articles
        if a.topic and a.status in PUBLIC
    }
    found = {}
    for draft in drafts:
        topic = draft.topic or ""
        now = forwarded.get(topic, topic)
        if other := answered.get((now, draft.lang)):
            found[draft.id] = f"{other} answers its topic {now} already"
        elif now != topic:
            found[draft.id] = f"its topic {topic} is part of {now} now"
        elif topic in gone and topic not in current:
            found[draft.id] = f"nothing asks about its topic {topic} any more"
    return found


def gate(settings: Settings) -> Callable[[str], Sequence[tuple[int, str]]]:
    """The privacy gate that knows one's own words: text → (line, what looks personal)."""
    return partial(personal_data, product_words=settings.own_words)
