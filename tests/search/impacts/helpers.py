"""Shelves in memory that the tests of the impacts share, and small made-up help centres."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from kbtool.model import Document
from kbtool.search.cache import NOTHING_KEPT
from kbtool.search.impacts.build import write_impacts
from kbtool.search.impacts.gather import Gathered, gather
from kbtool.search.impacts.join import join
from kbtool.search.impacts.rank import Ranker
from kbtool.search.impacts.reader import Shelf
from kbtool.search.impacts.said import read_part
from kbtool.search.parts import Part, parts_of
from kbtool.search.synonyms import SynonymTable
from tests.search.helpers import document

EN = (
    "lock unlock bike bikes battery charge charger charging invoice refund refunds order orders "
    "delivery deliveries address account password reset cancel cancelled subscription trailer "
    "helmet helmets pump tyre tyres light lights gear gears saddle receipt coupon voucher branch"
).split()
OTHERS = {
    "tr": "şifre şifrem sipariş siparişim iptal ılık ilik kılıf fatura ödeme kargo İade ışık".split(),
    "et": "parool arve tellimus tühista õli öine üürileping võti külmkapp ratas rattad aku".split(),
    "de": "Rückgabe Gebühr Öffnungszeiten Straße Schlüssel löschen Rechnung Größe für Fahrrad".split(),
}
WORDS = {"en": EN, **OTHERS}


def files_of(
    documents: Sequence[Document], synonyms: dict[str, SynonymTable] | None = None
) -> dict[str, bytes]:
    """What is written of ``documents``: bytes by name."""
    files: dict[str, bytes] = {}
    write_impacts(parts_of(documents), synonyms or {}, files.__setitem__)
    return files


def gathered(documents: Sequence[Document], lang: str) -> Gathered:
    """The counts of ``documents``, in the order of their ids."""
    every = parts_of(documents).get(lang) or [Part(lang, (), b"")]
    return gather(join([read_part(part, NOTHING_KEPT) for part in every]), lang)


def shelf_of(
    documents: Sequence[Document], lang: str = "en", synonyms: SynonymTable | None = None
) -> Shelf:
    """The shelf of one language, read from what was written."""
    files = files_of(documents, {lang: synonyms} if synonyms else None)
    return Shelf(lang, files.__getitem__)


def ranker_of(documents: Sequence[Document], lang: str = "en") -> Ranker:
    """What ranks ``documents``."""
    return Ranker(shelf_of(documents, lang))


def ids(ranker: Ranker, query: str, limit: int = 1000, *, as_typed: bool = False) -> list[str]:
    """The ids that a query finds, best first."""
    ranked = ranker.rank(query, limit, as_typed=as_typed).ranked
    return [ranker.shelf.shown(one.article)[0] for one in ranked]


def numbered(count: int) -> list[Document]:
    """So many articles; every one has words of its own and ``bike``, which all have."""
    return [
        document(
            f"kb-{n:04}",
            "en",
            f"{EN[n % len(EN)]} bike {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}word",
            f"{EN[n * 7 % len(EN)]} {EN[n * 11 % len(EN)]} of number {n}. " * 3,
            category=f"c{n % 7}",
            tags=(f"tag {n % 3}",),
        )
        for n in range(count)
    ]


@st.composite
def corpora(draw: st.DrawFn, lang: str = "en", least: int = 0, most: int = 8) -> list[Document]:
    """A few articles of few words, so that they share many."""
    text = st.lists(st.sampled_from(WORDS[lang][:24]), min_size=1, max_size=6).map(" ".join)
    return [
        document(
            f"kb-{number}",
            lang,
            draw(text),
            draw(text) + ". " + draw(text),
            questions=tuple(draw(st.lists(text, max_size=2))),
            headings=tuple(draw(st.lists(text, max_size=1))),
            tags=tuple(draw(st.lists(st.sampled_from(["Red", "big bike"]), max_size=2))),
            category=draw(st.sampled_from([None, "a", "b"])),
        )
        for number in range(draw(st.integers(least, most)))
    ]


def queries(lang: str = "en") -> st.SearchStrategy[str]:
    """Words that articles have, forms and slips of them, beginnings, and anything."""
    word = st.sampled_from(WORDS[lang])
    some = st.one_of(
        word,
        word.map(lambda w: w[:4]),
        word.map(lambda w: w[:2] + w[3:]),
        word.map(lambda w: w + "s"),
        st.sampled_from(["the", "how", "kb", "zzzzz", "502"]),
        st.text(max_size=6),
    )
    return st.lists(some, max_size=5).map(" ".join)
