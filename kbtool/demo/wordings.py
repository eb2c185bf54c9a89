"""What customers and agents of the demo's desk say: hand-written wordings, by topic and language.

They stand in desk.toml, and in the demo's own tickets, which desk.toml names. Pure: texts in,
wordings out.
"""

from __future__ import annotations

import csv
import html
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

_Written: TypeAlias = tuple[str, str, str]
"""(language, question, answer)."""
LONGEST = 260
"""Characters of a question that are used: the rest is told once and not again and again."""
SHORTEST_LINE = 25
"""Characters; what is shorter is a greeting or a name."""
_BREAK = re.compile(r"</p>|</li>|</ol>|</ul>|<br\s*/?>")
_TAG = re.compile(r"<[^>]+>")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LINKED = re.compile(r"[^\n.:!?]*(?:https?://|help\.velmo\.example)\S*[^\n]*")
_SIGNED = re.compile(r"^(?:cheers|kind regards|best|parimat|sevgiler|iyi çalışmalar)\b|\bvelmo\b.*\||^velmo\b", re.I)  # fmt: skip
_THREAD = re.compile(r"\n*\[\d\d\.\d\d\.\d{4} \d\d:\d\d, ([^\]]*)\]\n")


@dataclass(slots=True)
class Said:
    """What is said of a topic in a language."""

    subjects: list[str] = field(default_factory=list)
    """What it is called."""
    asked: list[str] = field(default_factory=list)
    replied: list[str] = field(default_factory=list)
    """Bodies of answers, without greeting and name; ``{name}`` is the customer's."""


@dataclass(frozen=True, slots=True)
class Question:
    """A recurring question of the desk."""

    name: str
    a_week: float
    """Tickets a week at the beginning."""
    season: float
    """By how much winter is above the mean (below 0: summer)."""
    months: tuple[int, ...]
    """Asked only in these; empty = always."""
    article: str | None
    released: bool
    """Whether its article came out while tickets were counted."""
    spares: float
    """Share of the tickets that the article takes away."""
    said: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Wordings:
    """All that is said on the desk."""

    questions: tuple[Question, ...]
    words: Mapping[str, Mapping[str, list[str]]]
    """Greetings, details, names … by language and sort."""
    phones: tuple[str, ...]


def wordings(desk: str, tickets: str, pieces: str) -> Wordings:
    """The wordings of desk.toml, tickets.jsonl and piletid.csv, each as text."""
    given = tomllib.loads(desk)
    words = given["words"]
    phones = tuple(words.pop("phones"))
    agents = {name for of_lang in words.values() for name in of_lang["agents"]}
    written = dict(_of_zendesk(tickets, agents)) | dict(_of_csv(pieces, agents))
    questions = tuple(_question(topic, written) for topic in given["topic"])
    return Wordings(questions, words, phones)


def _question(topic: Mapping[str, Any], written: Mapping[str, _Written]) -> Question:
    said: dict[str, Said] = {}
    for lang, texts in topic["subject"].items():
        said[lang] = Said(texts, list(topic.get("ask", {}).get(lang, ())))
        said[lang].replied.extend(topic.get("reply", {}).get(lang, ()))
    for key in topic.get("tickets", ()):
        lang, asked, replied = written[key]
        said[lang].asked.extend([asked] if asked else [])
        said[lang].replied.extend([replied] if replied else [])
    return Question(
        name=topic["name"],
        a_week=topic["a_week"],
        season=topic.get("season", 0.0),
        months=tuple(topic.get("months", ())),
        article=topic.get("article"),
        released=topic.get("released", False),
        spares=topic.get("spares", 0.0),
        said=said,
    )


def _of_zendesk(text: str, agents: set[str]) -> Iterator[tuple[str, _Written]]:
    """By id what each ticket says."""
    for line in text.splitlines():
        ticket = json.loads(line)
        lang = ticket["requester"]["locale"][:2]
        bodies = [
            said.get("plain_body") or said.get("html_body") or ""
            for said in ticket["comments"]
            if said["author_role"] == "agent" and said["public"]
        ]
        reply = _reply(bodies[0] if bodies else "", ticket["requester"]["name"], agents)
        asked = _core(ticket["description"])
        yield str(ticket["id"]), (lang, asked, reply)


def _of_csv(text: str, agents: set[str]) -> Iterator[tuple[str, _Written]]:
    for row in csv.DictReader(text.lstrip("\ufeff").splitlines(keepends=True), delimiter=";"):
        thread = _THREAD.split(row["Vastus"])
        first = thread[2] if len(thread) > 2 else thread[0]
        reply = _reply(first, row["Klient"], agents)
        yield row["Pileti nr"], ("et", _core(row["Kirjeldus"]), reply)


def _core(text: str) -> str:
    """The question itself: no greeting, no name below, at most ``LONGEST`` characters."""
    lines = [line.strip() for line in text.splitlines()]
    said = [line for line in lines if len(line) >= SHORTEST_LINE]
    whole = " ".join(said[:1] + [line for line in said[1:] if line[-1] in ".?!" or len(line) > 60])
    kept = ""
    for sentence in _SENTENCE.split(whole):
        if kept and len(kept) + len(sentence) > LONGEST:
            break
        kept = f"{kept} {sentence}".strip()
    return kept[: 2 * LONGEST]


def _reply(text: str, customer: str, agents: set[str]) -> str:
    """The answer itself: no greeting, no name below, no link."""
    plain = html.unescape(_TAG.sub("", _BREAK.sub("\n", text.replace("<li>", "- "))))
    for name in customer.split():
        plain = re.sub(rf"\b{re.escape(name)}\b", "{name}", plain)
    lines = [_LINKED.sub("", line).strip() for line in plain.splitlines()]
    kept = [line for line in lines if line and not _is_frame(line, agents)]
    return "\n".join(kept)


def _is_frame(line: str, agents: set[str]) -> bool:
    """Whether a line is a greeting or a name below."""
    firsts = {name.split()[0] for name in agents} | {f"{name.split()[0]} {name.split()[1][0]}." for name in agents}  # fmt: skip
    greets = "{name}" in line and len(line) < 45
    return greets or line in agents or line in firsts or _SIGNED.search(line) is not None
