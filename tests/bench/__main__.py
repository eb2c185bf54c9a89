"""``make bench``: each line is our time, a baseline's on the same data, and their ratio.

Baselines: ``json.loads`` alone for the import; for redaction, whose figures are shares and not times,
phonenumbers and plain patterns. Builds and pages: ``python -m tests.bench.site``.
Data are generated with a fixed seed; sizes are small enough for three minutes on two cores;
``python -m tests.bench --full`` imports 100,000 tickets. Mining against BERTopic, which nobody has to
install for this: ``python -m tests.bench.bertopic``; search: ``python -m tests.bench.search``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import yaml

from tests.bench.tickets import write_tickets
from tests.eval import redaction

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TICKETS, FULL = 20_000, 100_000
"""Tickets to import, and with ``--full``."""
SHELVES = 12


def tell(name: str, ours: float, baseline: str, theirs: float, unit: str = "s") -> None:
    """One line of the table."""
    print(
        f"{name:44} {ours:9.3f} {unit:2}  {baseline:32} {theirs:9.3f} {unit:2}  x {ours / theirs:.2f}"
    )


def knowledge_base(root: Path) -> Path:
    """A knowledge base without articles."""
    (root / "content").mkdir(parents=True)
    shelves = {f"shelf-{n}": {"title": {"en": f"Shelf {n}"}} for n in range(SHELVES)}
    settings = {"languages": ["en"], "categories": shelves}
    facts = {"site_name": "Bench", "site_url": "https://bench.example/"}
    text = yaml.safe_dump(facts | {"extra": {"kbtool": settings}})
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    return root


def bench_import(root: Path, count: int) -> None:
    """``kbtool import`` of different tickets against reading the same file with json.loads alone.

    Both are processes of their own: seconds on the clock, and the most memory one process took.
    """
    file = write_tickets(root / "tickets.jsonl", count)
    base = knowledge_base(root / "import")
    alone = "import json, sys\nfor line in open(sys.argv[1], encoding='utf-8'): json.loads(line)"
    ours, memory = child([sys.executable, "-m", "kbtool", "import", str(file)], base)
    theirs, least = child([sys.executable, "-c", alone, str(file)], base)
    name, baseline = f"import, {count:,} tickets", "json.loads alone"
    tell(f"{name}, {count / ours:,.0f} tickets/s", ours, baseline, theirs)
    tell(f"{name}, peak memory of a process", memory, baseline, least, "MB")


def child(command: list[str], folder: Path) -> tuple[float, float]:
    """(seconds, most megabytes of the process or one that it began) of a command."""
    code = (
        "import resource, subprocess, sys, time\n"
        "started = time.perf_counter()\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(time.perf_counter() - started, used.ru_maxrss / 1024)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *command],
        cwd=folder,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds, megabytes = ran.stdout.split()
    return float(seconds), float(megabytes)


def main() -> None:
    """Run everything in a temporary folder."""
    print(f"{'':44} {'ours':>12}  {'baseline':32} {'':>12}  ratio (lower is better)")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        bench_import(root, FULL if "--full" in sys.argv else TICKETS)
    for part in ("dev", "heldout"):
        print(redaction.to_text(part))
    print(redaction.alarms_to_text())
    sys.stdout.flush()


if __name__ == "__main__":
    main()
