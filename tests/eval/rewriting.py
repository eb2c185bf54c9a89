"""What the verifier of rewritten drafts catches: ``python -m tests.eval.rewriting``.

A stub API lies about the sentences of the demo's drafts, one lie an answer, in each way that a
language model may: what reaches the draft is counted by kind and language. Harmless wordings of
the same sentences are counted too, for who drops everything catches everything. The other tables
are of the sentences in ``data/rewriting*.yaml``, which were rewritten by hand.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from kbtool.articles.draft.outline import Outline
from kbtool.articles.rewrite import Rewriter
from kbtool.articles.rewrite.chat import ADVICE, ChatModel
from kbtool.articles.rewrite.kept import KeptAnswers
from kbtool.articles.rewrite.records import Kind, Line, Proposal
from kbtool.articles.rewrite.verify import Judge, verify
from kbtool.articles.saying.paths import menu_labels
from kbtool.articles.saying.phrases import is_condition
from kbtool.config import load_settings
from kbtool.posting import Api
from kbtool.workflows.check import gate
from kbtool.workflows.demo import prepare_demo
from kbtool.workflows.draft import draft
from kbtool.workflows.import_tickets import import_tickets
from kbtool.workflows.suggest import suggest
from tests.eval.rewriting_lies import HARMLESS, Lie, lies
from tests.stub import Stub, running

LANGUAGES = ("en", "tr", "et")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DATA = Path(__file__).parent / "data/rewriting.yaml"
UNSEEN = Path(__file__).parent / "data/rewriting-unseen.yaml"


@dataclass
class Tally:
    """Kind → language → (as it should be, all), and what was not as it should be."""

    counts: dict[str, dict[str, tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: (0, 0)))
    )
    wrong: list[str] = field(default_factory=list)

    def add(self, kind: str, lang: str, right: bool, told: str) -> None:
        """Count one sentence."""
        done, total = self.counts[kind][lang]
        self.counts[kind][lang] = (done + right, total + 1)
        if not right:
            self.wrong.append(f"{kind} ({lang}): {told}")

    def sum(self, kinds: Iterable[str]) -> tuple[int, int]:
        """(as it should be, all) over some kinds and all languages."""
        found = [pair for kind in kinds for pair in self.counts[kind].values()]
        return sum(pair[0] for pair in found), sum(pair[1] for pair in found)

    def table(self) -> str:
        """A line a kind: languages, then the sum."""
        lines = [f"{'':26}" + "".join(f"{lang:>10}" for lang in LANGUAGES) + f"{'all':>10}"]
        for kind, counts in self.counts.items():
            row = [counts.get(lang, (0, 0)) for lang in LANGUAGES] + [self.sum([kind])]
            lines.append(f"{kind:26}" + "".join(f"{f'{a}/{b}':>10}" for a, b in row))
        return "\n".join(lines)


class _Collector:
    """Takes the place of a rewriter and keeps what it is given."""

    def __init__(self) -> None:
        self.outlines: list[Outline] = []
        self.done: list[Any] = []

    def __call__(self, outline: Outline) -> Outline:
        self.outlines.append(outline)
        return outline


def demo_outlines(root: Path) -> tuple[list[Outline], Any]:
    """The outlines of all drafts of the demo's tickets, and the privacy gate of its settings."""
    base = prepare_demo(root)
    settings = load_settings(base.root)
    exports = [base.root / name for name in base.exports]
    import_tickets(settings, exports, now=NOW, fresh_key=b"k" * 32)
    topics = [t.id for t in suggest(settings, now=NOW).topics]
    found = _Collector()
    draft(settings, topics, min_requesters=3, dry_run=True, now=NOW, rewriter=found)  # type: ignore[arg-type]  # quacks
    return found.outlines, gate(settings)


def measure(outlines: Sequence[Outline], personal_data: Any) -> Tally:
    """Each lie and each harmless wording in an answer of its own, by HTTP."""
    tally = Tally()
    current: list[Lie] = []

    def good(body: dict[str, Any]) -> bytes:
        shown = json.loads(body["messages"][1]["content"])["evidence"]
        answer = {"sentences": current[0].answer(shown)}
        return json.dumps(
            {"choices": [{"message": {"content": json.dumps(answer)}, "finish_reason": "stop"}]}
        ).encode()

    stub = Stub(good)
    with running(stub):
        api = Api(stub.url, lambda _: None, ADVICE)
        for lie in lies(outlines):
            current[:] = [lie]
            rewriter = Rewriter(ChatModel(api, "liar"), KeptAnswers(None), LANGUAGES, personal_data)
            new = rewriter(lie.outline)
            said = [group.said.text for group in new.groups]
            fell = any(lie.is_text(one.text) for one in rewriter.done[0].dropped)
            stands = any(lie.is_text(text) for text in said) and not fell
            tally.add(
                lie.kind, lie.outline.lang, stands == (lie.kind in HARMLESS),
                f"{lie.text} | {lie.drafted}"
                + (f" | {rewriter.done[0].dropped[0].reason}" if rewriter.done[0].dropped else ""),
            )  # fmt: skip
    return tally


def measure_hand(file: Path) -> Tally:
    """The sentences of a file that were rewritten by hand, each alone before the judge."""
    tally = Tally()
    for lang, kind, drafted, text in hand_written(file):
        kept = bool(verify(_judge(lang, drafted), [Proposal(text, (0,))]).kept)
        tally.add(kind, lang, kept == (kind == "good"), f"{text} | {drafted}")
    return tally


def hand_written(file: Path) -> Iterator[tuple[str, str, str, str]]:
    """(language, "good" or the kind of lie, sentence as drafted, rewritten)."""
    data: Mapping[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    for lang, items in data.items():
        for item in items:
            yield from ((lang, "good", item["text"], text) for text in item["good"])
            yield from ((lang, kind, item["text"], text) for kind, text in item["bad"].items())


def _judge(lang: str, drafted: str) -> Judge:
    def kind_of(line: Line, text: str) -> Kind:
        if is_condition(text, lang):
            return "note"
        return "fact" if line.kind == "note" else line.kind

    line = Line(drafted, "note" if is_condition(drafted, lang) else "fact")
    labels = menu_labels([drafted], lang)
    return Judge(lang, LANGUAGES, labels, lambda _: (), kind_of, (line,))


def main() -> None:
    """Print both tables; with ``-v`` also what was not as it should be."""
    os.environ["no_proxy"] = "127.0.0.1"
    with TemporaryDirectory() as folder:
        demo = measure(*demo_outlines(Path(folder) / "kb"))
    tables = {
        "the demo's drafts": demo,
        "rewritten by hand": measure_hand(DATA),
        "rewritten by hand, about other things": measure_hand(UNSEEN),
    }
    for name, tally in tables.items():
        harmless = {"good", *HARMLESS} & tally.counts.keys()
        caught, told = tally.sum(tally.counts.keys() - harmless)
        kept, fair = tally.sum(harmless)
        print(f"{name}: {caught} of {told} lies caught, {kept} of {fair} harmless wordings kept\n")
        print(tally.table(), "\n")
        if "-v" in sys.argv:
            print("\n".join(tally.wrong), "\n")


if __name__ == "__main__":
    main()
