"""When newer answers make a published article stale, and above all when they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kbtool.articles.update.stale import staleness
from tests.articles.tickets import ticket
from tests.articles.update.shop import (
    NEW,
    OLD,
    body_of,
    published,
    replies,
    stale,
    tickets,
    written,
)

BEFORE = tickets(OLD, range(1, 7))


def test_another_number_is_told_with_who_says_it_and_since_when() -> None:
    """Six newer tickets of three agents say 30 days."""
    found = stale(published(BEFORE), [*BEFORE, *tickets(NEW, range(60, 66))])
    assert found is not None
    assert found.reason == "agents now say 30 days, 14 here (6 tickets since 2026-03-06, 3 agents)"
    assert found.heard_until == date(2026, 3, 11)
    assert {said.ticket for said in found.sources} == {f"desk:{n}" for n in range(60, 66)}


def test_the_same_answers_change_nothing() -> None:
    """Twenty more tickets that say what the article says."""
    assert stale(published(BEFORE), [*BEFORE, *tickets(OLD, range(60, 80))]) is None


def test_one_ticket_may_be_a_slip() -> None:
    """One ticket says 30 days."""
    assert stale(published(BEFORE), [*BEFORE, *tickets(NEW, [60])]) is None


def test_one_agents_habit_is_none_while_others_say_the_old() -> None:
    """Three tickets of one agent against one of another."""
    mixed = [ticket(n, NEW, agent="a9") for n in (60, 62, 64)]
    mixed.append(ticket(63, OLD, agent="a1"))
    assert stale(published(BEFORE), [*BEFORE, *mixed]) is None


def test_one_agent_is_enough_when_nobody_says_the_old_any_more() -> None:
    """The last two tickets, and others who say nothing of it."""
    late = [ticket(n, NEW, agent="a9") for n in (60, 62)]
    late += tickets("Tap Return box in Account > Orders, please.", (61, 63))
    found = stale(published(BEFORE), [*BEFORE, *late])
    assert found is not None
    assert "30 days, 14 here (2 tickets since 2026-03-06, 1 agent)" in found.reason


def test_more_who_still_say_the_old_outweigh_the_new() -> None:
    """Four new tickets against six that still say 14 days."""
    mixed = [*tickets(NEW, range(60, 64)), *tickets(OLD, range(70, 76))]
    assert stale(published(BEFORE), [*BEFORE, *mixed]) is None


def test_what_the_article_states_of_another_case_is_no_contradiction() -> None:
    """An article that gives both numbers says all that is true."""
    both = f"{OLD}\nYou can return a gift box within 30 days of delivery.\n"
    assert stale(written(both), tickets(NEW, range(60, 66))) is None


def test_tickets_it_rests_on_and_older_ones_do_not_count() -> None:
    """Half of the tickets came in later, but were written before the evidence's last day."""
    late = tickets(OLD, range(90, 96))
    assert (
        stale(published([*BEFORE, *late]), [*BEFORE, *late, *tickets(NEW, range(60, 64))]) is None
    )


def test_what_a_person_was_told_of_is_not_told_again() -> None:
    """Set back to published, it waits for later tickets."""
    after = tickets(NEW, range(60, 66))
    first = stale(published(BEFORE), [*BEFORE, *after])
    assert first is not None
    kept = published(BEFORE, heard_until=first.heard_until)
    assert stale(kept, [*BEFORE, *after]) is None
    later = tickets(NEW, range(80, 83))
    again = stale(kept, [*BEFORE, *after, *later])
    assert again is not None
    assert "3 tickets since 2026-03-26" in again.reason


def test_an_edited_sentence_is_as_new_as_the_article() -> None:
    """A person wrote "14 days" in June: what was said before is known."""
    article = published(BEFORE)
    body = article.body.replace("You can return a box within", "Return your box within")
    edited = replace(article, body=body, updated=date(2026, 6, 1))
    assert stale(edited, [*BEFORE, *tickets(NEW, range(60, 66))]) is None
    late = stale(edited, [*BEFORE, *tickets(NEW, range(200, 206))])
    assert late is not None
    assert "30 days, 14 here" in late.reason


def test_a_not_is_a_contradiction() -> None:
    """What was possible is not possible any more."""
    old = OLD + "\nGift boxes can be returned in every tea shop of the town.\n"
    new = OLD + "\nGift boxes cannot be returned in every tea shop of the town.\n"
    before = tickets(old, range(1, 7))
    found = stale(published(before), [*before, *tickets(new, range(60, 66))])
    assert found is not None
    assert "cannot be returned in every tea shop" in found.reason


