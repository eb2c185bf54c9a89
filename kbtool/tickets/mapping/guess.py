"""A proposal for JSON of an unknown shape: where its messages stand and what their keys mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kbtool.tickets.mapping.columns import (
    generic_mapping,
    guess_columns,
    listed,
    propose_columns,
    table_mapping,
)
from kbtool.tickets.mapping.paths import Object, as_word, key_text, objects_in, value_at, values_at
from kbtool.tickets.mapping.spec import Block, Mapping, Shape, Value
from kbtool.tickets.mapping.times import parse_time

NAME = "mine"
_DEEPEST = 3
_SENTENCE = 15
"""Mean length of texts that may be messages."""
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "messageid", "uuid", "key", "commentid"),
    "html": ("html", "htmlbody", "bodyhtml", "cooked"),
    "text": (
        "text", "body", "plainbody", "plaintext", "textbody", "bodytext", "message", "content",
        "comment", "note", "answer", "reply", "description", "question",
    ),
    "at": (
        "createdat", "created", "createddatetime", "date", "datetime", "sentat", "timestamp", "time",
        "postedat", "createdon", "ts",
    ),
    "author": ("authorid", "author.id", "userid", "user.id", "senderid", "sender.id", "from", "from.email",
               "author.email", "sender.email", "email", "createdby", "author", "sender", "user"),
    "author_name": ("authorname", "author.name", "sendername", "sender.name", "user.name", "from.name", "name",
                    "author", "sender", "user", "agent"),
}  # fmt: skip
"""Field of a message → names of keys without case and signs, the likeliest first."""
_ROLE_KEYS = (
    "role", "authorrole", "author.role", "authortype", "author.type", "sendertype", "sender.type",
    "fromtype", "usertype", "user.type", "user.role", "sender.role", "sender", "author", "from", "who",
    "direction", "type",
)  # fmt: skip
_ROLE_WORDS = {
    as_word(word): role
    for role, words in {
        "customer": "customer client user enduser end-user end_user requester contact visitor guest"
                    " incoming inbound in received klient müşteri kunde cliente клиент",
        "agent": "agent admin staff operator support employee teammate representative outgoing"
                 " outbound out sent teenindaja temsilci mitarbeiter оператор",
        "bot": "bot automation",
        "system": "system activity event",
    }.items()
    for word in words.split()
}  # fmt: skip
_FLAGS: dict[str, dict[str, str]] = {
    **{name: {"true": "agent", "false": "customer"}
       for name in ("fromagent", "isagent", "isstaff", "staff", "outgoing", "isadmin", "agent")},
    **{name: {"true": "customer", "false": "agent"}
       for name in ("incoming", "inbound", "isinbound", "iscustomer", "fromcustomer", "customer", "isincoming")},
}  # fmt: skip
_VISIBILITY: dict[str, dict[str, str]] = {
    **{name: {"true": "public", "false": "internal"} for name in ("public", "ispublic", "visibletocustomer")},
    **{name: {"true": "internal", "false": "public"}
       for name in ("private", "isprivate", "internal", "isinternal", "isnote", "hidden")},
    **{name: {"public": "public", "internal": "internal", "private": "internal", "note": "internal"}
       for name in ("visibility", "type", "kind")},
}  # fmt: skip


@dataclass(slots=True)
class _Items:
    """A list that may hold the messages, and the items in it that were seen."""

    path: str
    items: list[Object] = field(default_factory=list)
    rows: list[Object] = field(default_factory=list)
    """The records they were seen in."""

    def values(self, path: str) -> list[object]:
        """What the items hold at a path, blanks left out."""
        found = (value for item in self.items for value in values_at(item, path))
        return [value for value in found if key_text(value) is not None]


def propose_mapping(sample: Sequence[dict[str, object]], file: str) -> tuple[Mapping, str]:
    """A mapping for records that are no flat table, for a person to correct, and why.

    The messages are the list whose items hold the longest texts. Raises InputError that lists the
    keys when there is no id, or neither messages nor a subject.
    """
    header = list(dict.fromkeys(path for row in sample for path in _scalars(row, "", 0)))
    columns = _columns(header)
    found = _messages(sample)
    if found is not None and "id" in columns:
        block = _block(found)
        mapping = table_mapping(columns, sample)
        first = [] if "description" not in columns else [_question(mapping, columns, found, block)]
        mapping = replace(mapping, messages=(*first, block))
        told = {**columns, "messages": f"{found.path}[]"}
    else:
        flat = [{path: value_at(row, path) for path in header} for row in sample]
        told = propose_columns(columns, header, flat)
        enough = "id" in told and not {"subject", "description"}.isdisjoint(told)
        mapping = table_mapping(told, flat) if enough else generic_mapping(header, flat, file)
    keys = dict.fromkeys(path.split(".")[0].removesuffix("[]") for path in told.values())
    mapping = replace(
        mapping,
        name=NAME,
        title="a proposal, to be corrected",
        source=NAME,
        recognise=Shape(all=tuple(keys)),
    )
    return mapping, f"its keys look like it: {listed(told)}; correct what is wrong"


def _question(mapping: Mapping, columns: dict[str, str], found: _Items, block: Block) -> Block:
    """The ticket's own description; superfluous where the list's first message says the same."""
    question = mapping.messages[0]
    own = [
        key_text(value) for row in found.rows for value in values_at(row, columns["description"])
    ]
    said = {key_text(value) for name in ("text", "html") if name in block.fields
            for value in found.values(block.fields[name].paths[0])}  # fmt: skip
    same = any(text in said for text in own if text)
    return replace(question, unless=(f"{found.path}[]",)) if same else question


def _scalars(row: Object, before: str, depth: int) -> Iterator[str]:
    """Paths of everything in a record but objects and lists of objects."""
    for key, value in row.items():
        path = f"{before}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _scalars(value, f"{path}.", depth + 1)
        elif not isinstance(value, dict) and not objects_in(value):
            yield path


def _columns(header: Sequence[str]) -> dict[str, str]:
    """Field → path: by the keys of the record, else by whole paths, else by their last names."""
    found = guess_columns([path for path in header if "." not in path])
    nested = [path for path in header if "." in path]
    last = {path.rpartition(".")[2]: path for path in reversed(nested)}
    for name, path in guess_columns(nested).items():
        found.setdefault(name, path)
    for name, key in guess_columns(list(last)).items():
        if name != "id":  # customer.id is not the ticket's
            found.setdefault(name, last[key])
    return found


def _messages(sample: Sequence[dict[str, object]]) -> _Items | None:
    """The list of objects with the longest texts, if any has texts of a sentence."""
    lists: dict[str, _Items] = {}
    for row in sample:
        for path, items in _lists(row, "", 0):
            entry = lists.setdefault(path, _Items(path))
            entry.items += items
            entry.rows.append(row)
    scored = [(_length(entry, _text_key(entry)), entry) for entry in lists.values()]
    length, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if length >= _SENTENCE else None


def _lists(row: Object, before: str, depth: int) -> Iterator[tuple[str, list[dict[str, object]]]]:
    for key, value in row.items():
        path = f"{before}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _lists(value, f"{path}.", depth + 1)
        elif items := objects_in(value):
            yield path, items


def _keys(entry: _Items) -> dict[str, str]:
    """Key without case and signs → path, of the items and of the objects in them."""
    paths = dict.fromkeys(path for item in entry.items for path in _scalars(item, "", _DEEPEST - 1))
    found: dict[str, str] = {}
    for path in paths:
        found.setdefault(_plain(path), path)
    return found


def _text_key(entry: _Items) -> str | None:
    """The path of the text: the first likely name that holds some, else the longest of all."""
    keys = _keys(entry)
    for name in (*_NAMES["html"], *_NAMES["text"]):
        if name in keys and _length(entry, keys[name]) >= _SENTENCE:
            return keys[name]
    return max(keys.values(), key=lambda path: _length(entry, path), default=None)


def _length(entry: _Items, path: str | None) -> float:
    """The mean length of the texts at a path; 0 where they are single words."""
    texts = (
        [text for value in entry.values(path)[:200] if isinstance(text := value, str)]
        if path
        else []
    )
    if not any(" " in text.strip() for text in texts):
        return 0.0
    return sum(map(len, texts)) / len(texts)


def _block(entry: _Items) -> Block:
    keys = _keys(entry)
    text = _text_key(entry) or ""
    is_html = _plain(text) in _NAMES["html"]
    plain = next(
        (keys[name] for name in _NAMES["text"] if name in keys and keys[name] != text), None
    )
    fields: dict[str, Value] = {}
    for name in ("id", "at", "author", "author_name"):
        path = next((keys[key] for key in _NAMES[name] if key in keys), None)
        if path is not None and (name != "at" or any(map(parse_time, entry.values(path)))):
            fields[name] = Value(paths=(path,))
    fields["role"] = _role(entry, keys) or Value(constant="agent")
    visibility = _worded(entry, keys, _VISIBILITY)
    if visibility is not None:
        fields["visibility"] = replace(visibility, default="internal")
    fields["html" if is_html else "text"] = Value(paths=(text,))
    if is_html and plain is not None:
        fields["text"] = Value(paths=(plain,))
    return Block(fields=fields, each=f"{entry.path}[]")


def _role(entry: _Items, keys: dict[str, str]) -> Value | None:
    """Who wrote, by a key whose words are known, else by a key that is true or false."""
    best: tuple[int, Value] | None = None
    for key in _ROLE_KEYS:
        if key in keys:
            words = dict.fromkeys(as_word(value) for value in entry.values(keys[key]))
            known = tuple((word, _ROLE_WORDS[word]) for word in words if word in _ROLE_WORDS)
            if known and (best is None or len(known) > best[0]):
                best = len(known), Value(paths=(keys[key],), words=known, default="system")
    return best[1] if best else _worded(entry, keys, _FLAGS)


def _worded(
    entry: _Items, keys: dict[str, str], meanings: dict[str, dict[str, str]]
) -> Value | None:
    """The first key of a known name all of whose words are known."""
    for key, words in meanings.items():
        if key in keys:
            seen = {as_word(value) for value in entry.values(keys[key])}
            if seen and seen <= words.keys():
                return Value(paths=(keys[key],), words=tuple(words.items()))
    return None


def _plain(path: str) -> str:
    return re.sub(r"[^\w.]|_", "", as_word(path))
