"""Find articles for an agent: index → ranked articles with permanent links.

Asked with words, or with a whole ticket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from kbtool.config import Settings
from kbtool.errors import NotFoundError
from kbtool.model import SearchHit
from kbtool.search.index import Index
from kbtool.search.ticket_answer import TicketAnswer, answer_ticket
from kbtool.search.ticket_text import TicketText


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What was found, best first."""

    query: str
    lang: str | None
    category: str | None
    site_url: str
    """With a trailing slash; hits' addresses are relative to it."""
    tag: str | None
    corrected: str | None
    """The query as it was searched, when words of it were taken for slips of others."""
    hits: tuple[SearchHit, ...]
    elsewhere: tuple[str, ...]
    """When there are no hits: the languages that have some."""

    def permalink(self, hit: SearchHit) -> str:
        """The full permanent address of a hit."""
        return self.site_url + hit.permalink

    def page(self, hit: SearchHit) -> str:
        """The full address of a hit's page as it is now."""
        return self.site_url + hit.url


def search(
    settings: Settings,
    query: str,
    *,
    lang: str | None = None,
    category: str | None = None,
    tag: str | None = None,
    limit: int = 10,
    as_typed: bool = False,
) -> SearchAnswer:
    """The best ``limit`` articles for any text; ``lang``, ``category`` and ``tag`` are strict
    filters; ``as_typed`` corrects nothing.

    Raises IndexMissingError when nothing was built yet, NotFoundError when the knowledge base
    has no such language or category.
    """
    _check("language", lang, settings.languages)
    _check("category", category, [known.slug for known in settings.categories])
    with Index.open(settings.index_dir) as index:
        find = partial(
            index.search, query, category=category, tag=tag, limit=limit, as_typed=as_typed
        )
        found = find(lang=lang, only_lang=True)
        others = find().hits if lang and not found.hits else ()
    return SearchAnswer(
        query=query,
        lang=lang,
        category=category,
        tag=tag,
        corrected=found.corrected,
        site_url=settings.site_url,
        hits=found.hits,
        elsewhere=tuple(sorted({hit.lang for hit in others})),
    )


def search_ticket(
    settings: Settings, ticket_id: str, *, lang: str | None = None, limit: int = 5
) -> TicketAnswer:
    """The best ``limit`` articles for a stored ticket; ``lang`` overrules the ticket's language.

    ``ticket_id`` is that of ``show_ticket``. Raises IndexMissingError when nothing was built yet,
    NotFoundError when there is no such ticket or language, StoreError when the database cannot be
    used.
    """
    from kbtool.workflows.tickets import show_ticket  # needs the database, which words do not

    _check("language", lang, settings.languages)
    ticket = show_ticket(settings, ticket_id)
    asked = tuple(
        m.text for m in ticket.messages if m.role == "customer" and m.visibility == "public"
    )
    return _answer(settings, TicketText(ticket.subject, asked), lang or ticket.language, limit)


def search_text(
    settings: Settings, text: str, *, subject: str = "", lang: str | None = None, limit: int = 5
) -> TicketAnswer:
    """The same for the raw text or HTML of a ticket, which is cleaned first and not kept."""
    from kbtool.tickets.cleaning.clean import clean
    from kbtool.tickets.raw import looks_like_html

    _check("language", lang, settings.languages)
    asked = clean(text, is_html=looks_like_html(text), names=()).text
    return _answer(settings, TicketText(subject, (asked,)), lang, limit)


def _answer(settings: Settings, ticket: TicketText, lang: str | None, limit: int) -> TicketAnswer:
    with Index.open(settings.index_dir) as index:
        return answer_ticket(
            index,
            ticket,
            lang=lang,
            languages=settings.languages,
            site_url=settings.site_url,
            limit=limit,
        )


def _check(what: str, name: str | None, known: Sequence[str]) -> None:
    if name is not None and name not in known:
        hint = "there are: " + ", ".join(known) if known else f"mkdocs.yml names no {what}"
        raise NotFoundError(f"no {what} {name!r} in this knowledge base", hint=hint)
