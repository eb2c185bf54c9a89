"""The words of the interface: a YAML file a language, English where a language lacks one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Strings: TypeAlias = Mapping[str, Any]
FALLBACK = "en"


def load_strings(theme_dir: Path, lang: str) -> Strings:
    """The interface's words in ``lang``; a language without a file gets English ones."""
    strings = dict(_read(theme_dir / "strings" / f"{FALLBACK}.yaml"))
    own = theme_dir / "strings" / f"{lang.lower()}.yaml"
    base = theme_dir / "strings" / f"{lang.lower().partition('-')[0]}.yaml"
    found = next((file for file in (own, base) if file.is_file()), None)
    if found is None:
        return strings | {"language": lang}
    return strings | _read(found)


def day(when: date, strings: Strings) -> str:
    """A date as people of the language write it."""
    month = strings["months"][when.month - 1]
    return str(strings["date"]).format(day=when.day, month=month, year=when.year)


def count(number: int, strings: Strings) -> str:
    """``1 article``, ``3 articles``."""
    form = strings["one_article"] if number == 1 else strings["many_articles"]
    return str(form).format(n=number)


def _read(file: Path) -> dict[str, Any]:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {str(key): value for key, value in data.items()}
