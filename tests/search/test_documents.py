"""What the index sees of an article."""

from __future__ import annotations

from kbtool.model import Article
from kbtool.search.documents import SUMMARY_LENGTH, shorten, to_document


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
