"""What people say of a set of tickets: topics, what a right answer must hold, and what must not leak.

A labels.json holds ``tickets`` (id → topic or null), ``topics``, ``canaries`` and perhaps
``specifics`` (facts about one customer). A topic holds, as far as known:

- ``facts_must``, ``facts_must_not``: sentences, or ``{text, any_of: [strings]}``,
- ``match_any``, ``match_none``: strings that say the same where facts are bare sentences,
- ``steps``: in order, each a sentence or a list of strings of which one says it,
- ``conflicts``: ``[[strings of one side], [strings of the other]]``; ``changed`` and the labels'
  ``contradictions`` hold the sides as texts (``old``, ``new``),
- ``kind``: why it must be no article (form, bug, escalate, macro).

``existing_articles`` hold ``id``, ``url``, ``title`` with ``lang`` or ``title_<lang>``, perhaps ``body``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbtool.model import Article
from kbtool.text import terms

GONE = frozenset({"deleted", "gone"})
_SPACE = re.compile(r"\s+")
_SAME = str.maketrans({"İ": "i", "I": "i", "ı": "i", "→": ">", "’": "'", "–": "-", "…": " "})
_SAME_STEP = 0.5
"""Share of a described step's terms from which a sentence is that step."""
_COUNTED = re.compile(r"\d+(?:[.,:]\d+)* [^\W\d_]+(?: days)?")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def plain(text: str) -> str:
    """``text`` as it is compared: one case, one kind of space, dash and arrow."""
    text = unicodedata.normalize("NFC", text).translate(_SAME).lower().replace("\u0307", "")
    return _SPACE.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a text may say: one of the strings stands in it, or enough of its words."""

    text: str
    any_of: tuple[str, ...] = ()
    """Without any, the words of ``text`` decide."""

    def place(self, text: str) -> int | None:
        """Where in the (plain) ``text`` it is first said; None when it is not."""
        found = [match.start() for word in self.any_of if (match := _search(word, text))]
        if found or self.any_of:
            return min(found, default=None)
        wanted = set(terms(self.text, "en"))
        return 0 if len(wanted & set(terms(text, "en"))) >= _SAME_STEP * len(wanted) else None

    def stands_in(self, text: str) -> bool:
        """Whether the (plain) ``text`` says it."""
        return self.place(text) is not None


def _search(wanted: str, text: str) -> re.Match[str] | None:
    """``wanted`` from the start of a word or number on; a number must end where it ends."""
    wanted = plain(wanted)
    start = r"(?<![\w])(?<!\d[.,])" if wanted[:1].isalnum() else ""
    end = r"(?![.,]?\d)" if wanted[-1:].isdigit() else ""
    return re.search(f"{start}{re.escape(wanted)}{end}", text)


@dataclass(frozen=True, slots=True)
class LabelledTopic:
    """What a right answer to a recurring question is."""

    id: str
    must: tuple[Said, ...]
    must_not: tuple[Said, ...]
    steps: tuple[Said, ...]
    conflicts: tuple[tuple[Said, Said], ...]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A set of tickets with its labels."""

    name: str
    exports: tuple[Path, ...]
    languages: tuple[str, ...]
    """Most tickets first."""
    tickets: Mapping[str, str | None]
    topics: Mapping[str, LabelledTopic]
    canaries: tuple[str, ...]
    specifics: tuple[str, ...]
    articles: tuple[Article, ...] = ()
    """What the help centre has already."""
    site: str = "https://help.example.com/"
    is_sample: bool = False
    """The tickets are those of the sample help centre, which has its own articles."""


def read_labels(folder: Path) -> Labelled:
    """The labels of a folder with exports and a labels.json. Raises OSError, KeyError."""
    exports = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in (".csv", ".json", ".jsonl") and path.name != "labels.json"
    )
    return labelled(folder.name, exports, json.loads((folder / "labels.json").read_text("utf-8")))


