"""The theme's templates, words and assets."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from kbtool.events.parse import REASONS
from kbtool.events.reading import DWELLS, SCROLLS
from kbtool.resources import bundled
from kbtool.site.beside import widget
from kbtool.site.beside.assets import PARTS, joined, write_assets
from kbtool.site.pages.shown import ICONS
from kbtool.site.pages.strings import count, day, load_strings
from tests.site.subset import names_set, outside

THEME = bundled("theme")
ASSETS = THEME / "assets"
TEMPLATES = sorted(THEME.rglob("*.html"))
WORDS = sorted((THEME / "strings").glob("*.yaml"))


FOR_ENGINES = [path for path in TEMPLATES if "standalone" not in path.parts]
"""The others are filled by Jinja2 itself, whatever the engine."""
SHARED = frozenset[str]().union(*(names_set(p.read_text(encoding="utf-8")) for p in FOR_ENGINES))


@pytest.mark.parametrize("path", FOR_ENGINES, ids=lambda p: str(p.relative_to(THEME)))
def test_templates_stay_in_the_subset_that_other_engines_have(path: Path) -> None:
    """Only filters, tests, tags and names that MiniJinja reads as Jinja2 does."""
    assert outside(path.read_text(encoding="utf-8"), SHARED) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.meta.items() }}", "{{ page.parent.title }}", "{{ page.file.src_uri }}",
        "{% for item in nav %}{% endfor %}", "{{ page.title | truncate(9) }}",
        "{% set f = page.meta.get %}{{ page.meta['get']('x') }}", "{{ config.site_name }}",
        "{{ page.title is sameas page.title }}", "{% call f() %}{% endcall %}", "{{ {'a': 1} }}",
        "{{ build_date_utc }}", "{{ 'a'.upper() }}", "{{ self.title() }}",
    ],
)  # fmt: skip
def test_what_is_outside_the_subset_is_seen(text: str) -> None:
    """The rule has teeth."""
    assert outside(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(THEME)))
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    """What a policy without 'unsafe-inline' would block is not there to begin with; a block of data
    is no script.
    """
    text = path.read_text(encoding="utf-8")
    inline = r'<script(?! type="application/ld\+json">|[^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+='
    assert not re.search(inline, text)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text)


@pytest.mark.parametrize("path", WORDS, ids=lambda p: p.stem)
def test_every_language_has_the_same_words(path: Path) -> None:
    """Same keys as English, each with the same {placeholders}, none left empty."""
    english = yaml.safe_load((THEME / "strings" / "en.yaml").read_text(encoding="utf-8"))
    words = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert words.keys() == english.keys()
    for key, text in words.items():
        if key == "months":
            assert len(text) == 12
            continue
        assert isinstance(text, str), key
        assert text.strip(), key
        if key not in ("one_article", "results_one"):  # "1 result" may spell the number out
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[key]))


def test_every_word_is_used_and_every_used_word_exists() -> None:
    """No dead words, no holes in a page."""
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    used = set(re.findall(r"\bt\.(\w+)", text)) | {"language"}
    used |= {
        "months",
        "date",
        "one_article",
        "many_articles",
        "other",
    }  # read by strings.py, post.py
    used |= {f"{kind}_title" for kind in ("search", "contact", "counted", "missing")}  # by stage.py
    used |= {*widget.AT_ONCE, *widget.OF_PANEL}
    # by counted.py; tests/workflows/test_counted.py holds that it asks for all of them
    used |= {key for key in load_strings(THEME, "en") if key.startswith("counted_")}
    assert used == load_strings(THEME, "en").keys()


def test_a_vote_offers_the_reasons_that_are_taken() -> None:
    """Each reason of the closed list once, in its order; no other."""
    text = (THEME / "parts" / "vote.html").read_text(encoding="utf-8")
    assert tuple(re.findall(r'name="reason" value="([\w-]+)"', text)) == REASONS


def test_a_language_without_words_gets_english_ones() -> None:
    """The interface is never empty; the switch shows the language's code."""
    finnish = load_strings(THEME, "fi")
    assert (finnish["contact_us"], finnish["language"]) == ("Contact us", "fi")
    assert load_strings(THEME, "tr-TR")["language"] == "Türkçe"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "3 June 2026"), ("tr", "3 Haziran 2026"), ("et", "3. juuni 2026")],
)
def test_dates_are_written_as_people_of_the_language_do(lang: str, expected: str) -> None:
    """Estonian has a full stop after the day."""
    assert day(date(2026, 6, 3), load_strings(THEME, lang)) == expected


