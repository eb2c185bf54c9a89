"""Read ``mkdocs.yml``: every problem at once, each with its line and what to do."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import yaml

from kbtool.config.hand_off import contact_problems
from kbtool.config.origins import origin_problem
from kbtool.config.settings import Category, Settings
from kbtool.errors import ConfigError
from kbtool.text import LANGUAGE_CODE, did_you_mean

CONFIG_NAME = "mkdocs.yml"
SECTIONS = (
    "home", "contact", "tickets", "mining", "drafts", "checks", "metrics", "server", "widget",
)  # fmt: skip
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
"""What a category or a section may be called."""
_OF_CATEGORY = ("title", "description", "icon", "sections")


class _Loader(yaml.CSafeLoader):
    """Safe loading that reads MkDocs' own tags (``!ENV``, ``!!python/name``) as nothing."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


class Problems:
    """Collects what is wrong in one file, with line numbers by dotted key path."""

    def __init__(self, file: Path, lines: dict[str, int]) -> None:
        self.file = file
        self.lines = lines
        self.found: list[tuple[int, str]] = []

    def add(self, path: str, message: str) -> None:
        """Note a problem at a key; the nearest known parent gives the line."""
        known = path
        while known not in self.lines and "." in known:
            known = known.rpartition(".")[0]
        self.found.append((self.lines.get(known, 1), message))

    def unknown_key(self, path: str, key: str, allowed: list[str]) -> None:
        """Note a key that does not exist and name the nearest one that does."""
        self.add(f"{path}.{key}", f"unknown setting {path}.{key}; {did_you_mean(key, allowed)}")


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
    data, lines = _read_yaml(file)
    problems = Problems(file, lines)
    extra = data.get("extra") or {}
    section = extra.get("kbtool") if isinstance(extra, dict) else None
    if section is None:
        section = {}
    if not isinstance(section, dict):
        problems.add("extra.kbtool", "extra.kbtool must be a mapping")
        section = {}
    values = _read_section(section, problems)
    settings = Settings(
        root=root,
        config_file=file,
        site_name=str(data.get("site_name") or "Help centre"),
        site_url=_site_url(data, problems),
        custom_dir=_custom_dir(root, data),
        **values,
    )
    _check_values(settings, problems)
    if problems.found:
        told = "\n".join(f"{file}:{line}: {text}" for line, text in sorted(problems.found))
        raise ConfigError(told, hint="see the commented settings that kbtool init writes")
    return settings


def _read_yaml(file: Path) -> tuple[dict[str, Any], dict[str, int]]:
    lines: dict[str, int] = {}
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 ({error.reason})", hint="save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        _note_lines(node, "", lines)
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
    return data, lines


def _note_lines(node: yaml.Node | None, path: str, lines: dict[str, int]) -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        below = f"{path}.{key.value}" if path else str(key.value)
        lines[below] = key.start_mark.line + 1
        _note_lines(value, below, lines)


def _site_url(data: dict[str, Any], problems: Problems) -> str:
    url = data.get("site_url")
    if not isinstance(url, str) or not re.match(r"https?://[^/\s]+", url):
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


def _read_section(section: dict[str, Any], problems: Problems) -> dict[str, Any]:
    allowed = ["languages", "categories", "untranslated", *SECTIONS]
    for key in section:
        if key not in allowed:
            problems.unknown_key("extra.kbtool", str(key), allowed)
    values: dict[str, Any] = {}
    if "languages" in section:
        values["languages"] = _convert(
            section["languages"], tuple[str, ...], "extra.kbtool.languages", problems
        )
    if "categories" in section:
        values["categories"] = _categories(section["categories"], problems)
    hints = get_type_hints(Settings)
    for name in ("untranslated", *SECTIONS):
        if section.get(name) is not None:
            path = f"extra.kbtool.{name}"
            values[name] = _convert(section[name], hints[name], path, problems)
    return {key: value for key, value in values.items() if value is not None}


def _categories(value: object, problems: Problems) -> tuple[Category, ...]:
    path = "extra.kbtool.categories"
    if not isinstance(value, dict):
        problems.add(path, f"{path} must map a folder name to its title")
        return ()
    return tuple(
        _category(str(slug), entry, f"{path}.{slug}", problems) for slug, entry in value.items()
    )


