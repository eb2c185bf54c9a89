"""How well a whole ticket finds its article, beside its question alone.

Usage: python -m tests.eval.ticket_search DOCS.jsonl QUERIES.jsonl [QUERIES.jsonl …]

DOCS and QUERIES are those of ``tests.eval.search``. Each query becomes the question of a ticket:
between sentences of chatter as customers write them, shuffled with a fixed seed. Three rows: the
question alone, the ticket as one long query, the ticket as ``kbtool search --ticket`` asks it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kbtool.model import SearchHit
from kbtool.search.index import Index, build_index
from kbtool.search.ticket_text import TicketText
from tests.eval.search_scores import rank_of
from tests.eval.search_sets import FALLBACK, Query, read_documents, read_queries

CHATTER = {
    "en": (
        "Hope you are well, and thanks for the quick help last time.",
        "I have been trying this since Monday and a colleague had the same trouble last week.",
        "We are a small company of 20 people and our manager is waiting for it.",
        "It worked fine before the holidays.",
        "Please tell me what I should do, the sooner the better.",
        "I already restarted my computer twice and nothing changed.",
    ),
    "tr": (
        "Geçen seferki yardımınız için teşekkür ederim.",
        "Pazartesiden beri uğraşıyorum, bir iş arkadaşım da aynı sorunu yaşadı.",
        "Yirmi kişilik küçük bir şirketiz, müdürümüz bekliyor.",
        "Tatilden önce çalışıyordu.",
        "Ne yapmam gerektiğini lütfen bildirin.",
        "Bilgisayarımı iki kez yeniden başlattım, değişen bir şey olmadı.",
    ),
    "et": (
        "Aitäh eelmise korra abi eest.",
        "Proovin seda juba esmaspäevast saadik ja kolleegil oli sama mure.",
        "Oleme väike ettevõte ja juht ootab vastust.",
        "Enne pühi kõik töötas.",
        "Palun öelge, mida ma tegema peaksin.",
        "Tegin arvutile kaks korda taaskäivituse, midagi ei muutunud.",
    ),
    "de": (
        "Vielen Dank für die Hilfe beim letzten Mal.",
        "Ich versuche es seit Montag und ein Kollege hatte das gleiche Problem.",
        "Wir sind eine kleine Firma und der Chef wartet.",
        "Vor den Feiertagen ging es noch.",
        "Bitte sagen Sie mir, was ich tun soll.",
        "Ich habe den Rechner schon zweimal neu gestartet.",
    ),
}


def ticket_of(query: str, lang: str, rng: random.Random) -> str:
    """The text of a ticket that asks ``query`` somewhere among chatter."""
    around = rng.sample(CHATTER[lang], 5)
    place = rng.randrange(len(around) + 1)
    return " ".join([*around[:place], query.rstrip(".!?") + ".", *around[place:]])


def main(paths: Sequence[str]) -> None:
    """Print the three rows for each file of queries."""
    documents = read_documents(Path(paths[0]), tell)
    known = {document.id for document in documents}
    with tempfile.TemporaryDirectory() as folder:
        build_index(documents, Path(folder) / "index")
        with Index.open(Path(folder) / "index") as index:
            print(f"{'queries':28} {'asked':10} {'first':>6} {'MRR@10':>7} {'ms':>6}")
            for path in map(Path, paths[1:]):
                _measure(index, path.stem, read_queries(path, tell, known))


def tell(message: str) -> None:
    """Say on standard error what cannot be used."""
    print(message, file=sys.stderr)


def _measure(index: Index, name: str, queries: Sequence[Query]) -> None:
    def ask_ticket(text: str, lang: str) -> tuple[SearchHit, ...]:
        return index.search_ticket(TicketText("", (text,)), lang=lang, limit=10)

    def ask_words(text: str, lang: str) -> tuple[SearchHit, ...]:
        return index.search(text, lang=lang).hits

    rng = random.Random(7)
    tickets = [replace(q, text=ticket_of(q.text, q.lang or FALLBACK, rng)) for q in queries]
    rows = (("question", queries, ask_words), ("one query", tickets, ask_words))
    for way, asked, ask in (*rows, ("ticket", tickets, ask_ticket)):
        print(f"{name[:28]:28} {way:10} {_row(asked, ask)}")


def _row(asked: Sequence[Query], ask: Callable[[str, str], tuple[SearchHit, ...]]) -> str:
    started = time.process_time()
    ranks = []
    for query in asked:
        hits = ask(query.text, query.lang or FALLBACK)
        ranks.append(rank_of([hit.id for hit in hits], query.relevant))
    count = len(ranks) or 1
    taken = 1000 * (time.process_time() - started) / count
    first = sum(rank == 1 for rank in ranks) / count
    return f"{first:6.3f} {sum(1 / r for r in ranks if r) / count:7.3f} {taken:6.1f}"


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1:])
