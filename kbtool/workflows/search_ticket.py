"""Find articles for a whole ticket, stored or pasted: its articles with ready replies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kbtool.config import Settings
from kbtool.search.index import Index
from kbtool.search.restore import asked, silent
from kbtool.search.ticket_answer import TicketAnswer, answer_ticket
from kbtool.search.ticket_text import TicketText
from kbtool.tickets.cleaning.clean import clean
from kbtool.tickets.raw import looks_like_html
from kbtool.workflows.search import check_filters
from kbtool.workflows.tickets import show_ticket


def search_ticket(
    settings: Settings,
    ticket_id: str,
    *,
    lang: str | None = None,
    limit: int = 5,
    told: Callable[[str], None] = silent,
) -> TicketAnswer:
    """The best ``limit`` articles for a stored ticket; ``lang`` overrules the ticket's language.

    ``ticket_id`` is that of ``show_ticket``. A damaged index is restored first, which ``told``
    says. Raises IndexMissingError when nothing was built yet or the index cannot be restored,
    NotFoundError when there is no such ticket or language, StoreError when the database cannot be
    used.
    """
    check_filters(settings, lang)
    ticket = show_ticket(settings, ticket_id)
    said = tuple(
        m.text for m in ticket.messages if m.role == "customer" and m.visibility == "public"
    )
    whole = TicketText(ticket.subject, said)
    return _answer(settings, whole, lang or ticket.language, limit, told)


def search_text(
    settings: Settings,
    text: str,
    *,
    subject: str = "",
    lang: str | None = None,
    limit: int = 5,
    told: Callable[[str], None] = silent,
) -> TicketAnswer:
    """The same for the raw text or HTML of a ticket, which is cleaned first and not kept."""
    check_filters(settings, lang)
    said = clean(text, is_html=looks_like_html(text), names=()).text
    return _answer(settings, TicketText(subject, (said,)), lang, limit, told)


def _answer(
    settings: Settings,
    ticket: TicketText,
    lang: str | None,
    limit: int,
    told: Callable[[str], None],
) -> TicketAnswer:
    def ask(directory: Path) -> TicketAnswer:
        with Index.open(directory) as index:
            return answer_ticket(
                index,
                ticket,
                lang=lang,
                languages=settings.languages,
                site_url=settings.site_url,
                limit=limit,
            )

    return asked(settings, ask, told)
