"""The thesaurus: its files hold together, and words in sentences name their groups."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.text import get_language, match_key, words
from kbtool.text.thesaurus import GAP, KNOWN, concepts, groups, patterns

ANTONYMS = (
    ("enable", "disable"), ("login", "logout"), ("increase", "decrease"), ("add", "remove"),
    ("subscribe", "unsubscribe"), ("connect", "disconnect"), ("block", "unblock"),
    ("deposit", "withdraw"), ("send", "receive"), ("install", "uninstall"), ("lost", "find"),
    ("upload", "download"), ("upgrade", "downgrade"), ("accept", "reject"), ("add", "delete"),
    ("available", "unavailable"), ("cheap", "expensive"), ("create", "delete"), ("early", "late"),
    ("register", "close_account"), ("warmer", "cooler"), ("hide", "show"), ("pause", "continue"),
    ("start", "stop"), ("purchase", "sell"), ("temporary", "permanent"), ("affirm", "negate"),
    ("purchase", "return"), ("free", "fee"), ("great", "bad"), ("valid", "expired"),
    ("locked", "unblock"), ("refund", "pay"), ("cancel", "renew"), ("broken", "repair"),
)  # fmt: skip


def _entry(entry: str, lang: str) -> tuple[str, ...]:
    """A word or phrase of the file by its patterns."""
    return tuple(GAP if word == GAP else patterns(word, lang)[0] for word in entry.split())


def _named(text: str, lang: str) -> list[str]:
    return concepts(words(text, lang), lang)


@pytest.mark.parametrize("lang", KNOWN)
def test_a_file_is_a_map_of_ids_to_lists_of_words(lang: str) -> None:
    """Ids are plain words with underscores; entries are lower case and no empty ones are there."""
    assert len(groups(lang)) >= 150
    for group, entries in groups(lang).items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", group)
        for entry in entries:
            assert entry == " ".join(entry.split())
            assert entry == entry.lower()
            assert not entry.startswith(GAP)
            assert not entry.endswith(GAP)


@pytest.mark.parametrize("lang", KNOWN)
def test_ids_are_written_once_and_known_in_english(lang: str) -> None:
    """A doubled id would lose a line unseen; an id means the same in every language."""
    from kbtool.text import thesaurus

    text = (thesaurus._FOLDER / f"{lang}.yaml").read_text(encoding="utf-8")
    ids = Counter(line.split(":")[0] for line in text.splitlines() if line and line[0] != "#")
    assert [one for one, times in ids.items() if times > 1] == []
    assert set(ids) - set(groups("en")) <= {"insurance"}


@pytest.mark.parametrize("lang", KNOWN)
def test_a_group_has_two_terms_and_no_needless_double(lang: str) -> None:
    """Words that match the same forms are one; a beginning needs no longer one beside it."""
    shared = Counter(e for entries in groups(lang).values() for e in entries)
    for group, entries in groups(lang).items():
        found = [_entry(entry, lang) for entry in entries]
        assert len(set(found)) >= 2, group
        assert [one for one, times in Counter(found).items() if times > 1] == [], group
        single = {e: _entry(e, lang)[0] for e in entries if " " not in e}
        for entry, own in single.items():
            for other in set(single.values()) - {own}:
                covered = other.endswith("*") and match_key(entry.strip("=*")).startswith(
                    other[:-1]
                )
                # One that stands in a second group too says more than the shorter beginning.
                assert not covered or shared[entry] > 1, (group, entry, other)


@pytest.mark.parametrize("lang", KNOWN)
def test_no_term_is_in_more_than_two_groups(lang: str) -> None:
    """A word that means everything says nothing."""
    where: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for group, entries in groups(lang).items():
        for entry in entries:
            where[_entry(entry, lang)].add(group)
    assert {entry: found for entry, found in where.items() if len(found) > 2} == {}


@pytest.mark.parametrize("lang", KNOWN)
def test_opposites_never_share_a_word(lang: str) -> None:
    """On is not off."""
    for one, other in ANTONYMS:
        assert one in groups("en") or other in groups("en")
        both = [{_entry(e, lang) for e in groups(lang).get(group, ())} for group in (one, other)]
        assert both[0] & both[1] == set(), (one, other)


@pytest.mark.parametrize("lang", KNOWN)
def test_no_stop_word_names_a_group(lang: str) -> None:
    """Alone they carry no meaning; in phrases they may stand."""
    for word in get_language(lang).stop_words:
        assert concepts([word], lang) == [], word


@pytest.mark.parametrize("lang", KNOWN)
def test_every_entry_names_its_group(lang: str) -> None:
    """What the file writes is found as a customer would write it, so that no line is dead."""
    for group, entries in groups(lang).items():
        for entry in entries:
            said = re.sub(r"[=*]", "", entry.replace(f" {GAP}", ""))
            assert group in _named(said, lang), (group, entry)


@pytest.mark.parametrize(
    ("text", "lang", "wanted"),
    [
        ("I cancelled my order", "en", ["cancel", "purchase"]),
        ("Cancelling a purchase", "en", ["cancel", "purchase"]),
        ("please call my purchase off", "en", ["cancel", "purchase"]),
        ("I bought a defective lamp", "en", ["purchase", "broken", "light"]),
        ("iptal ettim", "tr", ["cancel"]),
        ("siparişimi iptal ettim", "tr", ["purchase", "cancel"]),
        ("SIPARISIMI IPTAL ETTIM", "tr", ["purchase", "cancel"]),
        ("Soovin tellimuse tühistada", "et", ["want", "purchase", "cancel"]),
        ("tellimuste tuhistamine", "et", ["purchase", "cancel"]),
        ("Meine Bestellung wurde storniert", "de", ["purchase", "cancel"]),
        ("Rückerstattung", "de", ["refund"]),
        ("Rueckerstattung", "de", ["refund"]),
    ],
)
def test_inflected_words_name_their_groups(text: str, lang: str, wanted: list[str]) -> None:
    """Forms of a word, in any case and without diacritics, mean the same."""
    assert _named(text, lang) == wanted


@pytest.mark.parametrize(
    ("text", "lang", "wanted"),
    [
        ("How do I sign up for an account?", "en", ["how_to", "register", "account"]),
        ("turn off the lights", "en", ["disable", "light"]),
        ("turn the kitchen lights off", "en", ["disable", "light"]),
        ("turn the volume down on my phone", "en", ["decrease", "volume", "mobile"]),
        ("it doesn't work", "en", ["not_working"]),
        ("it doesn’t work", "en", ["not_working"]),
        ("it doesnt work", "en", ["not_working"]),
        ("credit card", "en", ["card", "credit_card"]),
        ("Schalte bitte das Licht aus", "de", ["disable", "light"]),
        ("Die App funktioniert seit gestern nicht", "de", ["app", "not_working"]),
        ("Lülita köögis lambid välja", "et", ["disable", "light"]),
        ("Raha tagasi!", "et", ["refund"]),
        ("Kargom nerede?", "tr", ["track", "parcel"]),
        ("paramı geri istiyorum", "tr", ["refund", "want"]),
    ],
)
def test_phrases_come_before_their_words(text: str, lang: str, wanted: list[str]) -> None:
    """A phrase names one meaning, also with words in it; what stands in between counts too."""
    assert _named(text, lang) == wanted


@pytest.mark.parametrize(
    ("one", "other", "lang"),
    [
        ("cancel my order", "call off my purchase", "en"),
        ("where is my package", "track my parcel", "en"),
        ("I forgot my password", "I don't remember my passcode", "en"),
        ("get a reimbursement for the invoice", "money back for the bill", "en"),
        ("delete my account", "I'd like account closure", "en"),
        ("faturamı göremiyorum", "FATURAMI GOREMIYORUM", "tr"),
        ("hesabımı kapat", "üyeliğimi sil", "tr"),
        ("kus on mu tellimus", "jälgida tellimust", "et"),
        ("Wo ist mein Paket?", "Sendungsverfolgung Päckchen", "de"),
    ],
)
def test_other_words_for_the_same_share_concepts(one: str, other: str, lang: str) -> None:
    """What is asked stays when words are swapped for their neighbours."""
    wanted = [name for name in _named(one, lang) if name not in ("want", "unable")]
    assert wanted
    assert set(wanted) <= set(_named(other, lang))


@pytest.mark.parametrize(
    ("text", "lang", "wrong"),
    [
        ("personal", "en", "agent"),
        ("important information", "en", "inform"),
        ("experience of customs", "en", "customer"),
        ("the training", "en", "train"),
        ("in order to", "en", "purchase"),
        ("Wir waren da", "de", "product"),
        ("drücken", "de", "print"),
        ("das ist lecker", "de", "leak"),
        ("freundlich", "de", "friend"),
        ("eine andere Farbe", "de", "change"),
        ("die große Tasche", "de", "size"),
        ("der Zähler", "de", "pay"),
        ("oldu", "tr", "died"),
        ("olumsuz", "tr", "died"),
        ("mesaj atmak", "tr", "atm"),
        ("çalışan", "tr", "not_working"),
        ("kazandım", "tr", "accident"),
        ("taksitle", "tr", "taxi"),
        ("muud", "et", "change"),
        ("oleksin", "et", "status"),
        ("täna", "et", "thanks"),
        ("arvestage", "et", "invoice"),
        ("kontorisse", "et", "account"),
    ],
)
def test_look_alikes_are_left_out(text: str, lang: str, wrong: str) -> None:
    """Everyday words that share a stem or first letters with a group do not name it."""
    assert wrong not in _named(text, lang)


def test_a_language_without_a_file_names_nothing() -> None:
    """Unknown languages mine and search as before; a region does not matter."""
    assert _named("annuler ma commande", "fr") == []
    assert concepts(["cancel"], None) == []
    assert concepts(["cancel"], "en-GB") == ["cancel"]


def test_encoded_data_names_nothing() -> None:
    """A "word" of a thousand letters is looked up nowhere, whatever it begins with."""
    assert concepts(["cancel", "cancel" + "x" * 1000], "en") == ["cancel"]


@given(st.text(), st.sampled_from([*KNOWN, "en-GB", "xx", None]))
def test_any_text_has_concepts_of_the_file(text: str, lang: str | None) -> None:
    """Concepts never fail and are ids of the language's file."""
    assert set(concepts(words(text, lang), lang)) <= set(groups(lang))


@given(
    st.lists(
        st.sampled_from("turn switch the off on my order call back up not work does".split()),
        max_size=12,
    )
)
def test_words_of_phrases_in_any_order(said: list[str]) -> None:
    """Phrases never take a word twice: a sentence names at most two groups a word."""
    assert len(concepts(said, "en")) <= 2 * len(said)
