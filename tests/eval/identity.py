"""How many topics keep their id when tickets are added: ``python -m tests.eval.identity PATH …``.

PATH is a labelled set as ``tests.eval.mining`` takes it: a file of questions or a folder of ticket
exports with labels.json. The real miner runs on four fifths of the questions, then on all of them
with the memory of the first run: a quarter more. Five times, leaving out each fifth once (by a
hash of the id, which is as if they came in at random); ``--last`` leaves out those that stand
last in the file instead, once. All figures are sums over the runs, of the topics of the first one:

- *old*: how many there were,
- *there*: those that still exist: one new topic holds more than half of their tickets,
- *kept*: those whose holder bears their id, as a share of *there*,
- *led*: those whose holder bears another id to which theirs leads (it was merged), the same,
- *part*: those whose id is on a smaller part of them, most having gone to another topic,
- *lost*: the others of *there*: their id is on no topic with a quarter of their tickets,
- *topics*: share of the new topics that hold most of at least one old one and bear the id of one:
  a topic can bear only one id, so a merger always costs one in *kept* and none here,
- *gone*: those that no new topic holds most of, as a share of *old*,
- *label*: of the old topics with a majority intent that a new topic has as well, those whose id
  (followed through mergers) is on a topic of that intent. This counts otherwise than the miner
  does: neither tickets in common nor what happened to the topic matter.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from hashlib import blake2b
from pathlib import Path

from kbtool.mining.memory.identity import find_changes, forwarding
from kbtool.mining.mine import mine
from kbtool.mining.questions.question import Question
from kbtool.model import Topic
from tests.eval.mining.sets import LabelledSet, read_set

FIFTHS = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """Counts of the topics of one or more first runs."""

    old: int = 0
    there: int = 0
    kept: int = 0
    led: int = 0
    part: int = 0
    holders: int = 0
    """New topics that hold most of at least one old topic."""
    named: int = 0
    """Those of them that bear the id of one they hold most of."""
    labelled: int = 0
    """Old topics with a majority intent that a new topic has as well."""
    on_label: int = 0
    """Those whose id is on a topic of that intent."""

    def __add__(self, other: Kept) -> Kept:
        return Kept(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def compare(
    before: Sequence[Topic], after: Sequence[Topic], intents: Mapping[str, str | None]
) -> Kept:
    """What became of the ids of ``before``; ``after`` was mined with their memory."""
    homes = {ticket: topic.id for topic in after for ticket in topic.tickets}
    leads = forwarding(find_changes(after, before))
    holders: dict[str, list[str]] = {}
    kept = led = part = 0
    for old in before:
        counts = Counter(homes[t] for t in old.tickets if t in homes)
        holder, n = max(counts.items(), key=lambda item: item[1], default=("", 0))
        if 2 * n > len(old.tickets):
            holders.setdefault(holder, []).append(old.id)
            kept += holder == old.id
            led += leads.get(old.id) == holder
            part += holder != old.id and 4 * counts[old.id] >= len(old.tickets)
    found = {t.id: majority(t, intents) for t in after}
    known = [(t.id, intent) for t in before if (intent := majority(t, intents)) is not None]
    known = [(id_, intent) for id_, intent in known if intent in found.values()]
    return Kept(
        old=len(before),
        there=sum(map(len, holders.values())),
        kept=kept,
        led=led,
        part=part,
        holders=len(holders),
        named=sum(holder in ids for holder, ids in holders.items()),
        labelled=len(known),
        on_label=sum(found.get(leads.get(id_, id_)) == intent for id_, intent in known),
    )


def majority(topic: Topic, intents: Mapping[str, str | None]) -> str | None:
    """The intent of most of a topic's tickets; None when there is none."""
    counts = Counter(intents.get(ticket) for ticket in topic.tickets)
    intent, n = min(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return intent if 2 * n > len(topic.tickets) else None


def measured(found: LabelledSet, smallest: int, *, last: bool) -> Kept:
    """The sum over all runs on one set."""
    total = Kept()
    for fewer in _shares(found.questions, last=last):
        before = mine(fewer, smallest=smallest, first_language=found.first_language)
        after = mine(
            found.questions,
            smallest=smallest,
            previous=before,
            first_language=found.first_language,
        )
        total += compare(before, after, found.intents)
    return total


def _shares(questions: Sequence[Question], *, last: bool) -> Iterator[Sequence[Question]]:
    """Four fifths of the questions, in one or five ways."""
    if last:
        yield questions[: len(questions) * (FIFTHS - 1) // FIFTHS]
        return
    for fifth in range(FIFTHS):
        yield [q for q in questions if _fifth(q.ticket) != fifth]


def _fifth(ticket: str) -> int:
    return blake2b(ticket.encode(), digest_size=8, key=b"fifths").digest()[0] % FIFTHS


def to_text(rows: Iterable[tuple[str, Kept]]) -> str:
    """A line for each set and one for all, shares with one decimal."""
    named = list(rows)
    if len(named) > 1:
        named.append(("all", sum((kept for _, kept in named), Kept())))
    lines = [
        f"{'set':24}{'old':>6}{'there':>7}{'kept':>8}{'led':>7}{'part':>7}{'lost':>7}"
        f"{'topics':>8}{'gone':>7}{'label':>8}"
    ]
    for name, k in named:
        lost = k.there - k.kept - k.led - k.part
        lines.append(
            f"{name[:23]:24}{k.old:6}{k.there:7}{_share(k.kept, k.there):>8}"
            f"{_share(k.led, k.there):>7}{_share(k.part, k.there):>7}{_share(lost, k.there):>7}"
            f"{_share(k.named, k.holders):>8}{_share(k.old - k.there, k.old):>7}"
            f"{_share(k.on_label, k.labelled):>8}"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def main(arguments: Sequence[str]) -> int:
    """Measure each set; the exit code is 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.identity", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--last", action="store_true", help="leave out the last fifth")
    parser.add_argument("--smallest", type=int, default=4)
    given = parser.parse_args(arguments)
    rows: list[tuple[str, Kept]] = []
    for path in given.paths:
        found = read_set(path)
        rows.append((found.name, measured(found, given.smallest, last=given.last)))
    print(to_text(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
