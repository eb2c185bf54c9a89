"""A whole ticket as a query: its question is found among all the rest it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.search.index import Index
from kbtool.search.ticket_answer import answer_ticket
from kbtool.search.ticket_text import TicketText
from tests.search.helpers import open_index, sample_documents

SITE = "https://help.velmo.example/"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The sample help centre's index."""
    return open_index(sample_documents(), tmp_path_factory.mktemp("tickets") / "index")


@pytest.mark.parametrize(
    ("subject", "text", "lang", "best"),
    [
        (
            "Question",
            "I have been with you since spring and my neighbour rides a Velmo, too. On Monday I was"
            " in the city centre with the children. The battery does not charge any more, what can"
            " I do? We leave on Friday and my sister brings the trailer.",
            "en",
            "battery-charging",
        ),
        (
            "Acil",
            "Dün akşam işten dönerken yağmur yağıyordu. Ön lastik patladı, ne yapmalıyım? Yarın"
            " sabah kızımı okula götüreceğim.",
            "tr",
            "patlak-lastik",
        ),
        (
            "Küsimus",
            "Olin eelmisel nädalal Tartus ja ilm oli ilus. Jalgratas varastati poe eest ära. Mida ma"
            " pean tegema? Kolleeg soovitas teile kirjutada.",
            "et",
            "varastatud-ratas",
        ),
    ],
)
def test_the_question_is_found_among_chatter(
    index: Index, subject: str, text: str, lang: str, best: str
) -> None:
    """The article on what is asked comes first, in the ticket's language."""
    hits = index.search_ticket(TicketText(subject, (text,)), lang=lang)
    assert (hits[0].lang, best in hits[0].url) == (lang, True)


def test_a_later_message_counts_less(index: Index) -> None:
    """What was asked first wins over what came up later."""
    tyre, battery = "How do I mend a flat tyre?", "How do I charge the battery?"
    first = index.search_ticket(TicketText("", (tyre, battery)), lang="en")
    other = index.search_ticket(TicketText("", (battery, tyre)), lang="en")
    assert "flat-tyre" in first[0].url
    assert "battery-charging" in other[0].url


def test_other_languages_come_after(index: Index) -> None:
    """A ticket in a language of the help centre gets its articles first, then the others."""
    hits = index.search_ticket(TicketText("Velmo", ("Velmo Velmo",)), lang="tr", limit=30)
    langs = [hit.lang for hit in hits]
    assert langs == sorted(langs, key=lambda lang: lang != "tr")
    assert len(set(langs)) > 1


def test_questions_are_asked_even_after_much_text(index: Index) -> None:
    """Beyond a dozen sentences the ones that ask are kept."""
    story = " ".join(f"On day {n} the weather was fine in our town." for n in range(60))
    text = f"{story} What do I do when my bike was stolen?"
    hits = index.search_ticket(TicketText("Hello", (text,)), lang="en")
    assert "stolen-bike" in hits[0].url


def test_a_page_without_a_full_stop(index: Index) -> None:
    """A long run of words is asked in stretches, so that its end counts, too."""
    story = "and on the way home we saw a house with a garden " * 12
    hits = index.search_ticket(TicketText("", (f"{story} and my battery does not charge",)))
    assert "battery-charging" in hits[0].url


@pytest.mark.parametrize("ticket", [TicketText("", ()), TicketText("", ("",)), TicketText("!", ())])
def test_an_empty_ticket_finds_nothing(index: Index, ticket: TicketText) -> None:
    """No words, no articles, no error."""
    assert index.search_ticket(ticket) == ()
    assert index.search_ticket(ticket, lang="en", limit=0) == ()


@given(st.text(), st.lists(st.text(), max_size=4))
@settings(max_examples=50)
def test_any_text_is_a_ticket(index: Index, subject: str, messages: list[str]) -> None:
    """Whatever it says, there is an answer, each article once, best first within a language."""
    hits = index.search_ticket(TicketText(subject, tuple(messages)), lang="en", limit=50)
    assert len({hit.id for hit in hits}) == len(hits)
    scores = [hit.score for hit in hits if hit.lang == "en"]
    assert scores == sorted(scores, reverse=True)


def test_replies_speak_the_tickets_language(index: Index) -> None:
    """The phrase is the ticket's, found when not told; an article in another language says so."""
    ticket = TicketText("Ön lastik", ("Velmo bisikletimin lastiği patladı, ne yapmam gerekiyor?",))
    answer = answer_ticket(
        index, ticket, lang=None, languages=("en", "tr", "et"), site_url=SITE, limit=30
    )
    own = next(hit for hit in answer.hits if hit.lang == "tr")
    foreign = next(hit for hit in answer.hits if hit.lang == "en")
    assert (answer.lang, answer.reply_lang) == ("tr", "tr")
    lines = answer.reply(own, "text").splitlines()
    assert lines[0].startswith("Yardım merkezimizdeki")
    assert lines[1:] == [own.title, SITE + own.permalink]
    assert answer.reply(foreign, "text").splitlines()[1] == f"{foreign.title} (English)"


def test_an_unknown_language_is_answered_in_the_default(index: Index) -> None:
    """Rather than guess, the reply is in the help centre's first language."""
    answer = answer_ticket(
        index, TicketText("", ("502",)), lang=None, languages=("et", "en"), site_url=SITE, limit=5
    )
    assert (answer.lang, answer.reply_lang) == (None, "et")


def test_json_has_what_a_sidebar_needs(index: Index) -> None:
    """Whole links and three forms of the reply for each article."""
    answer = answer_ticket(
        index,
        TicketText("Velmo app", ("How do I mend a flat tyre?",)),
        lang="en",
        languages=("en",),
        site_url=SITE,
        limit=2,
    )
    data = answer.as_json()
    assert (data["format"], data["lang"], data["count"]) == (1, "en", 2)
    best = data["results"][0]
    assert best["permalink"] == f"{SITE}a/{best['id']}/"
    assert best["url"].startswith(SITE + "en/")
    assert best["reply"].keys() == {"text", "markdown", "html"}
    assert f'<a href="{best["permalink"]}">' in best["reply"]["html"]
    assert f"]({best['permalink']})" in best["reply"]["markdown"]
