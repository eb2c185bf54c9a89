"""What a conflict block takes away is said again by another sentence."""

from __future__ import annotations

from kbtool.articles.agreeing.choose import groups
from kbtool.articles.agreeing.complete import completed
from kbtool.articles.agreeing.conflicts import find_conflicts
from kbtool.articles.agreeing.support import Group, Replies
from kbtool.articles.saying.replies import Said
from tests.articles.saying.sentences import tickets


def _kept(said: list[list[Said]]) -> tuple[tuple[Group, ...], tuple[Group, ...], set[str]]:
    """The sentences before and after, and those that stand in a block."""
    read = Replies(said, "en")
    before = groups(read)
    conflicts = find_conflicts(before, said, "en")
    return before, completed(before, conflicts, read), set(conflicts)


def test_without_a_conflict_nothing_is_added() -> None:
    """The draft is what was chosen."""
    before, after, conflicts = _kept(
        tickets(*["Tap the green button there. | Wait for 3 days."] * 4)
    )
    assert not conflicts
    assert after == before


def test_facts_of_a_sentence_in_a_block_come_back() -> None:
    """The number that agents agree on stands beside the block or within its sides."""
    both = "A box can be returned within {} days and moving it costs 29 euros."
    plain = "Moving a parcel to another shop costs 29 euros."
    said = tickets(*[both.format(14)] * 3, *[both.format(30)] * 3, *[plain] * 3)
    _, after, conflicts = _kept(said)
    assert conflicts
    shown = " ".join(group.said.text for group in after)
    assert "29 euros" in shown


def test_no_side_comes_back_as_plain_text() -> None:
    """Whatever is added, no sentence outside the block gives a number that is disputed."""
    said = tickets(
        *["You can return a box within 14 days."] * 4, *["You can return a box within 30 days."] * 4
    )
    _, after, conflicts = _kept(said)
    outside = [group.said.text for group in after if group.said.ref not in conflicts]
    assert conflicts
    assert not any("14" in text or "30" in text for text in outside)
