"""What the noise of real tickets costs: ``python -m tests.eval.noise FILE.jsonl … [--each]``.

Each question becomes a ticket of an export, with what people write around it; the export goes
through the real import (cleaning, redaction, language, boilerplate) and ``kbtool.mining``. Printed
are recall and duplicate rate of the questions as they stand (*clean*), as bare tickets
(*imported*) and with all the noise; with ``--each`` also with each kind of noise alone. Files are
sampled down to ``--most`` questions. The same seed makes the same tickets.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

from kbtool.config import Settings
from kbtool.mining.encoding.encoder import Encoder
from kbtool.mining.questions.question import Question, questions
from kbtool.workflows.import_tickets import load_tickets
from tests.eval.mining.mined import mined
from tests.eval.mining.scores import Score, score
from tests.eval.mining.sets import LabelledSet, read_set
from tests.eval.noise_phrases import FOREIGN, PHRASES, Phrases

KINDS = {
    "subject": 0.9,
    "greeting": 0.8,
    "opening": 0.5,
    "typos": 0.1,
    "numbers": 0.5,
    "chatter": 0.5,
    "foreign": 0.15,
    "thanks": 0.5,
    "closing": 0.8,
    "quote": 0.35,
    "reply": 0.9,
}
"""Each kind of noise and the share of the tickets that have it (of typos: of the words)."""
Ways: TypeAlias = Sequence[tuple[str, Collection[str]]]
BRIEF: Ways = (("imported", ()), ("all noise", KINDS.keys()))
MOST = 2_000
AT = "2026-01-05T10:12:00Z"
IBAN = "GB33BUKB20201555555555"
"""A published example."""
AGENTS = ("Hannah Fairweather", "Oskar Lind", "Deniz Uslu")


@dataclass(frozen=True, slots=True)
class Noise:
    """Which kinds are made, from which seed."""

    kinds: Collection[str]
    seed: int = 1

    def ticket(self, question: Question, number: int) -> dict[str, Any]:
        """The question as record ``number`` of an export."""
        rng = random.Random(f"{self.seed} {question.ticket}")
        phrases = PHRASES.get(question.lang or "en", PHRASES["en"])
        has = {kind: rng.random() < share and kind in self.kinds for kind, share in KINDS.items()}
        name = rng.choice(phrases.names)
        user: dict[str, Any] = {
            "id": 10_000 + number,
            "name": name,
            "email": f"c{number}@mail.example",
        }
        text = _misspelt(rng, question.text, phrases) if "typos" in self.kinds else question.text
        body = "\n".join(_lines(rng, text, has, phrases, question.lang, name))
        subject = rng.choice(phrases.subjects).format(_code(rng)) if has["subject"] else ""
        comments = [_comment(number * 10, user["id"], name, body)]
        if has["reply"]:
            agent = rng.randrange(len(AGENTS))
            answer = (
                f"{phrases.greetings[0]}\n\n{rng.choice(phrases.replies)}\n\n"
                f"{phrases.closings[0]}\n{AGENTS[agent]}\nVelmo Support"
            )
            comments.append(_comment(number * 10 + 1, agent, AGENTS[agent], answer))
        return {
            "id": number, "subject": subject, "status": "solved", "requester_id": user["id"],
            "requester": user, "created_at": AT, "updated_at": AT, "tags": [], "comments": comments,
        }  # fmt: skip


def _lines(
    rng: random.Random,
    text: str,
    has: dict[str, bool],
    phrases: Phrases,
    lang: str | None,
    name: str,
) -> list[str]:
    """The lines of the message, from greeting to quoted mail."""
    middle = [text]
    if has["opening"]:
        middle.insert(0, rng.choice(phrases.openings))
    if has["numbers"]:
        middle.insert(rng.randint(0, len(middle)), rng.choice(phrases.facts).format(_code(rng)))
    if has["chatter"]:
        middle += rng.sample(phrases.chatter, rng.randint(1, 2))
    if has["foreign"]:
        middle.append(FOREIGN[rng.choice(sorted(FOREIGN.keys() - {lang}))])
    if has["thanks"]:
        middle.append(rng.choice(phrases.thanks))
    lines = [(" " if rng.random() < 0.5 else "\n").join(_ended(middle))]
    if has["greeting"]:
        greeting = rng.choice(phrases.greetings)
        lines = [f"{greeting} {lines[0]}"] if rng.random() < 0.4 else [greeting, "", *lines]
    if has["closing"]:
        below = rng.sample(phrases.jobs, rng.randint(0, 4))
        lines += ["", rng.choice(phrases.closings), rng.choice((name, name.split(maxsplit=1)[0]))]
        lines += [line.format(rng.randint(100, 999)) for line in below]
    if has["quote"]:
        header, old = rng.choice(phrases.quoted), rng.choice(phrases.old)
        marked = header.endswith(":")
        lines += ["", header, *(f"> {line}" if marked else line for line in old.splitlines())]
    return lines


def _ended(sentences: Sequence[str]) -> list[str]:
    """Each sentence with an end, as far as others follow."""
    return [
        sentence if sentence[-1:] in ".!?:" or n == len(sentences) - 1 else f"{sentence}."
        for n, sentence in enumerate(sentences)
    ]


def _misspelt(rng: random.Random, text: str, phrases: Phrases) -> str:
    """A letter doubled, dropped or swapped in some words; accents left out by some people."""
    if phrases.accents[0] and rng.random() < 0.3:
        text = text.translate(str.maketrans(*phrases.accents))
    return " ".join(
        _slip(rng, word)
        if len(word) > 3 and word.isalpha() and rng.random() < KINDS["typos"]
        else word
        for word in text.split(" ")
    )


def _slip(rng: random.Random, word: str) -> str:
    at = rng.randrange(1, len(word) - 1)
    return rng.choice(
        (
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def _code(rng: random.Random) -> str:
    """An order number, an IBAN or a link."""
    number = rng.randint(100_000, 999_999)
    return rng.choice(
        (f"VM-{number}", f"#{number}", str(number), IBAN, f"https://shop.velmo.example/o/{number}")
    )


def _comment(key: int, author: int, name: str, body: str) -> dict[str, Any]:
    return {
        "id": key, "author_id": author, "author_name": name, "public": True, "created_at": AT,
        "plain_body": body,
    }  # fmt: skip


def imported(found: LabelledSet, noise: Noise, folder: Path) -> LabelledSet:
    """The set after its questions came in as noisy tickets; ``folder`` takes the export.

    Questions that the import regards as asking nothing are missing.
    """
    file = folder / "tickets.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number, question in enumerate(found.questions, 1):
            out.write(json.dumps(noise.ticket(question, number), ensure_ascii=False) + "\n")
    own = found.first_language or "en"
    languages = tuple(dict.fromkeys((own, "en", "de")))[:2]
    settings = Settings(folder, folder / "mkdocs.yml", "Velmo", "https://velmo.example/", languages)
    ids = {str(number): question.ticket for number, question in enumerate(found.questions, 1)}
    with load_tickets(settings, [file]) as loaded:
        asked = questions(loaded.tickets())
    again = tuple(replace(q, ticket=ids[q.ticket.rpartition(":")[2]]) for q in asked)
    return replace(found, questions=again)


def sampled(found: LabelledSet, most: int) -> LabelledSet:
    """At most so many questions of the set, always the same ones."""
    kept = sorted(found.questions, key=lambda q: blake2b(q.ticket.encode()).digest())[:most]
    return replace(
        found,
        questions=tuple(kept),
        intents={q.ticket: found.intents[q.ticket] for q in kept},
    )


def scored(found: LabelledSet, smallest: int, encoder: Encoder | None = None) -> Score:
    """The score of the set's questions as they are."""
    topics = mined(found, smallest, encoder)
    return score([topic.tickets for topic in topics], found.intents)


