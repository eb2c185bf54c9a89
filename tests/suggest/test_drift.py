"""What agents keep writing beside a link, and what is only how they write."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Article, Coverage
from kbtool.suggest.additions import Replies
from kbtool.suggest.drift import Added, Drift
from kbtool.suggest.ranking import suggest_from_drift, suggest_from_topics
from tests.suggest.samples import article, topic

LOAN = article(
    "kb-1", body="Open **My shelf** and press **Renew**. A renewal takes 3 days to show."
)
VERLENGEN = article("kb-2", lang="tr", body="Rafımı aç.", translation_of="kb-1", title="Uzatma")
CARD = article("kb-3", title="My card is lost", body="Ask at the desk for another card.")
ARTICLES = (LOAN, VERLENGEN, CARD)
ADDED = "Reserved copies can only be renewed at the counter."


def drift(
    replies: Sequence[tuple[str | None, str, str]],
    articles: Sequence[Article] = ARTICLES,
    others: Sequence[str] = (),
    lang: str = "en",
) -> tuple[Added, ...]:
    """What these (agent, article, text) replies add; ``others`` are replies without a link."""
    read = Drift(articles)
    for number, (agent, sent, text) in enumerate(replies):
        read.add(f"s:{number}", agent, lang, text, (sent,))
    for number, text in enumerate(others):
        read.add(f"o:{number}", "x", lang, text, ())
    texts = [text for _, _, text in replies] + list(others)
    return read.found(Replies({str(n): (lang, text) for n, text in enumerate(texts)}))


def test_a_sentence_of_three_tickets_and_two_agents_is_told() -> None:
    """In its commonest wording, whatever the numbers, marks and case; with who and how often."""
    said = [
        ("a", "kb-1", f"Hi!\n\nhttps://help.example/a/kb-1/\n\n{ADDED}"),
        ("b", "kb-1", f"**{ADDED.upper()}**"),
        ("b", "kb-1", f"See there. {ADDED} Bye"),
    ]
    assert drift(said) == (Added("kb-1", ADDED, ("s:0", "s:1", "s:2"), 2),)


@pytest.mark.parametrize("agents", ["aaa", "ab", (None, None, None)])
def test_one_agent_or_two_tickets_are_not_enough(agents: Sequence[str | None]) -> None:
    """Nor are agents whom the export does not name."""
    assert drift([(agent, "kb-1", ADDED) for agent in agents]) == ()


def test_agents_need_not_use_the_same_words() -> None:
    """Most words in common, or a phrase that the article does not know."""
    alike = [
        "Reserved copies can be renewed at the counter only.",
        ADDED,
        ADDED.replace("copies", "books"),
    ]
    (found,) = drift([(a, "kb-1", t) for a, t in zip("aba", alike, strict=True)])
    assert len(found.tickets) == 3
    phrase = [
        "Nothing there? Profile > Borrowing limit tells you how many you may keep.",
        "Your borrowing limit may be reached, it stands in the profile.",
        "When it stays grey, look at the borrowing limit first please.",
    ]
    (found,) = drift([(a, "kb-1", t) for a, t in zip("abc", phrase, strict=True)])
    assert (found.tickets, found.agents) == (("s:0", "s:1", "s:2"), 3)
    assert found.text in [sentence for t in phrase for sentence in (t, t.partition("? ")[2])]


@pytest.mark.parametrize(
    "text",
    [
        "Open my shelf and press renew there.",
        "It takes 3 days for a renewal to show.",
        "Hello dear reader of our library,",
        "Thanks for being such a patient customer of our library.",
        "Sorry that you had trouble with borrowing at our library.",
        "You find all the steps in this article of our help centre.",
        "More about borrowing limits and fees: https://help.example/a/kb-1/",
        "Would you like to borrow some other novels meanwhile?",
        "I have removed the borrowing limit from your account today.",
        "Please read on.",
        "The following helps with every borrowing limit we know:",
    ],
)
def test_what_the_article_says_and_small_talk_do_not_count(text: str) -> None:
    """Greetings, thanks, apologies, words around the link, questions, and one's own deeds."""
    assert drift([(agent, "kb-1", text) for agent in "abc"]) == ()


