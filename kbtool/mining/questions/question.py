"""Tickets to questions: what a customer asked, without what every mail says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from kbtool.model import Message, Ticket
from kbtool.text import get_language, match_key, sentences, words
from kbtool.text.languages import KNOWN

MOST_SENTENCES = 12
"""Sentences of the first message that are taken; of a longer one first those that ask."""
FEW_WORDS = 3
"""A sentence of so few words before "thank you" asks nothing."""
SENTENCE_WORDS = 60
"""A sentence without an end (no punctuation at all) counts only up to here."""
NO_QUESTION = frozenset({"spam", "merged"})
_PLACEHOLDER = re.compile(r"\[[a-z][a-z_ -]{0,30}(?:\d{1,3})?\]")
_REPLY_PREFIX = re.compile(
    r"^\s*(?:(?:re|fw|fwd|aw|wg|sv|vs|ynt|ilt|tr|rv)\s*:\s*)+", re.IGNORECASE
)
_URL = re.compile(r"https?://\S+|www\.\S+")
_CLAUSE = re.compile(r"[,;:–—(-]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What one ticket asked and how it was answered."""

    ticket: str
    """Ticket key."""
    text: str
    """Subject and sentences of the first message, one a line; what is compared."""
    wordings: tuple[str, ...]
    """Single sentences of the customer that may stand as the topic's question: none redacted."""
    lang: str | None
    at: datetime | None = None
    requester: str | None = None
    reply: str = ""
    """All public replies of agents."""
    links: tuple[str, ...] = ()
    """URLs in the public replies of agents."""
    tags: tuple[str, ...] = ()


def questions(tickets: Iterable[Ticket]) -> tuple[Question, ...]:
    """The questions of the resolved tickets, by ticket key.

    Spam, merged tickets, automatic replies, mere thanks and empty tickets ask nothing.
    """
    found = (question(ticket) for ticket in tickets)
    return tuple(sorted((q for q in found if q is not None), key=lambda q: q.ticket))


def question(ticket: Ticket) -> Question | None:
    """The question of one ticket, or None when there is none."""
    if not ticket.resolved or ticket.resolution in NO_QUESTION or ticket.merged_into is not None:
        return None
    first = next((m for m in ticket.messages if _public(m, "customer")), None)
    title = _REPLY_PREFIX.sub("", ticket.subject)
    whole = sentences(first.text) if first else []
    subject, body = plain(title), [plain(s) for s in whole]
    lang = ticket.language
    said = [s for s in (subject, *body) if words(s, lang)]
    if not said or is_auto_reply(said) or is_mere_thanks(subject, body, lang):
        return None
    replies = [m for m in ticket.messages if _public(m, "agent")]
    return Question(
        ticket=ticket.key,
        text="\n".join(_shorten(s) for s in (subject, *_first(body, lang)) if s),
        wordings=tuple(dict.fromkeys(s.strip() for s in (*whole, title) if s and s == plain(s))),
        lang=lang,
        at=ticket.created_at,
        requester=ticket.requester,
        reply="\n".join(plain(m.text) for m in replies),
        links=tuple(dict.fromkeys(url for m in replies for url in m.links)),
        tags=ticket.tags,
    )


def plain(text: str) -> str:
    """``text`` without placeholders and addresses, white space collapsed inside lines."""
    text = _URL.sub(" ", _PLACEHOLDER.sub(" ", text))
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def is_question_like(sentence: str, lang: str | None) -> bool:
    """Whether a sentence asks or states a problem.

    A question mark, a question word at the start or end of a clause (Turkish asks at its end), or
    a problem word anywhere; diacritics do not matter.
    """
    if "?" in sentence:
        return True
    asks, problem = _patterns(lang)
    if problem.search(match_key(sentence)):
        return True
    return any(
        asks.search(match_key(clause).strip(" .!…\"'")) for clause in _CLAUSE.split(sentence)
    )


def is_auto_reply(said: list[str]) -> bool:
    """Whether the beginning of a message is that of an out-of-office or other automatic reply."""
    start = match_key(" ".join(said[:4]))
    return any(phrase in start for phrase in _auto_replies())


def is_mere_thanks(subject: str, body: list[str], lang: str | None) -> bool:
    """Whether a message only thanks: in its subject or at its beginning, and it asks nothing.

    Thanks after something longer are those of a request that does not look like a question.
    """
    if any(is_question_like(sentence, lang) for sentence in (subject, *body)):
        return False
    phrases = [match_key(phrase) for phrase in get_language(lang).thanks]
    for sentence in (subject, *body):
        if any(phrase in match_key(sentence) for phrase in phrases):
            return True
        if sentence is not subject and len(words(sentence, lang)) > FEW_WORDS:
            return False
    return False


def _first(body: list[str], lang: str | None) -> list[str]:
    """At most ``MOST_SENTENCES`` of the sentences, those that ask before others, in their order."""
    if len(body) <= MOST_SENTENCES:
        return body
    asking = [is_question_like(sentence, lang) for sentence in body]
    kept = sorted(range(len(body)), key=lambda place: not asking[place])[:MOST_SENTENCES]
    return [body[place] for place in sorted(kept)]


def _public(message: Message, role: str) -> bool:
    return message.role == role and message.visibility == "public"


def _shorten(sentence: str) -> str:
    return " ".join(sentence.split()[:SENTENCE_WORDS])


@cache
def _patterns(lang: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    language = get_language(lang)
    asks = _any_of(language.question_words)
    return (
        re.compile(rf"^(?:\w+ )?{asks}\b|\b{asks}(?: \w+)?$"),
        re.compile(rf"\b{_any_of(language.problem_words)}\b"),
    )


def _any_of(phrases: tuple[str, ...]) -> str:
    if not phrases:
        return r"(?!)"
    keys = sorted({match_key(phrase) for phrase in phrases}, key=lambda key: (-len(key), key))
    return "(?:" + "|".join(re.escape(key).replace("'", "['’]?") for key in keys) + ")"


@cache
def _auto_replies() -> tuple[str, ...]:
    return tuple(match_key(p) for code in KNOWN for p in get_language(code).auto_replies)
