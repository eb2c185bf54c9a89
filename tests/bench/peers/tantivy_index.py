"""tantivy: its tokenizer, lower case and stemmer of the language, any word, the title's weight.

Way ``fuzzy`` also takes words at one edit, swaps counting one. Diacritics are dropped after the
stemmer, on both sides. Its parser is the lenient one, which never refuses what people type.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tantivy

from tests.bench.peers.running import DEPTH, TITLE, Ask, Record, main_language, start, words

STEMMERS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def analyzer(lang: str) -> Any:
    """Tokenizer and filters of a language."""
    chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(
        tantivy.Filter.lowercase()
    )
    if lang in STEMMERS:
        chain = chain.filter(tantivy.Filter.stemmer(STEMMERS[lang]))
    return chain.filter(tantivy.Filter.ascii_fold()).build()


def build(documents: Sequence[Record], folder: Path, way: str) -> Ask:
    """One index in the folder, of one segment."""
    made = tantivy.SchemaBuilder()
    made.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("title", "text"):
        made.add_text_field(field, tokenizer_name="own")
    index = tantivy.Index(made.build(), path=str(folder))
    index.register_tokenizer("own", analyzer(main_language(documents)))
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for one in documents:
        writer.add_document(tantivy.Document(id=one["id"], title=one["title"], text=one["text"]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    near = {"title": (False, 1, True), "text": (False, 1, True)} if way == "fuzzy" else {}

    def ask(query: str, _lang: str | None) -> list[str]:
        parsed, _errors = index.parse_query_lenient(
            " ".join(words(query)), ["title", "text"], {"title": TITLE}, near
        )
        hits = searcher.search(parsed, DEPTH).hits
        return [searcher.doc(address)["id"][0] for _score, address in hits]

    return ask


if __name__ == "__main__":
    start(build)
