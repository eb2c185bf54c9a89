"""The index asked anything: what is found, in which order, in which language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.model import Document, SearchFound
from kbtool.search.index import Index
from kbtool.search.terms import MAX_QUERY_LENGTH
from tests.search.helpers import document, ids, open_index, sample_documents

DOCUMENTS = [
    document(
        "en-reset",
        "en",
        "How do I reset my password?",
        "Open Settings and choose Reset password. We send you a letter.",
        questions=("forgot my login",),
        category="account",
    ),
    document("en-lock", "en", "The lock does not open", "Hold the key near it.", category="bike"),
    document("en-if", "en", "If", "A poem.", category="account"),
    document("tr-sifre", "tr", "Şifremi nasıl sıfırlarım?", "Ayarlar'da Şifre bölümünü açın."),
    document("tr-kilit", "tr", "Kilit açılmıyor", "Kilidi telefona yaklaştırın. Işık yanar."),
    document("tr-iptal", "tr", "Aboneliği iptal etmek", "İptal düğmesine basın."),
    document("et-parool", "et", "Kuidas vahetada parooli?", "Ava seaded ja sulge rakendus."),
    document("et-ratas", "et", "Ratas ei tule kaasa", "Rattaga sõites hoia sidurit. Õli lisa ise."),
    document("de-zurich", "de", "Filiale Zürich", "Öffnungszeiten und Schlüssel."),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A small index in four languages."""
    with open_index(DOCUMENTS, tmp_path_factory.mktemp("search") / "index") as made:
        yield made


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("password", "en-reset"),
        ("PASSWORD", "en-reset"),
        ("passwords", "en-reset"),  # stem of a form that no article has
        ("pasword", "en-reset"),  # a typo
        ("passwrd letetr", "en-reset"),
        ("passw", "en-reset"),  # still typing
        ("forgot login", "en-reset"),  # a real wording
        ("the lock doesnt open", "en-lock"),
        ("if", "en-if"),  # stop words are dropped, but not when they are the query
        ("şifre", "tr-sifre"),
        ("ŞİFRE", "tr-sifre"),
        ("SIFRE", "tr-sifre"),
        ("sifremi unuttum", "tr-sifre"),
        ("şifreler", "tr-sifre"),
        ("kilidi", "tr-kilit"),
        ("kilit", "tr-kilit"),
        ("kilidim", "tr-kilit"),
        ("isik", "tr-kilit"),
        ("İPTAL", "tr-iptal"),
        ("IPTAL", "tr-iptal"),
        ("iptal", "tr-iptal"),
        ("ıptal", "tr-iptal"),
        ("iptal'i", "tr-iptal"),
        ("abonelikten", "tr-iptal"),
        ("parool", "et-parool"),
        ("paroolile", "et-parool"),
        ("ratas", "et-ratas"),
        ("rattale", "et-ratas"),
        ("soites oli", "et-ratas"),
        ("sõiteS ÕLI", "et-ratas"),
        ("zürich", "de-zurich"),
        ("Zurich", "de-zurich"),
        ("zuerich", "de-zurich"),
        ("oeffnungszeiten", "de-zurich"),
    ],
)
def test_typed_in_any_way_it_finds_the_article(index: Index, query: str, first: str) -> None:
    """Case of any language, missing diacritics, endings, a typo, an unfinished word: same hit."""
    assert ids(index, query)[:1] == [first]


@pytest.mark.parametrize("spelling", ["SİFRE", "SIFRE", "Şifre", "sıfre"])
def test_case_and_diacritics_cost_nothing(index: Index, spelling: str) -> None:
    """All spellings give the same articles with the same scores."""
    assert index.search(spelling) == index.search("sifre")


@pytest.mark.parametrize("query", ["", "   ", "qqqq xxxx", "🚲🚲", '* ? : ^ ~ ( "', "\x00\x1b[2J"])
def test_nothing_to_find_is_an_empty_answer(index: Index, query: str) -> None:
    """No words, or words that no article has."""
    assert index.search(query).hits == ()


