"""Front matter: what is written is read back; what is wrong is named with its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.files.frontmatter import (
    KEYS,
    body_line,
    draft_sha256,
    dump_article,
    field_line,
    is_edited,
    parse_article,
)
from kbtool.articles.files.header import MAX_HEADER
from kbtool.model import Article, Evidence, Wake

GOOD = """---
id: kb-1
title: How do I change my box?
lang: en
status: draft
owner: Anu
---
Open the app.
"""
SAID = "{text: Tap it., sources: [desk:1/m1/s1], tickets: 1, agents: 1,"
CONTENT = Path(__file__).parents[3] / "content"

text = st.text(max_size=60).filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t))
some = text.filter(lambda t: bool(t.strip()))
optional = st.none() | some
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.dates() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=5,
)
evidence = st.builds(
    Evidence,
    text=text,
    sources=st.lists(text, max_size=2).map(tuple),
    tickets=st.integers(0, 99),
    agents=st.integers(0, 9),
    last_seen=st.none() | st.dates(),
    first_seen=st.none() | st.dates(),
    edited=st.booleans(),
)
articles = st.builds(
    Article,
    id=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True),
    title=some,
    lang=st.sampled_from(["en", "tr", "et", "pt-BR"]),
    status=st.sampled_from(["draft", "review", "published", "rejected"]),
    category=optional,
    body=text.map(lambda t: t.replace("\r", "") + "\n"),
    path=st.just("en/x.md"),
    tags=st.lists(text, max_size=3).map(tuple),
    also_asked=st.lists(text, max_size=3).map(tuple),
    translation_of=optional,
    topic=optional,
    updated=st.none() | st.dates(),
    reviewed_by=optional,
    review_by=st.none() | st.dates(),
    evidence=st.lists(evidence, max_size=2).map(tuple),
    drafted_sha256=optional,
    rewritten_by=optional,
    reason=optional,
    wake=st.none()
    | st.builds(Wake, times=st.floats(1.01, 9000).map(lambda n: float(f"{n:g}")))
    | st.builds(Wake, tickets=st.integers(1, 10**6))
    | st.builds(Wake, until=st.dates())
    | st.just(Wake()),
    replaced_by=optional,
    differs_from=st.lists(text, max_size=2).map(tuple),
    translated=st.dictionaries(text, text, max_size=2).map(lambda d: tuple(d.items())),
    heard_until=st.none() | st.dates(),
    published=st.none() | st.dates(),
    release=st.none() | st.dates(),
    lot=optional,
    extra=st.dictionaries(text.filter(lambda k: k not in KEYS), plain_values, max_size=2).map(
        lambda d: tuple(d.items())
    ),
    body_line=st.just(0),
)


@given(articles)
def test_what_is_written_is_read_back(article: Article) -> None:
    """Any text in any field survives: quotes, colons, newlines, emoji, YAML's own words."""
    again, findings = parse_article(dump_article(article), article.path)
    assert findings == ()
    assert again is not None
    assert replace(again, body_line=0) == article
    assert again.body_line == body_line(article)


def test_the_sample_help_centre_keeps_its_meaning_when_rewritten() -> None:
    """Every sample article is read without findings and written to an equal one."""
    files = sorted(CONTENT.glob("*/*/*.md"))
    assert files
    for file in files:
        article, findings = parse_article(file.read_text("utf-8"), "x.md")
        assert article, findings
        again, _ = parse_article(dump_article(article), "x.md")
        assert again
        assert replace(again, body_line=0) == replace(article, body_line=0)


def test_keys_come_in_one_order_and_unset_ones_are_left_out() -> None:
    """A file's diff stays small however the article was made."""
    article, _ = parse_article(GOOD, "en/x.md")
    assert article
    lines = dump_article(replace(article, reviewed_by="Anu", tags=("b", "a"))).split("\n")
    assert lines[:8] == [
        "---", "id: kb-1", "title: How do I change my box?", "lang: en", "status: draft",
        "tags:", "- b", "- a",
    ]  # fmt: skip
    assert lines[8:12] == ["reviewed_by: Anu", "owner: Anu", "---", "Open the app."]


