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
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


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
        "kbtool/tickets/mappings/zendesk.yaml",
        "kbtool/demo/tickets.jsonl",
        "kbtool/demo/piletid.csv",
        "kbtool/site/manifest.py",
        "kbtool/py.typed",
    ):
        assert wanted in names
    assert [name for name in names if name.startswith("tests/")] == []


def test_every_import_is_a_declared_dependency() -> None:
    """No module leans on a package that only the tests install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=!\[ ]", d)[0].lower() for d in project["dependencies"]}
    owners = packages_distributions()
    for path in (ROOT / "kbtool").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in (n.split(".")[0] for n in names):
                if name == "kbtool" or name in sys.stdlib_module_names:
                    continue
                assert {o.lower() for o in owners.get(name, [])} & declared, f"{path}: {name}"


def test_the_wheel_makes_and_builds_a_knowledge_base(wheel: Path, tmp_path: Path) -> None:
    """In an environment without the checkout: kbtool init x && cd x && kbtool build."""
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True
    )
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
