"""How mining grows: ``python -m tests.bench.mining [--full]``.

For 10,000, 100,000 and (``--full``) 1,000,000 questions of ``tests.bench.noisy``, stored as an
import stores them, each step in a process of its own: CPU seconds (user and system, children
included) by stage, the most memory, how many of the planted topics were found, and what it takes
again after one in a hundred came new. A planted topic is found when at least one topic of purity
0.8 or more is mostly it.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from kbtool.config import load_settings
from kbtool.db import reading, writing
from kbtool.mining.assign import Assigner
from kbtool.mining.memory.store import read_topics
from kbtool.mining.questions.store import Prepared, settle_questions, write_state
from kbtool.workflows.questions import BASIS, VERSION
from kbtool.workflows.suggest import suggest
from tests.bench.__main__ import knowledge_base
from tests.bench.noisy import Generator

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SIZES, FULL = (10_000, 100_000), 1_000_000
NEW = 0.01
PURE = 0.8
CLASSES = (0.01, 0.001, 0.0002, 0.0001, 0.0)
"""Least share of all questions of each class of planted topics."""


def cpu() -> float:
    """CPU seconds of this process and of those it began."""
    own, others = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def fill(root: Path, first: int, last: int, count: int) -> dict[str, Any]:
    """Store questions ``first`` to ``last`` of ``count`` as an import does; what that took."""
    settings = load_settings(root)
    made = Generator(count)
    with reading(settings.database) as connection:
        assigner = Assigner.load(connection)
    numbers = iter(range(first, last))
    spent = 0.0
    while some := [made.question(n)[0] for n in islice(numbers, 5_000)]:
        before = cpu()
        told = assigner.assign(some) if assigner else [None] * len(some)
        rows = [
            Prepared(asked, 1, 5, one.topic if one else None, one.confidence if one else None)
            for asked, one in zip(some, told, strict=True)
        ]
        with writing(settings.database) as connection:
            settle_questions(connection, [asked.ticket for asked in some], rows)
            write_state(connection, BASIS, VERSION.encode())
        spent += cpu() - before
    return {"prepared": spent}


def mine(root: Path) -> dict[str, Any]:
    """``kbtool suggest``: CPU seconds of each stage and in all, and megabytes at most."""
    stages: dict[str, float] = defaultdict(float)
    last = (cpu(), "Reading questions")

    def note(stage: str, _done: int, _total: int | None) -> None:
        nonlocal last
        now = cpu()
        stages[last[1]] += now - last[0]
        last = (now, stage)

    before = cpu()
    found = suggest(load_settings(root), now=NOW, progress=note)
    stages[last[1]] += cpu() - last[0]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "cpu": cpu() - before,
        "memory": memory,
        "stages": stages,
        "topics": len(found.topics),
        "placed": sum(len(topic.tickets) for topic in found.topics) / max(found.questions, 1),
    }


def judge(root: Path, count: int) -> dict[str, Any]:
    """How many of the planted topics of each class of sizes were found."""
    made = Generator(count)
    with reading(load_settings(root).database) as connection:
        topics = read_topics(connection)
    found: set[int] = set()
    pure = right = placed = 0
    for topic in topics:
        truth = Counter(made.topic_of(int(ticket.split(":")[1])) for ticket in topic.tickets)
        name, n = truth.most_common(1)[0]
        placed += len(topic.tickets)
        right += n if name >= 0 else 0
        if name >= 0 and n >= PURE * len(topic.tickets):
            pure += 1
            found.add(name)
    classes = []
    for least, most in zip(CLASSES, (math.inf, *CLASSES), strict=False):
        planted = {i for i, share in enumerate(made.shares) if least <= share < most}
        classes.append((least, len(planted), len(planted & found)))
    return {
        "pure": pure,
        "distinct": len(found),
        "right": right / max(placed, 1),
        "classes": classes,
    }


def step(name: str, root: Path, *numbers: int) -> dict[str, Any]:
    """One step in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "tests.bench.mining", "--step", name, str(root)]
    ran = subprocess.run(
        [*command, *map(str, numbers)], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def bench(count: int, folder: Path) -> float:
    """One column of the table; the CPU seconds of the whole mining."""
    root = knowledge_base(folder / str(count))
    later = round(count * (1 + NEW))
    filled = step("fill", root, 0, count, later)
    whole = step("mine", root)
    judged = step("judge", root, later)
    step("fill", root, count, later, later)
    again = step("mine", root)
    print(f"\n{count:,} questions")
    print(
        f"  prepared at import   {filled['prepared']:8.1f} s, {1e6 * filled['prepared'] / count:.0f} µs each"
    )
    print(f"  kbtool suggest       {whole['cpu']:8.1f} s CPU, {whole['memory']:,.0f} MB")
    for stage, seconds in sorted(whole["stages"].items(), key=lambda item: -item[1]):
        print(f"    {stage:19}{seconds:8.1f} s")
    share = again["cpu"] / whole["cpu"]
    print(
        f"  again with 1 % new   {again['cpu']:8.1f} s CPU, {again['memory']:,.0f} MB, {share:.2f} of the whole"
    )
    print(
        f"  topics {whole['topics']:,}, pure {judged['pure']:,}, of different planted ones {judged['distinct']:,}; "
        f"placed {whole['placed']:.2f} of the questions, {judged['right']:.2f} of those rightly"
    )
    for least, planted, found in judged["classes"]:
        print(
            f"    planted with at least {100 * least:6.3f} % each: {planted:5,}, found {found:5,}"
        )
    sys.stdout.flush()
    return float(whole["cpu"])


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mining", description=__doc__)
    parser.add_argument("--full", action="store_true", help="also 1,000,000 questions")
    parser.add_argument("--only", type=int, help="this many questions and no other number")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.step:
        name, root, *numbers = given.step
        steps = {"fill": fill, "mine": mine, "judge": judge}
        print(json.dumps(steps[name](Path(root), *map(int, numbers))))  # type: ignore[operator]  # three signatures
        return 0
    sizes = (given.only,) if given.only else (*SIZES, FULL) if given.full else SIZES
    with tempfile.TemporaryDirectory() as folder:
        spent = [bench(count, Path(folder)) for count in sizes]
    for i in range(1, len(sizes)):
        exponent = math.log(spent[i] / spent[i - 1]) / math.log(sizes[i] / sizes[i - 1])
        print(f"growth exponent {sizes[i - 1]:,} → {sizes[i]:,}: {exponent:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
