"""The articles that answer a ticket, with replies an agent can paste."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kbtool.model import SearchHit
from kbtool.search.index import Index
from kbtool.search.links import ReplyFormat, format_reply
from kbtool.search.ticket_text import TicketText
from kbtool.text import identify_language


@dataclass(frozen=True, slots=True)
class TicketAnswer:
    """What was found for a ticket, best first."""

    lang: str | None
    """The ticket's language; ``None`` when it cannot be told."""
    reply_lang: str
    """The language of the replies: the ticket's, else the help centre's default."""
    site_url: str
    """With a trailing slash; hits' addresses are relative to it."""
    hits: tuple[SearchHit, ...]

    def permalink(self, hit: SearchHit) -> str:
        """The full permanent address of a hit."""
        return self.site_url + hit.permalink

    def reply(self, hit: SearchHit, form: ReplyFormat) -> str:
        """A hit as an agent pastes it, in the ticket's language."""
        return format_reply(hit.title, self.permalink(hit), hit.lang, self.reply_lang, form)

    def as_json(self) -> dict[str, Any]:
        """What ``kbtool search --ticket --json`` prints and ``POST /api/suggest`` answers."""
        results = [
            {
                "id": hit.id,
                "title": hit.title,
                "lang": hit.lang,
                "category": hit.category,
                "url": self.site_url + hit.url,
                "permalink": self.permalink(hit),
                "score": hit.score,
                "snippet": [[text, marked] for text, marked in hit.snippet],
                "reply": {
                    "text": self.reply(hit, "text"),
                    "markdown": self.reply(hit, "markdown"),
                    "html": self.reply(hit, "html"),
                },
            }
            for hit in self.hits
        ]
        return {"format": 1, "lang": self.lang, "count": len(results), "results": results}


def answer_ticket(
    index: Index,
    ticket: TicketText,
    *,
    lang: str | None,
    languages: Sequence[str],
    site_url: str,
    limit: int,
) -> TicketAnswer:
    """The best ``limit`` articles for ``ticket``, those in its language first.

    ``lang`` is the ticket's language where it is known; ``languages`` are the help centre's, the
    first is its default.
    """
    if lang is None:
        told = "\n".join((ticket.subject, *ticket.messages))
        lang, _ = identify_language(told, languages)
    hits = index.search_ticket(ticket, lang=lang, limit=limit)
    return TicketAnswer(lang, lang or languages[0], site_url, hits)