@pytest.mark.parametrize(
    ("new", "path"),
    [
        ("Open Profile > Purchases > Return box.", "Profile > Purchases > Return box"),
        ("Open Account > Send back.", "Account > Send back"),
    ],
)
def test_another_menu_path_is_a_contradiction(new: str, path: str) -> None:
    """The menu moved, or its entry was renamed."""
    rest = OLD.partition("shop\n\n")[2]
    before = tickets(f"Open Account > Orders > Return box.\n\n{rest}", range(1, 7))
    after = tickets(f"{new}\n\n{rest}", range(60, 66))
    found = stale(published(before), [*before, *after])
    assert found is not None
    assert f"agents now say “{path}”, “Account > Orders > Return box” here" in found.reason


def test_a_new_sentence_of_many_tickets_is_missing() -> None:
    """Three tickets of two agents add a fee that nobody told before."""
    fee = NEW.replace("30", "14") + "\nReturns from islands cost 4 euros each.\n"
    found = stale(published(BEFORE), [*BEFORE, *tickets(fee, range(60, 63), agents=2)])
    assert found is not None
    assert found.reason == (
        "agents now add “Returns from islands cost 4 euros each.” "
        "(3 tickets since 2026-03-06, 2 agents)"
    )
    assert stale(published(BEFORE), [*BEFORE, *tickets(fee, range(60, 62))]) is None


def test_what_was_said_before_or_was_taken_out_is_nothing_new() -> None:
    """A person took a sentence out of the draft; agents go on saying it."""
    fee = OLD + "\nReturns from islands cost 4 euros each.\n"
    before = tickets(fee, range(1, 7))
    article = published(before)
    assert "islands" in article.body
    without = replace(
        article, body=article.body.replace("Returns from islands cost 4 euros each.", "")
    )
    assert stale(without, [*before, *tickets(fee, range(60, 70))]) is None


OTHERWISE = (
    "A courier fetches heavy parcels on Mondays.",
    "Vouchers expire with the summer sale.",
    "Green tea needs colder water than black tea.",
    "Our museum opens every second weekend.",
    "Passwords hold twelve letters at least.",
    "Wholesale customers receive yearly invoices.",
    "The kettle's warranty covers its heating coil.",
    "Subscriptions pause during holidays.",
)


def test_other_answers_may_outnumber_the_article() -> None:
    """Eight of nine newer tickets are answered with something else."""
    other = [ticket(60 + n, text, agent=f"a{n % 3}") for n, text in enumerate(OTHERWISE)]
    found = stale(published(BEFORE), [*BEFORE, *other, *tickets(OLD, [80])])
    assert found is not None
    (reason,) = found.reasons
    assert reason.startswith("8 of 9 newer tickets are answered with nothing of it")
    assert reason.endswith("it rests on 6")
    assert stale(published(BEFORE), [*BEFORE, *other[:6], *tickets(OLD, [80])]) is None


def test_answers_that_send_the_article_are_no_other_answers() -> None:
    """Agents link it: they answer with it."""
    article = published(BEFORE)
    sent = [
        ticket(
            60 + n, f"The cat {n} is well: https://help.tea.example/a/{article.id}/", agent=f"a{n}"
        )
        for n in range(9)
    ]
    assert stale(article, [*BEFORE, *sent]) is None


def test_without_any_day_there_is_nothing_to_compare_with() -> None:
    """A person's article that says neither when it was written nor what it rests on."""
    body = "You can return a box within 14 days of delivery.\n"
    assert stale(written(body, updated=None), tickets(NEW, range(60, 66))) is None
    assert stale(written(body), tickets(NEW, range(60, 66))) is not None


def test_other_languages_contradict_too() -> None:
    """Agents who answer in Turkish say 30 days; nobody answers in English any more."""
    turkish = "Kutuyu teslimattan itibaren 30 gün içinde iade edebilirsiniz."
    found = stale(published(BEFORE), [*BEFORE, *tickets(turkish, range(60, 66), lang="tr")])
    assert found is not None
    assert "agents now say 30 gün, 14 days here" in found.reason


def test_what_may_not_be_shown_is_not_quoted() -> None:
    """The gate sees something personal in each of the newer sentences."""
    article, found = published(BEFORE), [*BEFORE, *tickets(NEW, range(60, 66))]
    read = replies(found, may_show=lambda text: "30" not in text)
    why = staleness(article, body_of(article), read)
    assert why is not None
    assert why.reason == (
        "agents now say otherwise than “You can return a box within 14 days of delivery.” "
        "(6 tickets since 2026-03-06, 3 agents)"
    )
