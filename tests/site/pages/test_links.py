"""Links between article files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.site.pages.links import Places, rewrite, targets
from tests.site.conftest import article

PAGES = {"en/bike/tyre.md": "en/bike/tyre/", "tr/bike/lastik.md": "tr/bike/lastik/"}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    images = tmp_path / "content" / "en" / "images"
    images.mkdir(parents=True)
    (images / "a b.png").write_bytes(b"png")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (images / "out.png").symlink_to(tmp_path / "secret.txt")
    return Places(
        pages=PAGES,
        addresses=frozenset({*PAGES.values(), "en/", "en/bike/", "a/kb-1/"}),
        content_dir=tmp_path / "content",
        hidden=frozenset({"drafts/en/new.md"}),
    )


SOURCE = article("kb-3", "en/billing/refund.md")


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("[a](../bike/tyre.md)", "[a](../../../en/bike/tyre/)"),
        ("[a](../bike/tyre.md#step-2)", "[a](../../../en/bike/tyre/#step-2)"),
        ('[a](../bike/tyre.md "Title")', '[a](../../../en/bike/tyre/ "Title")'),
        ("[a](<../bike/tyre.md>)", "[a](<../../../en/bike/tyre/>)"),
        ("![a](<../images/a b.png>)", "![a](<../../../media/en/images/a%20b.png>)"),
        ("[a][1]\n\n[1]: ../bike/tyre.md", "[a][1]\n\n[1]: ../../../en/bike/tyre/"),
        ('<a class="x" href="../bike/tyre.md">a</a>', '<a class="x" href="../../../en/bike/tyre/">a</a>'),
        ("[a](../../tr/bike/lastik.md)", "[a](../../../tr/bike/lastik/)"),
        ("[a](../bike/)", "[a](../../../en/bike/)"),
        ("[a](/a/kb-1/)", "[a](../../../a/kb-1/)"),
        ("[a](/en/bike)", "[a](../../../en/bike/)"),
        ("![a](../images/a%20b.png)", "![a](../../../media/en/images/a%20b.png)"),
        ("[a](https://velmo.example/x.md)", "[a](https://velmo.example/x.md)"),
        ("[a](mailto:help@velmo.example)", "[a](mailto:help@velmo.example)"),
        ("[a](#below)", "[a](#below)"),
        ("`[a](gone.md)`", "`[a](gone.md)`"),
        ("```\n[a](gone.md)\n```", "```\n[a](gone.md)\n```"),
        ("<!-- [a](gone.md) -->", "<!-- [a](gone.md) -->"),
        ("1. x\n\n   ~~~~\n   [a](gone.md)\n   ~~~~\n", "1. x\n\n   ~~~~\n   [a](gone.md)\n   ~~~~\n"),
    ],
)  # fmt: skip
def test_a_link_to_a_file_becomes_a_link_to_its_page(
    written: str, becomes: str, places: Places
) -> None:
    """Whichever way it is written; code, comments, other sites and anchors stay."""
    found = rewrite(replace(SOURCE, body=written), "../../../", places)
    assert found.findings == ()
    assert found.body == becomes


def test_an_image_says_how_large_it_is(places: Places) -> None:
    """Unless its writer said something of it; one that nobody can measure says nothing."""
    picture = places.content_dir / "en" / "images" / "b.gif"
    picture.write_bytes(b"GIF89a" + bytes([44, 1, 200, 0]))
    shown = "![b](../../../media/en/images/b.gif"
    for written, becomes in (
        ("![b](../images/b.gif) there", shown + "){ width=300 height=200 } there"),
        ('![b](../images/b.gif "B")', shown + ' "B"){ width=300 height=200 }'),
        ("![b](../images/b.gif){ width=30 }", shown + "){ width=30 }"),
        ("[b](../images/b.gif)", shown[1:] + ")"),
    ):
        assert rewrite(replace(SOURCE, body=written), "../../../", places).body == becomes


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("[a](gone.md)", "there is no such file"),
        ("[a](../../drafts/en/new.md)", "not published"),
        ("[a](../../../secret.txt)", "there is no such file"),
        ("![a](../images/out.png)", "there is no such file"),
        ("[a](/en/gone/)", "no such page"),
        ("[a](../images/missing.png)", "there is no such file"),
    ],
)
def test_a_link_to_nothing_is_an_error_with_its_line(
    written: str, why: str, places: Places
) -> None:
    """The line is the file's, front matter counted; nothing outside content/ is ever linked."""
    found = rewrite(replace(SOURCE, body=f"one\n\ntwo {written}\n"), "../", places)
    (finding,) = found.findings
    assert (finding.level, finding.code, finding.line) == ("error", "broken-link", 12)
    assert why in finding.message
    assert found.media == frozenset()


def test_an_image_of_another_host_is_reported(places: Places) -> None:
    """It would tell that host who reads; the page leaves it out, so the writer must know."""
    found = rewrite(replace(SOURCE, body="![x](https://t.example/p.png)"), "../", places)
    assert [(f.level, f.code) for f in found.findings] == [("warning", "remote-image")]


def test_shown_files_are_named_once(places: Places) -> None:
    """So that only what a page shows is copied to the site."""
    body = "![a](../images/a%20b.png) ![a](../images/a%20b.png)"
    assert rewrite(replace(SOURCE, body=body), "../", places).media == {"en/images/a b.png"}


@given(st.text(alphabet="[]()<>!`~#\\\"' \nax.md:/", max_size=200))
def test_any_text_is_scanned_and_pieces_are_where_they_say(text: str) -> None:
    """Never an exception; every target's place holds the target; places do not overlap."""
    end = 0
    for target in targets(text):
        assert text[target.start : target.end] == target.url
        assert target.start >= end
        end = target.end