def test_a_number_that_is_not_the_articles_is_told() -> None:
    """The same sentence with another number, always the same, is what changed."""
    text = "It takes 10 days for a renewal to show."
    (found,) = drift([(agent, "kb-1", text) for agent in "abc"])
    assert found.text == text
    varying = [text.replace("10", str(n)) for n in range(20, 23)]
    assert drift([(a, "kb-1", t) for a, t in zip("abc", varying, strict=True)]) == ()


def test_what_agents_write_everywhere_belongs_to_no_article() -> None:
    """Beside links to any article, or in all replies."""
    rule = "Our branch libraries welcome everybody until eight."
    more = [article(f"kb-{n}", title=f"Subject {n}") for n in range(4, 8)]
    anywhere = [(agent, a.id, rule) for a in more for agent in "abc"]
    assert drift(anywhere, [*ARTICLES, *more]) == ()
    assert drift([(agent, "kb-1", rule) for agent in "abc"], others=[rule] * 30) == ()
    rare = [f"Something else about subject {n}, not the same." for n in range(30)]
    assert len(drift([(agent, "kb-1", rule) for agent in "abc"], others=rare)) == 1


def test_an_article_is_compared_in_the_replys_language_only() -> None:
    """A Turkish reply with the English link lacks nothing in the English article; the Turkish one
    is meant, and where there is none, none is.
    """
    text = "Ayrılmış kitapların süresi yalnızca bankoda uzatılır."
    assert [a.article for a in drift([(x, "kb-1", text) for x in "abc"], lang="tr")] == ["kb-2"]
    assert drift([(x, "kb-3", text) for x in "abc"], lang="tr") == ()
    assert drift([(x, "kb-99", ADDED) for x in "abc"]) == ()


def test_the_suggestion_joins_what_is_known_of_the_topic() -> None:
    """A fix of the article for the topic that it or a translation answers; else of its own."""
    added = (Added("kb-1", ADDED, ("s:1", "s:2", "s:3"), 2),)
    coverage = {"t-1": Coverage("t-1", "kb-2", 0.9, "links")}
    (found,) = suggest_from_drift(added, [topic()], ARTICLES, coverage)
    assert (found.kind, found.topic, found.article, found.worth) == ("fix", "t-1", "kb-1", 0.12)
    assert found.reasons == (
        f"agents keep adding after the link to kb-1: “{ADDED}” (3 tickets, 2 agents)",
    )
    (alone,) = suggest_from_drift(added, [], ARTICLES, {})
    assert (alone.topic, alone.question, alone.tickets) == (None, LOAN.title, added[0].tickets)


def test_a_phrase_is_not_told_beside_the_sentence_that_holds_it() -> None:
    """The topic's own reason leaves out what drift tells whole."""
    reply = "Open My shelf and press Renew. Reserved copies need the counter."
    replies = Replies(
        {f"desk:t-1-{n}": ("en", reply) for n in range(4)}
        | {f"o-{n}": ("en", "Hm.") for n in range(9)}
    )
    coverage = {"t-1": Coverage("t-1", "kb-1", 0.9, "links")}
    told = suggest_from_topics([topic()], [LOAN], coverage, replies)
    assert "“reserved copies”" in " ".join(told[0].reasons)
    added = (Added("kb-1", "Reserved copies need the counter.", ("s:1",), 2),)
    assert suggest_from_topics([topic()], [LOAN], coverage, replies, added) == ()


@given(st.lists(st.tuples(st.sampled_from("ab"), st.text(max_size=120)), max_size=6), st.randoms())
def test_any_replies_in_any_order_give_the_same(
    said: list[tuple[str, str]], random: object
) -> None:
    """No text stops it; the order of the tickets does not matter."""
    numbered = list(enumerate(said))
    results = []
    for _ in range(2):
        read = Drift(ARTICLES)
        for number, (agent, text) in numbered:
            read.add(f"s:{number}", agent, "en", f"{ADDED} {text}", ("kb-1",))
        results.append([(a.text, set(a.tickets), a.agents) for a in read.found(Replies({}))])
        random.shuffle(numbered)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert results[0] == results[1]
