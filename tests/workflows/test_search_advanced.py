"""The advanced search's workflow: settings and record in, hits with full links out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.config import Category, Settings
from kbtool.errors import IndexMissingError, NotFoundError
from kbtool.search.parts import parts_of
from kbtool.search.record.files import FOLDER
from kbtool.search.record.write import write_record
from kbtool.workflows.search_advanced import search_advanced
from tests.search.record.helpers import DOCUMENTS


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base below a sub-path whose site was built."""
    made = Settings(
        root=tmp_path,
        config_file=tmp_path / "mkdocs.yml",
        site_name="Help",
        site_url="https://example.org/help/",
        languages=("en", "tr", "et", "de"),
        categories=(Category("payment", {"en": "Payment"}, {}),),
    )
    release = made.releases_dir / "1"
    write_record(parts_of(DOCUMENTS), release / "index" / FOLDER)
    made.current_release.symlink_to(release)
    return made


def test_hits_have_links_snippets_and_scores(settings: Settings) -> None:
    """The words found are marked where they stand; the score is a whole number."""
    answer = search_advanced(settings, '"credit card" OR log*', category="payment", limit=1)
    (hit,) = answer.hits
    assert answer.permalink(hit) == f"https://example.org/help/a/{hit.id}/"
    assert answer.page(hit) == f"https://example.org/help/en/{hit.id}/"
    assert {text for text, marked in hit.snippet if marked} >= {"credit", "card"}
    assert hit.score == int(hit.score) > 0
    assert answer.total == 2


def test_filters_and_notes(settings: Settings) -> None:
    """They reach the record and come back."""
    answer = search_advanced(settings, "refund OR (zzz", lang="en", tag="money back")
    assert [hit.id for hit in answer.hits] == ["kb-refund"]
    assert answer.notes == ("a bracket is not closed", "no article has zzz")


def test_what_cannot_be_asked(settings: Settings) -> None:
    """An unknown language or category, and a knowledge base that was not built."""
    with pytest.raises(NotFoundError, match="no language 'fr'") as caught:
        search_advanced(settings, "x", lang="fr")
    assert caught.value.hint == "there are: en, tr, et, de"
    with pytest.raises(NotFoundError, match="no category 'x'"):
        search_advanced(settings, "x", category="x")
    settings.current_release.unlink()
    with pytest.raises(IndexMissingError):
        search_advanced(settings, "x")
