"""Addresses: page, permalink, and back from any link an agent may have sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.addresses import article_from_url, page_address, permalink_address
from kbtool.model import Article

BASES = ("https://help.example.com/", "https://example.com/support/")
PAGES = {"en/bike/flat-tyre/": "kb-1"}


def test_page_address_is_language_category_slug() -> None:
    """The slug is the file's name; no category, no empty step."""
    article = Article("kb-1", "T", "en", "published", "bike", "", "en/bike/flat-tyre.md")
    assert page_address(article) == "en/bike/flat-tyre/"
    bare = Article("kb-1", "T", "en", "published", None, "", "en/flat-tyre.md")
    assert page_address(bare) == "en/flat-tyre/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://help.example.com/a/kb-1/", "kb-1"),
        ("http://HELP.example.com/a/kb-1", "kb-1"),
        ("https://help.example.com/a/kb-1/?utm_source=mail#step-2", "kb-1"),
        ("https://example.com/support/a/kb-9", "kb-9"),
        ("https://help.example.com/en/bike/flat-tyre", "kb-1"),
        ("https://help.example.com/en/bike/flat-tyre/index.html", "kb-1"),
        ("https://help.example.com/en/bike/", None),
        ("https://example.com/a/kb-1/", None),
        ("https://evil.example/a/kb-1/", None),
        ("https://help.example.com.evil.example/a/kb-1/", None),
        ("https://help.example.com/a/../secret/", None),
        ("not a url [", None),
    ],
)
def test_article_from_url(url: str, expected: str | None) -> None:
    """Permalinks and pages are recognised however they were pasted, other sites are not."""
    assert article_from_url(url, BASES, PAGES) == expected


@given(st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True))
def test_a_permalink_leads_back_to_its_article(article_id: str) -> None:
    """permalink → URL → id is the identity."""
    url = BASES[1] + permalink_address(article_id)
    assert article_from_url(url, BASES, {}) == article_id


@given(st.text())
def test_any_text_is_judged_without_error(url: str) -> None:
    """A customer's or agent's odd link never stops a run."""
    article_from_url(url, BASES, PAGES)
