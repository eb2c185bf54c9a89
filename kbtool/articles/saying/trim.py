"""Shorter forms of an agent's sentence, without what was said to one customer only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kbtool.articles.saying.denials import is_denied
from kbtool.articles.saying.paths import NO_LABELS, menu_paths
from kbtool.articles.saying.phrases import is_condition, opens_with
from kbtool.articles.saying.replies import Said, is_fit
from kbtool.text import get_language, lower

_BRACKETS = re.compile(r"\s*\((?![^()]*\ue000)[^()\n]{3,200}\)")
_DASH = re.compile(r"\s(?:[-–—]|--)\s")
_HEAD = re.compile(r"^[^:>/]{3,60}:\s+(?=\S)")
_HOLE = re.compile(r"\[([a-z]+)(?: \d+)?\]")
_LAST_LINK = re.compile("(?<=[.!?])\\s*\ue000[^\ue000\ue001]+\ue001[\\s.]*$")
"""A link behind a whole sentence only points at the article that "See also" names."""
_AND = re.compile(r"^(?:and|und|ja|ve|y|et|и)\s+", re.IGNORECASE)
_FEWEST_WORDS = 3


def trimmed(said: Said, menus: Mapping[str, int] = NO_LABELS) -> Iterator[Said]:
    """The sentence itself and what stands of it without brackets, without what follows a dash,
    without what introduces it before a colon, without a courtesy, a link or a joined clause at its
    end, and its menu path alone; each may be fit where the whole is not.
    """
    seen = {said.text}
    if not _LAST_LINK.search(said.text):
        yield replace(said, text=worded(said.text, said.lang, menus))
    for form in _forms(said.text, said.lang, menus):
        text = form.strip(" ,;–—-")
        if text not in seen and len(text.split()) >= _FEWEST_WORDS:
            seen.add(text)
            yield replace(said, text=worded(text, said.lang, menus), fit=is_fit(text, said.lang))


def worded(text: str, lang: str, menus: Mapping[str, int] = NO_LABELS) -> str:
    """A sentence that begins with a menu path as an instruction: "Account > Boxes" is none."""
    before, _, after = get_language(lang).open_path.partition("{}")
    path = next(iter(menu_paths(text, lang, menus)), None)
    if not path or path[0] != 0:
        return text
    whole = len(path[1]) >= len(text.rstrip(" .,;"))
    if whole:
        return f"{before}{path[1]}{after}"
    return text if after.strip(" .") else f"{before}{text}"


def _forms(text: str, lang: str, menus: Mapping[str, int]) -> Iterator[str]:
    text = _LAST_LINK.sub("", text)
    bare = _BRACKETS.sub("", text)
    yield text
    yield bare
    yield _AND.sub("", text)
    for whole in dict.fromkeys((text, bare)):
        head, *tail = _DASH.split(whole, maxsplit=1)
        if tail:
            yield head
        yield _without_head(whole, lang, menus)
        yield _without_courtesy(whole, lang)
        yield from _first_clauses(whole, lang)
        yield from whole.split("; ")
    for _, path in menu_paths(text, lang, menus):
        yield path
    if named := _with_placeholders(text, lang):
        yield named


def _first_clauses(text: str, lang: str) -> Iterator[str]:
    """What stands before a comma and a word that joins a clause: "…, so yours is free"."""
    if is_condition(text, lang):
        return
    for match in re.finditer(r",\s+", text):
        rest = lower(text[match.end() :], lang)
        if any(rest.startswith(f"{word} ") for word in get_language(lang).joins):
            yield text[: match.start()]


def _without_head(text: str, lang: str, menus: Mapping[str, int]) -> str:
    """``text`` without what introduces it before a colon, if the rest can stand alone."""
    rest = _HEAD.sub("", text, count=1)
    head = text[: len(text) - len(rest)]
    if is_denied(head, lang) or is_condition(head, lang):
        return text  # "Not found: choose a refund" says when
    path = next(iter(menu_paths(rest, lang, menus)), None)
    stands = rest[:1].isupper() or opens_with(rest, get_language(lang).imperatives, lang, within=2)
    return rest if stands or (path and path[0] == 0) else text


def _without_courtesy(text: str, lang: str) -> str:
    """``text`` without a last clause that only apologises or thanks."""
    head, comma, last = text.rpartition(", ")
    said = lower(last, lang)
    courtesies = get_language(lang).courtesies
    return head if comma and any(piece in said for piece in courtesies) else text


def _with_placeholders(text: str, lang: str) -> str:
    """A step with what each customer has another of by its name: "Type {order number}"; empty when
    it is no step or holds what has no name.
    """
    language = get_language(lang)
    if not opens_with(text, language.imperatives, lang, within=3):
        return ""
    named = dict(language.placeholders)
    holes = _HOLE.findall(text)
    if not holes or len(holes) > 1 or holes[0] not in named:
        return ""
    return _HOLE.sub(lambda m: "{" + named[m[1]] + "}", text)
