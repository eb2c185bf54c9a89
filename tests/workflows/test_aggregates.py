"""From an export of another counter to the report."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kbtool.articles.files.store import write_article
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.errors import InputError
from kbtool.events.store import save_events
from kbtool.workflows.aggregates import import_export, is_export
from kbtool.workflows.metrics import measure
from tests.events.aggregates import samples
from tests.metrics.histories import NOW, article, view


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base with two articles."""
    made = Settings(
        root=tmp_path,
        config_file=tmp_path / "mkdocs.yml",
        site_name="Help",
        site_url="https://help.example/kb/",
    )
    for name in ("kb-1", "kb-2"):
        write_article(made.content_dir, article(name))
    return made


def export(folder: Path, text: str) -> Path:
    """A file with this text."""
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_views_of_another_counter_stand_in_the_report_apart(
    settings: Settings, tmp_path: Path
) -> None:
    """As a source of its own; they are in no views, visits, outcomes or shares."""
    with writing(settings.database) as connection:
        save_events(connection, [view(0)])
    before = measure(settings, now=NOW)
    import_export(settings, export(tmp_path, samples.GA4_PAGES))
    found = measure(settings, now=NOW)
    site, ga4 = found.sources
    assert (site.name, site.views, site.first) == ("site", 1, date(2026, 11, 2))
    assert (ga4.name, ga4.kind, ga4.views) == ("ga4", "aggregate", 1254)
    assert ga4.articles == (("kb-1", 1234), ("kb-2", 20))
    assert (found.views, found.visits, found.articles) == (1, 1, before.articles)
    later = measure(settings, since=datetime(2026, 11, 1, tzinfo=UTC), now=NOW)
    assert [source.name for source in later.sources] == ["site"]


def test_a_file_that_is_no_export_is_told(settings: Settings, tmp_path: Path) -> None:
    """So that it is read as a log; nothing is kept of a file that fails."""
    assert is_export(export(tmp_path, samples.MATOMO_API))
    with pytest.raises(InputError, match="which days"):
        import_export(settings, tmp_path / "export.csv")
    assert measure(settings, now=NOW).sources == ()
    assert not is_export(
        export(tmp_path, '1.2.3.4 - - [01/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1"')
    )
    with pytest.raises(InputError, match="No such file"):
        is_export(tmp_path / "nothing.csv")
