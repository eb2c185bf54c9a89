"""What the agents of one ticket do in their public replies: act, explain, ask, hand over …"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kbtool.model import Message, Ticket
from kbtool.text import (
    concepts,
    identify_language,
    is_list_item,
    plain_terms,
    sentences,
    words,
)
from kbtool.text.speech import KNOWN, PLACEHOLDER, says

LONGEST = 6_000
"""Characters of a message that are read: a longer one is a log or a quarrel."""
MOST_UNITS = 60
"""Parts of sentences of a message that are read."""
GRAVE = frozenset(
    {"danger", "injury", "fraud", "legal", "erasure", "chargeback", "threat", "self_harm"}
)
"""What ``says`` tells of matters for a person."""
GIVEN = frozenset({"address", "card", "date", "email", "iban", "id", "name", "order", "phone"})
"""Kinds of placeholders that a form could ask for."""
_DATA = "data_"
_NAMED_DATA = frozenset(
    {
        "address", "billing_address", "certificate", "date_of_birth", "delivery_address", "email",
        "iban", "id_card", "invoice", "meter_reading", "order_number", "passport", "phone_number",
        "picture", "postcode", "receipt", "serial_number", "signature", "tracking_number",
        "username",
    }
)  # fmt: skip
"""Groups of the thesaurus that name what a customer can hand over."""
_CLAUSE = re.compile(r"(?<=[,;:!])\s+|\s+[–—-]\s+")
_PATH = re.compile(r"[^\W\d_]\S*[\"”»*]*\s+(?:>|→|»|›)\s+[\"“«*]*\w")
_LINK = re.compile(r"https?://|www\.|\]\(")
_RULE = re.compile(r"(?<![\w-])\d")
_VERSION = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,4}){1,3}(?![\d.]*\d)")
_SHORT = 2
"""Terms that a sentence needs to say anything."""
_QUICK = 10
"""Words of a sentence that is nothing but courtesy."""


@dataclass(slots=True)
class Answer:
    """What the agents' public replies of one ticket do; the customer's question says how grave."""

    ticket: str
    acted: bool = False
    """They tell what they did, or will do, for this customer."""
    told: bool = False
    """They explain something that others can use."""
    defect: bool = False
    """They speak of an error that engineers must mend."""
    handed: bool = False
    """They hand the case to other people."""
    personal: int = 0
    """Parts of sentences that tell where this customer's case stands, or are kind."""
    asked: set[str] = field(default_factory=set)
    """Data that they ask for."""
    given: set[str] = field(default_factory=set)
    """Kinds of data that the customer gave: the names of placeholders."""
    grave: set[str] = field(default_factory=set)
    versions: set[str] = field(default_factory=set)
    """Of the software, where they speak of an error."""
    loose: list[frozenset[str]] = field(default_factory=list)
    """Terms of the sentences of which it is not known what they do."""


def read_answer(ticket: Ticket, usual: str | None = None) -> Answer | None:
    """What the agents did in a ticket; None when none replied in public.

    ``usual`` is the language of a ticket whose own is unknown.
    """
    lang = ticket.language or usual
    public = [m for m in ticket.messages if m.visibility == "public"]
    if not any(m.role == "agent" and m.text.strip() for m in public):
        return None
    answer = Answer(ticket.key)
    _read_question(f"{ticket.subject}\n\n{_first(public)}", lang, answer)
    for message in ticket.messages:
        if message.role == "customer":
            answer.given |= GIVEN.intersection(PLACEHOLDER.findall(message.text[:LONGEST]))
        elif message.role == "agent" and message.visibility == "public":
            text = message.text[:LONGEST]
            _read_reply(
                text, identify_language(text, (*KNOWN, *filter(None, [lang])))[0] or lang, answer
            )
        elif message.role == "agent":
            _read_note(message.text[:LONGEST], lang, answer)
    labels = " ".join((ticket.type or "", *ticket.tags))
    answer.defect |= "bug" in words(labels)
    return answer


