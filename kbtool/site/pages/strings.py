"""The words of the interface: a YAML file a language, English where a language lacks one.

A knowledge base may bring its own ``strings/<lang>.yaml`` in its theme folder: a language that we
do not have, or other words for some of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from kbtool.config import Settings
from kbtool.model import Finding
from kbtool.plain_yaml import PlainYamlError, compose_plain
from kbtool.text import did_you_mean

Strings: TypeAlias = Mapping[str, Any]
FALLBACK = "en"
FOLDER = "strings"
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")
_MONTHS = 12


def load_strings(theme_dir: Path, lang: str) -> Strings:
    """The interface's words in ``lang``; a language without a file gets English ones."""
    strings = dict(_read(theme_dir / FOLDER / f"{FALLBACK}.yaml"))
    found = _file(theme_dir, lang)
    if found is None:
        base = lang.lower().partition("-")[0]
        return strings | {"language": lang, "direction": "rtl" if base in RIGHT_TO_LEFT else "ltr"}
    return strings | _read(found)


def load_words(
    theme_dir: Path, settings: Settings
) -> tuple[dict[str, Strings], tuple[Finding, ...]]:
    """The words of every language of the knowledge base, its own ones over ours, and what is wrong
    with its files: such a word is left out.
    """
    own = settings.custom_dir
    if own is None or own.resolve() == theme_dir.resolve():
        return {lang: load_strings(theme_dir, lang) for lang in settings.languages}, ()
    findings: list[Finding] = []
    words: dict[str, Strings] = {}
    for lang in settings.languages:
        base = load_strings(theme_dir, lang)
        file = _file(own, lang)
        mine = (
            _own(file, file.relative_to(settings.root).as_posix(), base, findings) if file else {}
        )
        words[lang] = {**base, **mine}
    return words, tuple(dict.fromkeys(findings))


def day(when: date, strings: Strings) -> str:
    """A date as people of the language write it."""
    month = strings["months"][when.month - 1]
    return str(strings["date"]).format(day=when.day, month=month, year=when.year)


def count(number: int, strings: Strings) -> str:
    """``1 article``, ``3 articles``."""
    form = strings["one_article"] if number == 1 else strings["many_articles"]
    return str(form).format(n=number)


def _file(folder: Path, lang: str) -> Path | None:
    """The words of ``lang``, or of the language it is a form of (``pt`` for ``pt-BR``)."""
    names = (lang.lower(), lang.lower().partition("-")[0])
    files = (folder / FOLDER / f"{name}.yaml" for name in names)
    return next((file for file in files if file.is_file()), None)


def _read(file: Path) -> dict[str, Any]:
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {str(key): value for key, value in data.items()}


def _own(file: Path, name: str, base: Strings, findings: list[Finding]) -> dict[str, Any]:
    """The usable words of a knowledge base's own file; ``name`` is its path in findings."""
    hint = "write one word a line: key: text, with the keys of kbtool's own theme/strings/en.yaml"
    try:
        node = compose_plain(file.read_text(encoding="utf-8"), "the file")
    except (PlainYamlError, UnicodeDecodeError, OSError) as error:
        line, told = (
            (error.line, error.message)
            if isinstance(error, PlainYamlError)
            else (1, "the file cannot be read as UTF-8 text")
        )
        findings.append(Finding("warning", "bad-strings", name, max(line, 1), told, hint))
        return {}
    if not isinstance(node, yaml.MappingNode):
        told = "the file is not a list of keys and texts"
        findings.append(Finding("warning", "bad-strings", name, 1, told, hint))
        return {}
    words: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if str(key.value) not in base:
            told = f"the interface has no word {key.value!r}"
            hint = did_you_mean(str(key.value), sorted(base))
            findings.append(Finding("warning", "unknown-word", name, line, told, hint))
            continue
        problems = list(_problems(str(key.value), value, base))
        findings += [Finding("warning", "bad-strings", name, line, told) for told in problems]
        if not problems:
            words[key.value] = _plain(value)
    return words


def _problems(key: str, value: yaml.Node, base: Strings) -> Iterator[str]:
    """Why a word cannot be used."""
    if key == "months":
        months = value.value if isinstance(value, yaml.SequenceNode) else []
        if len(months) != _MONTHS or not all(isinstance(m, yaml.ScalarNode) for m in months):
            yield "months must be a list of twelve names"
        return
    if not isinstance(value, yaml.ScalarNode) or not value.value.strip():
        yield f"{key} must be a text"
        return
    if key == "direction" and value.value not in ("ltr", "rtl"):
        yield "direction must be ltr or rtl"
    allowed = set(_PLACEHOLDER.findall(str(base[key])))
    if odd := sorted(set(_PLACEHOLDER.findall(value.value)) - allowed):
        known = " and ".join(sorted(allowed)) or "no braces"
        yield f"{key} may hold {known}, not {odd[0]}"


def _plain(value: yaml.Node) -> str | list[str]:
    if isinstance(value, yaml.SequenceNode):
        return [str(item.value) for item in value.value]
    return str(value.value)