@pytest.mark.parametrize(
    "query",
    [
        'title:password AND NOT "reset', "password OR", "pass*", "password^4", "(password", "[password TO b]",
        "password~2", "\u202epassword\u202c", "pass\u200bword password", "password 🚲", "password " * 2000,
        "/password/", "NOT password", "<b>password</b>", "password\x00", "password; DROP TABLE articles",
    ],
)  # fmt: skip
def test_operators_are_only_text(index: Index, query: str) -> None:
    """Nothing in a query is syntax; what is a word is searched."""
    assert ids(index, query)[:1] == ["en-reset"]


def test_an_exact_title_comes_first(tmp_path: Path) -> None:
    """Also against articles that use its words far more often; an exact question comes next."""
    documents = [
        document("a", "en", "Lock lock lock", "lock " * 50, headings=("Lock", "Lock")),
        document("b", "en", "Lock"),
        document("c", "en", "Something else", questions=("lock",)),
    ]
    with open_index(documents, tmp_path / "index") as index:
        assert ids(index, "LOCK")[:2] == ["b", "c"]


def test_a_title_outweighs_the_text(tmp_path: Path) -> None:
    """A word in the title beats the same word in the text, however often it stands there."""
    documents = [
        document("a-text", "en", "Other things", "Invoice, invoice, invoice."),
        document("b-title", "en", "Invoice for everybody", "Here it is, with all the rest."),
        document("c-none", "en", "Unrelated", "Nothing of that sort."),
    ]
    with open_index(documents, tmp_path / "index") as index:
        assert ids(index, "invoice ") == ["b-title", "a-text"]


def test_more_words_outweigh_fewer(tmp_path: Path) -> None:
    """An article with all words of the query beats those with one of them; those still follow."""
    documents = [
        document("a", "en", "First", "The invoice is here, invoice after invoice."),
        document("b", "en", "Second", "The company is there, company after company."),
        document("c", "en", "Third", "An invoice to a company, as you like it, in this long text."),
        *(document(f"d{n}", "en", "Unrelated", "Nothing of that sort.") for n in range(5)),
    ]
    with open_index(documents, tmp_path / "index") as index:
        assert ids(index, "company invoice ") == ["c", "a", "b"]


def test_equal_articles_are_ordered_by_id(tmp_path: Path) -> None:
    """Ties do not depend on the order of input."""
    documents = [document(id_, "en", "Same title", "Same text.") for id_ in ("c", "a", "b")]
    with open_index(documents, tmp_path / "index") as index:
        assert ids(index, "same text") == ["a", "b", "c"]


def test_a_preferred_language_comes_first_and_others_are_offered(tmp_path: Path) -> None:
    """``lang`` orders, ``only_lang`` filters; an unknown language prefers nothing."""
    documents = [
        document("en", "en", "Velmo", "Velmo app"),
        document("tr", "tr", "Uygulama", "Velmo uygulaması"),
        document("et", "et", "Rakendus", "Velmo rakendus"),
    ]
    with open_index(documents, tmp_path / "index") as index:
        assert ids(index, "velmo")[0] == "en"
        assert ids(index, "velmo", lang="tr")[:2] == ["tr", "en"]
        assert ids(index, "velmo", lang="tr", limit=1) == ["tr"]
        assert ids(index, "velmo", lang="tr", only_lang=True) == ["tr"]
        assert ids(index, "velmo", lang="xx") == ids(index, "velmo")
        assert ids(index, "velmo", lang="xx", only_lang=True) == []
        assert index.languages == ("en", "et", "tr")


def test_the_language_of_the_query_overrules_the_readers(index: Index) -> None:
    """Where the reader's language knows less than half of the words and another knows them."""
    found = index.search("şifremi nasıl sıfırlarım", lang="en")
    assert (found.lang, found.hits[0].id) == ("tr", "tr-sifre")
    assert index.search("reset my password", lang="tr").lang == "en"
    assert index.search("şifremi nasıl sıfırlarım", lang="en", only_lang=True).lang == "en"
    assert index.search("kilit password", lang="tr").lang == "tr"


