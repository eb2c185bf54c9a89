"""Articles explained from a real knowledge base: sources are read again, what is gone is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.articles.draft import article_id
from kbtool.articles.files.store import DRAFTS
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.errors import ContentError, NotFoundError
from kbtool.mining.memory.store import save_topics
from kbtool.workflows.draft import draft
from kbtool.workflows.explain import CHANGED, GONE, NO_TICKETS, explain
from tests.articles.kb import NOW, knowledge_base
from tests.articles.tickets import FREE, MACRO, tea_tickets, ticket, topic
from tests.tickets.stored import save_tickets

ID = article_id("t-tea", "en")


@pytest.fixture
def kb(tmp_path: Path) -> Settings:
    """The tea shop's knowledge base with its draft."""
    settings = knowledge_base(tmp_path)
    draft(settings, ["t-tea"], now=NOW)
    return settings


def _edit(settings: Settings, old: str, new: str) -> None:
    file = settings.content_dir / DRAFTS / f"{ID}.md"
    text = file.read_text("utf-8")
    head, body = text.rsplit("---\n", 1)
    assert old in body
    file.write_text(f"{head}---\n{body.replace(old, new)}", "utf-8")


def test_each_source_is_what_the_agent_wrote(kb: Settings) -> None:
    """Redacted, as it stands in the stored ticket, with its day, the newest first."""
    found = explain(kb, ID)
    assert (found.stored, found.trace.removed) == (True, ())
    assert {one.state for one in found.trace.sentences} == {"drafted"}
    first = found.sources[0]
    assert [one.ticket for one in first] == [f"desk:{n}" for n in (6, 5, 4, 3, 2, 1)]
    assert (first[0].text, str(first[0].on), first[0].missing) == (
        "Open Account > Boxes", "2026-01-11", None,
    )  # fmt: skip
    assert first[1].text == (
        "you can do that in Account > Boxes: tap Change box, choose another tea and confirm."
    )
    assert all(one.text for sources in found.sources for one in sources)


def test_the_title_is_traced_to_the_tickets_that_ask_so(kb: Settings) -> None:
    """Whatever stood around the words; a title that a person wrote is nobody's."""
    found = explain(kb, ID)
    asked = {one.text: one.tickets for one in (found.title, *found.also_asked)}
    wordings = {t.messages[0].text: t.key for t in tea_tickets()}
    assert asked
    for text, tickets in asked.items():
        whole = next(w for w in wordings if text.rstrip("?").lower() in w.lower())
        assert wordings[whole] in tickets
    file = kb.content_dir / DRAFTS / f"{ID}.md"
    file.write_text(file.read_text("utf-8").replace("title: ", "title: Wie? "), "utf-8")
    assert explain(kb, ID).title.tickets == ()


def test_what_a_person_did_is_told(kb: Settings) -> None:
    """Edited, written, taken out."""
    _edit(kb, "Tap Change box.", "Tap the button Change box.\n3. Drink tea.")
    _edit(kb, "1. Open **Account > Boxes**.\n", "")
    found = explain(kb, ID)
    states = {one.text: one.state for one in found.trace.sentences}
    assert states["Tap the button Change box."] == "edited"
    assert states["Drink tea."] == "written"
    texts = [found.article.evidence[number].text for number in found.trace.removed]
    assert texts == ["Open Account > Boxes"]


def test_tickets_that_are_gone_or_changed(kb: Settings, tmp_path: Path) -> None:
    """Each reference says why it has no words; the others have theirs."""
    other = tmp_path / "again"
    other.mkdir()
    kept = [ticket(1, "Sorry, no."), *tea_tickets()[1:3]]
    again = knowledge_base(other, kept)
    (again.content_dir / DRAFTS).mkdir()
    name = f"{DRAFTS}/{ID}.md"
    (again.content_dir / name).write_bytes((kb.content_dir / name).read_bytes())
    found = explain(again, ID)
    told = {one.ticket: (one.missing, one.text is None) for one in found.sources[0]}
    assert told["desk:1"] == (CHANGED, True)
    assert told["desk:2"] == told["desk:3"] == (None, False)
    assert told["desk:6"] == (GONE, True)
    dates = [one.on for one in found.sources[0]]
    assert dates == sorted((d for d in dates if d), reverse=True) + [None] * dates.count(None)


def test_without_a_database_the_front_matter_is_left(kb: Settings) -> None:
    """References without words; no database is made by asking."""
    kb.database.unlink()
    found = explain(kb, ID)
    assert (found.stored, found.title.tickets) == (False, ())
    assert {one.missing for sources in found.sources for one in sources} == {NO_TICKETS}
    assert not kb.database.exists()


def test_an_answer_in_another_language_is_read_in_it(tmp_path: Path) -> None:
    """Tickets of unknown language too: in the topic's usual one, as they were drafted from."""
    tickets = [ticket(n, MACRO if n % 2 else FREE, agent=f"a{n % 3}") for n in range(1, 7)]
    unknown = [ticket(n, MACRO, agent="a1", lang=None) for n in (7, 8)]  # type: ignore[arg-type]  # as an import leaves it
    settings = knowledge_base(tmp_path, tickets)
    with writing(settings.database) as connection:
        save_tickets(connection, [*tickets, *unknown])
        save_topics(connection, [topic([*tickets, *unknown])], NOW)
    draft(settings, ["t-tea"], now=NOW)
    found = explain(settings, ID)
    assert {"desk:7", "desk:8"} <= {one.ticket for one in found.sources[0]}
    assert all(one.text for sources in found.sources for one in sources)


def test_a_written_article_has_no_evidence(kb: Settings) -> None:
    """Published and by hand: every sentence is a person's."""
    found = explain(kb, "kb-7")
    assert [one.state for one in found.trace.sentences] == ["written"]
    assert (found.sources, found.title.tickets) == ((), ())


def test_an_id_may_be_begun(kb: Settings) -> None:
    """When it means one article; otherwise the error says which there are."""
    assert explain(kb, ID[:5]).article.id == ID
    with pytest.raises(NotFoundError, match="several articles begin with 'kb'"):
        explain(kb, "kb")
    with pytest.raises(NotFoundError, match="no article 'kb-x'"):
        explain(kb, "kb-x")
    (kb.content_dir / "broken.md").write_text("nothing")
    with pytest.raises(ContentError):
        explain(kb, "kb-x")