def _first(public: list[Message]) -> str:
    return next((m.text[:LONGEST] for m in public if m.role == "customer"), "")


def _read_question(text: str, lang: str | None, answer: Answer) -> None:
    for sentence in sentences(text)[:MOST_UNITS]:
        answer.grave |= says(sentence, lang) & GRAVE


def _read_note(text: str, lang: str | None, answer: Answer) -> None:
    found = {mark for sentence in sentences(text)[:MOST_UNITS] for mark in says(sentence, lang)}
    answer.defect |= "defect" in found
    answer.handed |= "handed" in found


@dataclass(frozen=True, slots=True)
class _Unit:
    """A part of a sentence."""

    text: str
    item: bool
    """It is an item of a list."""
    asks: bool
    """Its sentence ends in a question mark."""
    first: bool
    """Its sentence begins with it."""


def _units(text: str) -> Iterator[_Unit]:
    """Sentences cut at their commas; one with a menu path or a link stays whole."""
    lines = [line for line in html.unescape(text).split("\n") if not line.startswith(">")]
    items = {s for line in lines if is_list_item(line) for s in sentences(line)}
    for sentence in sentences("\n".join(lines)):
        whole = _points_the_way(sentence)
        for place, part in enumerate([sentence] if whole else _CLAUSE.split(sentence)):
            yield _Unit(part.strip(), sentence in items, sentence.endswith("?"), place == 0)


def _points_the_way(text: str) -> bool:
    """Whether it names a menu path or an address: no language is needed to see that."""
    return bool(_PATH.search(text) or _LINK.search(text))


def _read_reply(text: str, lang: str | None, answer: Answer) -> None:
    """Tell apart what each part of a reply does, by what comes first in this list."""
    after = asking = False
    for unit in list(_units(text))[:MOST_UNITS]:
        said = says(unit.text, lang)
        answer.grave |= said & GRAVE
        if _points_the_way(unit.text):
            answer.told = True
            continue
        if _asks(unit, said, lang, answer, asking=asking):
            asking = True
            continue
        asking = False
        if "safety" in said:
            continue
        if _serves(unit, said, answer, after=after):
            after = True
            continue
        _explains(unit, said, lang, answer)


def _asks(
    unit: _Unit, said: frozenset[str], lang: str | None, answer: Answer, *, asking: bool
) -> bool:
    """Whether it asks for data, or lists what was asked for."""
    data = {mark.removeprefix(_DATA) for mark in said if mark.startswith(_DATA)}
    data |= _NAMED_DATA.intersection(concepts(words(unit.text, lang), lang))
    goes_on = asking and data and (unit.item or not unit.first)
    if "asks" in said or unit.asks or goes_on:
        answer.asked |= data
        return True
    return False


def _serves(unit: _Unit, said: frozenset[str], answer: Answer, *, after: bool) -> bool:
    """Whether it is about this one case; ``after`` says that an earlier part was."""
    found = True
    if "handed" in said or "defect" in said:
        answer.handed |= "handed" in said
        answer.defect |= "defect" in said
        if "defect" in said:
            answer.versions |= set(_VERSION.findall(unit.text))
        answer.personal += "courtesy" in said
    elif "acted" in said:
        answer.acted = True
        answer.told |= "instructs" in said
    elif "looked_up" in said or ("courtesy" in said and len(unit.text.split()) <= _QUICK):
        answer.personal += 1
    else:
        found = after and "aftermath" in said
    return found


def _explains(unit: _Unit, said: frozenset[str], lang: str | None, answer: Answer) -> None:
    """What is left explains something, or it is not known what it does."""
    if "instructs" in said or unit.item:
        answer.told = True
    elif len(found := frozenset(plain_terms(PLACEHOLDER.sub(" ", unit.text), lang))) >= _SHORT:
        if _RULE.search(unit.text) and not PLACEHOLDER.search(unit.text):
            answer.told = True
        elif PLACEHOLDER.search(unit.text):
            answer.personal += 1
        else:
            answer.loose.append(found)
