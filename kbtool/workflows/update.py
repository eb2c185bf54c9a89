"""``kbtool draft --update``: a change to an article that lets it say what agents answer by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kbtool.articles.draft.compose import FEWEST_REQUESTERS, links_to
from kbtool.articles.files.frontmatter import is_edited
from kbtool.articles.files.store import find_article, read_articles
from kbtool.articles.update.patch import rewritten, unified
from kbtool.articles.update.propose import Change, Hand, propose
from kbtool.config import Settings
from kbtool.disk import replace_file
from kbtool.errors import ContentError, StateError
from kbtool.model import Article
from kbtool.plural import many
from kbtool.workflows.answers import Answers, reading_answers


@dataclass(frozen=True, slots=True)
class Proposed:
    """What could be changed in an article, and the diff that does it."""

    article: Article
    """As it is."""
    path: str
    """Of its file, relative to the knowledge base."""
    topics: tuple[str, ...]
    """Whose answers it was compared with."""
    tickets: int
    """So many of them."""
    changes: tuple[Change, ...]
    diff: str
    """Empty when there is nothing to change."""
    refused: str | None = None
    """Why nothing may be proposed; None when it may."""


def propose_update(
    settings: Settings, id_: str, *, min_requesters: int | None = None, now: datetime
) -> Proposed:
    """What to change in an article so that it says what agents answer by now; nothing is written.

    As for a draft, answers to fewer than ``min_requesters`` different people propose nothing.
    Raises NotFoundError, ContentError for a file that cannot be read, StateError for a draft that
    nobody edited and for what is rejected or archived, StoreError.
    """
    articles, unread = read_articles(settings.content_dir)
    article = find_article(articles, id_, unread, beginning=True)
    _refuse(article)
    path = (settings.content_dir / article.path).relative_to(settings.root).as_posix()
    with reading_answers(settings, articles) as reader:
        answers = reader.read(article, by_words=True)
    least = max(min_requesters or settings.drafts.min_requesters, FEWEST_REQUESTERS)
    refused = _too_few(article, answers, least)
    tickets = len(answers.replies.said)
    if refused:
        return Proposed(article, path, answers.topics, tickets, (), "", refused)
    hand = Hand(reader.article_of, links_to(articles), now.date())
    found = propose(article, answers.replies, hand)
    text = _text(settings.content_dir / article.path)
    diff = unified(text, rewritten(text, article, found.article), path) if found.changes else ""
    return Proposed(article, path, answers.topics, tickets, found.changes if diff else (), diff)


def write_proposal(settings: Settings, path: Path, text: str) -> None:
    """Write a diff to a file. Raises ContentError inside ``content/``, which holds articles."""
    if path.resolve().is_relative_to(settings.content_dir.resolve()):
        raise ContentError(
            f"{path}: a proposal is no article", hint="name a file outside the content folder"
        )
    replace_file(path, text.encode())


def _refuse(article: Article) -> None:
    if article.status in ("rejected", "archived"):
        raise StateError(f"{article.id} is {article.status}; there is nothing to update")
    if article.status == "draft" and not is_edited(article):
        raise StateError(
            f"{article.id} is a draft that nobody edited",
            hint=f"kbtool draft {article.topic} writes it anew from all tickets",
        )


def _too_few(article: Article, answers: Answers, least: int) -> str | None:
    """Why these answers may not be used; as for drafts."""
    if not answers.topics and article.topic:
        return f"its topic {article.topic} is not known here: kbtool import, then kbtool suggest"
    if not answers.topics:
        return "no topic is known that it answers: name one as topic: in its front matter"
    if answers.requesters < least:
        people = many(answers.requesters, "different requester")
        return f"its topics were answered for {people}, {least} are needed"
    return None


def _text(file: Path) -> str:
    """The file with its own line ends."""
    return file.read_bytes().decode("utf-8")
