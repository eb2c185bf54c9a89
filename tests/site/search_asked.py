"""Help centres and queries that the browser's search is asked and compared with Python's."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from kbtool.model import Document
from tests.search.helpers import document

CONFORMANCE = Path(__file__).parents[1] / "search" / "conformance"
HOSTILE = (
    "", "   ", "!!!", "*", "bat*", "a" * 600, "x" * 64, "y" * 65 + " bike", "bike " * 60, "😀 bike",
    "𝐛𝐢𝐤𝐞 bike", "\0bike\u200b", "\ud83d bike", "İSTANBUL IŞIK", "ſ ŉ ǰ ẞ ŒUVRE", "__proto__ constructor toString",
    "<script>alert(1)</script>", "' OR 1=1 --", "ΌΔΟΣ ΣΑΣ", "ﬁne ²³ Ⅷ ⅷ ½", "bike\u2028lock", "MY bike's Lock’s",
    " ".join("abcdefghijklmnopqrst"), "ဦ ဦ", "e\u0301te\u0301 \u0301", "don't don’t 'quoted'", "1234 12,50 F5 f5",
    "#bike", "bike+lock", "bike=", "lock_bike", "한국어 日本語 ภาษาไทย हिन्दी", "Ǆ ǅ ǆ ªº", "I\u0307 i\u0307",
)  # fmt: skip
"""What people paste, and what breaks programs."""


def pack(lang: str) -> tuple[list[Document], list[str]]:
    """The articles and queries of a conformance pack."""
    data = yaml.safe_load((CONFORMANCE / f"{lang}.yaml").read_text(encoding="utf-8"))
    documents = [
        document(one["id"], lang, one["title"], one["body"], questions=tuple(one["questions"]))
        for one in data["articles"]
    ]
    return documents, [case["query"] for case in data["cases"]]


def many(count: int, texts: Sequence[Document]) -> list[Document]:
    """``count`` made articles: words of ``texts`` among made ones, so that they are like many."""
    rng = random.Random(f"articles {count}")  # noqa: S311 - the same each time
    real = [word for one in texts for word in f"{one.title} {one.body}".split()]
    syllables = ["".join(parts) for parts in product("bdfklmnprst", "aeiouäüı", ["", *"lnrs"])]
    made = ["".join(rng.choices(syllables, k=rng.choice((2, 2, 3, 4)))) for _ in range(count * 2)]
    return [
        document(
            f"kb-{number}",
            texts[0].lang,
            " ".join(rng.sample(made, 2) + rng.choices(real, k=3)),
            " ".join(rng.choices(real, k=12) + rng.choices(made, k=6)),
            tags=(f"tag {number % 9}",),
            category=f"c{number % 5}",
        )
        for number in range(count)
    ]


def queries(documents: Sequence[Document], count: int, seed: str = "") -> list[str]:
    """Stretches of the documents' texts as people type them: slips, beginnings, capitals …"""
    rng = random.Random(f"queries {seed}")  # noqa: S311 - the same each time
    texts = [text for one in documents for text in (one.title, *one.questions, one.body) if text]
    return [
        _typed(words[start : start + rng.choice((1, 1, 2, 3, 4, 8, 30))], rng)
        for words in (rng.choice(texts).split() for _ in range(count))
        for start in [rng.randrange(len(words))]
    ]


def ways(languages: Sequence[str], documents: Sequence[Document], seed: str) -> dict[str, Any]:
    """Options of a search: mostly none."""
    rng = random.Random(f"ways {seed}")  # noqa: S311 - the same each time
    options: dict[str, Any] = {"languages": languages, "lang": rng.choice([*languages, None])}
    some = {
        "limit": rng.choice((1, 3, 50)),
        "asTyped": True,
        "onlyLang": options["lang"] is not None,
        "category": rng.choice([one.category for one in documents]),
        "tag": rng.choice([tag for one in documents for tag in one.tags] or [None]),
    }
    return options | {name: value for name, value in some.items() if rng.random() < 0.08}


def _typed(words: list[str], rng: random.Random) -> str:
    how = rng.choice(("so", "slips", "capitals", "beginning", "shouted", "plain", "joined"))
    if how == "slips":
        words = [_slip(word, rng) for word in words]
    elif how == "capitals":
        words = [word.upper() for word in words]
    elif how == "beginning":
        words[-1] = words[-1][: rng.randint(1, len(words[-1]))]
    elif how == "shouted":
        words[0] = words[0].upper()
    elif how == "plain":
        letters = unicodedata.normalize("NFD", " ".join(words))
        return "".join(c for c in letters if not unicodedata.combining(c))
    return ("" if how == "joined" else " ").join(words)


def _slip(word: str, rng: random.Random) -> str:
    at, letter = rng.randrange(len(word)), rng.choice("abdeiklnorstuäüı")
    before, here, after = word[:at], word[at], word[at + 1 :]
    return rng.choice(
        (before + after, before + letter + after, word[: at + 1] + letter + after, before + here * 2 + after)
        + ((before + after[0] + here + after[1:],) if after else ())
    )  # fmt: skip
