"""README says everything there is and nothing there is not: verbs, options, settings, metrics."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import click
import pytest

from kbtool.articles.checks import RULES
from kbtool.cli.main import VERBS
from kbtool.config.convert import SECTIONS
from kbtool.config.settings import Settings
from kbtool.errors import ExitCode
from kbtool.metrics.definitions import METRICS
from kbtool.tickets.mapping.library import built_in_mappings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = {verb: import_module(f"kbtool.cli.{VERBS[verb][0]}").command for verb in VERBS}


def _section(heading: str) -> str:
    """The text below a Markdown heading, up to the next one of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    found = re.search(
        rf"(?ms)^{re.escape(heading)}\s*$(.*?)(?=^#{{1,{level}}} |\Z)", _without_code(README)
    )
    assert found, f"README has no heading {heading!r}"
    start = found.start(1)
    return README[start : start + len(found[1])]


def _without_code(text: str) -> str:
    """The text with `#` inside code blocks masked, character for character."""
    return re.sub(r"(?ms)^```.*?^```", lambda match: match[0].replace("#", "\x00"), text)


def _options(command: click.Command) -> set[str]:
    """The long options of a command, and of its own commands when it is a group."""
    own = {
        option
        for param in command.params
        if isinstance(param, click.Option)
        for option in (*param.opts, *param.secondary_opts)
        if option.startswith("--")
    }
    return own.union(*(_options(one) for one in _own_commands(command).values()))


def _own_commands(command: click.Command) -> dict[str, click.Command]:
    return dict(command.commands) if isinstance(command, click.Group) else {}


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_described_with_its_options(verb: str) -> None:
    """`### kbtool VERB` names every long option, and no option that does not exist."""
    section = _section(f"### kbtool {verb}")
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section))
    assert named == _options(COMMANDS[verb]) | (named & {"--help"})
    for name in _own_commands(COMMANDS[verb]):
        assert f"kbtool {verb} {name}" in section


def _typed() -> Iterator[tuple[str, str]]:
    """(verb, line) of every `$ kbtool …` session line in README."""
    for block in re.findall(r"(?ms)^```(?:console|sh|bash)\n(.*?)^```", README):
        for line in block.splitlines():
            for piece in re.split(r"&&|\||;", line.removeprefix("$ ")):
                if found := re.match(r"\s*kbtool ([a-z]+)(.*)", piece):
                    yield found[1], found[2].split("  #")[0]


def test_every_command_typed_in_the_readme_exists() -> None:
    """Verbs and options in the examples are real."""
    lines = list(_typed())
    assert len(lines) >= 8
    for verb, rest in lines:
        assert verb in VERBS, verb
        if own := _own_commands(COMMANDS[verb]):
            assert rest.split()[0] in own, f"kbtool {verb}{rest}"
        for word in shlex.split(rest):
            if word.startswith("--"):
                assert word.split("=")[0] in _options(COMMANDS[verb]), f"kbtool {verb}{rest}"


def _settings() -> Iterator[str]:
    yield from ("languages", "categories", "untranslated")
    hints = get_type_hints(Settings)
    for section in SECTIONS:
        yield from (f"{section}.{f.name}" for f in fields(hints[section]))


@pytest.mark.parametrize("name", list(_settings()))
def test_each_setting_is_described_with_its_default(name: str) -> None:
    """The settings table has a row for every key, with the default that the code has."""
    row = re.search(rf"(?m)^\| `{re.escape(name)}` \|(.*)$", _section("## Settings"))
    assert row, f"no row for {name}"
    if "." in name:
        section, key = name.split(".")
        field = next(f for f in fields(get_type_hints(Settings)[section]) if f.name == key)
        default = field.default
        shown = ", ".join(default) if isinstance(default, tuple) else str(default)
        assert f"| `{shown}` |" in row[0] or (not default and "| – |" in row[0]), row[0]
        assert field.metadata["doc"] in row[0]


def test_no_setting_is_described_that_does_not_exist() -> None:
    """The table has no rows left over."""
    rows = re.findall(r"(?m)^\| `([a-z_.]+)` \|", _section("## Settings"))
    assert sorted(rows) == sorted(_settings())


def test_each_metric_is_described_with_its_formula() -> None:
    """The metrics table is the registry: name, formula, what it cannot know."""
    section = _section("## Metrics")
    for metric in METRICS.values():
        row = re.search(rf"(?m)^\| `{re.escape(metric.name)}` \|(.*)$", section)
        assert row, f"no row for {metric.name}"
        assert metric.formula in row[0]
        assert metric.cannot_know in row[0]
    rows = re.findall(r"(?m)^\| `([a-z_.]+)` \|", section)
    assert sorted(rows) == sorted(METRICS)


def test_each_code_of_a_finding_is_described() -> None:
    """The table of checks is the registry: code, level, meaning."""
    rows = re.findall(r"(?m)^\| `([a-z0-9-]+)` \| (\w+) \| (.+) \|$", _section("### kbtool check"))
    assert rows == [(code, rule.level, rule.meaning) for code, rule in RULES.items()]


def _codes_made() -> Iterator[tuple[str, str]]:
    """(file, code) of each finding that the source makes, as far as it stands there as text."""
    makers = {"Finding", "ProblemError", "finding", "in_front_matter", "note", "_unread", "Pair"}
    for path in sorted((Path(__file__).parent.parent / "kbtool").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = (
                    called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                )
                texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant)]
                if name in makers:
                    yield from ((path.name, str(t)) for t in texts if "-" in str(t))


def test_no_finding_has_a_code_that_is_not_described() -> None:
    """Whatever makes a finding, anywhere in the source, names a code of the table."""
    made = list(_codes_made())
    assert len(made) >= 30
    assert not [(file, code) for file, code in made if code not in RULES]


def test_exit_codes_are_described() -> None:
    """Every code of ExitCode has its row."""
    section = _section("## Exit codes")
    assert {int(n) for n in re.findall(r"(?m)^\| `(\d+)` \|", section)} == {*ExitCode, 130}


def test_links_inside_the_readme_lead_somewhere() -> None:
    """Relative links and anchors exist."""
    anchors = {
        re.sub(r"[^\w\- ]", "", h.strip().lower()).replace(" ", "-")
        for h in re.findall(r"(?m)^#+ (.*)$", _without_code(README))
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif "://" not in target:
            assert (Path(__file__).parent.parent / target).exists(), target


def test_each_mapping_is_named() -> None:
    """`### kbtool import` names every mapping that kbtool brings."""
    told = _section("### kbtool import")
    assert not [m.name for m in built_in_mappings() if f"`{m.name}`" not in told]
