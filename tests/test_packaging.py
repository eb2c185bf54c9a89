"""The wheel: everything in it, nothing undeclared, and it runs where no checkout is."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterable
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
USED_BY_NAME = {
    "httptools": "uvicorn loads it as its HTTP parser",
    "mkdocs-material": "the engine names it as the theme",
    "zensical": "the other engine, run as a process of its own",
    "tzdata": "zoneinfo reads it where the system has no time zones",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(target), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(target.glob("*.whl"))


def test_theme_mappings_and_demo_data_ship(wheel: Path) -> None:
    """What `kbtool init`, `import`, `build` and `demo` read is inside; tests are not."""
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "kbtool/_bundled/theme/assets/kb.css",
        "kbtool/_bundled/mkdocs.yml",
        "kbtool/_bundled/content/en/bike/flat-tyre.md",
        "kbtool/tickets/mapping/vendors/zendesk.yaml",
        "kbtool/tickets/mapping/schema.json",
        "kbtool/tickets/mapping/columns.yaml",
        "kbtool/text/thesaurus/et.yaml",
        "kbtool/demo/tickets.jsonl",
        "kbtool/demo/piletid.csv",
        "kbtool/site/plan/manifest.py",
        "kbtool/py.typed",
    ):
        assert wanted in names
    assert [name for name in names if name.startswith("tests/")] == []


def _declared() -> set[str]:
    """Names of the packages that an installed kbtool brings, in lower case."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return _names(project["dependencies"])


def _optional() -> set[str]:
    """Names of the packages that kbtool's extras bring beside; the tests' own are not among them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return _names(wanted for name in extras if name != "test" for wanted in extras[name])


def _names(wanted: Iterable[str]) -> set[str]:
    return {re.split(r"[<>=!\[ ]", name)[0].lower() for name in wanted}


@cache
def _imported() -> tuple[tuple[Path, frozenset[str]], ...]:
    """(module, packages that own it) of every import in kbtool/ from outside it.

    A package that is not installed here (the extra ``semantic`` is heavy) owns the module that
    bears its name.
    """
    owners = packages_distributions()
    found = []
    for path in sorted((ROOT / "kbtool").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in (n.split(".")[0] for n in names):
                if name != "kbtool" and name not in sys.stdlib_module_names:
                    own = owners.get(name, [name.replace("_", "-")])
                    found.append((path, frozenset(o.lower() for o in own)))
    return tuple(found)


def test_every_import_is_a_declared_dependency() -> None:
    """No module leans on a package that only the tests install."""
    declared = _declared() | _optional()
    for path, owners in _imported():
        assert owners & declared, f"{path}: {owners}"


def test_every_declared_dependency_is_imported() -> None:
    """Nobody installs a package that no module uses; the exceptions are used by name."""
    used = {owner for _, owners in _imported() for owner in owners}
    assert (_declared() | _optional()) - used == set(USED_BY_NAME)


def test_the_wheel_makes_and_builds_a_knowledge_base(wheel: Path, tmp_path: Path) -> None:
    """In an environment without the checkout: kbtool init x && cd x && kbtool build."""
    home = tmp_path / "env"
    venv.create(home)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-compile"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    # The dependencies come from this environment; its editable kbtool does not (.pth is not read).
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    run = [str(home / "bin" / "kbtool")]
    where = subprocess.run(
        [python, "-c", "import kbtool; print(kbtool.__file__)"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(home) in where.stdout
    subprocess.run([*run, "init", "x"], cwd=tmp_path, env=environment, check=True)
    subprocess.run([*run, "build", "--strict"], cwd=tmp_path / "x", env=environment, check=True)
    assert (tmp_path / "x" / "site" / "index.html").is_file()
    assert (tmp_path / "x" / "site" / "en" / "index.html").is_file()
