"""Noise: the same seed makes the same tickets, and what they ask comes back from the import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.eval.mining.sets import LabelledSet, read_set
from tests.eval.noise import KINDS, Noise, imported, sampled
from tests.eval.noise_phrases import PHRASES

ASKED = {
    "en": "How do I reset the code of my lock?",
    "de": "Wie setze ich den Code meines Schlosses zurück?",
    "et": "Kuidas ma oma luku koodi lähtestan?",
    "tr": "Kilidimin şifresini nasıl sıfırlarım?",
}


def questions_in(lang: str, folder: Path, count: int) -> LabelledSet:
    """So many questions that ask the same."""
    file = folder / f"{lang}.jsonl"
    lines = [
        {"id": f"q{n}", "text": ASKED[lang], "intent": "x", "lang": lang} for n in range(count)
    ]
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    return read_set(file)


def test_the_same_seed_makes_the_same_tickets(tmp_path: Path) -> None:
    """A ticket depends on the seed and its question, not on those made before it."""
    first, second = questions_in("en", tmp_path, 2).questions
    noise = Noise(KINDS)
    made = noise.ticket(second, 2)
    noise.ticket(first, 1)
    assert noise.ticket(second, 2) == made
    assert Noise(KINDS, seed=2).ticket(second, 2) != made


def test_without_kinds_a_ticket_is_the_bare_question(tmp_path: Path) -> None:
    """One message, the text as it stands, no subject."""
    question = questions_in("et", tmp_path, 1).questions[0]
    made = Noise(()).ticket(question, 1)
    assert made["subject"] == ""
    assert [comment["plain_body"] for comment in made["comments"]] == [ASKED["et"]]


@pytest.mark.parametrize("lang", sorted(PHRASES))
def test_the_question_comes_back_from_the_import(tmp_path: Path, lang: str) -> None:
    """With greetings, signatures, quotes and the like every ticket still has its own question."""
    found = questions_in(lang, tmp_path, 20)
    noisy = imported(found, Noise(KINDS.keys() - {"typos"}), tmp_path)
    assert {q.ticket for q in noisy.questions} == found.intents.keys()
    assert all(ASKED[lang] in q.text for q in noisy.questions)
    assert not any("@" in q.text or "2026" in q.text for q in noisy.questions)


def test_a_sample_is_always_the_same_part(tmp_path: Path) -> None:
    """So many questions with their intents, whatever the order; all when there are fewer."""
    found = questions_in("en", tmp_path, 9)
    part = sampled(found, 4)
    assert len(part.questions) == len(part.intents) == 4
    assert sampled(found, 99).intents.keys() == found.intents.keys()