@pytest.mark.parametrize(
    ("broken", "code", "line"),
    [
        ("id: kb-1\n", "no-front-matter", 1),
        ("---\nid: kb-1\n", "no-front-matter", 1),
        (GOOD.replace("title: How", "title: a: b"), "bad-yaml", 3),
        (GOOD.replace("id: kb-1\n", ""), "missing-id", 1),
        (GOOD.replace("kb-1", "../../etc"), "bad-id", 2),
        (GOOD.replace("title: How do I change my box?", "title:"), "missing-title", 3),
        (GOOD.replace("title: How do I change my box?", "title: [a]"), "wrong-type", 3),
        (GOOD.replace("status: draft", "status: done"), "unknown-status", 5),
        (GOOD.replace("lang: en", "lang: English!"), "bad-lang", 4),
        (GOOD.replace("owner: Anu", "updated: soon"), "bad-date", 6),
        (GOOD.replace("owner: Anu", "tags: bike"), "wrong-type", 6),
        (GOOD.replace("owner: Anu", "id: kb-2"), "duplicate-key", 6),
        (GOOD.replace("owner: Anu", "owner: &x [1]"), "yaml-alias", 6),
        (GOOD.replace("owner: Anu", "owner: !!python/object:os.system x"), "bad-yaml", 6),
        (GOOD.replace("owner: Anu", "evidence: [1]"), "bad-evidence", 6),
        (GOOD.replace("owner: Anu", f"evidence: [{SAID} edited: maybe}}]"), "bad-evidence", 6),
        (
            GOOD.replace("owner: Anu", f"evidence: [{SAID}}}]".replace("1,", "-1,")),
            "bad-evidence",
            6,
        ),
        (
            GOOD.replace("owner: Anu", f"evidence: [{SAID}}}]".replace("[desk:1/m1/s1]", "desk")),
            "bad-evidence",
            6,
        ),
        (GOOD.replace("owner: Anu", "owner: " + "[" * 100_000), "bad-yaml", 6),
        ("---\nx: " + "a" * MAX_HEADER + "\n---\n", "too-large", 1),
        ("---\n- a\n---\n", "bad-yaml", 2),
        ("---\n[a]: b\n---\n", "bad-yaml", 2),
    ],
)
def test_what_is_wrong_is_named_with_its_line(broken: str, code: str, line: int) -> None:
    """Each mistake gives no article but a finding with code, line and a hint."""
    article, findings = parse_article(broken, "en/x.md")
    assert article is None
    assert (code, line) in [(f.code, f.line) for f in findings]
    assert all(f.hint and f.file == "en/x.md" and f.level == "error" for f in findings)


def test_all_problems_of_a_file_come_at_once() -> None:
    """A writer mends a file in one go."""
    _, findings = parse_article("---\nid: -x\nstatus: done\n---\n", "x.md")
    assert [f.code for f in findings] == [
        "missing-lang",
        "missing-title",
        "bad-id",
        "unknown-status",
    ]


def test_yaml_words_stay_text() -> None:
    """``No``, ``1001`` and ``12:30`` are what the writer typed, not booleans and numbers."""
    article, _ = parse_article(
        GOOD.replace("How do I change my box?", "No").replace("kb-1", "1001"), "x.md"
    )
    assert article
    assert (article.title, article.id) == ("No", "1001")


def test_the_body_starts_where_it_says() -> None:
    """``body_line`` is the line of the file, with any line ends and a byte order mark."""
    for text in (GOOD, "\ufeff" + GOOD, GOOD.replace("\n", "\r\n")):
        article, _ = parse_article(text, "x.md")
        assert article
        assert article.body == "Open the app.\n"
        assert text.splitlines()[article.body_line - 1] == "Open the app."
    assert field_line(GOOD, "status") == 5


def test_only_a_change_by_a_person_counts_as_an_edit() -> None:
    """Other line ends, trailing spaces and kbtool's own keys do not; a word or the title does."""
    article, _ = parse_article(GOOD, "x.md")
    assert article
    drafted = replace(article, drafted_sha256=draft_sha256(article))
    assert not is_edited(drafted)
    assert not is_edited(replace(drafted, body="\r\nOpen the app.  \r\n"))
    assert not is_edited(replace(drafted, status="review", updated=date(2026, 1, 1), body_line=3))
    again, _ = parse_article(dump_article(drafted), "x.md")
    assert again
    assert not is_edited(again)
    for change in (
        {"body": "Close the app.\n"},
        {"title": "x"},
        {"tags": ("a",)},
        {"category": "b"},
    ):
        assert is_edited(replace(drafted, **change))
    assert is_edited(article)


def test_dates_are_dates() -> None:
    """A date may be written with a time; the day counts."""
    article, _ = parse_article(GOOD.replace("owner: Anu", "updated: 2026-11-02 10:00"), "x.md")
    assert article
    assert article.updated == date(2026, 11, 2)


def test_a_section_is_kept_and_an_odd_one_named() -> None:
    """It belongs to what a person may change in a draft; it must be a name as categories have."""
    article, findings = parse_article(GOOD.replace("owner: Anu", "section: first-steps"), "x.md")
    assert article
    assert (article.section, findings) == ("first-steps", ())
    assert parse_article(dump_article(article), "x.md")[0] == article
    assert draft_sha256(article) != draft_sha256(replace(article, section=None))
    _, (finding,) = parse_article(GOOD.replace("owner: Anu", "section: First steps"), "x.md")
    assert (finding.code, finding.line) == ("bad-section", 6)


def test_former_addresses_are_kept_and_odd_ones_named() -> None:
    """A list of addresses below the help centre; a whole URL is refused with what to write."""
    text = GOOD.replace("owner: Anu", "former:\n- en/old-name/\n- hc/en-us/articles/360-Box")
    article, findings = parse_article(text, "en/x.md")
    assert article is not None
    assert article.former == ("en/old-name/", "hc/en-us/articles/360-Box")
    assert parse_article(dump_article(article), "en/x.md") == (article, findings)
    assert draft_sha256(article) != draft_sha256(replace(article, former=()))
    wrong = GOOD.replace("owner: Anu", "former: [https://help.example/en/x/]")
    (finding,) = parse_article(wrong, "en/x.md")[1]
    assert (finding.code, finding.line) == ("bad-former", 6)
    assert "host" in finding.message
