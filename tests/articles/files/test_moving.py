"""Files of content/ that move: every relative link leads where it led."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.files.moving import place_of, relinked
from kbtool.model import Article
from kbtool.site.pages.links import targets

DRAFT = Article("kb-2", "New", "en", "review", "boxes", "", "drafts/kb-2.md")


def _moved(body: str, moved: dict[str, str] | None = None) -> str:
    article = replace(DRAFT, body=body, path="en/boxes/new.md")
    return relinked(article, "drafts/kb-2.md", moved or {}, targets).body


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](../en/boxes/old.md#steps)", "[a](old.md#steps)"),
        ("![a](kb-2.png)", "![a](../../drafts/kb-2.png)"),
        ('<img src="../pics/a%20b.png">', '<img src="../../pics/a%20b.png">'),
        ("[a](../tr/x.md?q=1)", "[a](../../tr/x.md?q=1)"),
        ("[a][x]\n\n[x]: ../en/y.md", "[a][x]\n\n[x]: ../y.md"),
    ],
)
def test_relative_links_are_written_anew(before: str, after: str) -> None:
    """Of text, images, HTML and definitions; what comes after ? and # stays."""
    assert _moved(before) == after


@pytest.mark.parametrize(
    "body", ["[a](/a/kb-1/)", "[a](https://x.example/y.md)", "[a](#steps)", "[a](mailto:a@b.example)",
             "`[a](../en/x.md)`", "[a](../../outside.md)", "[a](?q=1)"],
)  # fmt: skip
def test_other_links_stay_as_they_are(body: str) -> None:
    """Permanent ones, those elsewhere or on the page, code, and what leads out of content/."""
    assert _moved(body) == body


def test_links_to_a_file_that_moves_as_well_follow_it() -> None:
    """Two drafts that link each other are published together."""
    moved = {"drafts/kb-2.md": "en/boxes/new.md", "drafts/kb-3.md": "en/boxes/third.md"}
    assert _moved("[a](kb-3.md) [b](kb-2.md#top)", moved) == "[a](third.md) [b](new.md#top)"
    stays = replace(DRAFT, path="en/other.md", body="[a](../drafts/kb-3.md)")
    assert relinked(stays, stays.path, moved, targets).body == "[a](boxes/third.md)"


name = st.text("ab% ()#?é-", min_size=1, max_size=5).map(lambda t: t.strip() or "x")


@given(st.lists(name, min_size=1, max_size=3), st.lists(name, min_size=1, max_size=3))
def test_a_link_leads_where_it_led_after_any_move(old: list[str], new: list[str]) -> None:
    """Whatever signs the names hold."""
    first = relinked(
        replace(DRAFT, body="[a](pic.png)", path="/".join(new)), "/".join(old), {}, targets
    )
    (target,) = targets(first.body)
    here = "/".join([*old[:-1], "pic.png"])
    assert place_of(target.url, first.path) == here
