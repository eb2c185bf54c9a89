"""How fast a help centre is built, and how heavy its pages are: ``python -m tests.bench.site``.

Every line is a process of its own: CPU seconds (user and system, children included) and its peak
memory, beside those of plain MkDocs + Material with ``navigation.prune`` on the same content, in the
same run. Zensical is measured where it is installed (``pip install "kbtool[zensical]"``). Give the
numbers of articles as arguments; 100 and 1,000 without any.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import yaml

from tests.bench.articles import make_knowledge_base

USUAL = (100, 1_000)
_MEASURED = (
    "import resource, subprocess, sys\n"
    "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "if code.returncode: sys.exit(code.stderr.decode()[-2000:])\n"
    "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
)


@dataclass(frozen=True, slots=True)
class Used:
    """What a process used."""

    seconds: float
    """CPU, user and system."""
    megabytes: float
    """The most memory of any one process."""


def measure(command: list[str], folder: Path) -> Used:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    line = [sys.executable, "-c", _MEASURED, *command]
    ran = subprocess.run(line, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    seconds, megabytes = ran.stdout.split()
    return Used(float(seconds), float(megabytes))


def kbtool(root: Path, *options: str) -> Used:
    """``kbtool build``."""
    return measure([sys.executable, "-m", "kbtool", "build", *options], root)


def plain(root: Path) -> Used:
    """The same content by MkDocs and Material as they come."""
    facts = {
        "site_name": "Bench", "site_url": "https://bench.example/", "docs_dir": "content",
        "site_dir": str(root.parent / "plain"),
        "theme": {
            "name": "material", "font": False,
            "features": ["navigation.prune", "navigation.indexes", "navigation.path"],
        },
        "markdown_extensions": ["admonition", "attr_list", "pymdownx.details",
                                "pymdownx.superfences", "sane_lists", "tables"],
    }  # fmt: skip
    (root / "plain.yml").write_text(yaml.safe_dump(facts), encoding="utf-8")
    return measure([sys.executable, "-m", "mkdocs", "build", "-q", "-f", "plain.yml"], root)


def edit(root: Path, old: str, new: str) -> None:
    """Change one article, the hundredth or the last."""
    files = sorted((root / "content" / "en").rglob("*.md"))
    file = files[min(99, len(files) - 1)]
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def tell(name: str, ours: Used, beside: str, theirs: Used) -> None:
    """One line of the table."""
    ratio = ours.seconds / theirs.seconds
    print(
        f"{name:36} {ours.seconds:8.2f} s {ours.megabytes:6.0f} MB   {beside:26}"
        f" {theirs.seconds:8.2f} s {theirs.megabytes:6.0f} MB   x {ratio:.3f} (1/{1 / ratio:.1f})",
        flush=True,
    )


def bench(root: Path, count: int) -> None:
    """All lines for ``count`` articles."""
    base = make_knowledge_base(root / "base", count)
    clean = kbtool(base, "--clean")
    tell(f"clean build, {count:,} articles", clean, "MkDocs + Material, prune", plain(base))
    tell("  nothing changed", kbtool(base), "our clean build", clean)
    edit(base, "This is article", "This is now article")
    tell("  one text changed", kbtool(base), "our clean build", clean)
    edit(base, "title: How do I", "title: How can I")
    tell("  one title changed", kbtool(base), "our clean build", clean)
    if find_spec("zensical"):
        zensical = ("--engine", "zensical")
        tell("  with Zensical, clean", kbtool(base, *zensical, "--clean"), "our clean build", clean)
        edit(base, "This is now article", "This is article")
        tell("  with Zensical, one text", kbtool(base, *zensical), "our clean build", clean)
    weigh(base / "site", root / "plain")


def weigh(site: Path, other: Path) -> None:
    """Page weights, in bytes as they are and gzipped."""
    print(f"  {'median article page':34} {_sizes(site)}   MkDocs + Material, prune {_sizes(other)}")
    assets = sorted((site / "assets").glob("kb.*"))
    packed = sum(len(gzip.compress(path.read_bytes())) for path in assets)
    print(f"  {'style and script beside it':34} {packed:,} B gzipped")


def _sizes(site: Path) -> str:
    pages = sorted((site / "en").glob("shelf-*/article-*/index.html"))
    raw = median(path.stat().st_size for path in pages)
    packed = median(len(gzip.compress(path.read_bytes())) for path in pages)
    return f"{raw:,.0f} B, {packed:,.0f} B gzipped"


def main() -> None:
    """Measure every number of articles that was asked for."""
    for count in [int(text) for text in sys.argv[1:]] or USUAL:
        with tempfile.TemporaryDirectory() as folder:
            bench(Path(folder), count)


if __name__ == "__main__":
    main()
