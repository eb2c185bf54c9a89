"""The record: what an agent's query finds, in which order, in which language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.search.record.read import Record
from kbtool.text import term
from tests.search.helpers import document
from tests.search.record.helpers import DOCUMENTS, found, written


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The record of the shared articles."""
    with written(DOCUMENTS, tmp_path_factory.mktemp("record") / "whoosh") as made:
        yield made


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("refund", ["refund", "paypal"]),
        ("REFUNDS", ["refund", "paypal"]),
        ("title:refund", ["refund"]),
        ("body:refund", ["paypal"]),
        ('"credit card"', ["paypal", "refund"]),
        ('"credit card" -paypal', ["refund"]),
        ('"card of credit"', ["paypal"]),  # a stop word counts in a phrase
        ('"card credit"', []),
        ('"credit of card"', []),
        ('"credit card you"', []),  # no phrase goes on in the next paragraph
        ('"money do"', []),  # nor in the next question
        ('"log in"', ["login", "refund"]),
        ('"log into"', ["login"]),
        ('title:"log in"', ["login"]),
        ('asked:"pay back"', ["refund"]),
        ("asked:money headings:ask", ["refund"]),
        ("refund AND (visa OR paypal)", ["paypal"]),
        ("paypal OR login", ["paypal"]),
        ("paypal OR log", ["paypal", "login", "refund"]),
        ("e-mail", ["login"]),
        ("log*", ["login", "refund"]),
        ("pay*", ["paypal", "refund"]),
        ("title:pay*", ["paypal"]),
        ("e-ma*", ["login"]),
        ("tag:billing", ["paypal", "refund"]),
        ("tag:BILLING refund -title:paypal", ["refund"]),
        ('tag:"money back"', ["refund"]),
        ("tag:money", []),  # a filter asks for the whole tag
        ("tag:mon*", ["refund"]),
        ("back*", ["refund"]),  # a tag's words are words
        ("category:account lang:en", ["login", "off"]),
        ("category:acc* -lang:en", ["sifre"]),
        ("id:kb-login", ["login"]),
        ("id:KB-LOG*", ["login"]),
        ("id:kb-log", []),
        ("lang:en -category:payment -category:account", ["if"]),
        ("how do I get the refund", ["refund"]),  # stop words need not be there, the others must
        ("where is the refund", ["refund", "paypal"]),
        ("if", ["if"]),  # unless they are all there is
        ("title:the", ["off"]),
        ("the -paypal lang:en", ["if", "login", "off", "refund"]),
        ("şifre", ["sifre"]),
        ("SIFRE", ["sifre"]),
        ("ŞİFRE", ["sifre"]),
        ("sifremi", ["sifre"]),
        ("şifreler", ["sifre"]),  # a form that no article has
        ('"sifre bolumunu"', ["sifre"]),
        ("ayarlar", ["sifre"]),
        ("tag:sifre", ["sifre"]),
        ("iade", ["sifre"]),
        ("IADE", ["sifre"]),
        ("ratas", ["ratas"]),
        ("rattale", ["ratas"]),
        ("soites oli", ["ratas"]),
        ("zürich", ["zurich"]),
        ("zurich", ["zurich"]),
        ("zuerich", ["zurich"]),
        ("zuer*", ["zurich"]),
        ('"öffnungszeiten fuer schlüssel"', ["zurich"]),
        ("zzzz", []),
        ("refund zzzz", []),
        ("refund OR zzzz", ["refund", "paypal"]),
        ("", []),
        ("🙂 ()", []),
    ],
)
def test_what_is_found(record: Record, query: str, ids: list[str]) -> None:
    """The articles that match and no other, best first; as many are counted."""
    assert sorted(found(record, query, limit=100)) == sorted(ids)
    assert found(record, query, limit=100) == ids or "OR" in query
    assert record.find(query, limit=1).total == len(ids)


def test_the_bars_of_a_query(record: Record) -> None:
    """What must not be there, alone: all other articles, by id."""
    others = ["if", "login", "off", "ratas", "refund", "sifre", "zurich"]
    assert found(record, "-paypal") == others
    assert found(record, "NOT (paypal OR lang:en)") == ["ratas", "sifre", "zurich"]
    assert found(record, "-zzzz") == sorted([*others, "paypal"])


