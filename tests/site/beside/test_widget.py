"""The widget's files: what the script says at once, and what the panel of a language holds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from kbtool.config import Settings
from kbtool.resources import bundled
from kbtool.site.beside.widget import AT_ONCE, OF_PANEL, PLACE, widget_files, widget_names
from tests.site.manifests import HOSTILE, STRINGS, manifest_of


def made(settings: Settings, **changes: Any) -> dict[str, str]:
    """The files of the sample site."""
    return dict(widget_files(manifest_of(settings, **changes), settings, STRINGS, bundled("theme")))


def panel(settings: Settings, lang: str, **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made(settings, **changes)[f"assets/widget.{lang}.json"])
    return found


def test_there_is_a_panel_for_each_language(settings: Settings) -> None:
    """What is written is what a release is checked for."""
    assert set(made(settings)) == set(widget_names(settings.languages))


def test_the_script_has_its_languages_the_default_one_first(settings: Settings) -> None:
    """And nothing that only we read: no comment that has lines of its own, no indentation."""
    script = made(settings)["assets/widget.js"]
    found = re.search(r"(?m)^const SPOKEN = (.+), HITS = 0;$", script)
    assert found
    assert PLACE not in script
    spoken = json.loads(found[1])
    assert list(spoken) == ["en", "tr"]
    assert spoken["tr"] == [STRINGS["tr"][key] for key in AT_ONCE]
    assert not re.search(r"(?m)^\s*/\*|^ ", script)


def test_the_script_knows_whether_a_log_takes_its_events(settings: Settings) -> None:
    """metrics.log_hits is built in; the widget asks nobody."""
    logging = replace(settings, metrics=replace(settings.metrics, log_hits=True))
    assert ", HITS = 1;" in made(logging)["assets/widget.js"]


def test_every_word_the_script_asks_for_is_in_its_panel(settings: Settings) -> None:
    """And no word is sent that it does not show."""
    script = made(settings)["assets/widget.js"]
    asked = set(re.findall(r"\bwords\.(\w+)", script)) | {"vote_yes", "vote_no"}
    assert asked == panel(settings, "en").keys() - {"format"}
    assert set(OF_PANEL) <= asked


def test_the_first_articles_are_those_of_the_home_page(settings: Settings) -> None:
    """With their ids, so that a view can be told; published ones alone; a fallback in its tongue."""
    english, turkish = panel(settings, "en"), panel(settings, "tr")
    assert {one["id"] for one in english["first"]} == {"kb-1", "kb-2", "kb-3"}
    assert english["categories"] == {"bike": "Your bike", "billing": "Billing"}
    own = [one for one in turkish["first"] if one["lang"] == "tr"]
    assert own == [
        {"id": "kb-1t", "title": "Lastiğim patladı", "lang": "tr", "url": "tr/bike/lastik/"}
    ]
    borrowed = [one for one in turkish["first"] if one["lang"] == "en"]
    assert {one["id"] for one in borrowed} == {"kb-2", "kb-3"}
    assert all(one["url"].startswith("tr/") for one in borrowed)


@pytest.mark.parametrize("lang", ["en", "tr"])
def test_a_hostile_title_stays_a_text(settings: Settings, lang: str) -> None:
    """The file is JSON whatever a title says."""
    titles = {one["title"] for one in panel(settings, lang, title=HOSTILE)["first"]}
    assert (HOSTILE in titles) == (lang == "en")
