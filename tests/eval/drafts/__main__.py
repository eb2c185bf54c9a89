"""How good drafts are: ``python -m tests.eval.drafts PATH… [--given-topics] [--full] [--html FILE]``.

A PATH is a folder with exports and a labels.json (tests/eval/drafts/labels.py says what stands in
it), or "demo" for the sample tickets. A line for each draft and for all of them:

- *facts*: facts_must that the draft states / labelled; *said*: the same / those that any reply in
  its language states; *agreed*: the same / those that two agents state in two tickets,
- *wrong*: facts_must_not told as true, + as a side of a conflict,
- *order*: pairs of steps in the right order; *once*: steps told exactly once / said by a reply;
  *twice*: facts told in two sentences or more / told,
- *evid.*: sentences with evidence / all,
- *confl.*: conflicts flagged / planted, + those that are none,
- *leak*: canaries in the draft's file, + facts about one customer in what it shows,
- *used*: share of the replies' words in sentences that support the draft,
- *noise*: share of the draft's words in sentences without a labelled fact or step,
- *title*: is a question and came from a ticket of this topic.

Then which topics that need no article (but a form, a mended bug …) are known as such.
With ``--given-topics`` the labelled topics are drafted, so that drafting is judged alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.eval.drafts.base import Judged, Verdict, judge_drafts, new_base
from tests.eval.drafts.demo import demo_labels
from tests.eval.drafts.labels import read_labels
from tests.eval.drafts.page import page
from tests.eval.drafts.scores import Score, share, worst

_SHOWN = 5
_HEADS = (
    "facts",
    "said",
    "agreed",
    "wrong",
    "order",
    "once",
    "twice",
    "evid.",
    "confl.",
    "leak",
    "used",
    "noise",
    "title",
)
_WIDTHS = (8, 8, 8, 6, 8, 7, 7, 8, 7, 6, 5, 5, 6)


def main(arguments: Sequence[str]) -> int:
    """Print the tables; the exit code is 1 when something leaked."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.eval.drafts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--given-topics", action="store_true", help="draft the labelled topics")
    parser.add_argument("--full", action="store_true", help="print the worst five drafts in full")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write all drafts with verdicts")
    given = parser.parse_args(arguments)
    verdicts = [verdict(path, given=given.given_topics) for path in given.paths]
    for one in verdicts:
        print("\n".join(table(one)), end="\n\n")
        if given.full:
            print("\n".join(worst_in_full(one)))
    if given.html:
        given.html.write_text(page(verdicts), encoding="utf-8")
    return int(any(one.total.leaked for one in verdicts))


def verdict(path: str, *, given: bool) -> Verdict:
    """Judge one folder (or "demo") in a temporary knowledge base."""
    labels = demo_labels() if path == "demo" else read_labels(Path(path))
    with TemporaryDirectory() as folder:
        return judge_drafts(labels, new_base(labels, Path(folder) / "kb"), given=given)


def table(found: Verdict) -> list[str]:
    """A line a draft, the sum, and what was not drafted."""
    heads = " ".join(f"{head:>{width}}" for head, width in zip(_HEADS, _WIDTHS, strict=True))
    lines = [f"{found.name:32} {heads}"]
    lines += [f"{one.name:32} {_row(one.score)}" for one in found.drafts]
    lines += [f"{label:32} not drafted: {why}" for label, why in found.missing.items()]
    lines += [f"no draft: {one}" for one in found.skipped]
    lines.append(f"{f'all {len(found.drafts)} drafts':32} {_row(found.total)}")
    lines += _kinds(found)
    leaked = sorted({*found.total.leaked, *found.total.specific})
    return [*lines, *([f"leaked: {', '.join(leaked)}"] if leaked else [])]


def _kinds(found: Verdict) -> list[str]:
    """How many topics that need no article are known as such, and each that is taken for another."""
    wanted = {label: pair for label, pair in found.kinds.items() if pair[0]}
    right = sum(one == other for one, other in wanted.values())
    wrong = [
        f"{label}: {other or 'article'} (labelled {one or 'article'})"
        for label, (one, other) in found.kinds.items()
        if one != other
    ]
    return [f"no article needed: {right} of {len(wanted)} right", *(f"  {line}" for line in wrong)]


def _row(score: Score) -> str:
    cells = (
        _of(score.facts),
        _of(score.attainable),
        _of(score.agreed),
        f"{score.wrong}+{score.wrong_in_conflict}",
        _of(score.order),
        _of(score.once),
        _of(score.twice),
        _of(score.evidence),
        f"{_of(score.conflicts)}+{score.false_conflicts}",
        f"{len(score.leaked)}+{len(score.specific)}",
        f"{share(score.used):.2f}",
        f"{share(score.noise) if score.noise[1] else 0:.2f}",
        _of(score.title),
    )
    return " ".join(f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))


def _of(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}"


def worst_in_full(found: Verdict) -> list[str]:
    """The worst five drafts as they stand in their files, without the front matter's evidence."""
    drafts = {one.name: one for one in found.drafts}
    names = worst({name: one.score for name, one in drafts.items()})[:_SHOWN]
    return [line for name in names for line in _in_full(drafts[name])]


def _in_full(one: Judged) -> list[str]:
    head = f"=== {one.name} · {one.article.title}"
    return [head, *(f"also asked: {text}" for text in one.article.also_asked), "", one.article.body]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