def labelled(name: str, exports: Sequence[Path], labels: Mapping[str, Any]) -> Labelled:
    """The labels in the shape of a labels.json (see above)."""
    sides: dict[str, list[Mapping[str, str]]] = {}
    for one in labels.get("contradictions", ()):
        sides.setdefault(one["topic"], []).append(one)
    topics = {
        id_: _topic(id_, one, [*one.get("changed", ()), *sides.get(id_, ())])
        for id_, one in labels["topics"].items()
    }
    spoken = list((labels.get("lang") or labels["languages"]).values())
    languages = sorted(set(spoken), key=lambda lang: (-spoken.count(lang), lang))
    return Labelled(
        name=name,
        exports=tuple(exports),
        languages=tuple(languages),
        tickets=labels["tickets"],
        topics=topics,
        canaries=tuple(labels.get("canaries", ())),
        specifics=tuple(labels.get("specifics", ())),
        **_help_centre(labels.get("existing_articles", ())),
    )


def _help_centre(existing: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The articles that are there, and the address they are at."""
    there = [one for one in existing if (one.get("state") or one.get("status")) not in GONE]
    there = [one for one in there if one.get("title") or one.get("title_en")]
    sites = {one["url"].partition("/a/")[0].removesuffix("/en") + "/" for one in there}
    if not sites:
        return {}
    return {"articles": tuple(a for one in there for a in _articles(one)), "site": min(sites)}


def _articles(one: Mapping[str, Any]) -> Iterator[Article]:
    titles = {key[6:]: text for key, text in one.items() if key.startswith("title_")}
    titles = titles or {one["lang"]: one["title"]}
    original = one["id"].lower()
    for lang, title in titles.items():
        id_ = original if lang == next(iter(titles)) else f"{original}-{lang}"
        yield Article(
            id=id_,
            title=title,
            lang=lang,
            status="published",
            category=None,
            body=one.get("body") or f"{title}.\n",
            path=f"{lang}/{id_}.md",
            translation_of=None if id_ == original else original,
        )


def _topic(
    id_: str, one: Mapping[str, Any], old_and_new: Iterable[Mapping[str, str]]
) -> LabelledTopic:
    must = _facts(one.get("match_any") or one.get("facts_must", ()))
    must_not = _facts(one.get("match_none", one.get("facts_must_not", ())))
    conflicts = [(_side(old, old), _side(new, new)) for old, new in one.get("conflicts", ())]
    conflicts += [(_told(c["old"], must_not), _told(c["new"], must)) for c in old_and_new]
    return LabelledTopic(
        id=id_,
        must=must,
        must_not=must_not,
        steps=tuple(_step(step) for step in one.get("steps", ())),
        conflicts=tuple(conflicts),
        kind=one.get("kind"),
    )


def _facts(found: Iterable[Any]) -> tuple[Said, ...]:
    """Facts that have strings; a bare sentence is its own string."""
    facts = []
    for fact in found:
        if isinstance(fact, Mapping):
            facts.append(_side(fact.get("text") or fact.get("text_en") or "", fact["any_of"]))
        else:
            facts.append(_side(fact, [fact] if isinstance(fact, str) else fact))
    return tuple(facts)


def _side(text: str | Sequence[str], any_of: Sequence[str]) -> Said:
    return Said(text if isinstance(text, str) else " / ".join(text), tuple(any_of))


def _step(step: str | Sequence[str]) -> Said:
    return Said(step) if isinstance(step, str) else _side(step, step)


def _told(text: str, facts: Sequence[Said]) -> Said:
    """A side that is told in words: "14 days" of it and the strings of the facts with the same
    number, or its bare numbers where there is no such fact.
    """
    numbers = set(_NUMBER.findall(text))
    known = [word for fact in facts for word in fact.any_of if numbers & set(_NUMBER.findall(word))]
    return Said(text, (*_COUNTED.findall(text), *(known or sorted(numbers))))
