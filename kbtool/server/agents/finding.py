"""What an agent finds: articles for a query or a ticket, each with its link ready to be pasted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kbtool.config import Settings
from kbtool.events.parse import clean_query
from kbtool.model import SearchHit
from kbtool.permalink import permalink_address
from kbtool.search.index import Index
from kbtool.search.links import format_link, format_reply
from kbtool.search.ticket_answer import answer_ticket
from kbtool.search.ticket_text import TicketText
from kbtool.server.collect.recording import RequestRefusedError
from kbtool.server.releases import MANIFEST, Release
from kbtool.tickets.cleaning.clean import clean
from kbtool.tickets.raw import looks_like_html

RESULTS = 8
LOOKED_AT = 100
"""Articles of a ticket that are looked at when filters take some away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an agent asks for; a language that the help centre does not have counts as none."""

    text: str
    is_ticket: bool
    """Whether the text is a customer's whole message rather than a query."""
    reply_lang: str | None
    """The language of the reply; None: the ticket's, or each article's own."""
    only_lang: str | None
    category: str | None


@dataclass(frozen=True, slots=True)
class _Listed:
    """An article as the release lists it."""

    id: str
    title: str
    lang: str
    url: str
    translations: Mapping[str, str]
    """Language → address of that page."""


def read_asked(body: bytes, settings: Settings) -> Asked:
    """What was asked. Raises RequestRefusedError when it is no JSON object with a text in it."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise RequestRefusedError("not-json") from None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise RequestRefusedError("not-a-ticket")
    reply, only, category = data.get("reply"), data.get("lang"), data.get("category")
    return Asked(
        text=data["text"],
        is_ticket=data.get("ticket") is True,
        reply_lang=reply if reply in settings.languages else None,
        only_lang=only if only in settings.languages else None,
        category=category if isinstance(category, str) and category else None,
    )


def found_for(asked: Asked, index: Index, release: Release, settings: Settings) -> dict[str, Any]:
    """The answer as JSON; nothing of what was asked is kept. Raises IndexMissingError."""
    corrected: str | None = None
    reply_lang: str | None
    if asked.is_ticket:
        lang, reply_lang, hits = _for_ticket(asked, index, settings)
    else:
        query = clean_query(asked.text)
        found = index.search(
            query,
            lang=asked.only_lang or asked.reply_lang,
            only_lang=asked.only_lang is not None,
            category=asked.category,
            limit=RESULTS if query else 0,
        )
        lang, reply_lang, hits = found.lang, asked.reply_lang, found.hits
        corrected = found.corrected
    shelf = _listed(release.path / MANIFEST)
    results = [_result(hit, reply_lang or hit.lang, shelf, settings.site_url) for hit in hits]
    return {
        "format": 1,
        "lang": lang,
        "reply_lang": reply_lang,
        "corrected": corrected,
        "count": len(results),
        "results": results,
    }


def _for_ticket(
    asked: Asked, index: Index, settings: Settings
) -> tuple[str | None, str, tuple[SearchHit, ...]]:
    """The ticket's language, the reply's, and the articles: as ``/api/suggest`` has them."""
    text = clean(asked.text, is_html=looks_like_html(asked.text), names=()).text
    filtered = asked.only_lang or asked.category
    answer = answer_ticket(
        index,
        TicketText("", (text,)),
        lang=None,
        languages=settings.languages,
        site_url=settings.site_url,
        limit=LOOKED_AT if filtered else RESULTS,
    )
    hits = tuple(
        hit
        for hit in answer.hits
        if asked.only_lang in (None, hit.lang) and asked.category in (None, hit.category)
    )
    return answer.lang, asked.reply_lang or answer.reply_lang, hits[:RESULTS]


def _result(
    hit: SearchHit, reply_lang: str, shelf: Mapping[str, _Listed], site_url: str
) -> dict[str, Any]:
    """A hit, and what is sent of it: its version in the language of the reply when there is one."""
    sent = _version(hit, reply_lang, shelf)
    link = site_url + sent.permalink
    return {
        "id": hit.id,
        "title": hit.title,
        "lang": hit.lang,
        "category": hit.category,
        "snippet": [list(piece) for piece in hit.snippet],
        "sent": {
            "id": sent.id,
            "title": sent.title,
            "lang": sent.lang,
            "url": sent.url,
            "is_foreign": sent.lang != reply_lang,
            "copy": {
                "url": link,
                "markdown": format_link(sent.title, link, "markdown"),
                "html": format_link(sent.title, link, "html"),
                "reply": format_reply(sent.title, link, sent.lang, reply_lang, "text"),
                "reply_html": format_reply(sent.title, link, sent.lang, reply_lang, "html"),
            },
        },
    }


def _version(hit: SearchHit, lang: str, shelf: Mapping[str, _Listed]) -> SearchHit:
    """The hit, or its translation into ``lang``."""
    found = shelf.get(hit.url)
    other = shelf.get(found.translations.get(lang, "")) if found and hit.lang != lang else None
    if other is None or other.lang != lang:
        return hit
    return replace(
        hit,
        id=other.id,
        title=other.title,
        lang=other.lang,
        url=other.url,
        permalink=permalink_address(other.id),
    )


@lru_cache(maxsize=2)
def _listed(manifest: Path) -> Mapping[str, _Listed]:
    """Address → article of a release, which never changes."""
    data = json.loads(manifest.read_text(encoding="utf-8"))
    return {
        one["url"]: _Listed(
            one["id"], one["title"], one["lang"], one["url"], one.get("translations", {})
        )
        for one in data["articles"]
    }
