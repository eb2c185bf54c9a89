"""Proposals are small, put things where agents say them, and leave a person's words alone.

Each call of ``update`` also holds that proposing again for the proposed article changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kbtool.articles.draft.render import CONFLICT
from tests.articles.tickets import ticket
from tests.articles.update.shop import NEW, OLD, TODAY, published, reread, tickets, update, written

BEFORE = tickets(OLD, range(1, 7))
AFTER = tickets(NEW, range(60, 66))
RULE = "You can return a box within 14 days of delivery."


def test_a_number_is_changed_and_nothing_else() -> None:
    """The evidence of its sentence changes with it, and the day."""
    article = published(BEFORE)
    made = update(article, [*BEFORE, *AFTER])
    assert made.article.body == article.body.replace("14 days", "30 days")
    (change,) = made.changes
    assert (change.kind, change.line) == ("replace", 5)
    assert change.reason == "agents now say 30 days, 14 here (6 tickets since 2026-03-06, 3 agents)"
    assert made.article.updated == TODAY
    old, new = dict(enumerate(article.evidence)), dict(enumerate(made.article.evidence))
    changed = [n for n in new if new[n] != old[n]]
    assert [new[n].text for n in changed] == ["You can return a box within 30 days of delivery."]
    assert new[changed[0]].first_seen == date(2026, 3, 6)


def test_the_same_answers_propose_nothing() -> None:
    """Nothing changes, not even the day."""
    article = published(BEFORE)
    made = update(article, [*BEFORE, *tickets(OLD, range(60, 80))])
    assert (made.article, made.changes) == (article, ())


def test_a_persons_sentence_keeps_its_words() -> None:
    """Only the number in it is another one."""
    body = "Cold feet? **Within 14 days** of delivery you can return a box, no questions asked!\n"
    made = update(written(body), [*BEFORE, *AFTER])
    assert "Cold feet? **Within 30 days** of delivery you can return a box, no" in made.article.body


def test_a_number_in_words_is_not_guessed_at() -> None:
    """A person's sentence stays, with a block behind it."""
    body = "You can return a box within seven days of delivery.\n"
    made = update(written(body), tickets(RULE.replace("14", "30"), range(60, 66)))
    assert made.article.body.startswith(f"{body}\n{CONFLICT}\n")
    assert "- You can return a box within 30 days of delivery. **(newest)**" in made.article.body


def test_one_day_becomes_two_days() -> None:
    """Where the unit's form changes, the unit changes too."""
    old = OLD.replace("14 days", "1 day")
    before = tickets(old, range(1, 7))
    made = update(published(before), [*before, *AFTER])
    assert "within 30 days of delivery." in made.article.body
    assert "30 day " not in made.article.body


def test_where_agents_disagree_a_person_is_asked() -> None:
    """A drafted sentence becomes the block: it is one of its sides."""
    made = update(published(BEFORE), [*BEFORE, *AFTER, *tickets(OLD, [70])])
    (change,) = made.changes
    assert change.kind == "conflict"
    block = made.article.body[made.article.body.index(CONFLICT) :]
    assert "- You can return a box within 14 days of delivery. **(newest)** (7 tickets" in block
    assert "- You can return a box within 30 days of delivery. (6 tickets" in block
    assert made.article.body.count("14 days") == 1
    assert {e.text for e in made.article.evidence} >= {
        "You can return a box within 14 days of delivery.",
        "You can return a box within 30 days of delivery.",
    }


def test_a_disputed_sentence_of_a_person_stays() -> None:
    """The block stands behind its list, whose items keep their numbers."""
    body = "1. Open the app.\n2. You can return a box within 14 days of delivery!\n3. Done.\n"
    late = tickets(RULE.replace("14", "30"), range(60, 66))
    made = update(written(body), [*late, *tickets(RULE, [70])])
    assert made.article.body.startswith(f"{body}\n{CONFLICT}\n")