def test_a_correction_is_told(index: Index) -> None:
    """The whole query as it was searched, in its order; nothing when no word was a slip."""
    assert index.search("the pasword letetr", lang="en").corrected == "the password letter"
    assert index.search("the password", lang="en").corrected is None
    assert index.search("sfire", lang="tr").corrected == "şifre"


def test_as_typed_corrects_nothing(index: Index) -> None:
    """For those who meant what they typed."""
    assert ids(index, "pxssword", lang="en") == ["en-reset"]
    assert index.search("pxssword", lang="en", as_typed=True) == SearchFound((), "en", None)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.lists(st.sampled_from("password lock open settings key letter if".split())).map(
        " ".join
    ),
    category=st.sampled_from(["account", "bike", "nope"]),
    limit=st.integers(0, 4),
)
def test_filters_are_post_filtering(index: Index, query: str, category: str, limit: int) -> None:
    """The same articles in the same order with the same scores, without the others."""
    whole = index.search(query, lang="en", only_lang=True, limit=1000).hits
    some = index.search(query, lang="en", only_lang=True, category=category, limit=limit).hits
    assert some == tuple(hit for hit in whole if hit.category == category)[:limit]


def test_tag_is_a_strict_filter(tmp_path: Path) -> None:
    """Written in any case; together with a category both must hold; a tag is no word list."""
    documents = [
        document("a", "en", "Lock", tags=("Night shift", "keys"), category="bike"),
        document("b", "en", "Lock", tags=("keys",), category="home"),
        document("c", "en", "Lock"),
    ]
    with open_index(documents, tmp_path / "index") as index:
        assert ids(index, "lock", tag="keys") == ["a", "b"]
        assert ids(index, "lock", tag="NIGHT SHIFT") == ["a"]
        assert ids(index, "lock", tag="keys", category="home") == ["b"]
        assert ids(index, "lock", tag="night") == ids(index, "lock", tag="\ud800") == []


def test_a_word_of_another_language_is_no_typo(index: Index) -> None:
    """``kilit`` is not mended to a similar English word; with a preference it may be."""
    assert "en-lock" not in ids(index, "kilit ")
    assert ids(index, "pasword", lang="en")[0] == "en-reset"


def test_category_is_a_strict_filter(index: Index) -> None:
    """Articles of other categories, or of none, are left out."""
    assert ids(index, "password lock", category="bike") == ["en-lock"]
    assert ids(index, "password lock", category="nope") == []
    assert ids(index, "password lock", category="\ud800") == []


@pytest.mark.parametrize("limit", [-1, 0, 1, 3, 1000])
def test_limit(index: Index, limit: int) -> None:
    """Never more than asked for, and always the head of the whole list."""
    query = "open password şifre parool ratas"
    whole = ids(index, query, limit=1000)
    assert ids(index, query, limit=limit) == whole[: max(0, limit)]


def test_what_a_hit_shows(index: Index) -> None:
    """The article's addresses, category, language and a marked snippet."""
    (hit,) = index.search("reset", limit=1).hits
    assert (hit.title, hit.lang, hit.category) == ("How do I reset my password?", "en", "account")
    assert (hit.url, hit.permalink) == ("en/en-reset/", "a/en-reset/")
    assert ("Reset", True) in hit.snippet


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(
                ["password", "ŞİFRE", "rattal", "pasw", "lock", "*", '"', "AND", "\n", "é"]
            )
        ).map(" ".join),
    ),
    lang=st.sampled_from([None, "en", "tr", "xx"]),
)
def test_any_text_is_answered_the_same_way_twice(
    index: Index, query: str, lang: str | None
) -> None:
    """No query raises; answers repeat; snippets are stretches of the article."""
    found = index.search(query, lang=lang)
    bodies = {made.id: made.body for made in DOCUMENTS}
    assert found == index.search(query, lang=lang)
    for hit in found.hits:
        assert "".join(text for text, _ in hit.snippet) in bodies[hit.id]
        assert hit.score > 0


