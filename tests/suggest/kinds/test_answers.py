"""What agents do in the answers of one ticket."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.suggest.kinds.answers import Answer, read_answer
from tests.suggest.kinds.samples import ticket


def answer(*texts: str, lang: str = "en", **changes: object) -> Answer:
    """What is read from a ticket with these texts, customer and agent in turn."""
    found = read_answer(ticket(1, texts, lang, **changes))
    assert found is not None
    return found


def test_an_act_is_an_act() -> None:
    """It tells what the agent did, and nothing that others can use."""
    found = answer(
        "Please renew my card.", "Hello Ann,\n\nI have renewed your card.\n\nBest wishes"
    )
    assert (found.acted, found.told) == (True, False)


@pytest.mark.parametrize(
    "also",
    [
        "You can do it yourself at any desk.",
        "Next time: My shelf > Card > Renew.",
        "See https://library.example/renew for how it is done.",
        "Tap Renew.",
        "A card is valid for 24 months.",
        "1. Open My shelf\n2. Tap Renew",
    ],
)
def test_what_others_can_use_is_told(also: str) -> None:
    """A menu path, a link, a step, a rule with a number: beside an act too."""
    found = answer("Please renew my card.", f"I have renewed your card.\n\n{also}")
    assert (found.acted, found.told) == (True, True)


def test_what_follows_an_act_is_not_told() -> None:
    """To try again, to wait for a message: no reader can use it alone."""
    after = "Please log in again. You will receive a confirmation."
    assert not answer("Locked out", f"I have unlocked your card. {after}").told
    assert answer("How do I see it?", "Please log in at the desk.").told


def test_what_agents_ask_for_is_named() -> None:
    """In a question, in a request, and in the list below it."""
    found = answer(
        "Please renew my card.",
        "Could you send us the following?\n\n- date of birth\n- a photo",
        "Here they are.",
        "Please confirm your phone number, and the order number.",
        "[phone] [order]",
        "Thank you, I've renewed it.",
    )
    assert {"date_of_birth", "picture", "phone_number", "order_number"} <= found.asked
    assert {"phone", "order"} <= found.given
    assert (found.acted, found.told) == (True, False)


def test_notes_and_tags_say_that_it_is_a_bug() -> None:
    """An internal note counts, its words are kept nowhere; so do tags and the type."""
    noted = answer("It broke", "note: known bug, told the developers", "Sorry about that!")
    assert (noted.defect, noted.loose) == (True, [])
    assert answer("It broke", "Sorry!", tags=("web", "bug")).defect
    assert answer("It broke", "Sorry!", type="Bug").defect
    assert not answer("It broke", "Sorry!", tags=("debug",)).defect


def test_versions_are_those_of_the_error() -> None:
    """Other numbers are none."""
    found = answer("It breaks on 10.4", "This is a known bug in 5.2.\n\nRoom 3.1 is open.")
    assert found.versions == {"5.2"}


def test_grave_matters_are_heard_from_both() -> None:
    """From the customer's question and from whom agents hand it to."""
    assert answer("The lamp caught fire.", "Thank you.").grave == {"danger"}
    assert answer("Hm.", "I've passed it to our legal department.").grave == {"legal"}


def test_safety_first_is_no_explanation() -> None:
    """To unplug it is not how readers help themselves."""
    found = answer("Smoke came from the lamp", "Please unplug it and do not use it again.")
    assert (found.told, found.loose) == (False, [])


def test_only_public_words_of_agents_count() -> None:
    """Without a public reply there is no answer; customers do not act."""
    assert read_answer(ticket(1, ["I have renewed it", "note: I have renewed it"])) is None
    assert not answer("I have renewed it", "Thank you!", "You can tap Renew.").told


def test_another_language_is_unknown() -> None:
    """Nothing is heard in it; the topic's language helps where the ticket's is unknown."""
    assert not answer("Bonjour", "J'ai remboursé votre commande.", lang="fr").acted
    unknown = replace(ticket(1, ["Hi", "I have renewed your card."]), language=None)
    assert (found := read_answer(unknown, "en")) is not None
    assert found.acted


def test_a_long_message_is_cut() -> None:
    """The end of a log is not read."""
    log = "Something was logged here today again\n" * 400
    assert not answer("Hi", f"{log}\nMy shelf > Renew").told
