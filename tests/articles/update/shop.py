"""Returns of the fictional tea shop, before and after its rules changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kbtool.articles.agreeing.corrections import corrected
from kbtool.articles.agreeing.support import Replies
from kbtool.articles.draft import draft_topic
from kbtool.articles.draft.compose import links_to
from kbtool.articles.files.frontmatter import dump_article, parse_article
from kbtool.articles.files.store import find_article, read_articles
from kbtool.articles.saying.replies import said
from kbtool.articles.update.passages import Body, read_body
from kbtool.articles.update.propose import Hand, Proposal, propose
from kbtool.articles.update.stale import Staleness, staleness
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.mining.memory.store import save_topics
from kbtool.model import Article, Ticket
from kbtool.workflows.draft import draft
from kbtool.workflows.links import record_links
from kbtool.workflows.review import publish, start_review
from tests.articles.kb import NOW, knowledge_base
from tests.articles.tickets import sources, ticket, topic
from tests.tickets.stored import save_tickets

TODAY = date(2026, 11, 21)
OLD = (
    "1. Open Account > Orders and choose the box\n2. Tap Return box\n"
    "3. Print the label and bring the box to a shop\n\n"
    "You can return a box within 14 days of delivery.\n\n"
    "If the box was opened, we cannot take it back.\n"
)
NEW = OLD.replace("14 days", "30 days")
QUESTION = "How do I return a tea box?"


def tickets(
    text: str, numbers: Iterable[int], *, agents: int = 3, lang: str = "en"
) -> list[Ticket]:
    """Tickets answered with ``text`` by so many agents in turn; the number is also the day."""
    return [ticket(n, text, agent=f"a{n % agents}", lang=lang, question=QUESTION) for n in numbers]


def replies(
    found: Sequence[Ticket], lang: str = "en", may_show: Callable[[str], bool] = lambda _: True
) -> Replies:
    """What agents say in these tickets."""
    spoken = ((one, one.language or lang) for one in found)
    return Replies([corrected(said(one, code, article_of)) for one, code in spoken], lang, may_show)


def article_of(url: str) -> str | None:
    """The article that an address of the help centre leads to."""
    return url.rstrip("/").rpartition("/a/")[2] if "/a/" in url else None


def published(found: Sequence[Ticket], **changes: object) -> Article:
    """The article drafted from these tickets, published on 20 January."""
    (made,), _ = draft_topic(topic(found), found, sources())
    article = replace(made, status="published", path="en/return.md", updated=date(2026, 1, 20))
    return reread(replace(article, **changes))  # type: ignore[arg-type]  # fields of an article


def written(body: str, *, lang: str = "en", updated: date | None = date(2026, 1, 20)) -> Article:
    """An article that a person wrote, without evidence."""
    article = Article("kb-7", QUESTION, lang, "published", None, body, f"{lang}/return.md")
    return reread(replace(article, updated=updated))


def reread(article: Article) -> Article:
    """The article as it is read from its file."""
    found, problems = parse_article(dump_article(article), article.path)
    assert found, problems
    return found


def body_of(article: Article) -> Body:
    """Its body with sentences."""
    return read_body(article.body, article.lang, article_of)


def stale(article: Article, found: Sequence[Ticket]) -> Staleness | None:
    """Why these tickets make it stale."""
    return staleness(article, body_of(article), replies(found, article.lang))


def update(
    article: Article,
    found: Sequence[Ticket],
    *others: Article,
    may_show: Callable[[str], bool] = lambda _: True,
) -> Proposal:
    """What these tickets propose; proposing again proposes nothing."""
    hand = Hand(article_of, links_to([article, *others]), TODAY)
    read = replies(found, article.lang, may_show)
    made = propose(article, read, hand)
    assert propose(reread(made.article), read, hand).changes == ()
    return made


def grow(settings: Settings, found: Sequence[Ticket]) -> None:
    """Store these tickets; the topic is of all of them."""
    with writing(settings.database) as connection:
        save_tickets(connection, found)
        save_topics(connection, [topic(found)], NOW)
        record_links(connection, [one.key for one in found])


def open_shop(root: Path, found: Sequence[Ticket]) -> tuple[Settings, str]:
    """A knowledge base whose draft from these tickets was published, and the article's id."""
    settings = knowledge_base(root, found)
    (made,) = draft(settings, ["t-tea"], now=NOW).drafts
    start_review(settings, made.article.id, now=NOW)
    publish(settings, [made.article.id], by="Anu", now=NOW)
    return settings, made.article.id


def file_of(settings: Settings, id_: str) -> Path:
    """The file of an article."""
    articles, _ = read_articles(settings.content_dir)
    return settings.content_dir / find_article(articles, id_).path
