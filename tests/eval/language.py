"""How well languages are told apart: ``python -m tests.eval.language [--show]``.

The texts are those of tests/eval/data/language: of seven languages 20 short ones (2 to 6 words) and
20 sentences each, texts in languages that no team here has configured, texts that say nothing about
their language, and mails that mix two. Printed a row: how many were told right, told wrong, and
left open. A wrong answer files a ticket under people who cannot read it; an open one costs little.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbtool.text import identify_language, match_key

DATA = Path(__file__).parent / "data" / "language"
SEVEN = ("en", "de", "fr", "es", "tr", "et", "ru")
TEAM = ("en", "tr", "et")
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language it is in; ``None`` where nobody should say."""

    text: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """What came out for the texts of one kind."""

    name: str
    right: int
    wrong: tuple[tuple[Text, str], ...]
    """Told wrong, with the answer."""
    open: tuple[Text, ...]
    """Left open although there is a right answer."""

    @property
    def texts(self) -> int:
        """How many there were."""
        return self.right + len(self.wrong) + len(self.open)


def read_texts(lang: str) -> tuple[list[Text], list[Text]]:
    """The short texts and the sentences of one language."""
    short, sentences = (DATA / f"{lang}.txt").read_text("utf-8").strip().split("\n\n")
    return (
        [Text(line, lang) for line in short.splitlines()],
        [Text(line, lang) for line in sentences.splitlines()],
    )


def read_others() -> list[Text]:
    """Texts in languages outside of SEVEN, each with its own language."""
    lines = (DATA / "other.txt").read_text("utf-8").splitlines()
    return [Text(line[3:], line[:2]) for line in lines]


def read_silent() -> list[Text]:
    """Texts that say nothing about their language."""
    return [Text(line, None) for line in (DATA / "abstain.txt").read_text("utf-8").splitlines()]


def read_mixed() -> list[Text]:
    """Mails in one language with pieces of another."""
    found = []
    for block in (DATA / "mixed.txt").read_text("utf-8").strip().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        text = "\n".join("" if line == "---" else line for line in lines[1:])
        found.append(Text(text, lines[0]))
    return found


def ask(name: str, texts: Sequence[Text], languages: Sequence[str]) -> Row:
    """Identify each text among ``languages``; one that is in none of them must be left open."""
    right, wrong, left_open = 0, [], []
    for one in texts:
        expected = one.lang if one.lang in languages else None
        answer, _ = identify_language(one.text, languages)
        if answer == expected:
            right += 1
        elif answer is None:
            left_open.append(one)
        else:
            wrong.append((one, answer))
    return Row(name, right, tuple(wrong), tuple(left_open))


def plain(texts: Sequence[Text]) -> list[Text]:
    """The texts as people type them who skip diacritics; Cyrillic ones fall."""
    return [Text(match_key(one.text), one.lang) for one in texts if one.lang != "ru"]


def capitals(texts: Sequence[Text]) -> list[Text]:
    """The texts in capitals, Turkish by its own rules."""
    dotted = str.maketrans({"i": "İ", "ı": "I"})
    return [
        Text((one.text.translate(dotted) if one.lang == "tr" else one.text).upper(), one.lang)
        for one in texts
    ]


def rows() -> Iterator[Row]:
    """Every row of the table."""
    pairs = [read_texts(lang) for lang in SEVEN]
    short = [text for pair in pairs for text in pair[0]]
    long = [text for pair in pairs for text in pair[1]]
    for name, texts in (("short", short), ("sentences", long)):
        yield ask(f"{name}, 7 languages", texts, SEVEN)
        yield ask(f"{name}, no diacritics", plain(texts), SEVEN)
        yield ask(f"{name}, capitals", capitals(texts), SEVEN)
        ours = [text for text in texts if text.lang in TEAM]
        yield ask(f"{name}, of en tr et", ours, TEAM)
        yield ask(f"{name}, de fr es ru to en tr et", [t for t in texts if t not in ours], TEAM)
    others = read_others()
    yield ask("not configured (7)", others, SEVEN)
    yield ask("not configured (en tr et)", others, TEAM)
    yield ask("not configured (en)", [*others, *(t for t in long if t.lang != "en")], ("en",))
    yield ask("nothing to tell (7)", read_silent(), SEVEN)
    yield ask("nothing to tell (en tr et)", read_silent(), TEAM)
    yield ask("nothing to tell (en)", read_silent(), ("en",))
    yield ask("two languages in a mail", read_mixed(), SEVEN)


def main(arguments: Sequence[str]) -> int:
    """Print the table; the exit code is 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.language", description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what was not right")
    given = parser.parse_args(arguments)
    print(f"{'':36} {'n':>4} {'right':>7} {'wrong':>6} {'open':>5}")
    for row in rows():
        share = f"{100 * row.right / row.texts:5.1f} %"
        print(f"{row.name:36} {row.texts:4} {share} {len(row.wrong):6} {len(row.open):5}")
        if given.show:
            for text, answer in row.wrong:
                print(f"    {text.lang} not {answer}: {text.text!r}")
            for text in row.open:
                print(f"    {text.lang} left open: {text.text!r}")
    sentences = read_texts("en")[1] + read_texts("et")[1]
    started = time.process_time()
    for _ in range(REPEATS):
        for text in sentences:
            identify_language(text.text, SEVEN)
    spent = (time.process_time() - started) / REPEATS / len(sentences)
    print(f"{spent * 1e6:.0f} µs of CPU a sentence")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
