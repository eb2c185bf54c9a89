"""Articles and settings of a small help centre."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kbtool.articles.files.store import write_article
from kbtool.config import Category, Settings, load_settings
from kbtool.model import Article

if TYPE_CHECKING:
    from tests.site.shop import Shop

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def article(id_: str, path: str, **changes: Any) -> Article:
    """A published article; language and category come from its path."""
    parts = path.split("/")
    fields: dict[str, Any] = {
        "id": id_,
        "title": f"How about {id_}?",
        "lang": parts[0],
        "status": "published",
        "category": parts[1] if len(parts) == 3 else None,
        "body": "One sentence.\n",
        "path": path,
        "updated": date(2026, 6, 3),
        "reviewed_by": "Anu",
        "body_line": 10,
    }
    return Article(**(fields | changes))


SAMPLE = (
    article("kb-1", "en/bike/tyre.md", title="My tyre is flat", tags=("tyre", "repair")),
    article("kb-2", "en/bike/theft.md", title="My bike was stolen", updated=date(2026, 8, 1)),
    article("kb-3", "en/billing/refund.md", title="Where is my refund?"),
    article("kb-1t", "tr/bike/lastik.md", title="Lastiğim patladı", translation_of="kb-1"),
    article("kb-old", "en/bike/old.md", status="archived"),
    article("kb-new", "drafts/en/new.md", lang="en", category="bike", status="draft"),
)


def make_settings(root: Path, **changes: Any) -> Settings:
    fields: dict[str, Any] = {
        "root": root,
        "config_file": root / "mkdocs.yml",
        "site_name": "Velmo Help",
        "site_url": "https://help.velmo.example/",
        "languages": ("en", "tr"),
        "categories": (
            Category("bike", {"en": "Your bike", "tr": "Bisiklet"}, {"en": "Repairs"}, "bike"),
            Category("billing", {"en": "Billing"}, {}, "card"),
            Category("empty", {"en": "Nothing here"}, {}),
        ),
    }
    return Settings(**(fields | changes))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_settings(tmp_path)


CONFIG = """\
site_name: Velmo Help
site_url: https://help.velmo.example/
extra:
  kbtool:
    languages: [en, tr]
    categories:
      bike: {icon: bike, title: {en: Your bike, tr: Bisiklet}}
      billing: {icon: card, title: {en: Billing, tr: Fatura}}
    contact: {url: "https://desk.velmo.example/new", email: help@velmo.example}
    tickets:
      product_words: [help@velmo.example]
"""


def make_knowledge_base(root: Path) -> Path:
    """A folder that `kbtool build` can build."""
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for one in SAMPLE:
        write_article(root / "content", one)
    return root


@pytest.fixture(scope="session")
def built_centre(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A built help centre with a page of every type (tests/site/centre.py)."""
    from tests.site.centre import build_centre

    return build_centre(tmp_path_factory.mktemp("centre"))


@pytest.fixture(scope="module")
def centre(built_centre: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of it, so that a module finds the events of its own readers alone."""
    root = tmp_path_factory.mktemp("copy") / "kb"
    shutil.copytree(built_centre.root, root, symlinks=True)
    return load_settings(root)


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """Another origin, which shows the widget."""
    from tests.site.shop import open_shop  # which needs this file first

    with open_shop() as found:
        yield found