def test_only_the_start_of_a_long_query_is_read(index: Index) -> None:
    """Ten kilobytes are answered as their first 500 characters."""
    query = "pasword " + "qwertyuiop asdfghjkl " * 500
    assert index.search(query) == index.search(query[:MAX_QUERY_LENGTH])


def test_input_order_does_not_matter(tmp_path: Path) -> None:
    """The same documents in any order answer the same."""
    answers = []
    for name, documents in (("a", DOCUMENTS), ("b", DOCUMENTS[::-1])):
        with open_index(list(documents), tmp_path / name) as index:
            answers.append([index.search(q) for q in ("open", "sifre", "velmo", "pasword")])
    assert answers[0] == answers[1]


def test_no_documents_make_an_index_without_hits(tmp_path: Path) -> None:
    """A knowledge base without articles can be built and searched."""
    with open_index([], tmp_path / "index") as index:
        assert index.search("anything") == SearchFound((), None, None)
        assert index.languages == ()


def test_hostile_documents_are_indexed(tmp_path: Path) -> None:
    """Control characters, endless words, lone surrogates and empty texts break nothing."""
    documents = [
        document("x", "en", "", "a\x00b \ud800 " + "y" * 70_000, questions=("", "?" * 5000)),
        document("y", "xx-unknown", "Title of an unknown language", "word " * 40_000),
        document("z", "en", "long " * 20_000, "found"),
    ]
    with open_index(documents, tmp_path / "index") as index:
        assert ids(index, "unknown language") == ["y"]
        assert ids(index, "found") == ["z"]


SAMPLE = [
    ("cancel subscription", "kb-1002"),
    ("how can i stop my plan", "kb-1002"),
    ("battery wont charge", "kb-1005"),
    ("red light charger", "kb-1005"),
    ("flat tire", "kb-1001"),
    ("puncture", "kb-1001"),
    ("my bike was stoln", "kb-1006"),
    ("invoice with vat number", "kb-1003"),
    ("change delivery adress", "kb-1004"),
    ("bike too big", "kb-1007"),
    ("referral credit missing", "kb-1008"),
    ("ABONELİK İPTALİ", "kb-2002"),
    ("aboneligimi iptal etmek istiyorum", "kb-2002"),
    ("lastik patladi", "kb-2001"),
    ("bataryam sarj olmuyor", "kb-2005"),
    ("şirkete fatura", "kb-2003"),
    ("bisikletim calindi", "kb-2006"),
    ("teslimat adresini değiştirmek", "kb-2004"),
    ("aku ei lae", "kb-3005"),
    ("rehv on katki", "kb-3001"),
    ("lepingu lopetamine", "kb-3002"),
    ("arve ettevottele", "kb-3003"),
    ("ratas varastati ara", "kb-3006"),
    ("sõbra kutsumine", "kb-3008"),
    ("tarneaja muutmne", "kb-3004"),
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The sample help centre."""
    with open_index(sample_documents(), tmp_path_factory.mktemp("sample") / "index") as made:
        yield made


@pytest.mark.parametrize(("query", "right"), SAMPLE)
def test_the_sample_help_centre_answers(sample: Index, query: str, right: str) -> None:
    """What customers type finds the right article first, without saying the language."""
    assert ids(sample, query)[:1] == [right]


@pytest.mark.parametrize("made", sample_documents(), ids=lambda made: made.id)
def test_every_title_and_question_finds_its_article(sample: Index, made: Document) -> None:
    """Known items: title and real wordings of each article bring it first in its language."""
    for query in (made.title, *made.questions):
        assert ids(sample, query, lang=made.lang)[:1] == [made.id], query