def test_a_choice_that_a_person_made_is_not_asked_again() -> None:
    """They kept 14 days and deleted the block; its other side is known to the evidence."""
    found = [*BEFORE, *AFTER, *tickets(OLD, [70])]
    asked = update(published(BEFORE), found).article
    start, end = asked.body.index(CONFLICT), asked.body.index("<!-- /kbtool:conflict -->\n")
    chosen = "You can return a box within 14 days of delivery.\n"
    body = asked.body[:start] + chosen + asked.body[end + len("<!-- /kbtool:conflict -->\n") :]
    assert update(reread(replace(asked, body=body)), found).changes == ()


def test_an_article_is_not_told_to_link_itself() -> None:
    """Agents send its own link with a few words; those are no news for it."""
    article = published(BEFORE)
    pointer = f"Everything about returning boxes: https://help.shop.example/a/{article.id}/"
    found = [*BEFORE, *tickets(f"{OLD}\n\n{pointer}", range(60, 66))]
    assert update(article, found).changes == ()
    other = [*BEFORE, *tickets(f"{OLD}\n\n{pointer[:-1]}x/", range(60, 66))]
    assert len(update(article, other).changes) == 1


def test_a_new_step_goes_into_the_list_and_the_others_move_on() -> None:
    """Agents say it between the second and the third."""
    new = OLD.replace("3. Print", "3. Say why in one word\n4. Print")
    made = update(published(BEFORE), [*BEFORE, *tickets(new, range(60, 66))])
    assert made.article.body.startswith(
        "1. Open Account > Orders and choose the box.\n2. Tap Return box.\n"
        "3. Say why in one word.\n4. Print the label and bring the box to a shop.\n\n"
    )
    (change,) = made.changes
    assert (change.kind, change.line, change.old) == ("add", 3, "")


def test_a_condition_becomes_a_note_and_a_fact_follows_its_neighbour() -> None:
    """Notes go behind the notes, apart from them; a fact goes behind what agents say before it."""
    new = (
        OLD.replace("of delivery.\n", "of delivery. The shop refunds your card the next morning.\n")
        + "\nIf the label got lost, print another one.\n"
    )
    made = update(published(BEFORE), [*BEFORE, *tickets(new, range(60, 66))])
    assert "within 14 days of delivery. The shop refunds your card" in made.article.body
    assert made.article.body.endswith(
        "we cannot take it back.\n\n<!-- -->\n\n"
        "> **Note:** If the label got lost, print another one.\n"
    )


def test_steps_without_a_list_become_one() -> None:
    """A person's article has text only."""
    body = "A box that you do not like can go back to us.\n"
    made = update(written(body), BEFORE)
    assert "1. Open Account > Orders and choose the box.\n2. Tap Return box.\n3. Print" in (
        made.article.body
    )
    assert body in made.article.body
    assert len(made.article.evidence) == len(made.changes)


def test_what_a_person_took_out_does_not_come_back() -> None:
    """Its evidence is still there."""
    article = published(BEFORE)
    body = article.body.replace("You can return a box within 14 days of delivery.\n\n", "")
    assert (
        update(replace(article, body=body), [*BEFORE, *tickets(OLD, range(60, 70))]).changes == ()
    )


def test_a_menu_path_is_changed_where_it_stands() -> None:
    """In a person's sentence too; its emphasis stays."""
    rest = OLD.partition("shop\n\n")[2]
    before = tickets(f"Open Account > Orders > Return box.\n\n{rest}", range(1, 7))
    after = tickets(f"Open Profile > Purchases > Return box.\n\n{rest}", range(60, 66))
    article = published(before)
    mine = replace(article, body=article.body.replace("Open **", "Please open now **"))
    for one in (article, mine):
        made = update(one, [*before, *after])
        assert "**Profile > Purchases > Return box**" in made.article.body
        assert "Account" not in made.article.body
    assert "Please open now **Profile" in made.article.body


def test_what_was_denied_is_replaced_by_the_newer_sentence() -> None:
    """A "not" has no place of its own to change."""
    old = OLD + "\nGift boxes can be returned in every tea shop of the town.\n"
    new = OLD + "\nGift boxes cannot be returned in every tea shop of the town.\n"
    before = tickets(old, range(1, 7))
    made = update(published(before), [*before, *tickets(new, range(60, 66))])
    assert "Gift boxes cannot be returned in every tea shop" in made.article.body
    assert "Gift boxes can be" not in made.article.body


