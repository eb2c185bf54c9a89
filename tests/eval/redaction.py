"""How well redaction works: ``python -m tests.eval.redaction [--part PART] [--kind KIND] [--show]``.

The labelled pieces of tickets are those of tests/eval/data/redaction.jsonl: invented, with numbers
whose checksums are right and that belong to nobody. Personal data is marked ``⟦kind:the piece⟧``;
``may`` marks what may go or stay (a title, a company, a town behind its street); ``names`` are the
people whom the ticket itself names. The part ``heldout`` was written first and no rule is made for
it; ``dev`` is what rules are made with. Printed for the automatic redactor, for it and the gate
together (what no person would be shown), and for a baseline: the matcher of phonenumbers and plain
patterns for mail and IP addresses.

- *recall*: share of the marked pieces that are gone to their last letter,
- *precision*: share of what was taken that touches a mark and takes no word beside it along,
- *leaked*: share of the marked letters and digits that are left,
- *alarms*: what is taken in a thousand words of the published articles of content/.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from phonenumbers import PhoneNumberMatcher

from kbtool.articles.files.store import read_articles
from kbtool.config import load_settings
from kbtool.privacy.gate import doubtful_spans
from kbtool.privacy.redact import Redactor
from kbtool.privacy.spans import Span

ROOT = Path(__file__).parent.parent.parent
DATA = Path(__file__).parent / "data" / "redaction.jsonl"
REGIONS = ("GB", "TR", "EE", "DE", "RU")
OWN = ("Velmo", "help@velmo.example", "+44 113 496 0100")
KINDS = (
    "email", "phone", "iban", "card", "id", "ip", "mac", "secret", "number", "plate", "name", "address", "date",
)  # fmt: skip
LANGUAGES = ("en", "tr", "et", "de", "ru")
_MARK = re.compile(r"⟦(\w+):([^⟦⟧]+)⟧")
_WORD = re.compile(r"\w+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IP = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Case:
    """One piece of a ticket and what is personal in it."""

    part: str
    lang: str
    names: tuple[str, ...]
    text: str
    marks: tuple[Span, ...]


@dataclass
class Tally:
    """Counts for one detector."""

    marked: Counter[str] = field(default_factory=Counter)
    """Marked pieces by kind, by language and (``""``) in all."""
    gone: Counter[str] = field(default_factory=Counter)
    """Those of them that are gone."""
    taken: Counter[str] = field(default_factory=Counter)
    """What was taken, by language and in all."""
    right: Counter[str] = field(default_factory=Counter)
    letters: int = 0
    left: int = 0

    def recall(self, of: str = "") -> float:
        """Share of the marked pieces that are gone; 1 when none is marked."""
        return self.gone[of] / self.marked[of] if self.marked[of] else 1.0

    def precision(self, of: str = "") -> float:
        """Share of what was taken that was marked; 1 when nothing was taken."""
        return self.right[of] / self.taken[of] if self.taken[of] else 1.0

    def leaked(self) -> float:
        """Share of the marked letters and digits that are left."""
        return self.left / max(1, self.letters)


Detector = Callable[[Case], Sequence[Span]]


def read_cases(part: str | None = None) -> list[Case]:
    """The labelled pieces, of one part if given."""
    lines = map(json.loads, DATA.read_text("utf-8").splitlines())
    return [
        Case(item["part"], item["lang"], tuple(item.get("names", ())), *_unmarked(item["text"]))
        for item in lines
        if part in (None, item["part"])
    ]


def _unmarked(text: str) -> tuple[str, tuple[Span, ...]]:
    plain, marks, done = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[done : match.start()]
        marks.append(Span(len(plain), len(plain) + len(match[2]), match[1]))
        plain += match[2]
        done = match.end()
    return plain + text[done:], tuple(marks)


def redactor(case: Case) -> Sequence[Span]:
    """What is redacted when a ticket is imported."""
    return Redactor(case.names, REGIONS, OWN).spans_together([case.text])[0]


def with_gate(case: Case) -> Sequence[Span]:
    """That, and what the gate would show a person in what is left."""
    first = redactor(case)
    redacted, done = "", 0
    origin: list[int] = []
    for span in (*first, Span(len(case.text), len(case.text), "end")):
        kept = case.text[done : span.start]
        origin += range(done, span.start)
        redacted += kept
        if span.kind != "end":
            redacted += f"[{span.kind}]"
            origin += [span.start] * (len(span.kind) + 2)
        done = span.end
    shown = [s for s in doubtful_spans(redacted, OWN) if s.kind != "placeholder"]
    return [*first, *(Span(origin[s.start], origin[s.end - 1] + 1, s.kind) for s in shown)]


def baseline(case: Case) -> Sequence[Span]:
    """Patterns for mail and IP addresses and the phone matcher that everybody takes."""
    found = [Span(m.start(), m.end(), "email") for m in _MAIL.finditer(case.text)]
    found += [Span(m.start(), m.end(), "ip") for m in _IP.finditer(case.text)]
    for region in REGIONS:
        for match in PhoneNumberMatcher(case.text, region):
            span = Span(match.start, match.end, "phone")
            if not any(other.start < span.end and span.start < other.end for other in found):
                found.append(span)
    return found


DETECTORS: dict[str, Detector] = {
    "redactor": redactor,
    "redactor + gate": with_gate,
    "phonenumbers + patterns": baseline,
}


def measured(cases: Iterable[Case], detector: Detector) -> Tally:
    """The counts of a detector over ``cases``."""
    tally = Tally()
    for case in cases:
        found = detector(case)
        taken = _places(found)
        for mark in case.marks:
            if mark.kind == "may":
                continue
            of = [n for n in range(mark.start, mark.end) if case.text[n].isalnum()]
            left = sum(n not in taken for n in of)
            tally.letters += len(of)
            tally.left += left
            for key in ("", mark.kind, case.lang):
                tally.marked[key] += 1
                tally.gone[key] += not left
        for span in found:
            for key in ("", span.kind, case.lang):
                tally.taken[key] += 1
                tally.right[key] += is_right(case, span)
    return tally


def is_right(case: Case, span: Span) -> bool:
    """Whether a span touches a mark and no whole word of it is unmarked."""
    marked = _places(case.marks)
    words = [
        set(range(span.start + m.start(), span.start + m.end()))
        for m in _WORD.finditer(case.text[span.start : span.end])
    ]
    return bool(words) and all(word & marked for word in words)


def misses(case: Case, found: Sequence[Span]) -> Iterator[str]:
    """What was not taken of the marked, and what was taken of the rest, as a person reads it."""
    taken = _places(found)
    for mark in case.marks:
        if mark.kind != "may" and any(
            n not in taken for n in range(mark.start, mark.end) if case.text[n].isalnum()
        ):
            yield f"missed {mark.kind}: {case.text[mark.start : mark.end]!r}"
    for span in found:
        if not is_right(case, span):
            yield f"wrong {span.kind}: {case.text[span.start : span.end]!r}"


def _places(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def alarms() -> tuple[int, int, int, int]:
    """(words, redactor's alarms, articles, gate's alarms) of the articles of content/."""
    settings = load_settings(ROOT)
    articles, _ = read_articles(settings.content_dir)
    own = settings.tickets.product_words
    machine = Redactor((), REGIONS, own)
    texts = [f"{article.title}\n\n{article.body}" for article in articles]
    words = sum(len(_WORD.findall(text)) for text in texts)
    return (
        words,
        sum(len(machine.spans(text)) for text in texts),
        len(texts),
        sum(len(doubtful_spans(text, own)) for text in texts),
    )


def to_text(part: str) -> str:
    """The table for a part: a line a detector, then recall by kind and both by language."""
    tallies = {name: measured(read_cases(part), d) for name, d in DETECTORS.items()}
    total = tallies["redactor"].marked[""]
    lines = [f"redaction, {part}: {len(read_cases(part))} pieces, {total} marks"]
    lines += [
        f"  {name:26} recall {t.recall():.3f}  precision {t.precision():.3f}  leaked {t.leaked():.3f}"
        for name, t in tallies.items()
    ]
    ours, gate, base = tallies.values()
    lines.append(f"  {'':12}{'marks':>6}{'recall':>8}{'+ gate':>8}{'base':>8}{'precision':>11}")
    for key in (*KINDS, *LANGUAGES):
        precision = "" if key in ("plate",) else f"{ours.precision(key):.3f}"
        lines.append(
            f"  {key:12}{ours.marked[key]:6}{ours.recall(key):8.3f}{gate.recall(key):8.3f}"
            f"{base.recall(key):8.3f}{precision:>11}"
        )
    return "\n".join(lines)


def alarms_to_text() -> str:
    """What the articles of content/ set off."""
    words, redacted, articles, shown = alarms()
    return (
        f"alarms in {articles} articles ({words} words): redactor {1000 * redacted / words:.2f} in "
        f"1,000 words, gate {shown / max(1, articles):.2f} an article"
    )


def main(arguments: Sequence[str]) -> int:
    """Print the tables or, with ``--show``, what the redactor got wrong; the exit code is 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.redaction", description=__doc__)
    parser.add_argument("--part", choices=("dev", "heldout"))
    parser.add_argument("--detector", choices=tuple(DETECTORS), default="redactor")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args(arguments)
    for part in (given.part,) if given.part else ("dev", "heldout"):
        print(to_text(part))
        for case in read_cases(part) if given.show else ():
            for line in misses(case, DETECTORS[given.detector](case)):
                print(f"  {case.lang} {line}  in {case.text!r}")
    print(alarms_to_text())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
