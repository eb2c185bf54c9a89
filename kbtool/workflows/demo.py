"""Make the demo's knowledge base: the sample help centre of Velmo, ready for the whole loop."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from kbtool.errors import InputError
from kbtool.resources import bundled

MARKER = ".kbtool-demo"


@dataclass(frozen=True, slots=True)
class DemoBase:
    """A fresh knowledge base and the exports to import into it."""

    root: Path
    exports: tuple[str, ...]
    """File names, relative to ``root``."""


def prepare_demo(root: Path) -> DemoBase:
    """Copy the sample help centre and its ticket exports to ``root``; an older demo is replaced.

    Raises InputError when the folder holds anything that is not a demo.
    """
    if root.exists() and any(root.iterdir()):
        if not (root / MARKER).is_file():
            raise InputError(
                f"{root}: not empty and not an earlier demo",
                hint="name another folder: kbtool demo DIR",
            )
        shutil.rmtree(root)
    root.mkdir(parents=True, exist_ok=True)
    (root / MARKER).write_text("kbtool demo made this folder and may replace it\n")
    shutil.copytree(bundled("content"), root / "content", dirs_exist_ok=True)
    config = bundled("mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    exports = ("tickets.jsonl", "piletid.csv")
    for name in exports:
        (root / name).write_bytes(files("kbtool.demo").joinpath(name).read_bytes())
    return DemoBase(root, exports)
