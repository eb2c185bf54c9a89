"""Labelled sets by path: a file of questions, or a folder of tickets with its labels.json."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kbtool.config import Settings
from kbtool.mining.questions.question import Question, questions
from kbtool.workflows.import_tickets import load_tickets

LABELS = "labels.json"
EXPORTS = frozenset({".csv", ".json", ".jsonl"})


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Questions and what each is truly about."""

    name: str
    questions: tuple[Question, ...]
    intents: Mapping[str, str | None]
    """Of every labelled id; of tickets also those that ask nothing, so that none can be lost."""
    first_language: str | None
    """The most frequent one."""


def read_set(path: Path) -> LabelledSet:
    """The set at ``path``: a folder with labels.json, or a JSONL file.

    Raises ValueError naming the file, and the line, that does not hold what it should.
    """
    return _read_tickets(path) if path.is_dir() else _read_questions(path)


def _read_questions(path: Path) -> LabelledSet:
    """One ``{"id", "text", "intent", "lang"}`` a line; ``reply`` and ``tags`` may be there."""
    found: list[Question] = []
    intents: dict[str, str | None] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            one = _question(json.loads(line))
            intent = json.loads(line).get("intent")
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: no labelled question ({error!r})") from None
        if one.ticket in intents:
            raise ValueError(f"{path}:{number}: the id {one.ticket} comes twice")
        intents[one.ticket] = intent
        found.append(one)
    return LabelledSet(path.stem, tuple(found), intents, _most(q.lang for q in found))


def _question(data: Mapping[str, Any]) -> Question:
    text = str(data["text"])
    return Question(
        ticket=str(data["id"]),
        text=text,
        wordings=(text,),
        lang=data.get("lang"),
        reply=str(data.get("reply", "")),
        tags=tuple(data.get("tags", ())),
    )


def _read_tickets(folder: Path) -> LabelledSet:
    """The tickets of all exports in ``folder``, imported as ``kbtool suggest FILES`` does.

    labels.json holds ``tickets`` (id to topic or null) and the language of each, as ``lang`` or
    ``languages``. Questions carry the ids of labels.json.
    """
    file = folder / LABELS
    if not file.is_file():
        raise ValueError(f"{file}: not there; a folder of tickets needs it")
    labels = json.loads(file.read_text(encoding="utf-8"))
    intents: dict[str, str | None] = labels["tickets"]
    spoken = Counter((labels.get("lang") or labels.get("languages") or {}).values())
    languages = tuple(lang for lang, _ in spoken.most_common()) or ("en",)
    settings = Settings(folder, folder / "mkdocs.yml", folder.name, "", languages)
    exports = sorted(p for p in folder.rglob("*") if p.suffix in EXPORTS and p != file)
    with load_tickets(settings, exports) as loaded:
        ids = {ticket.key: ticket.id for ticket in loaded.tickets()}
        asked = tuple(replace(q, ticket=ids[q.ticket]) for q in questions(loaded.tickets()))
    if missing := intents.keys() - ids.values():
        raise ValueError(f"{file}: labels {len(missing)} tickets that no export holds")
    return LabelledSet(folder.name, asked, intents, languages[0])


def _most(languages: Iterable[str | None]) -> str | None:
    counts = Counter(lang for lang in languages if lang is not None)
    return min(counts, key=lambda lang: (-counts[lang], lang)) if counts else None
