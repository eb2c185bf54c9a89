"""What stands below ``extra.kbtool``, as the records of ``Settings``; what does not fit is noted."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import partial
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kbtool.config.problems import Problems
from kbtool.config.settings import Category, Settings

SECTIONS = (
    "home", "contact", "tickets", "mining", "drafts", "checks", "metrics", "server", "widget",
)  # fmt: skip
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
"""What a category or a section may be called."""
_OF_CATEGORY = ("title", "description", "icon", "sections")


def read_section(section: dict[str, Any], problems: Problems) -> dict[str, Any]:
    """Fields of ``Settings`` that are given and fit; the others are left out."""
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
    if kind is bool and not isinstance(value, bool):
        problems.add(path, f"{path} must be true or false, not {value!r}")
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
