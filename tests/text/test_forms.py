"""Other forms of a word: what first letters and stems do not join, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.text import get_language, is_stop_word, match_key, typed_keys
from kbtool.text.forms import MOST, other_forms, split_forms

LANGUAGES = ("de", "en", "et", "tr")


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("shelves", "shelf"), ("shelf", "shelves"), ("foot", "feet"), ("people", "person"),
        ("bought", "buy"), ("buy", "bought"), ("paid", "paying"), ("broken", "break"),
        ("box", "boxes"), ("boxes", "box"), ("box", "boxing"), ("email", "emails"),
        ("try", "tries"), ("tried", "try"), ("using", "use"), ("use", "using"), ("log", "logged"),
        ("stopped", "stop"), ("class", "classes"), ("buses", "bus"),
        ("colour", "color"), ("coloring", "colouring"), ("neighbourhood", "neighborhood"),
        ("catalogues", "catalogs"), ("program", "programme"), ("grey", "gray"), ("tyres", "tires"),
    ],
)  # fmt: skip
def test_english_irregular_short_and_respelt_words(word: str, typed: str) -> None:
    """Irregular forms, regular ones of short words, and both sides of the Atlantic."""
    assert typed in other_forms(word, "en")


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("absagen", "abgesagt"), ("abgesagt", "absagen"), ("einlösen", "eingelost"),
        ("einlösen", "eingeloest"), ("eingelösten", "einlosen"), ("einzulösen", "einlosen"),
        ("einlösung", "eingelost"), ("zurückzusetzen", "zuruckgesetzt"),
        ("zurücksetzen", "zuruckzusetzen"), ("rücksendung", "zurucksenden"),
        ("schließen", "geschlossen"), ("geschlossene", "schliessen"),
        ("angeschlossen", "anschliessen"), ("verbunden", "verbinden"), ("verbindung", "verbunden"),
        ("bringen", "gebracht"), ("gebracht", "bringen"), ("gibt", "geben"),
        ("kündigen", "gekundigt"), ("gekündigten", "kundigen"), ("kündigung", "gekundigt"),
        ("liefern", "geliefert"), ("vorbestellen", "vorbestellt"), ("öffnen", "geoffnet"),
        ("ast", "aste"), ("äste", "ast"), ("haus", "haeuser"), ("neue", "neu"), ("sagen", "sagt"),
    ],
)  # fmt: skip
def test_german_verbs_and_short_words(word: str, typed: str) -> None:
    """Infinitive, participle and zu-infinitive are one; so are a short noun's singular, plural."""
    assert typed in other_forms(word, "de")


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("renk", "reng"), ("rengi", "renk"), ("kitabınızı", "kitap"), ("hesap", "hesab"),
        ("kapağı", "kapak"), ("aboneliğinizi", "abonelik"), ("kilidi", "kilit"),
        ("şehir", "sehr"), ("şehrinize", "sehir"), ("resmini", "resim"), ("isim", "ismini"),
        ("boynundaki", "boyun"), ("oğul", "oglu"), ("fikrimi", "fikir"), ("kaydı", "kayit"),
        ("gidiyor", "gitmek"), ("etmek", "ediyor"), ("demek", "diyor"), ("aramak", "ariyor"),
        ("silebilirsiniz", "sildi"), ("silin", "siliyor"), ("aldım", "almak"), ("yapma", "yapti"),
        ("kod", "kodunuz"), ("kodlar", "kod"),
    ],
)  # fmt: skip
def test_turkish_stems_that_change_and_short_ones(word: str, typed: str) -> None:
    """Softened consonants, dropped vowels, and the beginnings of a short word's forms."""
    assert typed in other_forms(word, "tr")


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("viga", "vea"), ("viga", "veaga"), ("veale", "viga"), ("rida", "ridu"), ("read", "rida"),
        ("tuba", "toas"), ("leht", "lehe"), ("lehega", "leht"), ("pangas", "pank"),
        ("laps", "laste"), ("mees", "mehe"), ("uus", "uue"), ("pood", "poes"), ("ratas", "ratta"),
        ("pildiga", "pilt"), ("rent", "rendi"), ("hinnad", "hind"), ("osta", "osts"),
        ("ostmine", "osta"), ("minna", "lahen"), ("lähen", "minna"), ("tehtud", "teen"),
        ("annan", "anda"), ("sulgemine", "suletud"), ("suletud", "sulge"), ("kork", "korgi"),
        ("tokk", "toku"), ("tont", "tond"), ("tondid", "tont"),
    ],
)  # fmt: skip
def test_estonian_gradation(word: str, typed: str) -> None:
    """Strong and weak stems are one, in everyday words by the table, in short ones by rule."""
    assert typed in other_forms(word, "et")


@pytest.mark.parametrize(
    ("word", "lang"),
    [
        ("news", "en"), ("the", "en"), ("password", "en"), ("x1", "en"),
        ("nachrichten", "de"), ("anderen", "de"), ("gerät", "de"), ("passwort", "de"),
        ("kesin", "tr"), ("için", "tr"), ("bildirim", "tr"), ("altında", "tr"), ("dönemin", "tr"), ("olmadığı", "tr"),
        ("kood", "et"), ("parool", "et"), ("korter", "et"), ("avaldus", "et"), ("tegelik", "et"),
    ],
)  # fmt: skip
def test_words_that_only_look_like_forms_have_none(word: str, lang: str) -> None:
    """``nachrichten`` is no verb, ``bildirim`` no form of ``bilmek``."""
    assert other_forms(word, lang) == ()


