"""Make a new knowledge base: settings, a first article, what version control leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kbtool.articles.files.frontmatter import parse_article
from kbtool.articles.files.store import write_article
from kbtool.config.load import CONFIG_NAME
from kbtool.config.template import mkdocs_template
from kbtool.errors import InputError, StateError
from kbtool.model import Article
from kbtool.text import LANGUAGE_CODE

WELCOME = Path(__file__).parent / "welcome"
CATEGORY = {
    "en": ("Getting started", "First steps"),
    "tr": ("Başlarken", "İlk adımlar"),
    "et": ("Alustamine", "Esimesed sammud"),
}
GITIGNORE = "# what kbtool makes\n/site\n/.kbtool/\n"
_URL = re.compile(r"https?://[^/\s]+(/\S*)?")


@dataclass(frozen=True, slots=True)
class InitResult:
    """What was made."""

    root: Path
    written: tuple[str, ...]
    """Files, relative to ``root``."""


def init(root: Path, *, languages: Sequence[str], name: str, url: str, now: datetime) -> InitResult:
    """Make a knowledge base in ``root``, which may exist and hold other things.

    Raises StateError when one is there already, InputError when a language or the address is
    none, or the folder cannot be written. Nothing that exists is ever overwritten.
    """
    languages = tuple(dict.fromkeys(languages))
    _check(root, languages, url)
    titles = {lang: CATEGORY.get(lang, CATEGORY["en"])[0] for lang in languages}
    lines = {lang: CATEGORY.get(lang, CATEGORY["en"])[1] for lang in languages}
    settings = mkdocs_template(name, url.rstrip("/") + "/", languages, titles, lines)
    try:
        root.mkdir(parents=True, exist_ok=True)
        written = [
            name
            for name, text in ((CONFIG_NAME, settings), (".gitignore", GITIGNORE))
            if _write_new(root / name, text)
        ]
        paths = [write_article(root / "content", a) for a in _welcome(languages, now)]
        written += [path.relative_to(root).as_posix() for path in paths]
    except OSError as error:
        raise InputError(f"{root}: {error.strerror}", hint="choose another folder") from None
    return InitResult(root, tuple(written))


def _check(root: Path, languages: Sequence[str], url: str) -> None:
    for lang in languages:
        if not LANGUAGE_CODE.fullmatch(lang):
            raise InputError(f"{lang!r} is no language code", hint="write for example en, tr, et")
    if not _URL.fullmatch(url):
        raise InputError(
            f"{url!r} is no full address", hint="write for example https://help.example.com/"
        )
    if root.exists() and not root.is_dir():
        raise InputError(f"{root} is a file", hint="choose another folder")
    for taken in (CONFIG_NAME, "content", ".kbtool"):
        if (root / taken).exists():
            raise StateError(
                f"there is already a knowledge base in {root} (it has {taken})",
                hint="choose another folder; kbtool init never changes an existing one",
            )


def _welcome(languages: Sequence[str], now: datetime) -> list[Article]:
    """The first article in each language that has a text; the default language gets one anyway."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(WELCOME.glob("*.md"))}
    articles: list[Article] = []
    for lang in languages:
        if lang not in texts and articles:
            continue
        source, findings = parse_article(texts.get(lang, texts["en"]), f"{lang}.md")
        assert source, findings  # noqa: S101 - a shipped text that is wrong is a bug
        articles.append(
            replace(
                source,
                id=f"{source.id}-{lang.lower()}" if articles else source.id,
                lang=lang,
                path=f"{lang}/{source.category}/welcome.md",
                translation_of=articles[0].id if articles else None,
                updated=now.date(),
            )
        )
    return articles


def _write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; an existing one stays."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True
