"""Rendering: hostile text stays text, menu paths are bold, links go by id."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.agreeing.support import gather
from kbtool.articles.draft.render import CONFLICT, body, escape, sentence
from kbtool.articles.saying.paths import menu_labels
from kbtool.articles.saying.replies import Said

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[a](x){ onclick=alert(1) }",
    "{: onclick=alert(1) }",
    "![x](https://evil.example/p.png)",
    "<https://evil.example>",
    "<!-- kbtool:conflict -->",
    "&lt;script&gt;",
    "`code` **bold** _em_ ~~gone~~ ==mark== ^^ins^^ ++ctrl++",
    '--8<-- "/etc/passwd"',
    "*[HTML]: Hyper",
    "[^1]: note",
    "[ref]: https://evil.example",
    "!!! danger",
    "??? note",
    '=== "tab"',
    "# heading",
    "> quote",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "| a | b |",
    ":smile: :material-x:",
    "{% include 'x' %} {{ config }}",
    "---",
    "***",
    "~~~ python",
    "``` python",
    "\tcode",
    "<details><summary>x</summary>",
]


def _no_link(id_: str) -> tuple[str, str] | None:
    return None


def _html(text: str) -> str:
    """What Python-Markdown with the extensions of Material makes of a draft's three places."""
    import markdown

    body = f"{text}\n\n1. {text}\n2. x\n\n> **Note:** {text}\n"
    html: str = markdown.markdown(
        body,
        extensions=[
            "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "abbr",
            "pymdownx.caret", "pymdownx.details", "pymdownx.keys", "pymdownx.mark",
            "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tilde", "pymdownx.smartsymbols",
        ],
    )  # fmt: skip
    return html


ALLOWED = re.compile(r"</?(?:p|ol|li|blockquote)>|</?strong>")


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_stays_text(payload: str) -> None:
    """No payload makes an element, an attribute, a link or an image of its own."""
    for text in (payload, f"Open {payload} now", f"Tap {payload}"):
        html = _html(sentence(text, "en", _no_link))
        assert "<" not in ALLOWED.sub("", html), html
        assert html.count("<li>") == 2


@given(st.text(alphabet=st.sampled_from("ab <>&{}[]()!*_`~=^+#-:|\\/\"'1.x?\n"), max_size=30))
def test_no_text_becomes_markup(text: str) -> None:
    """Whatever characters a sentence has, the draft's HTML has only the elements we made."""
    html = _html(sentence(" ".join(text.split()), "en", _no_link))
    assert "<" not in ALLOWED.sub("", html), html


def test_a_conflict_marker_cannot_be_forged() -> None:
    """A reply that holds the marker does not open a conflict."""
    assert CONFLICT not in sentence(f"Open {CONFLICT} the app", "en", _no_link)


def test_ordinary_text_stays_readable() -> None:
    """Prices, arrows, percent, quotes and times are not littered with escapes."""
    text = 'Pay £5 (or 5 €) by 10:30 - it\'s 50% off; choose "Sign in" & wait.'
    assert escape(text) == text.replace("&", "&amp;")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "tap Ride > Unlock", "Tap **Ride > Unlock**."),
        ("en", "My Boxes > Next box", "**My Boxes > Next box**."),
        (
            "en",
            "Go to Account > Boxes > Change box, then wait.",
            "Go to **Account > Boxes > Change box**, then wait.",
        ),
        (
            "en",
            "Card expired? Account > Boxes and put in a card",
            "Card expired? **Account > Boxes** and put in a card.",
        ),
        ("tr", "Sürüş > Kilidi aç'a dokunun,", "**Sürüş > Kilidi aç**'a dokunun."),
        ("tr", "iade edin", "İade edin."),
    ],
)
def test_sentences_are_tidied(lang: str, text: str, expected: str) -> None:
    """A capital, a full stop, and the menu path bold up to where it ends."""
    labels = menu_labels(["Open Account > Boxes."], lang)
    assert sentence(text, lang, _no_link, labels) == expected


def test_a_link_shows_the_title_of_its_article() -> None:
    """The title is escaped like any text; a link to nothing leaves no trace."""
    text = "See \ue000kb-7\ue001 for more"
    link = {"kb-7": ("Tea <b>", "/a/kb-7/")}.get
    assert sentence(text, "en", link) == "See [Tea &lt;b>](/a/kb-7/) for more."
    assert "kb-7" not in sentence(text, "en", _no_link)


def test_two_notes_are_two_boxes() -> None:
    """Python-Markdown melts quotes that follow each other; ours stay apart, and steps stay steps."""
    import markdown

    said = [
        Said(f"t:{n}/m/s1", f"t:{n}", "a", None, text, item=False, place=n / 3, fit=True)
        for n, text in enumerate(("If it rains, wait.", "If it snows, go home.", "Tea is free."))
    ]
    text = body([gather(one, [one]) for one in said], {}, "en", _no_link)
    html: str = markdown.markdown(text)

    assert html.count("<blockquote>") == 2
    assert text.count("> **Note:**") == 2
