"""Markdown becomes plain text: what readers see, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Article
from kbtool.search.documents import SUMMARY_LENGTH, plain_text, shorten, to_document

CASES = [
    ("A **bold** and _soft_ word.", "A bold and soft word."),
    ("Two\nlines wrap.", "Two lines wrap."),
    ("Open [the app](https://x.example/a_(b)) now.", "Open the app now."),
    ("[![logo](a.png)](b.html) here", "logo here"),
    ("See [this][ref].\n\n[ref]: https://x.example", "See this."),
    ("1. First\n2. Second", "First\nSecond"),
    ("- [x] done\n- [ ] open", "done\nopen"),
    ("> **Note:** careful", "Note: careful"),
    ('!!! warning "Mind this"\n    inside', "Mind this inside"),
    ("a <b>bold</b> 5 < 6 &amp; 7", "a bold 5 < 6 & 7"),
    ("Keep snake_case_names and 2*3.", "Keep snake_case_names and 2*3."),
    ("**bold *and soft***, `code *`, ~~gone~~", "bold and soft, code *, gone"),
    (r"\*not emphasis\*", "*not emphasis*"),
    ("before <!-- a secret\nnote --> after", "before after"),
    ("shown <!-- never closed\nhidden", "shown"),
    ("<<<<<<< ours\nleft\n=======\nright\n>>>>>>> theirs", "left\nright"),
    ("||||||| base\nkept", "kept"),
    ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a b\n1 2"),
    ("```sh\nls -l  # list\n```", "ls -l # list"),
    ("text\n\n---\n\nmore", "text\nmore"),
    ("Tap it{: .button } twice[^1].", "Tap it twice."),
    ("<https://x.example>", "https://x.example"),
    ("", ""),
]


@pytest.mark.parametrize(("markdown", "plain"), CASES)
def test_markup_falls_and_words_stay(markdown: str, plain: str) -> None:
    """One block a line, no marks, no addresses, no comments, no conflict markers."""
    assert "\n".join(plain_text(markdown)[1]) == plain


def test_headings_are_apart() -> None:
    """Both kinds of headings are headings; a # inside code is code."""
    headings, blocks = plain_text(
        "# One {#id}\ntext\n\nTwo\n---\n\n```\n# code\n```\n### Three ###"
    )
    assert headings == ("One", "Two", "Three")
    assert blocks == ("text", "# code")


def test_a_document_carries_what_the_article_says() -> None:
    """Questions, tags, category and both addresses are kept; the summary is the first paragraph."""
    article = Article(
        id="kb-1",
        title="How?",
        lang="en",
        status="published",
        category="bike",
        body="First **paragraph**.\n\nSecond.",
        path="en/bike/how.md",
        tags=("tyre",),
        also_asked=("why",),
    )
    made = to_document(article, "en/bike/how/", "a/kb-1/")
    assert (made.id, made.lang, made.title, made.category) == ("kb-1", "en", "How?", "bike")
    assert (made.questions, made.tags) == (("why",), ("tyre",))
    assert (made.url, made.permalink) == ("en/bike/how/", "a/kb-1/")
    assert made.summary == "First paragraph."
    assert made.body == "First paragraph.\nSecond."


def test_a_long_summary_ends_at_a_word() -> None:
    """At most 200 characters, cut between words, with an ellipsis."""
    short = shorten("word " * 100, SUMMARY_LENGTH)
    assert len(short) <= SUMMARY_LENGTH
    assert short.endswith("word…")
    assert shorten("x" * 500, SUMMARY_LENGTH) == "x" * 199 + "…"


@given(st.text(alphabet="ab `*_[]()<>!-=#|>\n\\{}:.&1~", max_size=200))
def test_any_text_becomes_single_clean_lines(markdown: str) -> None:
    """No Markdown makes it fail, and no block holds a line break or outer white space."""
    headings, blocks = plain_text(markdown)
    for text in (*headings, *blocks):
        assert text == " ".join(text.split())
        assert text