def test_filters(record: Record) -> None:
    """``lang``, ``category`` and ``tag`` are strict, and written in any case."""
    assert found(record, "-zzzz", lang="tr") == ["sifre"]
    assert found(record, "-zzzz", lang="xx") == []
    assert found(record, "card OR zürich", category="Payment") == ["paypal", "refund"]
    assert found(record, "card", tag="MONEY  back") == ["refund"]
    assert found(record, "-zzzz", category="account", tag="sifre") == ["sifre"]
    assert found(record, "refund", category="\ud800") == []
    assert found(record, "a OR refund", lang="en", category="account") == []


def test_what_is_in_no_article_is_told(record: Record) -> None:
    """Words, prefixes and filters without any article; not those that must not be there."""
    told = record.find("refund zzzz qqq* tag:none -yyyy title:xx").notes
    assert told == (
        "no article has qqq*", "no article has tag:none", "no article has xx", "no article has zzzz",
    )  # fmt: skip
    assert record.find("şifre refund").notes == ()  # each is in the articles of some language
    assert record.find("ratas", lang="tr").notes == ("no article has ratas",)
    assert record.find("()").notes[-1] == "there is nothing to look for"


def test_what_a_hit_holds(record: Record) -> None:
    """The article as it was indexed, a score, the words to mark in it, those that it has."""
    (hit, _) = record.find("refunds OR paypal OR lo* -zzzz").hits[:2]
    assert (hit.lang, hit.id, hit.document) == ("en", "kb-paypal", DOCUMENTS[1])
    assert hit.words == (frozenset({"refunds"}), frozenset({"paypal"}))
    assert hit.score == round(hit.score, 4) > 0
    (hit,) = record.find('"Sifre Bolumunu"').hits
    assert hit.words == (frozenset({"sifre", "sifremi"}), frozenset({"bolumunu"}))


@pytest.mark.parametrize("limit", [-1, 0, 1, 3, 100])
def test_limit(record: Record, limit: int) -> None:
    """The best ones, whatever the language; the total does not depend on it."""
    whole = record.find("-zzzz OR refund", limit=100)
    answer = record.find("-zzzz OR refund", limit=limit)
    assert answer.hits == whole.hits[: max(0, limit)]
    assert answer.total == whole.total == len(DOCUMENTS)


def test_the_order(tmp_path: Path) -> None:
    """A title outweighs the text, more words fewer, a short text a long one; equal ones by id."""
    documents = [
        document("kb-3", "en", "x", "wheel of a bike and many other things beside it"),
        document("kb-2", "en", "x", "the wheel"),
        document("kb-1", "en", "wheel", "x"),
        document("kb-5", "en", "y", "lamp"),
        document("kb-4", "en", "y", "lamp"),
    ]
    with written(documents, tmp_path / "whoosh") as record:
        assert found(record, "wheel") == ["1", "2", "3"]
        assert found(record, "body:(wheel OR bike OR things)") == ["3", "2"]
        assert found(record, "lamp") == ["4", "5"]
        scores = [hit.score for hit in record.find("wheel").hits]
        assert scores == sorted(scores, reverse=True)


def test_a_prefix_stands_for_the_most_frequent_words(tmp_path: Path) -> None:
    """64 of them, and that is told; stop words are none of them."""
    rare = " ".join(f"th{a}{b}" for a in "bcdfgklm" for b in "abcdefghijkl")
    documents = [document("kb-1", "en", "x", rare), document("kb-2", "en", "the", "thma thmb")]
    with written(documents, tmp_path / "whoosh") as record:
        answer = record.find("th*")
        assert answer.notes == ("th* stands for the 64 most frequent words it begins",)
        marked = {hit.id: hit.words for hit in answer.hits}
        assert marked["kb-2"] == (frozenset({"thma", "thmb"}),)  # in two articles
        assert len(marked["kb-1"][0]) == 64
        assert found(record, "title:th*") == []


