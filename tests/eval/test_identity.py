"""How kept ids are counted."""

from __future__ import annotations

from dataclasses import replace

from kbtool.mining.describing.labels import birth_id
from kbtool.mining.memory.identity import keep_ids
from kbtool.model import Topic
from tests.eval.identity import Kept, compare, majority


def _topic(tickets: str) -> Topic:
    return Topic(
        birth_id(list(tickets)), "?", (), tuple(tickets), len(tickets), (), (), "steady",
        wordings=(),
    )  # fmt: skip


def test_each_old_topic_is_counted_once() -> None:
    """One kept, one merged into another, one most of which moved on, one gone; intents apart."""
    before = [_topic(t) for t in ("abcd", "efghij", "klm", "nopqrstuvw", "xyz")]
    found = [_topic(t) for t in ("abcd1", "efghijklmnopqrs", "tuvw", "x2", "y3", "z4")]
    intents = {t: name for name, old in zip("ABCDE", before, strict=True) for t in old.tickets}
    after = keep_ids(found, before)
    assert [t.id for t in after[:3]] == [before[0].id, before[1].id, before[3].id]
    kept = compare(before, after[:3], intents)
    assert kept == Kept(
        old=5, there=4, kept=2, led=1, part=1, holders=2, named=2, labelled=2, on_label=2
    )


def test_a_strangers_id_on_the_holder_is_lost() -> None:
    """Ids that are handed out anew are found out."""
    before = [_topic("abcd")]
    after = [replace(_topic("abcd1"), id="t-other")]
    kept = compare(before, after, dict.fromkeys("abcd", "A"))
    assert (kept.there, kept.kept, kept.named, kept.labelled) == (1, 0, 0, 1)


def test_the_majority_intent_needs_more_than_half() -> None:
    """A tie has none."""
    assert majority(_topic("abcd"), dict(zip("abcd", "XXXY", strict=True))) == "X"
    assert majority(_topic("abcd"), dict(zip("abcd", "XXYY", strict=True))) is None
