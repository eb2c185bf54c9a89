"""One ranking for all: the command, the server's API and the site's own script in a real Chromium.

What the three are asked of is one build. Python's index, which each of them may use in its own way
or not at all, says what must come of it. Queries are as the site takes them: one line, at most 200
characters (``clean_query``); the command searches more of a longer text.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import pytest

from kbtool.config import Settings
from kbtool.events.parse import clean_query
from kbtool.resources import bundled
from kbtool.search.index import SEARCH, Index, build_index, export
from kbtool.site.beside.assets import write_assets
from kbtool.workflows.search import search
from tests.browser import needs_browser
from tests.search.helpers import sample_documents
from tests.search.test_conformance import KNOWN_GAPS, LANGS, cases, documents
from tests.server.conftest import make_knowledge_base, running
from tests.site.browsing import build_sample, plain_files
from tests.site.search_asked import HOSTILE, queries

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Where: TypeAlias = Literal["only", "first", "anywhere"]
BELOW = "support/help/"
"""Where the file server has the site."""
ASK = """async ([base, languages, asked]) => {
  const { search } = await import(`${base}assets/search.js`);
  const answers = [];
  for (const [query, options] of asked) {
    answers.push(await search(`${base}search/`, query, { languages, ...options }));
  }
  return answers;
}"""


class Asked(NamedTuple):
    """A query, its language and where to look: only there, there first, or in all alike."""

    text: str
    lang: str
    where: Where


class Found(NamedTuple):
    """What must be the same."""

    hits: tuple[tuple[str, int], ...]
    """(id, score), best first."""
    corrected: str | None


@dataclass(frozen=True)
class Reader:
    """One of the three."""

    ask: Callable[[Settings, Sequence[Asked]], list[Found]]
    places: tuple[Where, ...]
    """Where it can look."""
    step: int = 1
    """Of the sample's texts, one in so many is asked."""


def by_index(settings: Settings, asked: Sequence[Asked]) -> list[Found]:
    """What has to come of it."""
    with Index.open(settings.current_release / "index") as index:
        found = [
            index.search(
                one.text,
                lang=None if one.where == "anywhere" else one.lang,
                only_lang=one.where == "only",
            )
            for one in asked
        ]
    return [Found(tuple((hit.id, hit.score) for hit in one.hits), one.corrected) for one in found]


def by_command(settings: Settings, asked: Sequence[Asked]) -> list[Found]:
    """The function behind ``kbtool search``, whose --lang is strict."""
    found = [
        search(settings, text, lang=lang if where == "only" else None)
        for text, lang, where in asked
    ]
    return [Found(tuple((hit.id, hit.score) for hit in one.hits), one.corrected) for one in found]


def by_server(settings: Settings, asked: Sequence[Asked]) -> list[Found]:
    """/api/search of a running server."""
    answers = []
    with running(settings) as site:
        for text, lang, where in asked:
            params = {"q": text} | ({} if where == "anywhere" else {"lang": lang})
            params |= {"only_lang": "1"} if where == "only" else {}
            answers.append(site.http.get("/api/search", params=params).raise_for_status().json())
    return [read(one) for one in answers]


def by_browser(
    browser: Browser, folder: Path, settings: Settings, asked: Sequence[Asked]
) -> list[Found]:
    """The site's script in Chromium, from a plain file server, below a path."""
    shutil.copytree(settings.current_release / "site", folder / BELOW)
    options = {
        (lang, where): {"lang": None if where == "anywhere" else lang, "onlyLang": where == "only"}
        for _, lang, where in asked
    }
    sent = [(text, options[lang, where]) for text, lang, where in asked]
    context = browser.new_context()
    with plain_files(folder) as base:
        page = context.new_page()
        page.goto(f"{base}{BELOW}index.html")
        answers = page.evaluate(ASK, [base + BELOW, settings.languages, sent])
        context.close()
    return [read(one) for one in answers]


def read(answer: dict[str, Any]) -> Found:
    """What an answer in JSON says. A score is a whole number; JavaScript may send it as a float."""
    hits = tuple((hit["id"], hit["score"]) for hit in answer["results"])
    assert all(score == int(score) for _, score in hits)
    return Found(hits, answer["corrected"])


