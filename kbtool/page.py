"""A page to send around: one HTML file that loads nothing and runs no script."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from kbtool.disk import replace_file
from kbtool.errors import InputError
from kbtool.markup import Markup, el

_BEGINNING = b"<!doctype html"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with its heading; ``name`` is the id that links lead to."""

    name: str
    title: str
    content: Markup


def page(
    *,
    title: str,
    heading: str | Markup,
    over: Markup,
    sections: Sequence[Section],
    foot: Sequence[Markup],
    style: str,
) -> str:
    """The page as HTML; ``over`` stands above the heading, ``style`` comes after the frame's own.

    ``title`` is what a window or a printed page is called. A policy in its head forbids it to load
    anything, to run a script and to send a form. The same contents give the same text, character
    by character.
    """
    made = el(
        "html",
        _head(title, _frame() + style),
        _body(heading, over, sections, foot),
        lang="en",
        dir="ltr",
    )
    return f"<!doctype html>\n{made}\n"


def policy(style: str) -> str:
    """What the page with this ``style`` forbids, as its head says it: for a server's header."""
    return _policy(_frame() + style)


def check_target(path: Path, files: Sequence[Path] = ()) -> None:
    """Raise InputError, before any work, when a page must not or cannot be written to ``path``.

    A page replaces nothing but an earlier HTML page: no folder, no export among ``files``, no
    other file.
    """
    other = "name another file, such as report.html"
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a folder", hint=f"name a file in it: {path}/report.html")
        if not path.resolve().parent.is_dir():
            raise InputError(f"{path}: there is no such folder", hint="make the folder first")
        if not path.exists():
            return
        if any(one.exists() and one.samefile(path) for one in files):
            raise InputError(f"{path}: is one of the exports", hint=other)
        if not path.is_file() or not _may_be_replaced(path):
            raise InputError(f"{path}: is no HTML page and would be lost", hint=other)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint=other) from None


def write_page(path: Path, made: str) -> None:
    """Write the page in one step: the old one or the whole new one is there. Raises InputError."""
    try:
        replace_file(path.resolve(), made.encode())
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror}", hint="name a file in a folder that you may write"
        ) from None


def _may_be_replaced(path: Path) -> bool:
    with path.open("rb") as file:
        beginning = file.read(len(_BEGINNING))
    return not beginning or beginning.lower() == _BEGINNING


def _head(title: str, style: str) -> Markup:
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="robots", content="noindex, nofollow"),
        el("title", title),
        el("style", Markup(style)),
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _frame() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _body(
    heading: str | Markup, over: Markup, sections: Sequence[Section], foot: Sequence[Markup]
) -> Markup:
    links = [el("li", el("a", one.title, href=f"#{one.name}")) for one in sections]
    return el(
        "body",
        el("a", "Skip to the contents", href="#main", class_="skip"),
        el(
            "header",
            el("p", over, class_="over"),
            el("h1", heading),
            el("nav", el("ul", *links), aria_label="Sections"),
        ),
        el("main", *map(_section, sections), id="main", tabindex="-1"),
        el("footer", *foot),
    )


def _section(one: Section) -> Markup:
    title = f"{one.name}-title"
    heading = el("h2", one.title, id=title)
    return el("section", heading, one.content, id=one.name, aria_labelledby=title)
