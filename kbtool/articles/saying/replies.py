"""What agents said: the public replies of answered tickets as plain sentences with their place."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kbtool.articles.saying.phrases import is_first_person, is_one_case, opens_with
from kbtool.model import Message, Ticket
from kbtool.text import (
    Language,
    get_language,
    identify_language,
    is_list_item,
    is_stop_word,
    lower,
    sentences,
    terms,
    words,
)

ArticleOf = Callable[[str], str | None]
"""URL → id of the article it points at."""

LINK = re.compile("\ue000([^\ue000\ue001]+)\ue001")
"""A link to an article inside a plain sentence (private-use characters around its id)."""
MAX_SENTENCES = 60
_SEVERAL = 2
_BAD_RATING = 0.5
_MAX_WORDS = 45
_ITEM_LENGTH = 240
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\(([^()\s]{1,2000})(?:\s[^()\n]*)?\)")
_URL = re.compile(r"<?(https?://[^\s<>\"'\ue000\ue001]+)>?", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`+|~~)")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_ENUMERATION = re.compile(r"^\(?[a-z0-9]\)\s+", re.IGNORECASE)
_SMILE = re.compile(r"(?<!\S)[:;]-?[()DPp](?!\S)|[\u2600-\u27bf\U0001f000-\U0001faff]")
_HOLE = re.compile(r"\[[^\[\]\n]{1,40}\]|\{\{|\{%|%[A-Z_]{3,}%")
_ADDRESS = re.compile(r"https?://\S+")
_OPENING = re.compile(r"^([^,!.:;–—]{1,40})[,!.:–—]+\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an agent's public reply."""

    ref: str
    """``<ticket key>/<message id>/s<n>``."""
    ticket: str
    agent: str | None
    on: date | None
    text: str
    """Plain text, except that links to articles stand as LINK marks."""
    item: bool
    """It was an item of a list."""
    place: float
    """0 (the first sentence the ticket's agents wrote) to 1 (the last)."""
    fit: bool
    """It may stand in an article: a statement, whole, and not about what one agent did."""
    lang: str = ""

    @property
    def message(self) -> str:
        """``<ticket key>/<message id>``."""
        return self.ref.rpartition("/")[0]


def said(
    ticket: Ticket, lang: str, article_of: ArticleOf, languages: Sequence[str] = ()
) -> tuple[Said, ...]:
    """The sentences of a ticket's public human agent replies, in order, small talk left out.

    A reply that is clearly in another of ``languages`` than ``lang``, the ticket's, is read in it:
    agents answer some customers in a language that both know.
    """
    found: list[tuple[Message, int, str, bool, str]] = []
    for message in ticket.messages:
        if message.role != "agent" or message.visibility != "public":
            continue
        spoken = _language_of(message.text, lang, languages)
        language = get_language(spoken)
        for number, (text, item) in enumerate(_units(message.text, language, article_of), start=1):
            if text := _without_small_talk(text, language, item=item):
                found.append((message, number, text, item, spoken))
    found = found[:MAX_SENTENCES]
    usual = ticket.solved_at or ticket.created_at
    last = max(len(found) - 1, 1)
    return tuple(
        Said(
            ref=f"{ticket.key}/{message.id}/s{number}",
            ticket=ticket.key,
            agent=message.author,
            on=day.date() if (day := message.at or usual) else None,
            text=text,
            item=item,
            place=index / last,
            fit=is_fit(text, spoken),
            lang=spoken,
        )
        for index, (message, number, text, item, spoken) in enumerate(found)
    )


def _language_of(text: str, usual: str, languages: Sequence[str]) -> str:
    if len(languages) < _SEVERAL:
        return usual
    return identify_language(text, languages)[0] or usual


def trusted(ticket: Ticket) -> float:
    """How far a ticket's answer can be trusted, 0.4 to 1: a bad rating and a return take from it."""
    bad = ticket.csat is not None and ticket.csat < _BAD_RATING
    return 1.0 - 0.4 * bad - 0.2 * bool(ticket.reopens)


def _wanted(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) not in _UNWANTED:
        return character
    return " " if character.isspace() else ""


def plain(text: str, article_of: ArticleOf) -> str:
    """Markdown as plain lines: emphasis, headings and escapes undone, article links marked."""
    text = html.unescape(text)
    text = "".join(_wanted(c) for c in text)
    text = _ESCAPE.sub(lambda m: chr(_ESCAPED + ord(m[1])), text)
    text = _MARKDOWN_LINK.sub(lambda m: _marked(m[2], article_of) or m[1], text)
    text = _URL.sub(lambda m: _bare(m[1], article_of), text)
    lines = (_HEADING.sub("", line) for line in text.split("\n") if not line.startswith("> "))
    text = _SMILE.sub("", _EMPHASIS.sub("", "\n".join(lines)))
    return "".join(
        chr(ord(c) - _ESCAPED) if _ESCAPED <= ord(c) < _ESCAPED + 128 else c for c in text
    )


_ESCAPED = 0xE100
"""Escaped characters wait here (private use, cut from the input) until Markdown is undone."""
_UNWANTED = ("Cc", "Cf", "Co", "Cs")
"""Control, direction, private-use and broken characters: none belongs into an article."""