@pytest.fixture(params=["command", "server", pytest.param("browser", marks=needs_browser)])
def reader(request: pytest.FixtureRequest, tmp_path: Path) -> Reader:
    """Each of the three."""
    if request.param == "command":
        return Reader(by_command, ("only", "anywhere"), 3)  # opens the index for each anew
    ask = by_server
    if request.param == "browser":
        ask = partial(by_browser, request.getfixturevalue("browser"), tmp_path / "www")
    return Reader(ask, ("only", "anywhere", "first"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The sample help centre, built as ``kbtool build`` does it."""
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A release with the articles of all conformance packs. Each has an id kb-1: theirs get the
    language before it.
    """
    root = tmp_path_factory.mktemp("packs")
    texts = [
        replace(one, id=f"{lang}-{one.id}", permalink=f"a/{lang}-{one.id}/")
        for lang in LANGS
        for one in documents(lang)
    ]
    build_index(texts, root / "index")
    settings = replace(make_knowledge_base(root, root / "index"), languages=LANGS)
    site = settings.current_release / "site"
    export(root / "index", site / SEARCH, LANGS)
    shutil.rmtree(site / "assets")
    write_assets(bundled("theme"), site)
    return settings


def by_turns(texts: Iterable[tuple[str, str]], *places: Where) -> list[Asked]:
    """Every (language, text) as the site takes it, asked once, in ``places`` by turns."""
    pairs = zip(texts, cycle(places), strict=False)
    return [Asked(clean_query(text), lang, where) for (lang, text), where in pairs]


@cache
def sample_texts() -> tuple[tuple[str, str], ...]:
    """(Language, text) for the sample: slips, beginnings, capitals, bare letters of its own texts;
    the packs' queries, half of which find something there; what breaks programs.
    """
    found = []
    for lang in ("en", "et", "tr"):
        own = [one for one in sample_documents() if one.lang == lang]
        found += [(lang, text) for text in queries(own, 60, lang)]
        found += [(lang, case.query) for case in cases(lang)[::2]]
    found += [("en", text) for text in HOSTILE]
    return tuple(found)


def first_difference(
    asked: Sequence[Asked], got: Sequence[Found], wanted: Sequence[Found]
) -> tuple[Asked, Found, Found] | None:
    """(query, what came, what has to come) where they differ for the first time."""
    every = zip(asked, got, wanted, strict=True)
    return next((one for one in every if one[1] != one[2]), None)


def test_the_sample_is_searched_alike(sample: Settings, reader: Reader) -> None:
    """The same ten articles, scores and corrections, whoever is asked, in three languages."""
    assert len({clean_query(text) for _, text in sample_texts()}) >= 300
    asked = by_turns(sample_texts()[:: reader.step], "only", "anywhere")
    if "first" in reader.places:
        asked += by_turns(sample_texts()[::8], "first")
    wanted = by_index(sample, asked)
    assert sum(bool(one.hits) for one in wanted) > len(asked) // 2
    assert sum(one.corrected is not None for one in wanted) > len(asked) // 20
    assert first_difference(asked, reader.ask(sample, asked), wanted) is None


def test_the_packs_are_answered_by_each(packs: Settings, reader: Reader) -> None:
    """Every case of the conformance packs, but for the known gaps; scores as the index's."""
    every = [case for lang in LANGS for case in cases(lang)]
    asked = by_turns(((case.lang, case.query) for case in every), "only")
    got = reader.ask(packs, asked)
    assert first_difference(asked, got, by_index(packs, asked)) is None
    wrong = set()
    for case, found in zip(every, got, strict=True):
        right = [f"{case.lang}-{case.first}"] if case.first else []
        if [id_ for id_, _ in found.hits[:1]] != right:
            wrong.add((case.lang, case.query))
    assert wrong == set(KNOWN_GAPS)


def test_the_command_prints_what_it_finds(sample: Settings) -> None:
    """``kbtool search --json`` in a process of its own: what the function finds, as numbers."""
    asked = by_turns(sample_texts()[5::60], "only", "anywhere")
    got = [_printed(sample.root, one) for one in asked]
    assert first_difference(asked, got, by_index(sample, asked)) is None


def _printed(root: Path, one: Asked) -> Found:
    strict = ["--lang", one.lang] if one.where == "only" else []
    done = subprocess.run(
        [sys.executable, "-m", "kbtool", "search", "--json", *strict, "--", one.text],
        cwd=root,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    answer = json.loads(done.stdout)
    assert done.returncode == (0 if answer["results"] else 1), done.stderr
    assert all(type(hit["score"]) is int for hit in answer["results"])
    return read(answer)
