"""Whoosh as its manual sets it up; way ``all`` asks for every word, ``any`` for one of them.

Its own StemmingAnalyzer for English, its LanguageAnalyzer where it has that language's stemmer, else
its StandardAnalyzer; title and text are asked together by its query parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh.analysis import LanguageAnalyzer, StandardAnalyzer, StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.lang import has_stemmer
from whoosh.qparser import AndGroup, MultifieldParser, OrGroup

from tests.bench.peers.running import DEPTH, TITLE, Ask, Record, main_language, start


def analyzer(lang: str) -> Any:
    """The best of Whoosh's own for a language."""
    if lang == "en":
        return StemmingAnalyzer()
    return LanguageAnalyzer(lang) if has_stemmer(lang) else StandardAnalyzer()


def build(documents: Sequence[Record], folder: Path, way: str) -> Ask:
    """One index in the folder, one searcher kept open."""
    chain = analyzer(main_language(documents))
    schema = Schema(id=ID(stored=True), title=TEXT(chain, field_boost=TITLE), text=TEXT(chain))
    index = create_in(folder, schema)
    with index.writer(limitmb=256) as writer:
        for one in documents:
            writer.add_document(id=one["id"], title=one["title"], text=one["text"])
    group = AndGroup if way == "all" else OrGroup
    parser = MultifieldParser(["title", "text"], schema, group=group)
    searcher = index.searcher()

    def ask(query: str, _lang: str | None) -> list[str]:
        return [hit["id"] for hit in searcher.search(parser.parse(query), limit=DEPTH)]

    return ask


if __name__ == "__main__":
    start(build)