def _category(slug: str, entry: object, path: str, problems: Problems) -> Category:
    _check_slug(slug, "category", path, problems)
    if not isinstance(entry, dict):
        problems.add(path, f"{path} must hold title (language: text)")
        return Category(slug, {}, {})
    for key in entry:
        if key not in _OF_CATEGORY:
            problems.unknown_key(path, str(key), list(_OF_CATEGORY))
    texts = partial(_texts, problems=problems)
    return Category(
        slug,
        title=texts(entry.get("title"), f"{path}.title"),
        description=texts(entry.get("description", {}), f"{path}.description"),
        icon=str(entry.get("icon", "help")),
        sections=_sections(entry.get("sections") or {}, f"{path}.sections", problems),
    )


def _sections(value: object, path: str, problems: Problems) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict):
        problems.add(path, f"{path} must map a section's name to its title by language")
        return {}
    for slug in value:
        _check_slug(str(slug), "section", f"{path}.{slug}", problems)
    return {str(slug): _texts(title, f"{path}.{slug}", problems) for slug, title in value.items()}


def _check_slug(slug: str, what: str, path: str, problems: Problems) -> None:
    if not SLUG.fullmatch(slug):
        problems.add(path, f"{what} {slug!r}: use a-z, 0-9 and - only")


def _texts(value: object, path: str, problems: Problems) -> dict[str, str]:
    if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
        return {str(lang): text for lang, text in value.items()}
    problems.add(path, f"{path} must map a language to a text")
    return {}


def _convert(value: object, kind: Any, path: str, problems: Problems) -> Any:
    """``value`` as ``kind``, or None with the problem noted."""
    if is_dataclass(kind):
        return _record(value, kind, path, problems)
    if get_origin(kind) in (Union, types.UnionType):
        if value is None or value is False:  # YAML reads off and no as false
            return None
        kind = next(arg for arg in get_args(kind) if arg is not type(None))
    if get_origin(kind) is Literal:
        return _one_of(value, get_args(kind), path, problems)
    if get_origin(kind) is Mapping:
        return _by_language(value, path, problems)
    if get_origin(kind) is tuple:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        problems.add(path, f"{path} must be a list of texts")
        return None
    if kind is int and (not isinstance(value, int) or isinstance(value, bool)):
        problems.add(path, f"{path} must be a whole number, not {value!r}")
        return None
    if kind is float and (not isinstance(value, int | float) or isinstance(value, bool)):
        problems.add(path, f"{path} must be a number, not {value!r}")
        return None
    if kind is str and not isinstance(value, str):
        problems.add(path, f"{path} must be a text, not {value!r}")
        return None
    return value


def _one_of(value: object, allowed: tuple[str, ...], path: str, problems: Problems) -> str | None:
    if value in allowed:
        return str(value)
    problems.add(path, f"{path} must be {' or '.join(allowed)}, not {value!r}")
    return None


def _by_language(value: object, path: str, problems: Problems) -> dict[str, tuple[str, ...]] | None:
    """A list of texts for each language."""
    if not isinstance(value, dict):
        problems.add(path, f"{path} must map a language to a list of texts")
        return None
    found = {
        str(lang): _convert(texts, tuple[str, ...], f"{path}.{lang}", problems)
        for lang, texts in value.items()
    }
    return {lang: texts for lang, texts in found.items() if texts is not None}


def _record(value: object, kind: Any, path: str, problems: Problems) -> Any:
    if not isinstance(value, dict):
        problems.add(path, f"{path} must be a mapping")
        return None
    hints = get_type_hints(kind)
    names = [f.name for f in fields(kind)]
    for key in value:
        if key not in names:
            problems.unknown_key(path, str(key), names)
    given = {
        name: _convert(value[name], hints[name], f"{path}.{name}", problems)
        for name in names
        if name in value
    }
    optional = {f.name for f in fields(kind) if f.default is None}
    kept = {k: v for k, v in given.items() if v is not None or k in optional}
    missing = [f.name for f in fields(kind) if f.default is MISSING and f.name not in kept]
    return kind(**kept) if not missing else None


