"""How well cleaning works: ``python -m tests.eval.cleaning [--set SET] [--kind KIND] [--show]``.

The labelled messages are those of tests/eval/data/cleaning (its README says how they are written);
with ``--set heldout`` those of tests/eval/data/cleaning-heldout, which no rule is made for.
Printed a language and a kind of mail, for kbtool and for the libraries that do the same:

- *exact*: all body lines are kept, in order, and nothing else is (letters and digits compared),
- *body*: share of the body lines that are kept,
- *signature*, *quote*: share of the lines of that label that are gone,
- µs of CPU a message.

"nobody's name" is kbtool without the sender's name, which a help desk knows from the address.
``--show`` prints what kbtool got wrong. HTML goes to mail-parser-reply, which knows none, as text.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from mailparser_reply.parser import EmailMessage
from quotequail import quote, quote_html

from kbtool.tickets.cleaning.clean import clean

DATA = Path(__file__).parent / "data"
SETS = {"first": DATA / "cleaning", "heldout": DATA / "cleaning-heldout"}
LANGUAGES = ("en", "de", "fr", "es", "tr", "et", "ru")
LABELS = frozenset("bsq?")
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """One message and what each of its lines is."""

    kind: str
    lang: str
    name: str | None
    raw: str
    is_html: bool
    lines: tuple[tuple[str, str], ...]
    """(label, words of the line), lines without words left out; ``‖`` ends a greeting."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one cleaner made of one case: (right, all) lines a label."""

    exact: bool
    body: tuple[int, int]
    signature: tuple[int, int]
    quote: tuple[int, int]


Cleaner = Callable[[Case], str]


def read_cases(lang: str, folder: Path = SETS["first"]) -> list[Case]:
    """The cases of one language. Raises ValueError naming the line that cannot be read."""
    path = folder / f"{lang}.txt"
    found: list[Case] = []
    head: str | None = None
    html: list[str] | None = None
    body: list[str] = []
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), "%% "], 1):
        if line == "%% shows":
            html, body = body, []
        elif line.startswith("%% "):
            if head is not None:
                found.append(_case(lang, head, html, body, f"{path.name}:{number}"))
            head, html, body = line[3:], None, []
        else:
            body.append(line)
    return found


def _case(lang: str, head: str, html: list[str] | None, body: list[str], end: str) -> Case:
    kind, _, name = head.partition(" · ")
    labelled = [(line[:1], line[2:]) for line in body]
    if any(line[1:2] != "|" or line[0] not in LABELS for line in body):
        raise ValueError(f"{end}: the case {kind} above has a line without a label")
    raw = "\n".join(html if html is not None else [line for _, line in labelled]).replace("‖", "")
    lines = tuple((label, words(line)) for label, line in labelled if words(line))
    return Case(kind, lang, name or None, raw, html is not None, lines)


def words(text: str) -> str:
    """The letters and digits of ``text``, lower case, one space between words."""
    return " ".join(re.findall(r"‖?\w+", text.replace("_", " ").lower()))


def judge(case: Case, kept: str) -> Outcome:
    """Compare what a cleaner kept with the labels."""
    rest = [f" {words(line)} " for line in kept.splitlines() if words(line)]
    text = " ".join(" ".join(rest).split())
    body, cursor, found = f" {text} ", 0, 0
    for line in (line for label, line in case.lines if label == "b"):
        for reading in dict.fromkeys((line.replace("‖", ""), line.rpartition("‖")[2])):
            place = body.find(f" {reading} ", cursor)
            if place >= 0:
                found += 1
                body = f"{body[: place + 1]}\n{body[place + 1 + len(reading) :]}"
                cursor = place + 1
                break
    for line in (line for label, line in case.lines if label == "?"):
        body = _without(body, line)
    gone = {
        label: [f" {line} " not in body for kind, line in case.lines if kind == label]
        for label in "sq"
    }
    wanted = sum(label == "b" for label, _ in case.lines)
    return Outcome(
        exact=found == wanted and not body.split(),
        body=(found, wanted),
        signature=(sum(gone["s"]), len(gone["s"])),
        quote=(sum(gone["q"]), len(gone["q"])),
    )


def _without(text: str, line: str) -> str:
    """``text`` without a line that may stay or go; its beginning may have gone alone ("Hi Eva,")."""
    parts = line.split()
    for start in range(len(parts)):
        rest = f" {' '.join(parts[start:])} "
        if rest in text:
            return text.replace(rest, " \n ", 1)
    return text


def kbtool(case: Case) -> str:
    """Our own cleaning, as the import calls it."""
    return clean(case.raw, is_html=case.is_html, names=(case.name,) if case.name else ()).text


def kbtool_nameless(case: Case) -> str:
    """Our own cleaning when nobody's name is known."""
    return clean(case.raw, is_html=case.is_html, names=()).text


def mail_parser_reply(case: Case) -> str:
    """mail-parser-reply as its README calls it, told the language; what it takes for the body."""
    return _mail_parser_reply(case, keep_hyphen_lists=False)


