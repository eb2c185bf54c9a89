"""The files of an index: one manifest a language and many small shards, for readers who load few.

``<lang>.kb`` is the manifest; ``<lang>.<generation>/<shard>`` are the shards, all of them gzip.
When there are few articles the shards stand in the manifest's file, after it, so that one request
brings all. The generation names the content: a reader with an old manifest never mixes two.

- ``w<n>`` lexicon and lists, by key: entries, then the lists of the terms at home there;
- ``r<n>`` the words written backwards, to find words by their ends; ``s0`` the short ones;
- ``d<n>`` what is shown of articles (JSON);
- ``t<n>`` the text of articles (JSON), for snippets; not for the site.

Numbers are unsigned LEB128 varints, texts UTF-8 after their length in bytes. Keys are in the order
of JavaScript (UTF-16), each given as the number of letters it shares with the one before and the
rest.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log
from typing import Any

from kbtool.model import Document
from kbtool.search.cache import NOTHING_KEPT, Cache, name_of, packed, unpacked
from kbtool.search.impacts.layout import FORMAT, TEXTS, key_order
from kbtool.search.impacts.lexicon import Entry, Readings
from kbtool.search.impacts.scale import WHOLE
from kbtool.search.impacts.varints import varint
from kbtool.search.impacts.weigh import TermList
from kbtool.text import get_language, match_key

SHARD_BYTES = 12_000
"""Size of a shard of words before compression, about."""
ARTICLES_SHOWN = 64
"""Articles in a shard of what is shown."""
ONE_FILE = 400
"""Articles up to which one file holds everything that the browser needs."""
SHORT = 6
"""Letters of the words that all stand in one shard."""
TEXT = "t"
"""What the names of shards with texts begin with."""
_PLAIN = Entry()


@dataclass(frozen=True, slots=True)
class Shelf:
    """All there is of one language."""

    lang: str
    documents: Sequence[Document]
    entries: Mapping[str, Entry]
    lists: Mapping[str, TermList]
    stop_words: frozenset[str]


def write_shelf(
    shelf: Shelf, write: Callable[[str, bytes], None], cache: Cache = NOTHING_KEPT
) -> None:
    """Give every file of the shelf to ``write``: its name, with ``/`` between folder and file, and
    its bytes. The same shelf gives the same files.
    """
    files, press = _files(shelf), _Press(shelf.lang, cache)
    for name, data in files.items():
        write(name, press(data))
    press.keep()


def _files(shelf: Shelf) -> dict[str, bytes]:
    """Every file before it is compressed."""
    layout = _Layout(shelf)
    shards = {f"w{n}": data for n, data in enumerate(layout.words())}
    shards |= {f"r{n}": data for n, data in enumerate(layout.reversed())}
    shards["s0"] = layout.short()
    shards |= {f"d{n}": data for n, data in enumerate(_chunks(shelf, ARTICLES_SHOWN, _shown))}
    texts = {f"{TEXT}{n}": data for n, data in enumerate(_chunks(shelf, TEXTS, _text))}
    manifest = layout.manifest()
    digest = hashlib.sha256(repr(sorted(manifest.items())).encode())
    for name, data in sorted((shards | texts).items()):
        digest.update(name.encode() + b"\0" + data)
    manifest["generation"] = generation = digest.hexdigest()[:12]
    inside = {}
    if len(shelf.documents) <= ONE_FILE:
        inside, shards = shards, {}
    manifest["inside"] = [[name, len(data)] for name, data in inside.items()]
    head = _json(manifest)
    files = {f"{shelf.lang}.kb": head + b"\n" + b"".join(inside.values())}
    return files | {
        f"{shelf.lang}.{generation}/{name}": data for name, data in (shards | texts).items()
    }


class _Layout:
    """Which key and list is in which shard."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        used = {
            term
            for entry in shelf.entries.values()
            for readings in (entry.readings, *(r for _, r in entry.spellings))
            for reading in readings
            for term, _ in reading.terms
        }
        homes = sorted((key_order(_home(term)), term) for term in used)
        self._terms = {term: number for number, (_, term) in enumerate(homes)}
        self._shards = self._fill(homes)

    def _fill(self, homes: list[tuple[bytes, str]]) -> list[tuple[str, list[str], list[str]]]:
        """(first key, keys, terms) of each shard: what sorts together stands together."""
        items = [(home, 1, term) for home, term in homes]
        items += [(key_order(key), 0, key) for key in self._shelf.entries]
        items.sort()
        lists = self._shelf.lists
        shards: list[tuple[str, list[str], list[str]]] = []
        size, before = SHARD_BYTES, None
        for order, is_term, name in items:
            if size >= SHARD_BYTES and order != before:
                shards.append((order.decode("utf-16-be", "surrogatepass"), [], []))
                size = 0
            before = order
            (shards[-1][2] if is_term else shards[-1][1]).append(name)
            size += 2 * len(lists[name].articles) if is_term else len(name) // 2 + 12
        return shards

    def words(self) -> Iterator[bytes]:
        """The shards of the lexicon and the lists."""
        entries, lists = self._shelf.entries, self._shelf.lists
        for _, keys, terms in self._shards:
            found = [varint(len(keys))]
            for key, front in _front_coded(keys):
                found += (front, _sized(self._entry_bytes(entries[key])))
            found.append(varint(len(terms)))
            found += [_sized(lists[term].written) for term in terms]
            yield b"".join(found)

    def _entry_bytes(self, entry: Entry) -> bytes:
        if len(entry.readings) == 1 and entry[:2] == _PLAIN[:2] and entry[3:] == _PLAIN[3:]:
            return b"\0\0" + self._readings(entry.readings) + b"\0\0\0"  # pairs: most entries
        found = [varint(entry.having), _sized(entry.shown.encode()), self._readings(entry.readings)]
        found.append(varint(len(entry.spellings)))
        for spelling, readings in entry.spellings:
            found += (_sized(spelling.encode()), self._readings(readings))
        for numbers in (entry.titled, entry.asked):
            found += (varint(len(numbers)), *map(varint, numbers))
        return b"".join(found)

    def _readings(self, readings: Readings) -> bytes:
        found = [varint(len(readings))]
        for scale, terms in readings:
            found.append(bytes((scale, len(terms))))
            for term, share in terms:
                found += (varint(self._terms[term]), bytes((share,)))
        return b"".join(found)

    def _backwards(self) -> list[list[str]]:
        plain = [
            key for key, entry in self._shelf.entries.items() if key.isalpha() and entry.readings
        ]
        ordered = sorted((key[::-1] for key in plain), key=key_order)
        size = max(1, SHARD_BYTES // 8)
        return [ordered[at : at + size] for at in range(0, len(ordered), size)]

    def reversed(self) -> Iterator[bytes]:
        """The shards of words written backwards."""
        return map(self._counted, self._backwards())

    def short(self) -> bytes:
        """The shard of short words, written backwards, too."""
        every = [key for keys in self._backwards() for key in keys]
        return self._counted([key for key in every if len(key) <= SHORT])

    def _counted(self, keys: Sequence[str]) -> bytes:
        found = [varint(len(keys))]
        for key, front in _front_coded(keys):
            found += (front, varint(self._shelf.entries[key[::-1]].having))
        return b"".join(found)

    def manifest(self) -> dict[str, Any]:
        """What a reader must know before it asks for a shard."""
        first, starts = 0, []
        for start, _, terms in self._shards:
            starts.append([start, first])
            first += len(terms)
        language = get_language(self._shelf.lang)
        return {
            "format": FORMAT,
            "lang": self._shelf.lang,
            "articles": len(self._shelf.documents),
            "cut": int(language.drop_after_apostrophe),
            "unknown": round(WHOLE * (log(max(1, len(self._shelf.documents))) + 1)),
            "stop": sorted(self._shelf.stop_words),
            "categories": _categories(self._shelf.documents),
            "shown": ARTICLES_SHOWN,
            "words": starts,
            "backwards": [keys[0] for keys in self._backwards()],
        }


def _home(term: str) -> str:
    """The key beside which a term's list stands."""
    text, _, kind = term.partition("/")
    return match_key(text) if kind == "=" else text


def _front_coded(keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Each key, and how it is written: the number of letters that it shares with the one before,
    and the rest. Letters beyond the basic plane, which the browser counts twice, are never shared.
    """
    before = ""
    for key in keys:
        shared = 0
        for one, other in zip(before, key, strict=False):
            if one != other or one > "\uffff":
                break
            shared += 1
        yield key, varint(shared) + _sized(key[shared:].encode())
        before = key


def _sized(data: bytes) -> bytes:
    return varint(len(data)) + data


def _categories(documents: Sequence[Document]) -> list[list[Any]]:
    """(category, first article, how many) of each run of articles of one category."""
    found: list[list[Any]] = []
    for category, group in groupby(documents, key=lambda document: document.category):
        first = sum(run[2] for run in found)
        found.append([category, first, len(list(group))])
    return found


def _chunks(shelf: Shelf, size: int, show: Callable[[Document], Any]) -> Iterable[bytes]:
    for at in range(0, len(shelf.documents), size):
        rows = [show(document) for document in shelf.documents[at : at + size]]
        yield _json(rows)


def _shown(document: Document) -> list[Any]:
    return [document.id, document.title, document.category, document.url, document.summary]


def _text(document: Document) -> str:
    return document.body


def _json(value: Any) -> bytes:
    """Half a surrogate pair becomes the JSON escape that it is read back from."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


class _Press:
    """Compresses files; what it compressed for the last index it remembers."""

    def __init__(self, lang: str, cache: Cache) -> None:
        self._cache, self._name = cache, name_of(b"pressed", lang.encode())
        kept = cache.get(self._name)
        self._before = unpacked(kept) if kept else {}
        self._now: dict[str, bytes] = {}

    def __call__(self, data: bytes) -> bytes:
        key = hashlib.sha256(data).hexdigest()
        found = self._before.get(key)
        self._now[key] = found or gzip.compress(data, compresslevel=9, mtime=0)
        return self._now[key]

    def keep(self) -> None:
        """Remember all of these."""
        self._cache.put(self._name, packed(self._now))
