"""Links as agents paste them: escaped for where they go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.links import ReplyFormat, format_link, format_reply
from kbtool.text.languages import KNOWN, get_language

URL = "https://help.example/a/kb-1/"


def test_url() -> None:
    """The address and nothing else."""
    assert format_link("Title", URL, "url") == URL


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("How do I pay?", "How do I pay?"),
        ("A [new] *bike*", r"A \[new\] \*bike\*"),
        ("<b>snake_case</b>", r"\<b\>snake\_case\</b\>"),
        ("a](javascript:x)", r"a\](javascript:x)"),
    ],
)
def test_markdown(title: str, shown: str) -> None:
    """Marks in a title stay letters; a title cannot end the link."""
    assert format_link(title, URL, "markdown") == f"[{shown}]({URL})"


def test_markdown_address_cannot_end_early() -> None:
    """Brackets and spaces of a site's address are percent-encoded."""
    link = format_link("T", "https://help.example/a (b)/", "markdown")
    assert link == "[T](https://help.example/a%20%28b%29/)"


@given(st.text())
def test_html_holds_one_element(title: str) -> None:
    """No title opens a tag or leaves the attribute."""
    link = format_link(title, URL + '"><script>', "html")
    assert link.count("<") == 2
    assert link.count(">") == 2
    assert link.count('"') == 2


@pytest.mark.parametrize("lang", sorted(KNOWN))
def test_every_language_has_its_own_phrase(lang: str) -> None:
    """A reply begins in the ticket's language, whichever we know; it never falls to English."""
    phrase = format_reply("T", URL, lang, lang, "text").splitlines()[0]
    assert phrase == get_language(lang).link_phrase
    assert (phrase == get_language("en").link_phrase) == (lang == "en")


@pytest.mark.parametrize(
    ("form", "reply"),
    [
        ("text", f"Teie küsimusele vastab see abikeskuse artikkel:\n<b> & *x* (English)\n{URL}"),
        (
            "markdown",
            "Teie küsimusele vastab see abikeskuse artikkel:\n\n"
            f"[\\<b\\> \\& \\*x\\*]({URL}) (English)",
        ),
        (
            "html",
            "<p>Teie küsimusele vastab see abikeskuse artikkel:<br>"
            f'<a href="{URL}">&lt;b&gt; &amp; *x*</a> (English)</p>',
        ),
    ],
)
def test_a_reply_is_escaped_for_where_it_goes(form: ReplyFormat, reply: str) -> None:
    """Marks in a title stay letters in each form; a foreign article names its language."""
    assert format_reply("<b> & *x*", URL, "en", "et", form) == reply