def mail_parser_reply_lists(case: Case) -> str:
    """The same with ``keep_hyphen_lists``."""
    return _mail_parser_reply(case, keep_hyphen_lists=True)


def _mail_parser_reply(case: Case, *, keep_hyphen_lists: bool) -> str:
    text = as_text(case.raw) if case.is_html else case.raw
    message = EmailMessage(text, languages=[case.lang], keep_hyphen_lists=keep_hyphen_lists)
    return str(message.read().replies[0].body)


def quotequail(case: Case) -> str:
    """quotequail: the parts it would show, without the line that introduces a quote."""
    split = quote_html if case.is_html else quote
    parts = [part for shown, part in split(case.raw, quote_intro_line=True) if shown]
    return "\n".join(as_text(part) if case.is_html else part for part in parts)


CLEANERS: dict[str, Cleaner] = {
    "kbtool": kbtool,
    "kbtool, nobody's name": kbtool_nameless,
    "mail-parser-reply": mail_parser_reply,
    "  keep_hyphen_lists": mail_parser_reply_lists,
    "quotequail": quotequail,
}


class _Text(HTMLParser):
    """The text of a page, a line a block; style, script and head left out."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skipped += tag in ("style", "script", "head")
        self.pieces += ["\n"] if tag in ("p", "div", "br", "li", "blockquote", "hr") else []

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in ("style", "script", "head")
        self.pieces += ["\n"] if tag in ("p", "div", "li", "blockquote") else []

    def handle_data(self, data: str) -> None:
        self.pieces += [] if self.skipped else [data.replace("\n", " ")]


def as_text(html: str) -> str:
    """``html`` as a text program would show it."""
    reader = _Text()
    reader.feed(html)
    return re.sub(r"\n\s*\n+", "\n\n", "".join(reader.pieces))


def figures(outcomes: Sequence[Outcome]) -> str:
    """The four shares of some cases, in per cent; ``–`` where there is nothing to share."""

    def share(pairs: Sequence[tuple[int, int]]) -> str:
        right, of = sum(r for r, _ in pairs), sum(n for _, n in pairs)
        return f"{100 * right / of:6.1f}" if of else f"{'–':>6}"

    return " ".join(
        (
            share([(o.exact, 1) for o in outcomes]),
            share([o.body for o in outcomes]),
            share([o.signature for o in outcomes]),
            share([o.quote for o in outcomes]),
        )
    )


def measure(cleaner: Cleaner, cases: Sequence[Case]) -> tuple[list[Outcome], float]:
    """What ``cleaner`` makes of each case, and its µs of CPU a message."""
    kept = [cleaner(case) for case in cases]
    started = time.process_time()
    for _ in range(REPEATS):
        for case in cases:
            cleaner(case)
    spent = (time.process_time() - started) / REPEATS / len(cases)
    return [judge(case, text) for case, text in zip(cases, kept, strict=True)], spent * 1e6


def main(arguments: Sequence[str]) -> int:
    """Print the tables; the exit code is 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.cleaning", description=__doc__)
    parser.add_argument("--set", choices=SETS, default="first", help="which labelled messages")
    parser.add_argument("--kind", help="only this kind of mail")
    parser.add_argument("--show", action="store_true", help="print what kbtool got wrong")
    given = parser.parse_args(arguments)
    cases = [
        case
        for lang in LANGUAGES
        for case in read_cases(lang, SETS[given.set])
        if given.kind in (None, case.kind)
    ]
    results = {name: measure(cleaner, cases) for name, cleaner in CLEANERS.items()}
    heads = f"{'n':>4} {'exact':>6} {'body':>6} {'sign.':>6} {'quote':>6}"
    print(f"{'':24} {heads} {'µs':>6}")
    for name, (outcomes, spent) in results.items():
        print(f"{name:24} {len(cases):4} {figures(outcomes)} {spent:6.0f}")
    for group in ("lang", "kind"):
        for name in ("kbtool", "  keep_hyphen_lists", "quotequail"):
            print(f"\n{name.strip() + ' by ' + group:24} {heads}")
            _print_groups(cases, results[name][0], group)
    if given.show:
        _show(cases, results["kbtool"][0])
    return 0


def _print_groups(cases: Sequence[Case], outcomes: Sequence[Outcome], group: str) -> None:
    for value in dict.fromkeys(getattr(case, group) for case in cases):
        some = [
            outcome
            for case, outcome in zip(cases, outcomes, strict=True)
            if getattr(case, group) == value
        ]
        print(f"{value:24} {len(some):4} {figures(some)}")


def _show(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> None:
    for case, outcome in zip(cases, outcomes, strict=True):
        if not outcome.exact:
            expected = "\n".join(line for label, line in case.lines if label == "b")
            print(f"\n=== {case.lang} {case.kind}\n--- expected\n{expected}\n--- kept")
            print(kbtool(case))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
