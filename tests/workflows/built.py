"""A knowledge base whose help centre was built, as search sees it."""

from __future__ import annotations

from pathlib import Path

from kbtool.config import Category, Settings
from kbtool.search.index import build_index
from tests.search.helpers import document


def built(root: Path) -> Settings:
    """Two articles in two languages, one release, a site below a sub-path."""
    made = Settings(
        root=root,
        config_file=root / "mkdocs.yml",
        site_name="Help",
        site_url="https://example.org/help/",
        languages=("en", "tr"),
        categories=(Category("bike", {"en": "Bike"}, {}), Category("money", {"en": "Money"}, {})),
    )
    release = made.releases_dir / "1"
    documents = [
        document("kb-1", "en", "Flat tyre", "Call us.", category="bike"),
        document("kb-2", "tr", "Patlak lastik", "Bizi arayın.", category="bike"),
    ]
    build_index(documents, release / "index")
    made.current_release.symlink_to(release)
    return made