def test_one_is_not_many() -> None:
    """Estonian and English have a form for one."""
    assert count(1, load_strings(THEME, "et")) == "1 artikkel"
    assert count(2, load_strings(THEME, "et")) == "2 artiklit"


def test_the_script_and_the_stylesheet_stay_small(tmp_path: Path) -> None:
    """Some 6 KB gzip each as served: an article page is meant for a phone on a train."""
    write_assets(THEME, tmp_path)
    for name, kilobytes in (("kb.js", 6), ("kb.css", 6.5)):
        size = len(gzip.compress((tmp_path / "assets" / name).read_bytes()))
        assert size <= kilobytes * 1024, name


def test_what_counts_is_the_smallest_part(tmp_path: Path) -> None:
    """All that is needed to tell what happened: at most 5 KB gzip, loaded with the page."""
    counting = joined(THEME, ("start", "server", "events", "reading"))
    assert len(gzip.compress(counting)) <= 5_000


def test_the_script_is_joined_of_all_its_parts_and_loses_no_code() -> None:
    """Each part once, every line of code; comments and indentation stay behind."""
    sources = {path.stem: path.read_text(encoding="utf-8") for path in (ASSETS / "kb").iterdir()}
    assert sorted(sources) == sorted(PARTS)
    written = joined(THEME).decode("utf-8")
    assert written.splitlines() == [
        "(() => {", '"use strict";', *_code("\n".join(sources[part] for part in PARTS)), "})();",
    ]  # fmt: skip
    for source in sources.values():
        # what joining may not touch: a comment's sign inside a text, a text over several lines
        code = "\n".join(_code(source))
        assert not re.search(r"""(["'`])(?:(?!\1).)* // (?:(?!\1).)*\1""", code)
        assert all(line.count("`") % 2 == 0 for line in code.splitlines())
        assert len(source.splitlines()) <= 400


def _code(source: str) -> list[str]:
    """The lines of a script without comments of any kind and indentation."""
    bare = re.sub(r"(?ms)^/\*.*?\*/$", "", source)
    lines = (re.sub(r"(^| +)// .*", "", line).strip() for line in bare.splitlines())
    return [line for line in lines if line]


def test_the_script_knows_the_buckets_of_reading() -> None:
    """Seconds and per cent are rounded down to those that the collector takes."""
    text = (ASSETS / "kb" / "reading.js").read_text(encoding="utf-8")
    found = dict(re.findall(r"(DWELLS|SCROLLS) = (\[.*?\])", text))
    assert {name: tuple(json.loads(listed)) for name, listed in found.items()} == {
        "DWELLS": DWELLS, "SCROLLS": SCROLLS,
    }  # fmt: skip


def test_short_icon_names_lead_to_icons_that_exist() -> None:
    """A renamed icon in a new Material would show as a question mark."""
    place = find_spec("material.templates")
    assert place
    assert place.origin
    icons = Path(place.origin).parent / ".icons" / "material"
    used = set(re.findall(r'include "\.icons/material/([\w-]+)\.svg"', "".join(
        path.read_text(encoding="utf-8") for path in TEMPLATES
    )))  # fmt: skip
    for name in used | set(ICONS.values()):
        assert (icons / f"{name}.svg").is_file(), name