def _check_values(settings: Settings, problems: Problems) -> None:
    base = "extra.kbtool"
    if not settings.languages:
        problems.add(f"{base}.languages", "languages must name at least one language")
    for code in settings.languages:
        if not LANGUAGE_CODE.fullmatch(code):
            problems.add(f"{base}.languages", f"{code!r} is no language code such as en, tr, et")
    for category in settings.categories:
        if settings.languages and settings.languages[0] not in category.title:
            problems.add(
                f"{base}.categories.{category.slug}",
                f"category {category.slug!r} has no title in {settings.languages[0]}",
            )
    at_least = (
        ("mining.min_tickets", settings.mining.min_tickets, 2),
        ("mining.max_suggestions", settings.mining.max_suggestions, 1),
        ("drafts.min_requesters", settings.drafts.min_requesters, 3),
        ("drafts.review_days", settings.drafts.review_days, 1),
        ("checks.reading_ease", settings.checks.reading_ease, 0),
        ("checks.lix", settings.checks.lix, 0),
        ("checks.draft_days", settings.checks.draft_days, 0),
        ("metrics.window_days", settings.metrics.window_days, 1),
        ("metrics.min_count", settings.metrics.min_count, 1),
        ("server.port", settings.server.port, 1),
    )
    for name, number, least in at_least:
        if number < least:
            problems.add(f"{base}.{name}", f"{base}.{name} must be {least} or more, not {number}")
    minutes = settings.mining.minutes_per_reply
    if minutes is not None and not 0 < minutes < 10_000:  # also refuses .nan and .inf
        problems.add(
            f"{base}.mining.minutes_per_reply",
            f"{base}.mining.minutes_per_reply must be above 0, not {minutes}",
        )
    _check_semantic(settings, problems)
    _check_llm(settings, problems)
    _check_origins(settings, problems)
    for name, problem in contact_problems(settings.contact):
        problems.add(f"{base}.contact.{name}", f"{base}.contact.{name}: {problem}")
    if settings.server.port > 65535:
        problems.add(f"{base}.server.port", "server.port must be 65535 or less")
    if not _is_time_zone(settings.tickets.timezone):
        problems.add(
            f"{base}.tickets.timezone",
            f"unknown time zone {settings.tickets.timezone!r}; use a name such as Europe/Tallinn",
        )


def _is_time_zone(name: str) -> bool:
    if name == "UTC":  # without loading a data base that few commands need
        return True
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_web_address(text: str) -> bool:
    try:
        found = urlsplit(text)
        return (
            found.scheme in ("http", "https") and bool(found.hostname) and "@" not in found.netloc
        )
    except ValueError:
        return False


def _check_semantic(settings: Settings, problems: Problems) -> None:
    base, mining = "extra.kbtool.mining", settings.mining
    for code in mining.semantic_languages:
        if not LANGUAGE_CODE.fullmatch(code):
            problems.add(f"{base}.semantic_languages", f"{code!r} is no language code")
    if mining.semantic is None or mining.semantic == "local":
        return
    if not _is_web_address(mining.semantic):
        problems.add(
            f"{base}.semantic",
            f"{base}.semantic must be local, off, or an address such as"
            f" https://embeddings.example.com/v1, not {mining.semantic!r}",
        )
    elif not mining.semantic_model:
        problems.add(
            f"{base}.semantic",
            f"{base}.semantic_model must name the model that {mining.semantic} is asked for",
        )


def _check_llm(settings: Settings, problems: Problems) -> None:
    base, drafts = "extra.kbtool.drafts", settings.drafts
    if drafts.llm is None:
        return
    if not _is_web_address(drafts.llm):
        problems.add(
            f"{base}.llm",
            f"{base}.llm must be off, or an address such as"
            f" https://models.example.com/v1, not {drafts.llm!r}",
        )
    elif not drafts.llm_model:
        problems.add(
            f"{base}.llm", f"{base}.llm_model must name the model that {drafts.llm} is asked for"
        )


def _check_origins(settings: Settings, problems: Problems) -> None:
    path = "extra.kbtool.widget.origins"
    for problem in filter(None, map(origin_problem, settings.widget.origins)):
        problems.add(path, f"{path}: {problem}")
