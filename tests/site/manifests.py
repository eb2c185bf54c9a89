"""The sample help centre's pages, without building them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kbtool.config import Settings
from kbtool.resources import bundled
from kbtool.site.pages.strings import load_strings
from kbtool.site.plan.manifest import Manifest, Page, build_manifest
from tests.site.conftest import SAMPLE

STRINGS = {lang: load_strings(bundled("theme"), lang) for lang in ("en", "tr")}
HOSTILE = '</title><script>x</script>](http://evil) \n# "&'


def manifest_of(settings: Settings, title: str = "My tyre is flat", **changes: Any) -> Manifest:
    """The pages of the sample; the first article has another title and other changes."""
    articles = (replace(SAMPLE[0], title=title, **changes), *SAMPLE[1:])
    return build_manifest(articles, settings, lambda a: f"About {a.title}")[0]


def page_at(manifest: Manifest, address: str) -> Page:
    """The page of an address."""
    return next(page for page in manifest.pages if page.address == address)