def compare(
    found: LabelledSet,
    ways: Ways,
    smallest: int,
    seed: int = 1,
    encoder: Encoder | None = None,
) -> list[tuple[str, Score]]:
    """The score of the clean set, then of each (name, kinds of noise)."""
    rows = [("clean", scored(found, smallest, encoder))]
    for name, kinds in ways:
        with tempfile.TemporaryDirectory() as folder:
            noisy = imported(found, Noise(kinds, seed), Path(folder))
        rows.append((name, scored(noisy, smallest, encoder)))
    return rows


def noise_to_text(
    sets: Sequence[LabelledSet], smallest: int, encoder: Encoder | None = None
) -> str:
    """The table of clean sets, bare tickets and all noise; sets are sampled down to ``MOST``."""
    return to_text(
        {one.name: compare(sampled(one, MOST), BRIEF, smallest, encoder=encoder) for one in sets}
    )


def main(arguments: Sequence[str]) -> int:
    """Print the table; the exit code is 0."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.eval.noise",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--each", action="store_true", help="each kind of noise alone, too")
    parser.add_argument("--most", type=int, default=MOST, help="questions taken of a file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--smallest", type=int, default=4, help="questions that make a topic")
    given = parser.parse_args(arguments)
    each = [(f"+ {kind}", (kind,)) for kind in KINDS] if given.each else []
    ways: Ways = [BRIEF[0], *each, *BRIEF[1:]]
    tables = {
        path.stem: compare(sampled(read_set(path), given.most), ways, given.smallest, given.seed)
        for path in given.files
    }
    print(to_text(tables))
    return 0


def to_text(tables: dict[str, list[tuple[str, Score]]]) -> str:
    """One line a way and figure: each set, the mean, and its difference to the clean questions."""
    heads = [*tables, "mean"] if len(tables) > 1 else [*tables]
    lines: list[str] = []
    for figure in ("recall", "duplicates"):
        lines.append(f"{figure:14}" + "".join(f" {head[:18]:>18}" for head in heads) + "   - clean")
        columns = [[getattr(one, figure) for _, one in rows] for rows in tables.values()]
        names = [name for name, _ in next(iter(tables.values()))]
        clean = sum(column[0] for column in columns) / len(columns)
        for n, name in enumerate(names):
            figures = [column[n] for column in columns]
            mean = sum(figures) / len(figures)
            shown = [*figures, mean] if len(tables) > 1 else figures
            lines.append(
                f"{name:14}" + "".join(f" {one:18.3f}" for one in shown) + f" {mean - clean:+9.3f}"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