@pytest.mark.parametrize(
    ("one", "other", "lang"),
    [("leave", "left", "en"), ("cheque", "check", "en"), ("son", "sona", "tr"),
     ("hat", "hata", "tr"), ("iş", "iste", "tr"), ("muutma", "muud", "et"),
     ("müüa", "muuda", "et"), ("bereich", "bricht", "de")],
)  # fmt: skip
def test_a_form_that_is_another_common_word_is_left_out(one: str, other: str, lang: str) -> None:
    """A wrong article is worse than none."""
    assert other not in other_forms(one, lang)


@pytest.mark.parametrize("word", ["einlösen", "eingelöst", "einzulösen", "einlösung"])
def test_a_separable_verb_comes_apart(word: str) -> None:
    """Whatever form the article has, a sentence's verb and its prefix lead to it."""
    assert {("lose", "ein"), ("lost", "ein"), ("losen", "ein"), ("loese", "ein")} <= set(
        split_forms(word, "de")
    )


@pytest.mark.parametrize(
    ("word", "pair"),
    [
        ("zurückschicken", ("schicke", "zuruck")), ("anschließen", ("schliesst", "an")),
        ("abgegeben", ("gibt", "ab")), ("rücklieferung", ("liefert", "zuruck")),
        ("anmelden", ("melde", "an")), ("abrechnen", ("rechnet", "ab")),
    ],
)  # fmt: skip
def test_strong_and_regular_verbs_come_apart(word: str, pair: tuple[str, str]) -> None:
    """By their finite forms, with the vowel that changes."""
    assert pair in split_forms(word, "de")


@pytest.mark.parametrize(
    ("word", "lang"),
    [("verbinden", "de"), ("bringen", "de"), ("nachrichten", "de"), ("zusammen", "de"),
     ("einzelnen", "de"), ("einlösen", "en"), ("aufgaben", "de"), ("einlösen", "xx")],
)  # fmt: skip
def test_other_words_stay_whole(word: str, lang: str) -> None:
    """Only German verbs with a prefix that leaves them."""
    assert split_forms(word, lang) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_hold_together(lang: str) -> None:
    """Lines are lower case, have two forms, and no doubles; prefixes, the longest first."""
    language = get_language(lang)
    for line in (*language.irregular, *language.respelt, *language.verbs):
        forms = line.split()
        assert line == line.lower()
        assert line.isprintable()
        assert len(set(forms)) == len(forms), line
    assert all(len(line.split()) >= 2 for line in (*language.irregular, *language.respelt))
    assert list(language.separable) == sorted(language.separable, key=len, reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whole_forms_of_a_line_lead_to_each_other(lang: str) -> None:
    """A table works in both directions, except for words that mean something else as well."""
    language = get_language(lang)
    for line in language.irregular:
        whole = [form for form in line.split() if form.isalpha()]
        kept = [f for f in whole if f not in language.lookalikes and not is_stop_word(f, lang)]
        for form in kept[:3]:
            missing = {match_key(f) for f in kept[:3]} - {match_key(form)}
            assert missing <= set(other_forms(form, lang)), (line, form)


@given(st.text(max_size=60), st.sampled_from([*LANGUAGES, "fr", "xx", "de-CH", ""]))
def test_any_text_has_folded_sorted_bounded_forms(word: str, lang: str) -> None:
    """Whatever stands in a cell or a page: no error, and what was promised."""
    _check(word, lang)


def _check(word: str, lang: str) -> None:
    """Folded, sorted, bounded, the same again, never the word's own key."""
    found = other_forms(word, lang)
    assert list(found) == sorted(set(found))
    assert len(found) <= MOST
    assert not set(found) & set(typed_keys(word, get_language(lang).code))
    assert all(form == match_key(form) and form.isalpha() for form in found)
    assert other_forms.__wrapped__(word, lang) == found
    pairs = split_forms(word, lang)
    assert list(pairs) == sorted(set(pairs))
    assert all(match_key(part) == part for pair in pairs for part in pair)


_LETTERS = "abcdefghijklmnoprstuvyzäöüßçğışõ"


@given(
    st.sampled_from(["", "ab", "zurück", "ge", "einzu", "re", "vea", "ost", "sil", "isim"]),
    st.text(_LETTERS, max_size=12),
    st.sampled_from(["", "en", "ung", "t", "eln", "ini", "ler", "mine", "ies", "ing", "ed"]),
    st.sampled_from(LANGUAGES),
)
def test_what_looks_like_words_has_folded_sorted_bounded_forms(
    start: str, middle: str, end: str, lang: str
) -> None:
    """The same with words that reach the rules."""
    _check(start + middle + end, lang)


@pytest.mark.parametrize("lang", ["fr", "es", "ru", "xx", "und", ""])
def test_other_languages_have_no_forms(lang: str) -> None:
    """Their stems and first letters must do."""
    assert other_forms("shelves", lang) == ()
    assert split_forms("einlösen", lang) == ()
