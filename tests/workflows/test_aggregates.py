"""From an export of another counter to the report."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.events.aggregates.importing import import_aggregate
from kbtool.events.store import save_events
from kbtool.workflows.links import book_of
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


def test_views_of_another_counter_stand_in_the_report_apart(
    settings: Settings, tmp_path: Path
) -> None:
    """As a source of its own; they are in no views, visits, outcomes or shares."""
    with writing(settings.database) as connection:
        save_events(connection, [view(0)])
    before = measure(settings, now=NOW)
    path = tmp_path / "export.csv"
    path.write_text(samples.GA4_PAGES, encoding="utf-8")
    articles, _ = read_articles(settings.content_dir)
    with writing(settings.database) as connection:
        import_aggregate(connection, path, book_of(connection, settings, articles))
    found = measure(settings, now=NOW)
    own, ga4 = found.sources
    assert (own.name, own.views, own.first) == ("server", 1, date(2026, 11, 2))
    assert (ga4.name, ga4.kind, ga4.views) == ("ga4", "aggregate", 1254)
    assert ga4.articles == (("kb-1", 1234), ("kb-2", 20))
    assert (found.views, found.visits, found.articles) == (1, 1, before.articles)
    later = measure(settings, since=datetime(2026, 11, 1, tzinfo=UTC), now=NOW)
    assert [source.name for source in later.sources] == ["server"]
