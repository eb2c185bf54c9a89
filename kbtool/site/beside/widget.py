"""The widget's files: its script with the words it needs at once, and its panel a language.

``assets/widget.js`` stands in the pages of other sites; it fetches ``assets/widget.<lang>.json`` when
a reader opens it. A release has both, so that no reader waits for more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kbtool.config import Settings
from kbtool.site.beside.assets import without_comments
from kbtool.site.pages.strings import Strings
from kbtool.site.plan.manifest import Manifest

SCRIPT = "assets/widget.js"
FORMAT = 1
PLACE = "const SPOKEN = {}, HITS = 0;"
"""Where the script wants its languages, and whether a web server's log takes its events."""
AT_ONCE = ("language", "widget_label", "widget_close", "widget_refused", "to_home")
"""What the script says without its panel: the button's name, and when it may not show the panel."""
OF_PANEL = (
    "direction", "hero", "search_label", "search_placeholder", "search_offline", "results_one",
    "results_many", "no_results", "corrected", "instead", "helpful", "vote_yes", "vote_no",
    "thanks", "contact_us", "widget_back", "widget_article", "widget_advice",
)  # fmt: skip
_INDENT = re.compile(r"^ +", re.MULTILINE)


def widget_names(languages: Sequence[str]) -> tuple[str, ...]:
    """The files of the widget, site-relative."""
    return (SCRIPT, *(_panel_name(lang) for lang in languages))


def widget_files(
    manifest: Manifest, settings: Settings, strings: Mapping[str, Strings], theme_dir: Path
) -> Iterator[tuple[str, str]]:
    """(file, text) of each."""
    script = without_comments((theme_dir / SCRIPT).read_bytes()).decode("utf-8")
    spoken = {lang: [strings[lang][key] for key in AT_ONCE] for lang in manifest.languages}
    hits = int(settings.metrics.log_hits)
    filled = script.replace(PLACE, f"const SPOKEN = {_json(spoken)}, HITS = {hits};", 1)
    yield SCRIPT, _INDENT.sub("", filled)
    style = (theme_dir / "assets" / "widget.css").read_bytes()
    for lang in manifest.languages:
        panel = _panel(manifest, lang, strings[lang])
        panel |= {"name": settings.site_name, "style": without_comments(style).decode("utf-8")}
        yield _panel_name(lang), _json(panel) + "\n"


def _panel(manifest: Manifest, lang: str, words: Strings) -> dict[str, object]:
    """What the panel shows before anything is asked, and its words."""
    pages = {page.address: page for page in manifest.of(lang)}
    home = next(page for page in pages.values() if page.kind == "home")
    first = [
        {"id": article.id, "title": link.title, "lang": link.lang or lang, "url": link.url}
        for link in home.links
        if (article := pages[link.url].article)
    ]
    return {
        "format": FORMAT,
        **{key: words[key] for key in OF_PANEL},
        "first_articles": words["popular" if home.popular else "first_articles"],
        "first": first,
        "categories": {shelf.slug: shelf.title for shelf in home.shelves},
    }


def _panel_name(lang: str) -> str:
    return f"assets/widget.{lang}.json"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
