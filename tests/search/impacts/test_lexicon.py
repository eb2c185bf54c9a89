"""The lexicon: what each word, phrase, title and tag stands for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kbtool.model import Document
from kbtool.search.impacts.gather import MEANING
from kbtool.search.impacts.lexicon import (
    COMPLETED,
    OWN_SYNONYM,
    Entry,
    make_lexicon,
    tag_key,
)
from kbtool.search.impacts.said import title_key
from kbtool.search.impacts.scale import OTHER_SPELLING, PHRASE, SYNONYM, TAIL, WHOLE
from kbtool.search.impacts.weigh import TermList, weigh
from kbtool.search.synonyms import SynonymTable
from tests.search.helpers import document
from tests.search.impacts.helpers import corpora, gathered, numbered

RAIN = [document(f"x{n}", "en", f"Rain {n}", "Nothing else.") for n in range(4)]


def lexicon(
    documents: list[Document], lang: str = "en", synonyms: SynonymTable | None = None
) -> tuple[dict[str, Entry], dict[str, TermList]]:
    """The entries of ``documents``, and the lists."""
    found = gathered(documents, lang)
    lists = weigh(found)
    return make_lexicon(documents, found, lists, synonyms or SynonymTable()), lists


def scales(entry: Entry) -> list[int]:
    return [reading.scale for reading in entry.readings]


def test_a_word_is_itself_first() -> None:
    """Its terms at full scale; the number of articles that have it; how it is spelt."""
    entries, _ = lexicon([document("a", "de", "Größe"), document("b", "de", "Größe größe")], "de")
    for key in ("grosse", "groesse"):
        assert (entries[key].having, entries[key].shown) == (2, "größe")
        assert entries[key].readings[0].scale == WHOLE
    assert entries["grosse"].readings == entries["groesse"].readings


def test_a_meaning_stands_beside_the_word() -> None:
    """Also for a word that only the thesaurus knows."""
    entries, _ = lexicon([document("a", "en", "Bicycle"), *RAIN])
    assert scales(entries["bicycle"]) == [WHOLE, SYNONYM]
    assert entries["bike"].having == 0
    assert entries["bike"].readings == entries["bicycle"].readings[1:]
    assert entries["bike"].readings[0].terms[0][0].startswith(MEANING)


def test_spellings_of_one_key_keep_apart() -> None:
    """Typed with its marks a word is itself first, the other one after it."""
    entries, _ = lexicon([document("a", "tr", "ılık"), document("b", "tr", "ilik")], "tr")
    spelt = dict(entries["ilik"].spellings)
    assert spelt.keys() == {"ılık", "ilik"}
    for readings in spelt.values():
        assert [reading.scale for reading in readings] == [WHOLE, OTHER_SPELLING]
    assert spelt["ılık"][0].terms != spelt["ilik"][0].terms
    assert scales(entries["ilik"]) == [WHOLE, WHOLE]


def test_a_compound_stands_for_its_last_word() -> None:
    """At a small scale: an article on fines in general may answer."""
    entries, _ = lexicon(
        [document("a", "et", "parkimistrahv"), document("b", "et", "trahv"), document("c", "et", "parkimine")],
        "et",
    )  # fmt: skip
    assert TAIL in scales(entries["parkimistrahv"])


def test_a_phrase_of_the_thesaurus_has_its_words_forms() -> None:
    """``turn off`` in the forms that articles have, with room for others where there is a gap."""
    entries, _ = lexicon([document("a", "en", "Turned off: how to switch it off?"), *RAIN])
    assert scales(entries["turn+off"]) == scales(entries["turned+off"]) == [PHRASE]
    assert entries["turn+off"] == entries["switch+off"]


@pytest.mark.parametrize("searched", [("moped",), ("little", "bike"), ("moped", "e", "bike")])
def test_own_synonyms_in_one_direction(searched: tuple[str, ...]) -> None:
    """What is searched stands for what is meant; not the other way round; all its words together."""
    table = SynonymTable(pairs=((searched, ("scooter", "plan")),))
    entries, lists = lexicon([document("a", "en", "Scooter plan"), *RAIN], synonyms=table)
    (reading,) = entries[" ".join(searched)].readings[-1:]
    assert reading.scale == OWN_SYNONYM
    assert {tuple(lists[term].articles) for term, _ in reading.terms} == {(0,)}
    assert sum(share for _, share in reading.terms) == WHOLE
    assert OWN_SYNONYM not in scales(entries["scooter"])


def test_a_synonym_of_nothing_that_articles_have_is_left_out() -> None:
    """One word that no article has, and the whole is not there."""
    table = SynonymTable(pairs=((("moped",), ("scooter", "zeppelin")),))
    entries, _ = lexicon([document("a", "en", "Scooter plan"), *RAIN], synonyms=table)
    assert "moped" not in entries or OWN_SYNONYM not in scales(entries["moped"])


def test_titles_and_wordings_stand_by_their_first_word() -> None:
    """Folded, with stop words; an article that has it twice stands there once."""
    documents = [
        document("a", "en", "How do I Lock it?", questions=("The café?", "the cafe")),
        document("b", "en", "the", questions=("how do i lock it",)),
    ]
    entries, _ = lexicon(documents)
    assert entries["lock=how do i lock it"] == Entry(titled=(0,), asked=(1,))
    assert entries["cafe=the cafe"].asked == (0,)
    assert entries["the=the"].titled == (1,)
    assert title_key("?!", "en") == ""


def test_tags_are_whole() -> None:
    """In any case, and not their single words."""
    documents = [
        document("a", "en", "A", tags=("Night Shift", "night shift")),
        document("b", "en", "B"),
    ]
    entries, _ = lexicon(documents)
    assert entries[tag_key("NIGHT  shift")] == Entry(asked=(0,))
    assert tag_key("night") not in entries


def test_beginnings_of_many_words_are_counted_before() -> None:
    """Only those that more words have than a reader looks through."""
    documents = [document(str(n), "en", f"pa{chr(97 + n)}x pen") for n in range(COMPLETED + 2)]
    entries, lists = lexicon(documents)
    assert "pa*" in entries
    assert "pen*" not in entries
    assert len(lists["pa*"].articles) == COMPLETED


def test_the_same_lists_in_any_number_of_articles() -> None:
    """A rare word's terms, which have the same articles, are one."""
    entries, _ = lexicon([document("a", "et", "jalgrattalukk"), document("b", "et", "vihm")], "et")
    ((term, share),) = entries["jalgrattalukk"].readings[0].terms
    assert (term, share) == ("jalg/4", WHOLE)


@settings(max_examples=15)  # the thesaurus is read into each
@given(corpora())
def test_every_reading_has_lists_and_shares(documents: list[Document]) -> None:
    """Nothing refers to a list that is not kept; no reading is worth more than the whole."""
    entries, lists = lexicon(documents)
    for key, entry in entries.items():
        for readings in (entry.readings, *(readings for _, readings in entry.spellings)):
            for scale, terms in readings:
                assert 0 < scale <= WHOLE, key
                assert {term for term, _ in terms} <= lists.keys(), key
                assert 0 < sum(share for _, share in terms) <= WHOLE, key
                assert len({term for term, _ in terms}) == len(terms), key


def test_a_thousand_articles_keep_their_words() -> None:
    """Each word that one of them has counts one."""
    documents = numbered(1000)
    entries, _ = lexicon(documents)
    own = [entries[made.title.split()[-1]].having for made in documents]
    assert own == [1] * 1000
    assert entries["bike"].having == 1000
