"""Customers' questions asked of the new index and of the last one, before readers meet it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import Settings, load_settings
from kbtool.db import writing
from kbtool.errors import ContentError
from kbtool.mining.memory.store import save_topics
from kbtool.mining.questions.question import question
from kbtool.model import Article, Ticket, Topic
from kbtool.search.parts import parts_of
from kbtool.search.record.kept import write_documents
from kbtool.workflows import replay as work
from kbtool.workflows.build import build
from kbtool.workflows.links import record_links
from kbtool.workflows.questions import record_questions
from kbtool.workflows.replay import Replay, clearest_sentence, replay_content
from tests.metrics.test_links import SOLVED, reply, ticket
from tests.search.helpers import document
from tests.site.conftest import NOW, article, make_knowledge_base
from tests.tickets.stored import save_tickets

HELP = "https://help.velmo.example/"
TYRE = (
    "My tyre lost all its air overnight, what now?",
    "Who repairs a puncture?",
    "How do I pump up the back wheel?",
    "Is there a pump at your stations?",
    "Can I ride on with a flat wheel?",
    "A nail went through the tyre, who pays?",
    "Why does the front tyre lose air?",
    "Where do I report a puncture?",
    "Is a puncture my fault?",
    "Do you change the wheel or only the tube?",
    "How long does repairing a puncture take?",
    "Can I lock the bike with a puncture anywhere?",
)
REFUND = (
    "When does the money come back to my card?",
    "Is a refund paid to the card I paid with?",
    "How many days does a refund take?",
    "Can I get my money back for a broken ride?",
    "Why is the refund smaller than the bill?",
    "Do you refund a ride that never began?",
    "Where do I see that my refund was sent?",
    "My card has expired, where will the money go?",
    "Is the deposit part of the refund?",
    "Can a refund be paid in cash?",
    "Who decides about a refund?",
    "Do I get a refund for the month I was ill?",
)
BODIES = {
    "kb-1": "Report a puncture in the app: we repair the tyre or change the wheel or the tube. Each "
    "station has a pump for a flat wheel that has lost air. Lock the bike; you pay nothing.\n",
    "kb-3": "A refund goes back to the card you paid the bill with, deposit and ride alike. The "
    "money is sent within five days, and the app says when.\n",
}


def asking(number: int, text: str, link: str | None, lang: str = "en", subject: str = "") -> Ticket:
    """An answered ticket; the higher its number, the newer."""
    links = (link,) if link else ()
    told = ticket(
        f"{number:03}",
        reply(text=text, role="customer"),
        reply(*links, text="Please look here."),
        solved=SOLVED,
    )
    return replace(told, language=lang, subject=subject, created_at=SOLVED + timedelta(days=number))


def store(settings: Settings, tickets: Iterable[Ticket]) -> None:
    found = list(tickets)
    with writing(settings.database) as connection:
        save_tickets(connection, found)
        record_questions(connection, [one.key for one in found])
        record_links(connection, [one.key for one in found])


@pytest.fixture
def settings(tmp_path: Path, made: Path) -> Settings:
    """A help centre with two articles that 24 tickets link, to be changed."""
    return load_settings(copytree(made, tmp_path / "kb"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, made once."""
    root = make_knowledge_base(tmp_path_factory.mktemp("replay"))
    for one in read(root):
        if one.id in BODIES:
            write_article(root / "content", replace(one, body=BODIES[one.id]))
    found = load_settings(root)
    linked = [(text, "a/kb-1/") for text in TYRE] + [(text, "a/kb-3/") for text in REFUND]
    store(found, (asking(n, text, HELP + to) for n, (text, to) in enumerate(linked)))
    run(found)  # reads replies and questions, once for all tests
    return root


@pytest.fixture
def released(tmp_path: Path, built: Path) -> Settings:
    """The same with its release, asked and passed."""
    return load_settings(copytree(built, tmp_path / "kb", symlinks=True))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, made: Path) -> Path:
    """The same, made once."""
    root = copytree(made, tmp_path_factory.mktemp("released") / "kb")
    first = build(load_settings(root), strict=True, now=NOW)
    assert first.replay is not None
    assert not first.replay.compared
    return root


def read(root: Path) -> tuple[Article, ...]:
    return read_articles(root / "content")[0]


def change(settings: Settings, id_: str, **changes: object) -> None:
    (one,) = (article for article in read(settings.root) if article.id == id_)
    write_article(settings.content_dir, replace(one, **changes))  # type: ignore[arg-type]  # as given


def run(settings: Settings) -> Replay:
    return replay_content(settings, read(settings.root))


def asked(found: Replay, lang: str = "en") -> int:
    (result,) = (one for one in found.results if one.lang == lang)
    return result.questions


def test_the_same_content_finds_the_same(released: Settings) -> None:
    """After a build nothing is lost, and each linked article is among what its questions find."""
    found = run(released)
    assert found.compared
    assert not found.dropped
    english = found.results[0]
    assert (english.lang, english.questions, english.lost) == ("en", 24, ())
    assert english.success[1].now.numerator >= 20
    assert english.success[1].now == english.success[1].before


