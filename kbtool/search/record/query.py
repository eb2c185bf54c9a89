"""The agents' query language: ``title:refund AND "credit card" -paypal tag:billing``.

    query   = part {"OR" part}                   either; binds weaker than AND
    part    = single {["AND"] single}            all of them
    single  = {"NOT" | "-"} [field ":"] (word | word"*" | '"' phrase '"' | "(" query ")")
    field   = title questions asked headings body tag category lang id

Any text is a query: what cannot be understood is left out and told. The operators are in
capitals, as nobody types them by chance; quotation marks of any language will do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kbtool.text import words

MAX_LENGTH = 1_000
"""Characters of a query that are read."""
MAX_LEAVES = 32
"""Words, phrases and filters of a query that are looked for."""
MAX_PHRASE = 16
"""Words of a phrase that are looked for."""
MAX_DEPTH = 16
"""Brackets within brackets that count."""
MAX_NOTES = 8

FIELDS = {
    "title": "title",
    "questions": "questions",
    "asked": "questions",
    "also_asked": "questions",
    "headings": "headings",
    "body": "body",
    "tag": "tag",
    "tags": "tag",
    "category": "category",
    "lang": "lang",
    "id": "id",
}
"""Name before a colon → what it means."""
_FILTERS = frozenset({"tag", "category", "lang", "id"})


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or several in this order, in a field; in any of them for None."""

    text: str
    field: str | None
    phrase: bool
    """Whether it stood in quotation marks: its stop words count."""
    prefix: bool = False
    """Whether the last word is only the beginning of one."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A whole tag, category, language or id, or the beginning of one."""

    field: str
    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever the node does not match."""

    node: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    """What each of the nodes matches."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What one of the nodes matches."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Words | Filter | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood."""

    node: Node | None
    """None when nothing is left that could be looked for."""
    notes: tuple[str, ...]
    """What was not understood, in sentences without a full stop; plain text as it was typed."""


_Kind: TypeAlias = Literal["(", ")", "or", "and", "not", "field", "phrase", "word"]
_Token: TypeAlias = tuple[_Kind, str]

_OPERATORS: dict[str, _Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
_QUOTES = '"“”„«»'
_SCAN = re.compile(
    rf"""\s+
    | (?P<bracket> [()] )
    | (?P<minus> -+ (?=[^\s)]) )
    | [A-Za-z]+ :(?=//)  # of an address, which is read as its words
    | (?P<field> [A-Za-z_]+ ) :
    | (?P<quote> [{_QUOTES}] ) (?P<phrase> [^{_QUOTES}]* ) (?P<end> [{_QUOTES}]? )
    | (?P<word> [^\s()]+ )
    """,
    re.VERBOSE,
)
_WEIGHT = re.compile(r"(?<![^\s\w*])[~^][\d.]*$")


def parse_query(text: str) -> Query:
    """``text`` as a query; never raises, whatever it is."""
    notes: list[str] = []
    if len(text) > MAX_LENGTH:
        notes.append(f"only the first {MAX_LENGTH} characters were read")
    tokens = _balanced(_tokens(_readable(text[:MAX_LENGTH]), notes), notes)
    parser = _Parser(tokens, notes)
    node = parser.either(None)
    return Query(node, tuple(dict.fromkeys(notes))[:MAX_NOTES])


def _readable(text: str) -> str:
    """Control and format characters, and halves of surrogate pairs, are spaces."""
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in text)


def _tokens(text: str, notes: list[str]) -> list[_Token]:
    read = (_token(match, notes) for match in _SCAN.finditer(text))  # no character is between two
    return [token for token in read if token]


def _token(match: re.Match[str], notes: list[str]) -> _Token | None:
    if match["bracket"]:
        return ("(", "(") if match["bracket"] == "(" else (")", ")")
    if match["minus"]:
        return "not", "-"
    if match["field"]:
        if name := FIELDS.get(match["field"].lower()):
            return "field", name
        notes.append(f"there is no field {match['field']}: it was read as a word")
        return "word", match["field"]
    if match["quote"]:
        if not match["end"]:
            notes.append("a quotation mark is not closed: the phrase goes to the end")
        return "phrase", match["phrase"]
    return _word_token(match["word"], notes) if match["word"] else None


def _word_token(text: str, notes: list[str]) -> _Token | None:
    if text in _OPERATORS:
        return _OPERATORS[text], text
    plain = _WEIGHT.sub("", text)
    if plain != text:
        notes.append(f"{text[len(plain) :]} has no meaning here")
    return ("word", plain) if plain else None


def _balanced(tokens: Sequence[_Token], notes: list[str]) -> list[_Token]:
    """Without brackets that have no partner or stand too deep; open ones are closed at the end."""
    kept: list[_Token] = []
    open_ = 0
    for token in tokens:
        open_ += token[0] == "("
        if token[0] == ")" and not open_:
            notes.append("a closing bracket has no opening one")
        elif token[0] not in "()" or open_ <= MAX_DEPTH:
            kept.append(token)
        else:
            notes.append(f"brackets within more than {MAX_DEPTH} others do not count")
        open_ -= token[0] == ")" and open_ > 0
    if open_:
        notes.append("a bracket is not closed")
    closing: _Token = (")", ")")
    return [*kept, *[closing] * min(open_, MAX_DEPTH)]


class _Parser:
    """Reads tokens from left to right, by recursive descent; brackets are in pairs."""

    def __init__(self, tokens: Sequence[_Token], notes: list[str]) -> None:
        self._tokens = tokens
        self._notes = notes
        self._place = 0
        self._leaves: set[Node] = set()

    def _next(self) -> _Kind | None:
        """What kind of token comes next."""
        return self._tokens[self._place][0] if self._place < len(self._tokens) else None

    def _take(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1][1]

    def either(self, field: str | None) -> Node | None:
        """A query, up to its closing bracket or the end; its words are looked for in ``field``."""
        parts = [self._all(field)]
        while self._next() == "or":
            self._take()
            parts.append(self._all(field))
        nodes = tuple(dict.fromkeys(node for node in parts if node))
        if len(parts) > 1 and not all(parts):
            self._notes.append("OR needs something on both sides")
        return AnyOf(nodes) if len(nodes) > 1 else nodes[0] if nodes else None

    def _all(self, field: str | None) -> Node | None:
        nodes: dict[Node, None] = {}
        while (kind := self._next()) not in (None, ")", "or"):
            if kind == "and":
                self._take()
                if not nodes or self._next() in (None, ")", "or", "and"):
                    self._notes.append("AND needs something on both sides")
            elif node := self._single(field):
                nodes[node] = None
        return AllOf(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)

    def _single(self, field: str | None) -> Node | None:
        negated = False
        while (kind := self._next()) in ("not", "field"):
            if kind == "not":
                negated = not negated
                self._take()
            else:
                field = self._take()
        if kind in (None, ")", "or", "and"):
            self._notes.append("NOT and a field's name need something after them")
            return None
        node = self._group(field) if kind == "(" else self._leaf(field, phrase=kind == "phrase")
        return Not(node) if node and negated else node

    def _group(self, field: str | None) -> Node | None:
        self._take()
        node = self.either(field)
        self._take()
        if not node:
            self._notes.append("there is nothing to look for in brackets")
        return node

    def _leaf(self, field: str | None, *, phrase: bool) -> Node | None:
        text = self._take()
        prefix = not phrase and text.endswith("*")
        if "*" in text.rstrip("*") and not phrase:
            self._notes.append("* counts at the end of a word only")
        text = text.rstrip("*") if prefix else text
        if field not in _FILTERS and len(found := words(text)) > MAX_PHRASE:
            self._notes.append(f"only the first {MAX_PHRASE} words of a phrase were looked for")
            text, prefix = " ".join(found[:MAX_PHRASE]), False
        leaf: Filter | Words
        if field in _FILTERS:
            leaf = Filter(field, text.strip(",; "), prefix)
        else:
            leaf = Words(text, field, phrase, prefix)
        if not (leaf.text if field in _FILTERS else words(text)):
            if not text.isascii() or prefix:
                self._notes.append(f"{text}{'*' * prefix} has no letters or digits")
            return None
        if leaf not in self._leaves and len(self._leaves) == MAX_LEAVES:
            self._notes.append(f"only the first {MAX_LEAVES} words and phrases were looked for")
            return None
        self._leaves.add(leaf)
        return leaf