def test_a_dead_sentence_goes_when_the_newer_one_may_not_be_shown() -> None:
    """The gate sees personal data in it; nobody says the old one any more."""
    old = OLD + "\nGift boxes can be returned in every tea shop of the town.\n"
    new = OLD + "\nGift boxes cannot be returned in every tea shop of the town.\n"
    before = tickets(old, range(1, 7))
    found = [*before, *tickets(new, range(60, 66))]
    made = update(published(before), found, may_show=lambda text: "cannot be" not in text)
    assert [(change.kind, change.new) for change in made.changes] == [("remove", "")]
    assert "Gift boxes" not in made.article.body
    mine = written("Gift boxes can be returned in every tea shop of the town.\n")
    kept = update(mine, found, may_show=lambda text: "town" not in text)
    assert mine.body in kept.article.body


def test_links_to_articles_go_by_permanent_id() -> None:
    """An agent's link becomes one that the site keeps."""
    blue = replace(written("Blue.\n"), id="kb-9", title="What is *blue*?")
    new = f"{OLD}\nWhat a blue box costs: https://help.tea.example/a/kb-9/ tells more.\n"
    made = update(published(BEFORE), [*BEFORE, *tickets(new, range(60, 66))], blue)
    assert r"costs: [What is \*blue\*?](/a/kb-9/) tells more." in made.article.body


def test_hostile_sentences_stay_escaped() -> None:
    """What agents paste is text: no tag, link, attribute, list or placeholder of the site."""
    hostile = (
        "Returns cost 4 euros <script>alert(1)</script> [here](javascript:x){ onclick=y } "
        "per island {{ config }}."
    )
    mild = "Pack <b>fragile</b> boxes in *two* layers of {{ paper }} | tape ~~twice~~."
    new = f"{OLD}\n{hostile}\n\n{mild}\n"
    made = update(published(BEFORE), [*BEFORE, *tickets(new, range(60, 66))])
    for bad in ("<script", "<b>", "](javascript", "{ onclick", "{{", "~~"):
        assert bad not in made.article.body


@pytest.mark.parametrize(
    ("lang", "old", "new"),
    [
        (
            "tr",
            "Kutuyu teslimattan itibaren 14 günlük süre içinde iade edebilirsiniz.",
            "Kutuyu teslimattan itibaren 30 günlük süre içinde iade edebilirsiniz.",
        ),
        (
            "et",
            "Karbi saate tagastada 14 päeva jooksul pärast kättesaamist.",
            "Karbi saate tagastada 30 päeva jooksul pärast kättesaamist.",
        ),
    ],
)
def test_turkish_and_estonian(lang: str, old: str, new: str) -> None:
    """The number changes, its unit keeps its ending."""
    before = tickets(old, range(1, 7), lang=lang)
    article = published(before)
    assert article.lang == lang
    made = update(article, [*before, *tickets(new, range(60, 66), lang=lang)])
    assert made.article.body == article.body.replace("14", "30")


def test_two_facts_of_one_sentence_are_both_mended() -> None:
    """In one proposal: a second run finds nothing."""
    old = "Returns from islands cost 4 euros and take 10 days."
    new = "Returns from islands cost 6 euros and take 20 days."
    before = tickets(old, range(1, 7))
    made = update(published(before), [*before, *tickets(new, range(60, 66))])
    assert made.article.body == "Returns from islands cost 6 euros and take 20 days.\n"


def test_the_order_of_tickets_does_not_matter() -> None:
    """Same tickets, same proposal."""
    found = [*BEFORE, *AFTER, *tickets(OLD, [70])]
    assert update(published(BEFORE), found) == update(published(BEFORE), found[::-1])


def test_a_stranger_to_the_topic_gets_its_sentences_at_the_end() -> None:
    """Of an article in which agents would recognise nothing, all stays and all is added."""
    body = "Boxes are blue.\n\nSee also: [Blue](/a/kb-9/)\n"
    made = update(written(body), [ticket(n, NEW, agent=f"a{n % 3}") for n in range(1, 7)])
    assert made.article.body.startswith("Boxes are blue.\n\n1. Open Account")
    assert made.article.body.count("Boxes are blue.") == 1
