"""Elements are closed, texts are escaped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbtool.markup import Markup, el, escape, join
from tests.dom import parse


def test_text_is_escaped_and_markup_is_not() -> None:
    """A child that is text cannot become an element; one that is an element stays one."""
    made = el("p", "a < b & c", el("b", '"<i>"'), None, 3)
    assert made == "<p>a &lt; b &amp; c<b>&quot;&lt;i&gt;&quot;</b>3</p>"
    assert escape(made) is made


def test_attributes() -> None:
    """Underscores are hyphens, None and False leave out, True stands alone, floats are short."""
    made = el("a", class_="x", aria_label='"', x=1.0, y=2.345, href=None, hidden=True, open=False)
    assert made == '<a class="x" aria-label="&quot;" x="1" y="2.35" hidden></a>'
    assert el("meta", charset="utf-8") == '<meta charset="utf-8">'


def test_markup_in_an_attribute_is_escaped_too() -> None:
    """Only between tags is markup markup."""
    assert el("a", title=Markup('"><b>')) == '<a title="&quot;&gt;&lt;b&gt;"></a>'


def test_joined_text_is_escaped() -> None:
    """Also what stands between."""
    assert join("<", el("b"), None, between="&") == "&lt;&amp;<b></b>"


def test_what_a_browser_would_obey_or_hide_is_shown() -> None:
    """Controls, half characters and turns of direction become a replacement character."""
    assert escape("a\u202eb\x00c\ud800d\u2028e\u2066f") == "a�b�c�d�e�f"
    assert escape("zwj \u200d, soft hyphen \xad, tab\tand\nlines stay") == (
        "zwj \u200d, soft hyphen \xad, tab\tand\nlines stay"
    )


@given(st.text(), st.text())
def test_any_text_comes_back_and_makes_no_element(inside: str, named: str) -> None:
    """One element whatever the texts are, and they are read as they were given."""
    made = el("p", inside, title=named)
    made.encode()  # no half characters are left
    node = parse(made).one("p")
    assert list(node) == [node]
    assert node.text == str(inside).translate(_read(inside))
    assert node["title"] == named.translate(_read(named))


def _read(text: str) -> dict[int, str]:
    """The characters of ``text`` that ``escape`` replaces, with their replacement."""
    return {ord(c): "�" for c in text if escape(c) == "�"}
