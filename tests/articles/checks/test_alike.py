"""Articles that ask or say the same, or contradict each other: one finding for each two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool.config.settings import TicketSettings
from kbtool.model import Article, Finding
from tests.articles.checks.shop import article, findings, settings_in

STEPS = """Boxes are sent every month.

1. Open the app and choose your current tea box.
2. Scroll down to the list of teas and take out what you do not like.
3. Choose other teas until the box is full and confirm your choice.
4. We send the new selection with the next delivery after the fifth.
"""


def _pairs(root: Path, *articles: Article) -> list[Finding]:
    found = findings(root, *articles)
    return [f for f in found if f.code in ("duplicate-article", "contradiction")]


def test_the_same_question_in_other_words_is_told_once(tmp_path: Path) -> None:
    """At the article that was changed last, with the other's file and line."""
    old = article("kb-1", "How do I cancel my tea box?", "Write to us.\n")
    new = article("kb-2", "Can I cancel the tea box", "Ask.\n", updated=date(2026, 5, 1))
    (found,) = _pairs(tmp_path, old, new)
    assert (found.code, found.file, found.line) == ("duplicate-article", "en/boxes/kb-2.md", 3)
    assert "asks the same as kb-1 (en/boxes/kb-1.md:3)" in found.message
    assert "differs_from: [kb-1]" in (found.hint or "")


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "Change the delivery address of a box", "How do I change a box's delivery address?"),
        ("tr", "Teslimat adresini nasıl değiştiririm?", "Teslimat adresi nasıl değiştirilir"),
        ("et", "Kuidas tellimust tühistada?", "Tellimuse tühistamine"),
    ],
)  # fmt: skip
def test_wordings_are_compared_in_their_language(
    tmp_path: Path, lang: str, one: str, other: str
) -> None:
    """Endings do not matter; a wording in ``also_asked`` counts with the line of its key."""
    a = article("kb-1", one, "A.\n", lang=lang)
    b = article("kb-2", "Xyz abc", "B.\n", lang=lang, also_asked=(other,))
    (found,) = _pairs(tmp_path, a, b)
    assert (found.file, found.line) == ("en/boxes/kb-2.md", 7)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Change the delivery address", "Change the delivery day"),
        ("The app opens", "The app doesn't open"),
        ("What does error 12 mean?", "What does error 15 mean?"),
        ("Tea", "Tea"),
    ],
)
def test_other_questions_are_not_the_same(tmp_path: Path, one: str, other: str) -> None:
    """Nor is one word enough to ask something."""
    assert _pairs(tmp_path, article("kb-1", one, "A.\n"), article("kb-2", other, "B.\n")) == []


def test_compounds_that_only_begin_alike_are_not_the_same(tmp_path: Path) -> None:
    """Estonian terms are first letters: a mail's template is not its signature."""
    a = article("kb-1", "Meilisõnumimalli loomine", "A.\n", lang="et")
    b = article("kb-2", "Meilisignatuuri loomine", "B.\n", lang="et")
    assert _pairs(tmp_path, a, b) == []


def test_the_same_steps_below_another_title_are_told(tmp_path: Path) -> None:
    """Also when a sentence was added; figures do not hide a copy."""
    copy = article("kb-2", "Mix your own tea", "Try something new.\n\n" + STEPS)
    (found,) = _pairs(tmp_path, article("kb-1", "Change a box", STEPS), copy)
    assert found.code == "duplicate-article"
    assert "% of the text stands in kb-1" in found.message


def test_many_copies_are_told_in_a_row(tmp_path: Path) -> None:
    """Thirty copies are 29 findings, not 435."""
    copies = [article(f"kb-{n}", f"Question number {n} of box {n}", STEPS) for n in range(30)]
    assert len(_pairs(tmp_path, *copies)) == 29


def test_translations_and_what_a_person_cleared_are_not_compared(tmp_path: Path) -> None:
    """A family is one article; ``differs_from`` works from either side; archived ones are gone."""
    one = article("kb-1", "Change a tea box", STEPS)
    translated = article("kb-2", "Change a tea box", STEPS, lang="tr", translation_of="kb-1")
    cleared = article("kb-3", "Change a tea box", STEPS, differs_from=("kb-1",))
    gone = article("kb-4", "Change a tea box", STEPS, status="archived")
    assert _pairs(tmp_path, one, translated, cleared, gone) == []
    assert len(_pairs(tmp_path, one, replace(cleared, differs_from=()))) == 1


def test_a_draft_is_told_about_the_article_that_is_there(tmp_path: Path) -> None:
    """The finding belongs to the draft, whichever was changed last."""
    shown = article("kb-1", "Change a tea box", "A.\n", updated=date(2026, 9, 1))
    draft = article("kb-2", "Change a tea box", "B.\n", status="draft", path="drafts/kb-2.md")
    assert [found.file for found in _pairs(tmp_path, shown, draft)] == ["drafts/kb-2.md"]


