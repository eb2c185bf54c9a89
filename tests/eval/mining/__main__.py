"""How well the miner finds what is asked: ``python -m tests.eval.mining PATH [PATH …]``.

PATH is a file with one ``{"id", "text", "intent", "lang"}`` a line (``reply`` and ``tags`` may be
there; an intent of null belongs to no topic), or a folder of ticket exports with a labels.json,
which goes through the real import. Printed are, for the K largest topics, K being the number of
true intents:

- *recall*: share of the intents that a distinct topic of purity ≥ 0.8 stands for,
- *dupl.*: share of the topics whose majority intent a larger topic already has,
- *cover*: share of the questions that are in them,

and for all topics the V-measure and the F1 of B-cubed (tests/eval/mining/scores.py says how
questions without an intent or a topic count). ``--out`` writes ``{id: topic or null}`` in rank
order. ``--save`` keeps the scores; ``--before`` prints what changed since. ``--semantic`` compares
by meaning too, with the model of ``kbtool[semantic]``. ``--noise`` scores the questions as noisy
tickets instead, beside the clean ones (tests/eval/noise.py).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from kbtool.config import Settings
from kbtool.config.settings import MiningSettings
from kbtool.errors import KbError
from kbtool.mining.encoding.encoder import Encoder
from kbtool.mining.encoding.make import open_encoder
from kbtool.model import Topic
from tests.eval.mining.mined import mined
from tests.eval.mining.scores import score
from tests.eval.mining.sets import LabelledSet, read_set
from tests.eval.mining.table import Row, compared_to_text, read_saved, rows_to_text, save
from tests.eval.noise import noise_to_text


def main(arguments: Sequence[str]) -> int:
    """Score each set; the exit code is 0."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.out is not None and len(given.paths) > 1:
        parser.error("--out goes with one set")
    try:
        before = read_saved(given.before) if given.before is not None else None
        with (_encoder() if given.semantic else None) or nullcontext() as encoder:
            if given.noise:
                print(
                    noise_to_text([read_set(path) for path in given.paths], given.smallest, encoder)
                )
                return 0
            rows = [_row(path, given, encoder) for path in given.paths]
    except (OSError, ValueError, KbError) as error:
        parser.error(str(error))
    print(rows_to_text(rows))
    if before is not None:
        print(f"\n{compared_to_text(before, rows)}")
    if given.save is not None:
        save(given.save, rows)
    return 0


def _row(path: Path, given: argparse.Namespace, encoder: Encoder | None) -> Row:
    """The score of one set; with ``--out`` its topics are written."""
    found = read_set(path)
    started = time.process_time()
    topics = mined(found, given.smallest, encoder)
    seconds = time.process_time() - started
    if given.out is not None:
        _write(given.out, found, topics)
    return Row(found.name, score([t.tickets for t in topics], found.intents), seconds)


def _encoder() -> Encoder | None:
    """The model that comes with the extra; nothing is kept on disk."""
    nowhere = Path("/nonexistent")
    mining = MiningSettings(semantic="local")
    return open_encoder(Settings(nowhere, nowhere, "", "", mining=mining), time.sleep)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.eval.mining",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--out", type=Path, help="write the topics of the (one) set here")
    parser.add_argument("--smallest", type=int, default=4, help="questions that make a topic")
    parser.add_argument("--save", type=Path, help="keep the scores in this JSON file")
    parser.add_argument("--before", type=Path, help="a file of --save to compare with")
    parser.add_argument("--semantic", action="store_true", help="compare by meaning too")
    parser.add_argument("--noise", action="store_true", help="as noisy tickets, beside the clean")
    return parser


def _write(file: Path, found: LabelledSet, topics: Sequence[Topic]) -> None:
    """Topics in rank order, each with its questions together; those without one come last."""
    home: dict[str, str | None] = {key: topic.id for topic in topics for key in topic.tickets}
    ranked = home | {key: None for key in found.intents if key not in home}
    file.write_text(json.dumps(ranked, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
