"""Markdown becomes plain text: what readers see, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.draft.render import escape
from kbtool.text.markdown import Link, blocks, plain_text

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
    ("Open {\n#} now", "Open { #} now"),
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


@given(st.text(alphabet="ab `*_[]()<>!-=#|>\n\\{}:.&1~", max_size=200))
def test_any_text_becomes_single_clean_lines(markdown: str) -> None:
    """No Markdown makes it fail, and no block holds a line break or outer white space."""
    headings, blocks = plain_text(markdown)
    for text in (*headings, *blocks):
        assert text == " ".join(text.split())
        assert text


def test_each_block_knows_its_kind_and_lines() -> None:
    """A heading, wrapped text, items, a quote, a row and code, each with where it stands."""
    found = blocks(
        "# Top\nOne\ntwo **three\nfour**.\n\n1. Tap\n   it.\n- x\n\n> **Note:** If so,\n> wait.\n>\n"
        "> - inside\n\n| a | b |\n|---|---|\n\n```\n  code\n\nmore\n```\n"
    )
    assert [(b.kind, b.marker, b.quoted, b.text, b.line_at(0)) for b in found] == [
        ("heading", "", False, "Top", 1),
        ("text", "", False, "One two three four.", 2),
        ("item", "1.", False, "Tap it.", 6),
        ("item", "-", False, "x", 8),
        ("text", "", True, "Note: If so, wait.", 10),
        ("item", "-", True, "inside", 13),
        ("row", "", False, "a b", 15),
        ("code", "", False, "  code\n\nmore", 19),
    ]
    wrapped = found[1]
    assert [wrapped.line_at(wrapped.text.index(w)) for w in ("One", "two", "four")] == [2, 3, 4]


def test_comments_do_not_move_lines() -> None:
    """What stands below a comment of three lines is still told at its own line."""
    (block,) = blocks("<!-- a\nb\nc -->\ntext")
    assert (block.text, block.line_at(0)) == ("text", 4)


@pytest.mark.parametrize(
    ("markdown", "text", "links"),
    [
        ("See [the **app**](/a/kb-1/) now", "See the app now", [(4, 11, "/a/kb-1/")]),
        ("[a](<b> \"t\") [c](d)", "a c", [(0, 1, "b"), (2, 3, "d")]),
        ("over\n[two\nlines](x).", "over two lines.", [(5, 14, "x")]),
        ("&nbsp;[a](b)&#57344;0&#57345;", "a�0�", [(0, 1, "b")]),
        (r"\[no\](link) \&#xe000; ![alt](i.png) [r][ref]", "[no](link) � alt r", []),
        ("[![logo](a.png)](b.html)", "logo", [(0, 4, "b.html")]),
    ],
)  # fmt: skip
def test_links_are_told_apart_from_their_words(
    markdown: str, text: str, links: list[tuple[int, int, str]]
) -> None:
    """Place and address of each; images, references and escaped brackets are no links."""
    (block,) = blocks(markdown)
    assert block.text == text
    assert list(block.links) == [Link(*link) for link in links]
    assert block.line_at(len(text)) == 1 + markdown.count("\n")


@given(st.text(alphabet="ab `*_[]()<>!-=#|>\n\\{}:.&1~;x\ue000\ue001\ue002", max_size=200))
def test_any_markdown_gives_places_that_exist(markdown: str) -> None:
    """Lines only go up and are lines of the text; links lie inside their block."""
    last = 0
    for block in blocks(markdown):
        assert last < block.line_at(0) <= block.line_at(len(block.text)) <= markdown.count("\n") + 1
        last = block.line_at(0)
        assert list(block.starts) == sorted(block.starts)
        assert all(0 <= link.start <= link.end <= len(block.text) for link in block.links)
        assert not {"\ue000", "\ue001", "\ue002"} & set(block.text)


@given(
    st.lists(st.text(alphabet="abAB12 `*_[]()<>!-=#|\\{}:.&~^+$%'\"ışğ", min_size=1), min_size=1)
)
def test_what_a_draft_escapes_comes_back(sentences: list[str]) -> None:
    """A drafted paragraph of any sentences is undone to the sentences."""
    shown = [" ".join(text.split()) for text in sentences]
    drafted = " ".join(f"Ok {escape(text)}." for text in shown)
    assert plain_text(drafted)[1] == (" ".join(" ".join(f"Ok {text}.".split()) for text in shown),)
