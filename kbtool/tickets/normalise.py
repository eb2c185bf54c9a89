"""Raw ticket in, ticket out: cleaned, redacted, its people hashed, its language told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kbtool.model import Cut, Message, Provenance, Ticket
from kbtool.plural import many
from kbtool.privacy.hashing import hash_person
from kbtool.privacy.identifiers import EMAIL
from kbtool.privacy.names import is_person
from kbtool.privacy.redact import Redactor
from kbtool.privacy.secrets import URL
from kbtool.text import foreign_language, get_language, identify_language, match_key
from kbtool.text.languages import KNOWN
from kbtool.tickets.cleaning.clean import Cleaned, clean
from kbtool.tickets.mapping.spec import Mapping
from kbtool.tickets.outcome import is_automatic, outcome, status_meaning
from kbtool.tickets.raw import RawMessage, RawTicket
from kbtool.tickets.visit import cut_visits
from kbtool.urls import unwrap_links

_ENGLISH_NAMES = {
    "english": "en", "estonian": "et", "turkish": "tr", "german": "de", "french": "fr", "spanish": "es",
    "russian": "ru",
}  # fmt: skip
_SUBJECT, _FACET = 500, 100
"""Characters that are stored of a subject, and of a status, a group and the like."""
_LONGEST_ID = 250
_TAGS = 200
"""Most tags of a ticket and macros of a message."""
_NAMES = 10
"""Most other names of a requester."""
_READ = 2_000
"""Characters of them that are read: what is private is looked for before anything is cut off."""
_QUESTION_TEXTS = 3
"""So many of the customer's messages tell the ticket's language."""


def agent_names(tickets: Iterable[RawTicket]) -> tuple[str, ...]:
    """The people who answer, by name: they sign and are greeted all over the tickets."""
    names = {
        message.author_name
        for ticket in tickets
        for message in ticket.messages
        if message.role == "agent" and message.author_name and is_person(message.author_name)
    }
    return tuple(sorted(names))


@dataclass(slots=True)
class Normaliser:
    """Holds what is the same for all tickets of one load; counts shortened messages."""

    mapping: Mapping
    source: str
    key: bytes
    """Secret under which people are hashed."""
    languages: tuple[str, ...]
    redactor: Redactor
    """Already knows the agents."""
    agents: tuple[str, ...]
    own_words: tuple[str, ...]
    shortened: int = 0

    def ticket(self, raw: RawTicket) -> Ticket:
        """The ticket as it may be stored."""
        cut_visits(raw)
        people = (
            *raw.names,
            *(
                m.author_name
                for m in raw.messages
                if m.author_name and (m.role == "customer" or is_person(m.author_name))
            ),
        )
        redactor = self.redactor.with_names(people)
        names = (*people, *self.agents, *self.own_words)
        cleaned = [clean(m.text, is_html=m.is_html, names=names) for m in raw.messages]
        self.shortened += sum(c.shortened for c in cleaned)
        first = next((i for i, m in enumerate(raw.messages) if m.role == "customer"), -1)
        for index, message in enumerate(raw.messages):
            if message.role in ("agent", "customer") and is_automatic(
                message, raw.subject, index == first
            ):
                message.role = "bot"
        requester = hash_person(self.key, raw.requester) if raw.requester else None
        told = iter(redactor.together([*_texts(raw, cleaned)]))
        subject, *texts = (next(told) for _ in range(1 + len(cleaned)))
        comment = next(told)
        messages = tuple(
            self.message(m, _as_told(c, text, told), redactor, raw, requester)
            for m, c, text in zip(raw.messages, cleaned, texts, strict=True)
        )
        language, confidence = self.language(raw, cleaned)
        resolved, resolution = outcome(raw, status_meaning(raw, self.mapping), messages)
        return Ticket(
            source=self.source,
            id=self.own_id(raw.id),
            subject=subject[:_SUBJECT],
            status=facet(raw.status, redactor) or "",
            resolved=resolved,
            resolution=resolution,
            created_at=raw.created_at or next((m.at for m in raw.messages if m.at), None),
            solved_at=raw.solved_at if resolved else None,
            language=language,
            language_confidence=confidence,
            requester=requester,
            requester_names=self.other_names(raw),
            group=facet(raw.group, redactor),
            channel=facet(raw.channel, redactor),
            tags=tuple(facet(tag, redactor) or "" for tag in raw.tags[:_TAGS]),
            csat=raw.csat,
            reopens=raw.reopens,
            merged_into=self.own_id(raw.merged_into) if raw.merged_into else None,
            messages=messages,
            provenance=Provenance(raw.file, raw.line, self.mapping.name),
            product=facet(raw.product, redactor),
            type=facet(raw.type, redactor),
            priority=facet(raw.priority, redactor),
            csat_comment=comment or None,
            visit=raw.visit,
        )

    def message(
        self,
        raw: RawMessage,
        cleaned: Cleaned,
        redactor: Redactor,
        ticket: RawTicket,
        requester: str | None,
    ) -> Message:
        """One message as it may be stored; what was cleaned is already redacted."""
        return Message(
            id=self.own_id(raw.id),
            role=raw.role,
            visibility=raw.visibility,
            at=raw.at,
            author=self.author(raw, ticket, requester),
            text=cleaned.text,
            cuts=cleaned.cuts,
            links=links(cleaned.text),
            macros=tuple(facet(macro, redactor) or "" for macro in raw.macros[:_TAGS]),
        )

    def other_names(self, raw: RawTicket) -> tuple[str, ...]:
        """What else the requester is called, hashed: people name themselves by mail, not by id."""
        names = {name for name in raw.names if name != raw.requester}
        return tuple(sorted(hash_person(self.key, name) for name in names))[:_NAMES]

    def own_id(self, name: str) -> str:
        """An id as it may be stored: one that holds a mail address, or a text, is hashed."""
        private = len(name) > _LONGEST_ID or any(EMAIL.finditer(name))
        return hash_person(self.key, name) if private else name

    def author(self, raw: RawMessage, ticket: RawTicket, requester: str | None) -> str | None:
        """The author's hash; the requester's own when the message is his."""
        if raw.role == "customer" and (
            raw.author is None or raw.author in (ticket.requester, *ticket.names)
        ):
            return requester
        return hash_person(self.key, raw.author) if raw.author else None

    def language(
        self, raw: RawTicket, cleaned: Sequence[Cleaned]
    ) -> tuple[str | None, float | None]:
        """The language of the customer's own words; else what the source says, if configured.

        A source's word is often only the account's setting: where the customer clearly writes in a
        language that is not configured, it does not count.
        """
        asked = [
            c.text
            for m, c in zip(raw.messages, cleaned, strict=True)
            if m.role in ("customer", "bot") and m.visibility == "public"
        ]
        text = "\n\n".join([raw.subject, *asked[:_QUESTION_TEXTS]])
        found, probability = identify_language(text, self.languages)
        if found:
            return found, probability
        told = told_language(raw.language)
        meant = next((lang for lang in self.languages if lang.split("-")[0] == told), None)
        if meant is None or foreign_language(text, self.languages):
            return None, None
        return meant, None


def with_spoken_language(ticket: Ticket, lang: str, languages: Sequence[str]) -> Ticket:
    """The ticket in the language its requester uses elsewhere, unless its words are foreign."""
    asked = [m.text for m in ticket.messages if m.role == "customer" and m.visibility == "public"]
    if foreign_language("\n\n".join([ticket.subject, *asked[:_QUESTION_TEXTS]]), languages):
        return ticket
    return replace(ticket, language=lang, language_confidence=None)


def facet(text: str | None, redactor: Redactor) -> str | None:
    """A status, a group and the like as it may be stored: people write anything anywhere."""
    return redactor.redact(text[:_READ])[:_FACET] if text else text


def _texts(raw: RawTicket, cleaned: Sequence[Cleaned]) -> Iterator[str]:
    """What people wrote in a ticket, in the order in which their values are numbered."""
    yield " ".join(raw.subject[:_READ].split())
    for message in cleaned:
        yield unwrap_links(message.text)
    yield (raw.csat_comment or "")[:_READ]
    for message in cleaned:
        yield from (cut.text for cut in message.cuts if cut.kind != "signature")


def _as_told(cleaned: Cleaned, text: str, told: Iterator[str]) -> Cleaned:
    """A message with its redacted text, and its cuts with the next redacted ones."""
    return replace(cleaned, text=text, cuts=tuple(_kept(cut, told) for cut in cleaned.cuts))


def _kept(cut: Cut, told: Iterator[str]) -> Cut:
    """A cut as it may be stored; a signature is personal from its first line to its last."""
    if cut.kind == "signature":
        lines = cut.text.count("\n") + 1
        return replace(cut, text=f"[signature, {many(lines, 'line')}]")
    return replace(cut, text=next(told))


def told_language(word: str | None) -> str | None:
    """A source's own word for a language (``en-GB``, ``Estonian``, ``eesti``) as a code."""
    if not word:
        return None
    plain = match_key(word)
    for code in KNOWN:
        if plain == match_key(get_language(code).name):
            return code
    return _ENGLISH_NAMES.get(plain, re.split(r"[-_]", plain)[0])


def links(text: str) -> tuple[str, ...]:
    """The addresses in a redacted text, once each; a query with a secret in it is left out."""
    found: dict[str, None] = {}
    for match in URL.finditer(text):
        url = match.group().rstrip(".,;:!?'*_")
        if "[" in url or text[match.end() : match.end() + 1] == "]":
            url = re.split(r"[?#\[]", url)[0]
        found[url] = None
    return tuple(found)
