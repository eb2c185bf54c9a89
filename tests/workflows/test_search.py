"""The verb's workflow: settings and index in, ranked articles with full links out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.config import Settings
from kbtool.errors import IndexMissingError, NotFoundError
from kbtool.workflows.search import search
from tests.workflows.built import built


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base below a sub-path whose site was built."""
    return built(tmp_path)


def test_links_are_whole_and_permanent(settings: Settings) -> None:
    """site_url with its sub-path, then a/<id>/; the page's present address beside it."""
    answer = search(settings, "tyre")
    (hit,) = answer.hits
    assert answer.permalink(hit) == "https://example.org/help/a/kb-1/"
    assert answer.page(hit) == "https://example.org/help/en/kb-1/"


def test_a_language_is_a_strict_filter_and_others_are_named(settings: Settings) -> None:
    """An agent who asks for Turkish gets no English link, but learns that there is one."""
    answer = search(settings, "tyre", lang="tr")
    assert answer.hits == ()
    assert answer.elsewhere == ("en",)


def test_nothing_anywhere(settings: Settings) -> None:
    """No hits and no languages to name."""
    answer = search(settings, "qqqq", lang="tr", category="bike")
    assert (answer.hits, answer.elsewhere) == ((), ())


def test_a_correction_is_told_and_can_be_refused(settings: Settings) -> None:
    """The query as it was searched; ``as_typed`` searches what stands there."""
    answer = search(settings, "flat yyre", lang="en")
    assert (answer.corrected, [hit.id for hit in answer.hits]) == ("flat tyre", ["kb-1"])
    assert search(settings, "yyre", lang="en", as_typed=True).hits == ()
    assert search(settings, "flat tyre", lang="en").corrected is None


def test_unknown_filters_are_told(settings: Settings) -> None:
    """A language or category that the settings do not have; the hint lists those they have."""
    with pytest.raises(NotFoundError, match="language 'xx'") as caught:
        search(settings, "tyre", lang="xx")
    assert "en, tr" in (caught.value.hint or "")
    with pytest.raises(NotFoundError, match="category 'bikes'") as caught:
        search(settings, "tyre", category="bikes")
    assert "bike, money" in (caught.value.hint or "")


def test_before_the_first_build(settings: Settings) -> None:
    """No index yet: the hint is the command that makes one."""
    settings.current_release.unlink()
    with pytest.raises(IndexMissingError) as caught:
        search(settings, "tyre")
    assert "kbtool build" in (caught.value.hint or "")
