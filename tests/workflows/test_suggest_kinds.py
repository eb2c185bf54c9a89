"""Every kind of suggestion from one small help centre, with its evidence and its next command."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import replace

import click
import pytest

from kbtool.articles.files.store import read_articles, write_article
from kbtool.cli.main import cli
from kbtool.config import Settings
from kbtool.model import Suggestion
from kbtool.workflows.judging import SuggestResult, View
from kbtool.workflows.suggest import suggest
from tests.workflows.everything import NOW, help_centre


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The help centre in which everything is due."""
    return help_centre(tmp_path_factory.mktemp("help"))


@pytest.fixture(scope="module")
def found(settings: Settings) -> SuggestResult:
    """What is suggested for it."""
    return suggest(settings, now=NOW)


def of(found: SuggestResult, kind: str, about: str | None = None) -> Suggestion:
    """The first suggestion of a kind, about an article or a word of the question."""
    return next(
        one
        for one in found.suggestions
        if one.kind == kind and (about is None or about in (one.article or one.question.lower()))
    )


def test_write(found: SuggestResult) -> None:
    """A topic without an article, and a search that no ticket asks."""
    topic = of(found, "write", "lock")
    assert "no article answers it" in topic.reasons
    assert topic.command == f"kbtool draft {topic.topic}"
    query = of(found, "write", "insurance")
    assert query.reasons == (
        "searched 3 times without a result (“insurance abroad”), and no topic of the tickets asks it",
    )
    assert (query.own or "").startswith("q-")
    assert query.command == "kbtool search -- 'insurance abroad'"


def test_fix(found: SuggestResult) -> None:
    """Harm beside similar visits, votes with their reasons, a contradiction with its line."""
    harmed = of(found, "fix", "kb-1001")
    assert harmed.reasons == (
        "kb-1001 was read in 13 visits, 9 of them then went on to a person: 69 points more often "
        "(95 %: 40 to 87) than in similar visits, 0 of 30",
        "12 of 12 votes on kb-1001 say that it did not help (unclear 12)",
    )
    assert harmed.command == "kbtool metrics --article kb-1001"
    clash = of(found, "fix", "kb-1004")
    assert clash.reasons[0].startswith("content/en/bike/kb-1004.md:")
    assert (
        "“You can keep a rental for 30 days after the repair.” says otherwise" in clash.reasons[0]
    )


def test_wording(found: SuggestResult) -> None:
    """Searches that miss the article, and such whose results are passed over, with the line."""
    asked = of(found, "wording", "kb-1003")
    assert (
        "of 7 searches with results 7 opened none (“pause subscription winter”), although kb-1003 "
        "“Can I pause my subscription?” answers it"
    ) in asked.reasons
    assert (
        "searched 4 times without a result (“subscription travel”), although kb-1003 “Can I pause "
        "my subscription?” answers it"
    ) in asked.reasons
    lines = {line.line: line for line in asked.proposals}
    assert lines["- pause subscription winter"].reason == "in 7 visits its results were passed over"
    assert lines["- pause subscription winter"].at == 3  # the title's line
    assert asked.command == "${EDITOR:-vi} +3 content/en/bike/kb-1003.md"


def test_translate(found: SuggestResult) -> None:
    """The most read article that a language lacks, in which readers search in vain."""
    made = of(found, "translate")
    assert (made.article, made.langs) == ("kb-1003", ("et",))
    assert made.reasons == (
        "in Eesti 6 of 6 searches found nothing; 5 of 5 articles are not in it",
        "kb-1003 “Can I pause my subscription?” is read most of these: 30 of 43 views in other "
        "languages",
    )
    assert made.command == "kbtool review kb-1003"


def test_promote(found: SuggestResult) -> None:
    """Agents link it all the time, tickets ask for it, and nobody opens it."""
    made = of(found, "promote")
    assert made.article == "kb-1002"
    assert made.reasons == (
        "kb-1002 was viewed 0 times in 13.4 months (0 clicks in search), while 2.4 tickets a month "
        "ask what it answers (28 tickets so far)",
        "agents link it in 28 answered tickets, 28 of them ended with it",
        "pin it on the start page: add kb-1002 to home.pinned in mkdocs.yml; link it from related "
        "articles",
    )
    assert made.command == "${EDITOR:-vi} +4 mkdocs.yml"


def test_retire(found: SuggestResult) -> None:
    """Nobody opened, sent or asked for it in the year that readers were counted."""
    made = of(found, "retire", "kb-1009")
    assert made.reasons == (
        "no view, no link in a reply and no ticket on it in 12 months (since 2025-11-28); never "
        "opened or sent as far as is known",
        "published 2025-06-01",
        "it removes no ticket: one article less to keep right",
    )
    assert made.worth == 0
    assert made.command == (
        'kbtool archive kb-1009 --reason "no view, link or ticket in 12 months"'
    )


def test_form(found: SuggestResult) -> None:
    """What agents do for one customer each is no article; it is worth what a form is."""
    made = of(found, "form")
    assert made.reasons[0].startswith("in 28 of 28 answers an agent did something")
    assert made.parts.share == 0.25
    assert made.parts.share_range == (0.05, 0.5)


def test_each_has_an_interval_around_its_worth(found: SuggestResult) -> None:
    """Wherever anything is worth a ticket, the low end is below and the high end above it."""
    assert any(one.worth for one in found.suggestions)
    for one in found.suggestions:
        interval = one.parts.interval
        assert interval is not None, one
        low, high = interval
        assert low <= one.worth <= high
        assert low < high or one.worth == 0, one


def test_each_command_can_be_typed(found: SuggestResult) -> None:
    """Verbs, options and values are real; an editor opens a line that is there."""
    commands = [one.command for one in found.suggestions if one.command]
    assert len(commands) >= 10
    for command in commands:
        if command.startswith("kbtool "):
            _parse(shlex.split(command)[1:])
        else:
            assert re.fullmatch(r"\$\{EDITOR:-vi\} \+\d+ [\w./-]+", command)


def _parse(words: Sequence[str]) -> None:
    context = click.Context(cli)
    name, verb, rest = cli.resolve_command(context, list(words))
    assert verb is not None
    verb.make_context(name, rest, parent=context)


def test_the_same_again(settings: Settings, found: SuggestResult) -> None:
    """A second run says the same: words, order, figures."""
    assert suggest(settings, now=NOW).suggestions == found.suggestions


def test_a_mended_article_gets_a_new_chance(settings: Settings) -> None:
    """What readers did before the change does not speak against it any more."""
    suggest(settings, now=NOW, shown=View())
    articles, _ = read_articles(settings.content_dir)
    flat = next(article for article in articles if article.id == "kb-1001")
    try:
        write_article(settings.content_dir, replace(flat, body="A mechanic comes within a day."))
        again = suggest(settings, now=NOW).suggestions
        assert "fix:kb-1001" not in {one.key for one in again}
    finally:
        write_article(settings.content_dir, flat)