def _marked(url: str, article_of: ArticleOf) -> str | None:
    found = article_of(url)
    return f"\ue000{found}\ue001" if found else None


def _bare(url: str, article_of: ArticleOf) -> str:
    core = url.rstrip(".,;:!?)")
    return (_marked(core, article_of) or core) + url[len(core) :]


def _units(text: str, language: Language, article_of: ArticleOf) -> Iterator[tuple[str, bool]]:
    for chunk, item in _chunks(plain(text, article_of)):
        found = sentences(chunk)
        if item and sum(map(len, found)) <= _ITEM_LENGTH:
            yield " ".join(found), True
        else:
            for number, sentence in enumerate(_joined(found, language)):
                yield sentence, item and number == 0


def _chunks(text: str) -> Iterator[tuple[str, bool]]:
    """Paragraphs and list items."""
    lines: list[str] = []
    item = False
    for line in [*text.split("\n"), ""]:
        starts = is_list_item(line)
        if starts or not line.strip():
            if lines:
                yield "\n".join(lines), item
            lines, item = [], starts
        if line.strip():
            lines.append(line)


def _joined(found: list[str], language: Language) -> Iterator[str]:
    """A short question before a step is its condition: "Not found? Hold the button." is one."""
    held = ""
    for sentence in found:
        if held and opens_with(sentence, language.imperatives, language.code, within=2):
            yield f"{held} {sentence}"
            held = ""
            continue
        if held:
            yield held
        held = ""
        if sentence.endswith("?") and len(sentence.split()) <= 7:
            held = sentence
        else:
            yield sentence
    if held:
        yield held


def _without_small_talk(text: str, language: Language, *, item: bool) -> str:
    """``text`` without the salutation before it; empty when nothing but courtesy is left."""
    lang = language.code
    if _greets(text, language) and len(text.split()) <= 5 and not _OPENING.match(text):
        return ""
    text = without_salutation(text, language)
    count = len(words(text, lang))
    tells = item or " > " in text or opens_with(text, language.imperatives, lang)
    if count < (2 if tells else 3) and not LINK.search(text):
        return ""
    if count <= 6 and opens_with(text, (*language.closings, *language.thanks), lang):
        return ""
    if _has_courtesy(text, language, whole=count <= 9):
        return ""
    return text


def without_salutation(text: str, language: Language) -> str:
    """``text`` without a leading "Hi Kofi,", "Yes," or "a)"."""
    opening = _OPENING.match(text)
    said_to_one = (_only_addresses, _only_answers, _only_apologises)
    if opening and any(only(opening, language) for only in said_to_one):
        text = text[opening.end() :].strip()
    text = _without_greeting(_ENUMERATION.sub("", text), language)
    return _without_honorific(text, language)


def _without_honorific(text: str, language: Language) -> str:
    """``text`` without a name and its title at its start: "Sibel hanım kodun …", "Mr Reed, …"."""
    first = text.split(maxsplit=3)[:3]
    keys = [lower(word, language.code).strip(",.!:") for word in first]
    titles = [at for at, key in enumerate(keys) if key in language.honorifics]
    if not titles:
        return text
    end = titles[0] + 1
    if titles[0] == 0 and len(first) > 1 and first[0][0].isupper() and first[1][0].isupper():
        end = 2
    rest = text.split(maxsplit=end)
    return rest[end].lstrip(" ,") if len(rest) > end else ""


def _only_apologises(opening: re.Match[str], language: Language) -> bool:
    """ "Sorry, …": what follows may correct what was said before."""
    found = words(opening[1], language.code)
    return len(found) <= 2 and _has_courtesy(opening[1], language, whole=True)


def _only_addresses(opening: re.Match[str], language: Language) -> bool:
    """ "Hi Kofi, …" """
    return len(opening[1].split()) <= 5 and _greets(opening[1], language)


def _only_answers(opening: re.Match[str], language: Language) -> bool:
    """ "No, …", "You can: …": words that answer one customer and say nothing to a reader."""
    found = words(opening[1], language.code)
    empty = all(is_stop_word(word, language.code) for word in found)
    said_only = " ".join(found) in language.answers
    return said_only or (len(found) <= 2 and empty and opening[0].rstrip()[-1] in ",:")


def _without_greeting(text: str, language: Language) -> str:
    first, _, rest = text.partition(" ")
    greets = lower(first, language.code).strip(",.!") in language.greetings
    return rest.strip() if greets else text


def _greets(text: str, language: Language) -> bool:
    return opens_with(text, language.greetings, language.code, within=4)


def _has_courtesy(text: str, language: Language, *, whole: bool) -> bool:
    shown = lower(text, language.code)
    start = shown if whole else " ".join(shown.split()[:4])
    return any(courtesy in start for courtesy in language.courtesies)


def is_fit(text: str, lang: str) -> bool:
    """Whether a sentence may stand in an article, as far as its form tells: it states something,
    whole, to any reader.
    """
    if _HOLE.search(LINK.sub("", text)) or text.rstrip().endswith(("?", ":")):
        return False
    bare = _ADDRESS.sub(" ", LINK.sub(" ", text))
    if is_first_person(bare, lang) or is_one_case(bare, lang):
        return False
    return len(bare.split()) <= _MAX_WORDS and len(set(terms(bare, lang))) >= 2
