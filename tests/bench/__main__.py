"""``make bench``: each line is our time, a baseline's on the same data, and their ratio.

Baselines: ``json.loads`` alone for the import, plain MkDocs + Material with ``navigation.prune``
for the build; for redaction, whose figures are shares and not times, phonenumbers and plain patterns.
Data are generated with a fixed seed; sizes are small enough for three minutes on two cores;
``python -m tests.bench --full`` imports 100,000 tickets. Mining against BERTopic, which nobody has to
install for this: ``python -m tests.bench.bertopic``; search: ``python -m tests.bench.search``.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from kbtool.config import load_settings
from kbtool.model import Article
from kbtool.workflows.build import build
from tests.bench.tickets import write_tickets
from tests.eval import redaction

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TICKETS, FULL = 20_000, 100_000
"""Tickets to import, and with ``--full``."""
ARTICLES, SHELVES = 300, 12


def cpu(run: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    run()
    return time.process_time() - started


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


def articles() -> list[Article]:
    """Articles with a Zipf-like vocabulary, so that postings have realistic lengths."""
    rng = random.Random(7)
    words = [f"{a}{b}{c}" for a in ("ka", "to", "mi", "re", "su", "pa", "li", "vo", "ne", "du")
             for b in ("lan", "mer", "tik", "ros", "vin", "bel", "dor", "sun", "pel", "gar")
             for c in ("", "a", "o", "is", "er", "um")]  # fmt: skip
    weights = [1 / (n + 3) for n in range(len(words))]

    def text(count: int) -> str:
        return " ".join(rng.choices(words, weights, k=count)).capitalize() + "."

    made = []
    for n in range(ARTICLES):
        body = "\n\n".join(
            [text(18), "## " + text(4), *(f"1. {text(9)}" for _ in range(5)), text(30)]
        )
        path = f"en/shelf-{n % SHELVES}/article-{n}.md"
        made.append(
            Article(f"kb-{n}", text(7), "en", "published", f"shelf-{n % SHELVES}", body, path)
        )
    return made


def bench_build(root: Path, found: list[Article]) -> None:
    """A clean build with index, permalinks and sitemap against plain MkDocs + Material."""
    from kbtool.articles.files.store import write_article

    base = knowledge_base(root / "build")
    for article in found:
        write_article(base / "content", replace(article, updated=NOW.date()))
    settings = load_settings(base)
    ours = cpu(lambda: build(settings, strict=False, now=NOW))
    plain = {
        "site_name": "Bench", "site_url": "https://bench.example/", "docs_dir": "content",
        "site_dir": str(root / "plain"),
        "theme": {"name": "material", "font": False, "features": ["navigation.prune"]},
    }  # fmt: skip
    (base / "plain.yml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    config = load_config(str(base / "plain.yml"))

    def run() -> None:
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()

    tell(f"build, {ARTICLES} articles", ours, "MkDocs + Material, prune", cpu(run))


def main() -> None:
    """Run everything in a temporary folder."""
    print(f"{'':44} {'ours':>12}  {'baseline':32} {'':>12}  ratio (lower is better)")
    with tempfile.TemporaryDirectory() as folder:
        root, found = Path(folder), articles()
        bench_import(root, FULL if "--full" in sys.argv else TICKETS)
        bench_build(root, found)
    for part in ("dev", "heldout"):
        print(redaction.to_text(part))
    print(redaction.alarms_to_text())
    sys.stdout.flush()


if __name__ == "__main__":
    main()
