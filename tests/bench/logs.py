"""How fast access logs are read, beside GoAccess: ``python -m tests.bench.logs 1000000 5000000``.

Each reads the same made log (``tests.bench.access``) as a process of its own: GoAccess
(``--log-format=COMBINED``, JSON output), ``kbtool hits import --engine python`` and ``--engine duckdb``
into a new knowledge base of 300 articles. Wall time, CPU time (user and system) and peak memory, the
best of the rounds, in turn so that a busy machine is busy for all; then how often as fast as GoAccess.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.bench.access import lines
from tests.bench.articles import SHELF, make_knowledge_base

ARTICLES = 300
ROUNDS = 3
USUAL = (1_000_000,)
_MEASURED = (
    "import resource, subprocess, sys, time\n"
    "begin = time.perf_counter()\n"
    "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)\n"
    "wall = time.perf_counter() - begin\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "if code.returncode: sys.exit(code.stderr.decode()[-2000:])\n"
    "print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
)


@dataclass(frozen=True, slots=True)
class Used:
    """What a process used."""

    wall: float
    cpu: float
    """Seconds, user and system."""
    megabytes: float
    """Peak memory."""


def run(command: list[str], folder: Path) -> Used:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    line = [sys.executable, "-c", _MEASURED, *command]
    ran = subprocess.run(line, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    return Used(*map(float, ran.stdout.split()))


def goaccess(log: Path, base: Path) -> Used:
    """GoAccess, as Debian has it."""
    told = str(log.with_suffix(".json"))
    return run(["goaccess", str(log), "--log-format=COMBINED", "-o", told, "--no-progress"], base)


def ours(log: Path, base: Path, engine: str) -> Used:
    """An import into a database that is empty."""
    shutil.rmtree(base / ".kbtool", ignore_errors=True)
    words = ["hits", "import", str(log), "--engine", engine]
    return run([sys.executable, "-m", "kbtool", *words], base)


def best(found: list[Used]) -> Used:
    """The least of each."""
    return Used(
        min(one.wall for one in found),
        min(one.cpu for one in found),
        max(one.megabytes for one in found),
    )


def bench(folder: Path, base: Path, count: int) -> None:
    """Measure a log of so many lines."""
    log = folder / f"{count}.log"
    addresses = [f"/en/shelf-{n // SHELF}/article-{n}/" for n in range(ARTICLES)]
    with log.open("w", encoding="ascii") as file:
        file.writelines(f"{one}\n" for one in lines(count, addresses))
    engines = ["python", *(["duckdb"] if find_spec("duckdb") else [])]
    found: dict[str, list[Used]] = {}
    for _ in range(ROUNDS):
        if shutil.which("goaccess"):
            found.setdefault("goaccess", []).append(goaccess(log, base))
        for engine in engines:
            found.setdefault(f"kbtool, {engine}", []).append(ours(log, base, engine))
    print(f"{count:,} lines, {log.stat().st_size / 1e6:,.0f} MB")
    peer = best(found["goaccess"]) if "goaccess" in found else None
    for name, times in found.items():
        one = best(times)
        ratio = (
            f"  × {peer.wall / one.wall:.1f} wall, × {peer.cpu / one.cpu:.1f} CPU" if peer else ""
        )
        print(
            f"  {name:16} {one.wall:6.1f} s wall  {one.cpu:6.1f} s CPU  {one.megabytes:5.0f} MB"
            f"  {count / one.wall:9,.0f} lines/s{ratio}"
        )
    log.unlink()


def main() -> None:
    """Measure every number of lines that was asked for."""
    with tempfile.TemporaryDirectory() as folder:
        base = make_knowledge_base(Path(folder) / "base", ARTICLES)
        for count in [int(text) for text in sys.argv[1:]] or USUAL:
            bench(Path(folder), base, count)


if __name__ == "__main__":
    main()
