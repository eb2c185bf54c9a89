"""A body's sentences are told with their exact place, whatever Markdown is around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.update.passages import Body, read_body
from tests.articles.update.shop import article_of

BODY = r"""Boxes wait. You have **14 days** from [delivery](/a/kb-9/). See https://tea.example/a?c=1.

1. Open **Account > Boxes**.
2. Tap it. Then wait
   a little.

    - inside

- white &amp; green

> **Note:** If the \*box\* is
> packed, wait.

<!-- kbtool:conflict -->
> **Agents disagree.** Keep what is true as plain text, then delete this block.
>
> - You have 14 days. **(newest)** (3 tickets, 2 agents, 2026-01-01 to 2026-02-01)
> - You have 30 days. (1 ticket, 1 agent)
<!-- /kbtool:conflict -->

## Prices

| tea | 4 € |

```
code. No sentence.
```
"""


def _read(text: str = BODY) -> Body:
    return read_body(text, "en", article_of)


def test_sentences_with_their_markdown() -> None:
    """Kind, plain text and the Markdown it stands in."""
    body = _read()
    found = [(body.kind(p), p.text, body.raw(p)) for p in body.passages if p.exact]
    assert found == [
        ("text", "Boxes wait.", "Boxes wait."),
        ("text", "You have 14 days from \ue000kb-9\ue001.",
         "You have **14 days** from [delivery](/a/kb-9/)."),
        ("text", "See https://tea.example/a?c=1.", "See https://tea.example/a?c=1."),
        ("item", "Open Account > Boxes.", "Open **Account > Boxes**."),
        ("item", "Tap it.", "Tap it."),
        ("item", "Then wait a little.", "Then wait\n   a little."),
        ("item", "inside", "inside"),
        ("item", "white & green", "white &amp; green"),
        ("note", "If the *box* is packed, wait.", "If the \\*box\\* is\n> packed, wait."),
        ("heading", "Prices", "Prices"),
        ("row", "tea 4 €", "| tea | 4 € |"),
    ]  # fmt: skip


def test_the_sides_of_a_conflict_are_its_sentences() -> None:
    """Without who says them; the block is one, markers included."""
    body = _read()
    sides = [p for p in body.passages if body.kind(p) == "conflict"]
    assert [p.text for p in sides] == ["You have 14 days.", "You have 30 days."]
    assert body.raw(sides[0]).startswith("<!-- kbtool:conflict -->\n")
    assert body.raw(sides[0]).endswith("<!-- /kbtool:conflict -->\n")


def test_lists_are_told_apart() -> None:
    """Numbers, bullets, and what is inside an item."""
    items = [(b.list, b.number) for b in _read().blocks if b.kind == "item"]
    assert items == [(0, 1), (0, 2), (1, None), (2, None)]


def test_what_cannot_be_placed_has_its_blocks_place() -> None:
    """A footnote's mark is text here and nothing to the reader."""
    (passage,) = _read("Tea is fine[^1].\n").passages
    assert (passage.text, passage.exact, passage.start, passage.end) == (
        "Tea is fine.", False, 0, len("Tea is fine[^1].\n"),
    )  # fmt: skip


def test_places_in_what_readers_see() -> None:
    """The place in the block's plain text, links by their words."""
    body = _read("Go [home](/a/kb-9/). Then wait.\n")
    assert [p.shown for p in body.passages] == [(0, 8), (9, 19)]


@given(st.text(alphabet="abc1 .?*_[]()<>!-#|>\n\\{}:&`/", max_size=150))
def test_places_are_in_order_and_inside(text: str) -> None:
    """Any text: exact places do not overlap, start at what is written, and lie in their block."""
    body = _read(text)
    last = 0
    for passage in body.passages:
        block = body.blocks[passage.block]
        assert block.start <= passage.start <= passage.end <= block.end
        if passage.exact:
            assert passage.start >= last
            assert body.raw(passage) == body.raw(passage).strip()
            last = passage.end
