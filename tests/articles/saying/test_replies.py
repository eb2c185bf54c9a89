"""What agents said: which sentences are heard, and which fall away."""

from __future__ import annotations

import pytest

from kbtool.articles.saying.replies import Said, plain, said
from tests.articles.tickets import MACRO, ticket


def _texts(found: tuple[Said, ...]) -> list[str]:
    return [one.text for one in found]


def _nothing(url: str) -> str | None:
    return None


def test_a_reply_becomes_its_facts_and_steps() -> None:
    """Greeting, apology and offer of more help fall; list items are marked and keep their order."""
    found = said(ticket(1, MACRO), "en", _nothing)
    assert _texts(found) == [
        "Open Account > Boxes",
        "Tap Change box",
        "Choose another tea and confirm",
        "If your box is already packed, the change starts with the next one.",
    ]
    assert [one.item for one in found] == [True, True, True, False]
    assert [round(one.place, 2) for one in found] == [0, 0.33, 0.67, 1]
    assert found[0].ref == "desk:1/m1/s3"


@pytest.mark.parametrize(
    "change",
    [{"visibility": "internal"}, {"role": "customer"}, {"role": "bot"}, {"role": "system"}],
)
def test_only_public_words_of_human_agents_are_heard(change: dict[str, str]) -> None:
    """Internal notes, bots, the system and customers never speak in a draft."""
    assert said(ticket(1, "Open Account > Boxes and tap Change.", **change), "en", _nothing) == ()


@pytest.mark.parametrize(
    ("lang", "reply", "left"),
    [
        ("en", "Hi Kofi, at 4 % the lock saves power.", ["at 4 % the lock saves power."]),
        ("en", "Yes, you can pause for three months.", ["you can pause for three months."]),
        ("en", "Sorry about that! Let me know how it goes. Best regards", []),
        ("en", "Sorry, it is 30 days, not 14.", ["it is 30 days, not 14."]),
        ("et", "Vabandust, õige on 30 päeva.", ["õige on 30 päeva."]),
        (
            "tr",
            "Merhaba Ayşe Hanım, kutuyu uygulamadan değiştirin.",
            ["kutuyu uygulamadan değiştirin."],
        ),
        ("tr", "İyi günler dileriz. Saygılarımızla", []),
        (
            "et",
            "Tere Jaan! Ava rakendus ja vali karp. Ilusat päeva!",
            ["Ava rakendus ja vali karp."],
        ),
    ],
)
def test_small_talk_falls_away(lang: str, reply: str, left: list[str]) -> None:
    """Salutations, answers to one person, apologies and closings are no facts."""
    assert _texts(said(ticket(1, reply), lang, _nothing)) == left


def test_a_short_question_is_the_condition_of_the_step_after_it() -> None:
    """ "Not found? Hold the button." is one thing to know; a long question stays a question."""
    found = said(ticket(1, "Lock not found? Hold the button for ten seconds."), "en", _nothing)
    assert _texts(found) == ["Lock not found? Hold the button for ten seconds."]
    assert found[0].fit


@pytest.mark.parametrize(
    "text",
    [
        "We sent it to [email] yesterday.",
        "The box of [name] was changed yesterday.",
        "Hello {{ticket.requester.first_name}} the box is changed.",
        "I have changed the box for you.",
        "Which box do you mean exactly, the blue or the green one with mint?",
        "Please try the following steps:",
    ],
)
def test_what_belongs_to_one_case_may_not_be_shown(text: str) -> None:
    """Masked data, unfilled fields, what an agent did, questions and introductions are unfit."""
    assert not any(one.fit for one in said(ticket(1, text), "en", _nothing))


def test_links_to_articles_are_kept_by_id_and_markdown_is_undone() -> None:
    """Emphasis, escapes and headings become plain text; other links keep their words only."""
    text = plain(
        "## Boxes\n**Open** [this page](https://help.tea.example/a/kb-7/) or "
        "https://help.tea.example/a/kb-8/. See [our blog](https://blog.example/x) \\*now\\*.",
        lambda url: url.rstrip("/").rpartition("/a/")[2] if "/a/" in url else None,
    )
    assert text == "Boxes\nOpen \ue000kb-7\ue001 or \ue000kb-8\ue001. See our blog *now*."


def test_invisible_and_private_characters_vanish() -> None:
    """A reply cannot forge a link mark or turn the direction of the text around it."""
    assert plain("a\u202eb\ue000kb-1\ue001c\x00d", _nothing) == "abkb-1cd"
