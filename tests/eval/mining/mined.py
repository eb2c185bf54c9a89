"""What the miner makes of a set, in the order in which its suggestions are shown."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.mining.encoding.encoder import Encoder
from kbtool.mining.mine import mine
from kbtool.model import Topic
from kbtool.suggest.novelty import by_novelty
from tests.eval.mining.sets import LabelledSet


def mined(found: LabelledSet, smallest: int, encoder: Encoder | None = None) -> tuple[Topic, ...]:
    """The topics of a set, in rank order."""
    topics = mine(
        found.questions, smallest=smallest, first_language=found.first_language, encoder=encoder
    )
    return in_rank_order(topics)


def in_rank_order(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """``topics`` as ``kbtool suggest`` lists those without articles, each ticket worth the same."""
    known = {topic.id: topic for topic in topics}
    worth = {topic.id: float(len(topic.tickets)) for topic in topics}
    twins = {topic.id: {twin.topic: twin.chance for twin in topic.twins} for topic in topics}
    return tuple(known[name] for name, _, _ in by_novelty(worth, twins))
