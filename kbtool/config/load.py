"""Read ``mkdocs.yml``: every problem at once, each with its line and what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from kbtool.config.convert import read_section
from kbtool.config.problems import Problems
from kbtool.config.settings import Settings
from kbtool.config.values import check_values
from kbtool.errors import ConfigError

CONFIG_NAME = "mkdocs.yml"


class _Loader(yaml.CSafeLoader):
    """Safe loading that reads MkDocs' own tags (``!ENV``, ``!!python/name``) as nothing."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def find_root(start: Path) -> Path:
    """The nearest folder at or above ``start`` that holds ``mkdocs.yml``.

    Raises ConfigError when there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    raise ConfigError(
        f"no {CONFIG_NAME} in {start} or above",
        hint="run inside a knowledge base, or make one with: kbtool init DIR",
    )


def load_settings(root: Path) -> Settings:
    """The settings of the knowledge base in ``root``.

    Raises ConfigError with all problems at once, as ``file:line: what``.
    """
    file = root / CONFIG_NAME
    data, lines, twice = _read_yaml(file)
    problems = Problems(file, lines)
    for path in twice:
        problems.add(path, f"{path} stands twice: what the first one says would be lost")
    extra = data.get("extra") or {}
    section = extra.get("kbtool") if isinstance(extra, dict) else None
    if section is None:
        section = {}
    if not isinstance(section, dict):
        problems.add("extra.kbtool", "extra.kbtool must be a mapping")
        section = {}
    values = read_section(section, problems)
    settings = Settings(
        root=root,
        config_file=file,
        site_name=str(data.get("site_name") or "Help centre"),
        site_url=_site_url(data, problems),
        custom_dir=_custom_dir(root, data),
        **values,
    )
    check_values(settings, problems)
    if problems.found:
        told = "\n".join(f"{file}:{line}: {text}" for line, text in sorted(problems.found))
        raise ConfigError(told, hint="see the commented settings that kbtool init writes")
    return settings


def _read_yaml(file: Path) -> tuple[dict[str, Any], dict[str, int], list[str]]:
    """The file's values, the line of each by dotted path, and those of ours that stand twice."""
    lines: dict[str, int] = {}
    twice: list[str] = []
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 ({error.reason})", hint="save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        _note_lines(node, "", lines, twice)
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{file}:{line}: not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{file}: not YAML: {error}") from None
    except RecursionError:
        raise ConfigError(f"{file}: an anchor (&) holds itself", hint="write it out") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{file}:1: must be a mapping with site_name and the rest")
    return data, lines, twice


def _note_lines(node: yaml.Node | None, path: str, lines: dict[str, int], twice: list[str]) -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        below = f"{path}.{key.value}" if path else str(key.value)
        if below in lines and (below == "extra" or f"{below}.".startswith("extra.kbtool.")):
            twice.append(below)
        lines[below] = key.start_mark.line + 1
        _note_lines(value, below, lines, twice)


def _site_url(data: dict[str, Any], problems: Problems) -> str:
    url = data.get("site_url")
    if not isinstance(url, str) or not re.fullmatch(
        r"https?://[^/\s?#@\"<>]+(/[^\s?#\"<>]*)?", url
    ):
        problems.add(
            "site_url", "site_url must be the full address, e.g. https://help.example.com/"
        )
        return "http://localhost/"
    return url if url.endswith("/") else url + "/"


def _custom_dir(root: Path, data: dict[str, Any]) -> Path | None:
    theme = data.get("theme")
    name = theme.get("custom_dir") if isinstance(theme, dict) else None
    folder = (root / str(name)).resolve() if name else None
    return folder if folder and folder.is_dir() and folder != root.resolve() else None