def test_a_gutted_article_stops_a_strict_build(released: Settings) -> None:
    """The release that readers have stays; each question that lost rank is told at its article."""
    settings, first = released, released.current_release.resolve().name
    change(settings, "kb-1", title="Notes", body="To come.\n", tags=())

    with pytest.raises(ContentError, match=r"fewer questions than before \(en: \d+ lost") as told:
        build(settings, strict=True, now=NOW)

    assert settings.current_release.resolve().name == first
    assert [path.name for path in settings.releases_dir.iterdir()] == [first]
    assert len(told.value.findings) >= 5
    (own,) = (f for f in told.value.findings if "Who repairs a puncture?" in f.message)
    assert (own.level, own.code, own.file) == ("warning", "lost-rank", "en/bike/tyre.md")
    assert build(settings, strict=False, now=NOW).replay is None, "asked with strict only"


def test_a_small_change_is_noise(released: Settings) -> None:
    """An article that takes one question for its title is told and stops nothing."""
    write_article(
        released.content_dir,
        article("kb-9", "en/billing/cash.md", title="Can a refund be paid in cash?", body="No.\n"),
    )
    built = build(released, strict=True, now=NOW)
    assert built.replay is not None
    lost = [(one.question.query, one.instead) for one in built.replay.results[0].lost]
    assert ("Can a refund be paid in cash?", "kb-9") in lost
    assert not built.replay.dropped


def test_without_tickets_there_is_nothing_to_ask(tmp_path: Path) -> None:
    """Nothing is judged, and no database is made for it."""
    settings = load_settings(make_knowledge_base(tmp_path))
    found = run(settings)
    assert [(one.lang, one.questions, one.enough) for one in found.results] == [
        ("en", 0, False), ("tr", 0, False),
    ]  # fmt: skip
    assert not settings.database.exists()


def test_a_question_that_the_article_holds_is_not_asked(settings: Settings) -> None:
    """As its title or a wording, also of the last build: that check could not fail."""
    assert asked(run(settings)) == 24
    change(settings, "kb-1", also_asked=("who repairs a PUNCTURE",))
    found = run(settings)
    assert (asked(found), found.left_out.known) == (23, 1)
    build(settings, strict=True, now=NOW)
    before = document("kb-3", "en", "Where is it?", questions=("Who decides about a refund",))
    write_documents(parts_of([before]), settings.index_dir / work.DOCUMENTS)
    found = run(settings)
    assert (asked(found), found.left_out.known) == (22, 2)


def test_where_a_link_leads_today_is_right(settings: Settings) -> None:
    """A former address, an archived article with an heir; one that is gone answers nothing."""
    change(settings, "kb-1", former=("en/old/puncture/",))
    store(
        settings,
        [
            asking(50, "Is glass on the road a reason?", HELP + "en/old/puncture/"),
            asking(51, "May I mend the tube by myself?", HELP + "a/kb-old/"),
        ],
    )
    assert asked(run(settings)) == 25
    change(settings, "kb-old", replaced_by="kb-1")
    assert asked(run(settings)) == 26
    change(settings, "kb-3", status="archived")
    assert asked(run(settings)) == 14


def test_a_translation_answers_in_its_language(settings: Settings) -> None:
    """An English link in a Turkish ticket; without a translation the question is left out."""
    store(
        settings,
        [
            asking(60, "Tekerlek neden iniyor?", HELP + "a/kb-1/", lang="tr"),
            asking(61, "Param ne zaman gelir?", HELP + "a/kb-3/", lang="tr"),
        ],
    )
    found = run(settings)
    assert (asked(found, "tr"), found.left_out.foreign) == (1, 1)


def test_only_answered_tickets_are_asked(settings: Settings) -> None:
    """What nobody answered well is no test of what answers it."""
    link = reply(HELP + "a/kb-1/")
    opened = ticket(
        "90", reply(text="Is rain a reason?", role="customer"), link, resolution="unknown",
        solved=SOLVED,
    )  # fmt: skip
    store(settings, [opened])
    assert asked(run(settings)) == 24


def test_a_topic_leads_to_its_article(settings: Settings) -> None:
    """Tickets without a link are asked when an article names their topic."""
    tickets = [asking(70 + n, f"Is a {word} covered?", None) for n, word in enumerate(("bell", "saddle"))]  # fmt: skip
    store(settings, tickets)
    assert asked(run(settings)) == 24
    topic = Topic(
        id="t-parts", question="Is a part covered?", keywords=(), requesters=2, months=(),
        tickets=tuple(one.key for one in tickets), languages=(("en", 2),), trend="steady", wordings=(),
    )  # fmt: skip
    with writing(settings.database) as connection:
        save_topics(connection, [topic], NOW)
    change(settings, "kb-2", topic="t-parts")
    assert asked(run(settings)) == 26


def test_the_newest_are_asked(released: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more than the most that are asked; the language is told."""
    monkeypatch.setattr(work, "MOST", 12)
    found = run(released)
    assert found.left_out.older == ["en"]
    assert asked(found) == 12
    for name in ("kb-1", "kb-3"):
        change(released, name, title="Notes", body="To come.\n", tags=())
    lost = {one.question.query for one in run(released).results[0].lost}
    assert lost
    assert lost <= {*REFUND}


def test_the_sentence_that_is_clearest_by_itself_is_asked() -> None:
    """Not the greeting, not what points back, nothing that was redacted."""
    told = asking(
        1,
        "Hello there! I rode home on Monday. Is it gone? How do I get my deposit back? Call [phone].",
        None,
        subject="Deposit",
    )
    found = question(told)
    assert found is not None
    assert clearest_sentence(found) == "How do I get my deposit back?"
    only = question(asking(2, "Why was [card] charged?", None, subject="[email]"))
    assert only is not None
    assert clearest_sentence(only) is None
