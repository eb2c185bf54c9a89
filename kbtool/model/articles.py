"""Articles with their evidence, what checks find in them, and how the index sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

ArticleStatus: TypeAlias = Literal["draft", "review", "published", "stale", "archived", "rejected"]
PUBLIC: frozenset[ArticleStatus] = frozenset({"published", "stale"})
"""Readers see these articles; a stale one is due for review, not withdrawn."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a sentence stands in a draft."""

    text: str
    """The sentence as drafted."""
    sources: tuple[str, ...]
    """Sentence references ``<ticket key>/<message id>/s<n>``."""
    tickets: int
    agents: int
    last_seen: date | None
    first_seen: date | None = None
    edited: bool = False
    """A person changed the drafted sentence or took it out; told when its article goes to review
    and when it is published."""


@dataclass(frozen=True, slots=True)
class Wake:
    """When a rejected draft's topic is suggested again; with nothing set never."""

    times: float | None = None
    """When it has this many times the tickets it had when it was rejected."""
    tickets: int | None = None
    """When it has this many tickets."""
    until: date | None = None
    """On this day, however it grows."""


@dataclass(frozen=True, slots=True)
class Article:
    """A Markdown file of ``content/`` with a permanent id."""

    id: str
    title: str
    lang: str
    status: ArticleStatus
    category: str | None
    body: str
    path: str
    """Relative to the content folder, with forward slashes."""
    tags: tuple[str, ...] = ()
    also_asked: tuple[str, ...] = ()
    translation_of: str | None = None
    topic: str | None = None
    updated: date | None = None
    reviewed_by: str | None = None
    review_by: date | None = None
    evidence: tuple[Evidence, ...] = ()
    drafted_sha256: str | None = None
    """Hash of the draft as kbtool wrote it; the draft's own hash differs once a person edited it."""
    rewritten_by: str | None = None
    """The model that worded some of the draft's sentences; None when all are the agents' own."""
    reason: str | None = None
    """Why it was rejected, is stale or was archived."""
    wake: Wake | None = None
    """When a rejected draft's topic is suggested again; None where nobody has said."""
    translated: tuple[tuple[str, str], ...] = ()
    """Of a translation: (section, its hash) of the original that it was last compared with."""
    differs_from: tuple[str, ...] = ()
    """Ids of articles that look like this one and are not: a person has looked."""
    replaced_by: str | None = None
    """Of an archived article: the id of the one that its readers are led to."""
    heard_until: date | None = None
    """Last day of the agents' answers that made it stale; a person was told of these, so only
    later ones can make it stale again."""
    section: str | None = None
    """The group inside its category; no part of its address."""
    former: tuple[str, ...] = ()
    """Addresses that its page had before, below the help centre's."""
    published: date | None = None
    """First day on which it was published; None where it was before kbtool wrote that down."""
    release: date | None = None
    """The Monday that a lot gave it (kbtool/articles/staggered.py); kept after it came out."""
    lot: str | None = None
    """The random seed of that lot."""
    extra: tuple[tuple[str, object], ...] = ()
    """Front matter that kbtool does not know, kept as it stands."""
    body_line: int = 1
    """1-based line of the file on which the body starts."""


@dataclass(frozen=True, slots=True)
class PublishedAddress:
    """An address that a build once published, remembered for ever."""

    address: str
    """Site-relative, of an article's page or its permanent one."""
    article: str
    lang: str
    since: date
    """Day of the first build that published it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A result of a check: ``error`` blocks a build, ``warning`` blocks ``--strict``."""

    level: Literal["error", "warning"]
    code: str
    """Short kebab-case name of the rule."""
    file: str
    line: int
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index sees it."""

    id: str
    lang: str
    title: str
    questions: tuple[str, ...]
    headings: tuple[str, ...]
    body: str
    """Plain text."""
    tags: tuple[str, ...]
    category: str | None
    url: str
    """Site-relative address of the page (no leading slash)."""
    permalink: str
    """Site-relative permanent address, ``a/<id>/``."""
    summary: str
