"""What a sentence of support does: it tells what an agent did, asks for data, speaks of a bug …

One YAML file a language: meaning → phrases. A word of a phrase is compared without case and
diacritics; in it ``*`` stands for any letters, ``%`` for a number and ``(n|me)`` for either. Beside
words a phrase has

- ``_``: a placeholder of redaction (``[order]``);
- ``<did>``: any phrase of the list ``did``, also as a part of a word (``<stem>dim``);
- ``+aux``: up to three words of the list ``aux``;
- ``...``: up to six other words;
- ``^`` and ``$``: the beginning and the end.

Names in capitals are lists that mean nothing alone. A meaning with ``-not`` behind it takes back
what the meaning found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kbtool.text.fold import match_key, word_key
from kbtool.text.languages import get_language
from kbtool.text.tokens import words

KNOWN = ("de", "en", "et", "tr")
"""Languages with a file."""
NOT = "-not"
PLACEHOLDER = re.compile(r"\[([a-z]+)(?:[ -]?\d{1,3})?\]")
"""What redaction leaves in the place of a fact about one customer; its group is the kind of fact."""
_GAP = r"(?:\S+ ){0,6}?"
_FOLDER = Path(__file__).parent
_UMLAUT = re.compile("[äöü]")
_LIST = re.compile(r"<([A-Z_]+)>")


@cache
def phrases(lang: str | None) -> Mapping[str, tuple[str, ...]]:
    """Meaning or list → phrases as the file of ``lang`` writes them; unknown language: none."""
    import yaml  # here, because the terminal's quick commands do without it

    code = get_language(lang).code
    if code not in KNOWN:
        return {}
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # takes every scalar as text
    text = (_FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
    read: dict[str, list[str]] = yaml.load(text, loader)  # noqa: S506 - makes text and lists only
    return {name: tuple(entries) for name, entries in read.items()}


def says(text: str, lang: str | None) -> frozenset[str]:
    """What a sentence (or a part of one) says: the meanings of the language's file.

    A language without a file says nothing.
    """
    code = get_language(lang).code
    said = _keys(text, code)
    found = {name for name, pattern in _meanings(code).items() if pattern.search(said)}
    return frozenset(
        name for name in found if not name.endswith(NOT) and f"{name}{NOT}" not in found
    )


def _keys(text: str, code: str) -> str:
    """The words as they are compared, a space after each; placeholders as ``_``."""
    plain = PLACEHOLDER.sub("\0", text).split("\0")
    pieces = [" ".join(map(word_key, words(piece, code))) for piece in plain]
    return " ".join(" _ ".join(pieces).split()) + " "


@cache
def _meanings(code: str) -> Mapping[str, re.Pattern[str]]:
    lists = phrases(code)
    return {
        name: re.compile(
            f"(?<!\\S)(?:{'|'.join(_compiled(entry, lists, code) for entry in entries)})"
        )
        for name, entries in lists.items()
        if not name.isupper()
    }


def _compiled(phrase: str, lists: Mapping[str, tuple[str, ...]], code: str) -> str:
    """The phrase as a pattern over words with a space after each."""
    return "".join(_part(word, lists, code) for word in phrase.split())


def _part(word: str, lists: Mapping[str, tuple[str, ...]], code: str) -> str:
    if word in ("^", "$"):
        return word
    if word == "...":
        return _GAP
    if word.startswith("+"):
        return f"(?:(?:{_any(lists[word[1:]], lists, code)}) ){{0,3}}"
    return f"{_word(word, lists, code)} "


def _any(entries: tuple[str, ...], lists: Mapping[str, tuple[str, ...]], code: str) -> str:
    """Any phrase of a list, without the space after its last word."""
    found = ("".join(_part(word, lists, code) for word in entry.split()) for entry in entries)
    return "|".join(one.removesuffix(" ") for one in found)


def _word(word: str, lists: Mapping[str, tuple[str, ...]], code: str) -> str:
    pieces = _LIST.split(word)
    told = [
        f"(?:{_any(lists[piece], lists, code)})" if number % 2 else _literal(piece, code)
        for number, piece in enumerate(pieces)
    ]
    return "".join(told)


def _literal(piece: str, code: str) -> str:
    """A piece of a word; its marks stay marks, and German umlauts may be typed as two letters."""
    if code == "de":
        piece = _UMLAUT.sub(lambda found: f"({found[0]}|{match_key(found[0])}e)", piece)
    escaped = re.escape(match_key(piece)).replace(r"\*", r"\S*").replace("%", r"\d+")
    return escaped.replace(r"\(", "(?:").replace(r"\|", "|").replace(r"\)", ")")