def test_a_query_that_asks_for_too_much_is_told(tmp_path: Path) -> None:
    """What the prefixes and phrases of one query may read is bounded, and passing it is told."""
    body = " ".join("bcdfghjklmnpqrvwxz" * 2)
    documents = [document(f"kb-{n:03}", "en", "x", body) for n in range(400)]
    syllables = body.split()
    phrases = [f'"{" ".join(syllables[start : start + 16])}"' for start in range(18)]
    with written(documents, tmp_path / "whoosh") as record:
        few = record.find(" ".join(phrases[:10]))
        assert (few.total, few.notes) == (400, ())
        many = record.find(" OR ".join(phrases))
        assert many.total == 400
        assert many.notes == ("this query asks for too much: not all of it was looked for",)


def test_no_articles(tmp_path: Path) -> None:
    """A record of nothing answers with nothing."""
    with written([], tmp_path / "whoosh") as record:
        assert record.languages == ()
        assert record.find("refund -x").hits == ()


HOSTILE = [
    '"' * 10_000, "(" * 10_000, ")" * 10_000, "a* " * 5_000, "* " * 5_000, "-" * 10_000 + "x",
    "NOT " * 2_500 + "x", "title:" * 2_000 + "refund", '"a" OR ' * 1_500, "🙂" * 5_000,
    "\u202eabc\u2066 " * 2_500, "\x00\x1b[31m" * 2_000, "\ud800" * 10_000, "a*b*" * 2_500,
    "refund OR " * 1_000, '"the ' * 2_500, "~^" * 5_000, "tag:*" * 2_000, "tag:a OR " * 1_000,
    "".join(chr(code) for code in range(0x20, 0x2800)),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_ten_kilobytes_of_anything(record: Record, number: int) -> None:
    """Operators, quotes, wildcards, emoji, right-to-left and control characters: an answer."""
    answer = record.find(HOSTILE[number])
    assert "only the first 1000 characters were read" in answer.notes
    assert len(answer.hits) <= answer.total <= len(DOCUMENTS)


@given(st.text(max_size=60))
def test_any_text_is_answered_the_same_way_twice(record: Record, text: str) -> None:
    """No error, no chance."""
    assert record.find(text) == record.find(text)


VOCABULARY = ["lamp", "wheel", "chain", "the", "of", "not"]
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=6).map(" ".join)
QUERIES = st.recursive(
    st.one_of(
        st.tuples(st.sampled_from(["", "title:", "body:"]), st.sampled_from(VOCABULARY[:3])).map(
            "".join
        ),
        st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=4).map(
            lambda words: '"' + " ".join(words) + '"'
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda found: "(" + " ".join(found) + ")"),
        st.lists(inner, min_size=2, max_size=3).map(lambda found: "(" + " OR ".join(found) + ")"),
        inner.map(lambda found: f"(NOT {found})"),
    ),
    max_leaves=6,
)


def _matches(query: str, title: str, body: str) -> bool:
    """The query language read naively: one text at a time, by recursion on the text itself."""
    if query.startswith("(NOT "):
        return not _matches(query[5:-1], title, body)
    if query.startswith("("):
        parts = _parts(query[1:-1])
        ways = [_matches(part, title, body) for part in parts if part != "OR"]
        return any(ways) if "OR" in parts else all(ways)
    field, _, text = query.rpartition(":")
    texts = {"title": [title], "body": [body]}.get(field, [title, body])
    wanted = f" {text.strip(chr(34))} "
    return any(wanted in f" {one} " for one in texts)


def _parts(text: str) -> list[str]:
    """``text`` split at the spaces outside brackets and quotation marks."""
    parts, depth, quoted = [""], 0, False
    for sign in text:
        quoted ^= sign == '"'
        depth += (sign == "(") - (sign == ")")
        if sign == " " and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
@given(
    articles=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6),
    queries=st.lists(QUERIES, min_size=1, max_size=8),
)
def test_it_finds_what_a_naive_reading_finds(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[tuple[str, str]],
    queries: list[str],
) -> None:
    """Boolean queries, fields and phrases against strings compared letter by letter."""
    assert all(term(word, "en") == word for word in VOCABULARY[:3])
    documents = [document(f"kb-{n}", "en", *texts) for n, texts in enumerate(articles)]
    with written(documents, tmp_path_factory.mktemp("naive") / "whoosh") as record:
        for query in queries:
            naive = [str(n) for n, texts in enumerate(articles) if _matches(query, *texts)]
            assert sorted(found(record, query)) == naive, query
