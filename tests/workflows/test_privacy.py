"""No personal data and no internal word leaves the tickets: the whole loop on the demo's tickets.

``tests/data/demo-labels.json`` lists the canaries: names, numbers, addresses, passwords and
internal remarks that stand in the demo tickets and must stand nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from kbtool.articles.draft.render import CONFLICT, CONFLICT_END
from kbtool.config import Settings, load_settings
from kbtool.errors import ContentError
from kbtool.workflows.build import build
from kbtool.workflows.demo import prepare_demo
from kbtool.workflows.draft import draft
from kbtool.workflows.import_tickets import import_tickets
from kbtool.workflows.review import publish, start_review, waiting
from kbtool.workflows.suggest import suggest

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LABELS = json.loads((Path(__file__).parents[1] / "data" / "demo-labels.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo's tickets imported, every topic drafted, all drafts published, the site built."""
    base = prepare_demo(tmp_path_factory.mktemp("demo") / "kb")
    settings = load_settings(base.root)
    files = [base.root / name for name in base.exports]
    import_tickets(settings, files, now=NOW, fresh_key=b"k" * 32)
    for file in files:
        file.unlink()
    topics = suggest(settings, now=NOW).topics
    drafted = draft(settings, [topic.id for topic in topics], now=NOW, min_requesters=3)
    assert len(drafted.drafts) >= 8
    _settle_conflicts(settings)
    found, _ = waiting(settings, now=NOW)
    assert sum(_is_published(settings, one.article.id) for one in found) >= 8
    build(settings, strict=False, now=NOW)
    return settings


def _settle_conflicts(settings: Settings) -> None:
    """Do what hurries a careless person would: keep every side and drop the markers."""
    for file in (settings.content_dir / "drafts").glob("*.md"):
        text = file.read_text("utf-8").replace(CONFLICT_END, "").replace(CONFLICT, "")
        file.write_text(text, encoding="utf-8")


def _is_published(settings: Settings, id_: str) -> bool:
    start_review(settings, id_, now=NOW)
    try:
        return bool(publish(settings, [id_], by="Test", now=NOW))
    except ContentError:
        return False


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    files = [file for file in sorted(folder.resolve().rglob("*")) if file.is_file()]
    assert files
    for file in files:
        text = unescape(file.read_bytes().decode("utf-8", "replace"))
        yield file, " ".join(text.split())  # YAML folds long texts


@pytest.mark.parametrize("place", ["content_dir", "site_dir", "index_dir"])
def test_no_canary_leaves_the_tickets(loop: Settings, place: str) -> None:
    """None of the canaries stands in an article, a draft, a page or the search index."""
    words = "|".join(re.escape(c) for c in sorted(LABELS["canaries"], key=len, reverse=True))
    canary = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    found = {
        match[0]: file.name
        for file, text in _texts(getattr(loop, place))
        for match in canary.finditer(text)
    }
    assert found == {}


@pytest.mark.parametrize("place", ["site_dir", "index_dir"])
def test_evidence_stays_in_content(loop: Settings, place: str) -> None:
    """Ticket ids, topics, reviewers and the rest of the evidence reach neither site nor index."""
    ids = "|".join(re.escape(id_) for id_ in LABELS["tickets"])
    telling = re.compile(
        rf"(?<![\w-])(?:{ids})(?![\w-])|\bt-[0-9a-f]{{8}}\b|drafted_sha256|evidence:"
    )
    drafts = "".join(text for _, text in _texts(loop.content_dir))
    assert telling.search(drafts), "the drafts must hold evidence, or this proves nothing"
    found = {
        match[0] for _, text in _texts(getattr(loop, place)) for match in telling.finditer(text)
    }
    assert found == set()