CONTRADICTIONS = {
    "days": (
        "en",
        "You get the refund within 14 days after we receive the parcel.",
        "We send the refund within 30 days after we receive the parcel.",
    ),
    "money": (
        "en",
        "Sending a tea parcel abroad costs £5 a box.",
        "Sending a tea parcel abroad costs £9 a box.",
    ),
    "tr": (
        "tr",
        "Paket elimize ulaştıktan sonra para iadesi 14 gün içinde yapılır.",
        "Para iadesi paket elimize ulaştıktan sonra 30 gün içinde yapılır.",
    ),
    "et": (
        "et",
        "Raha tagastame 14 päeva jooksul pärast paki kättesaamist.",
        "Pärast paki kättesaamist tagastame raha 30 päeva jooksul.",
    ),
    "not": (
        "en",
        "Opened tea packets can be returned to the shop.",
        "Opened tea packets can not be returned to the shop.",
    ),
    "path": (
        "en",
        "To pause a subscription, open **Account > Boxes > Pause**.",
        "To pause your subscription, choose **Settings > Plan > Pause**.",
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_articles_that_cannot_both_be_right_are_told(tmp_path: Path, name: str) -> None:
    """Another number, a "not", another menu path: both lines are named."""
    lang, one, other = CONTRADICTIONS[name]
    a = article("kb-1", "Money back", f"Some text.\n\n{one}\n", lang=lang)
    b = article("kb-2", "Holiday", f"{other}\n", lang=lang, updated=date(2026, 5, 1))
    (found,) = _pairs(tmp_path, a, b)
    assert (found.code, found.file, found.line) == ("contradiction", "en/boxes/kb-2.md", 11)
    assert "kb-1 (en/boxes/kb-1.md:12)" in found.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the same, said otherwise
        ("The refund takes two weeks after the parcel.", "The refund takes 14 days after the parcel."),
        # another thing is counted
        ("Tea boxes hold 14 packets of tea.", "Sample boxes are sent for 30 days without a fee."),
        # each says what its own title is about
        ("A parcel to Narva takes 3 days by post.", "A parcel to Tartu takes 2 days by post."),
        # both facts stand in one article
        ("Refunds of tea take 14 days by card.", "Refunds of tea take 14 days by card. Refunds of tea take 30 days by bank."),
        # a way to somewhere else
        ("In the app, go to **Account > Boxes**.", "In the app, go to **Account > Bills**."),
        # the same way, said in full
        ("To pause a subscription, open **Boxes > Pause**.", "To pause a subscription, open **Account > Boxes > Pause**."),
    ],
)  # fmt: skip
def test_what_can_both_be_right_is_not_told(tmp_path: Path, one: str, other: str) -> None:
    """A false alarm costs the trust in the next one."""
    a = article("kb-1", "Parcels to Narva", one + "\n")
    b = article("kb-2", "Parcels to Tartu", other + "\n")
    assert _pairs(tmp_path, a, b) == []


def test_our_own_names_are_no_purpose(tmp_path: Path) -> None:
    """ "In the Teabox app, open …" says nothing about what the step is for."""
    ours = replace(settings_in(tmp_path), tickets=TicketSettings(product_words=("Teabox App",)))
    a = article("kb-1", "Pause", "In the Teabox app, open **Account > Pause**.\n")
    b = article("kb-2", "Bills", "In the Teabox app, open **Account > Bills**.\n")
    assert findings(tmp_path, a, b, settings=ours) == ()


def test_an_undecided_conflict_of_a_draft_contradicts_nothing(tmp_path: Path) -> None:
    """Nobody has said yet which side the draft takes."""
    body = (
        "<!-- kbtool:conflict -->\n> - You get the refund within 30 days after we receive the "
        "parcel.\n<!-- /kbtool:conflict -->\n\nSome text.\n"
    )
    shown = article("kb-1", "Money back", CONTRADICTIONS["days"][1] + "\n")
    draft = article("kb-2", "Holiday", body, status="draft", path="drafts/kb-2.md")
    assert _pairs(tmp_path, shown, draft) == []


def test_what_is_said_everywhere_with_other_numbers_is_no_contradiction(tmp_path: Path) -> None:
    """ "This takes about 5 minutes" is true of each article by itself."""
    shelf = [
        article(f"kb-{n}", f"Tea sort {name}", f"Estimated time to complete the steps: {n + 2} minutes.\n")
        for n, name in enumerate(("Assam", "Ceylon", "Darjeeling", "Oolong", "Sencha"))
    ]  # fmt: skip
    assert _pairs(tmp_path, *shelf) == []


def test_the_order_of_the_articles_does_not_matter(tmp_path: Path) -> None:
    """The same findings in the same order, however the files are called."""
    a = article("kb-1", "Money back", CONTRADICTIONS["days"][1] + "\n" + STEPS)
    b = article("kb-2", "Change a tea box", CONTRADICTIONS["days"][2] + "\n" + STEPS)
    c = article("kb-3", "Change the tea box", "C.\n")
    first = _pairs(tmp_path / "1", a, b, c)
    moved = [replace(one, path=f"en/boxes/z{3 - n}.md") for n, one in enumerate((a, b, c))]
    again = _pairs(tmp_path / "2", *moved)
    assert sorted(f.code for f in first) == sorted(f.code for f in again)
    assert len(first) == 2
