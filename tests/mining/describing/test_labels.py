"""Labels: ids, counts, the question shown."""

from __future__ import annotations

from dataclasses import replace

from kbtool.mining.describing.labels import Labels, birth_id
from tests.mining.samples import members_of, questions


def test_birth_id_is_the_same_in_any_order() -> None:
    """An id is a function of the tickets alone."""
    assert birth_id(["a:1", "a:2"]) == birth_id(["a:2", "a:1"])
    assert birth_id(["a:1", "a:2"]) != birth_id(["a:1", "a:3"])


def test_facts_of_a_topic() -> None:
    """Requesters, months and languages are counted; the typical ticket goes first."""
    group = [q for q in questions() if q.ticket.startswith("desk:fee")]
    topic = Labels(questions()).topic(group, members_of(group))
    assert topic.requesters == 6
    assert topic.languages == (("en", 4), ("tr", 2))
    assert [month for month, _ in topic.months] == [f"2026-0{n}" for n in range(1, 7)]
    assert set(topic.tickets) == {q.ticket for q in group}
    assert {"late", "fee"} <= set(topic.keywords)


def test_wordings_differ() -> None:
    """No wording repeats another one's words."""
    group = [q for q in questions() if q.ticket.startswith("desk:renew")]
    again = [replace(q, ticket=f"{q.ticket}-again") for q in group]
    labels = Labels([*questions(), *again])
    both = [*group, *again]
    texts = [w.text for w in labels.topic(both, members_of(both)).wordings]
    assert len(texts) == len(set(texts)) >= 3


def test_a_sample_of_a_topic_keeps_the_counts_of_the_whole() -> None:
    """Some typical questions label a topic; tickets, people, languages and months are all its own."""
    group = [q for q in questions() if q.ticket.startswith("desk:renew")]
    labels = Labels(questions())
    whole = labels.topic(group, members_of(group))
    part = labels.topic(group[:5], members_of(group))
    assert (part.id, part.requesters, part.languages, part.months) == (
        whole.id,
        whole.requesters,
        whole.languages,
        whole.months,
    )
    assert set(part.tickets) == set(whole.tickets)
    assert set(part.tickets[:5]) == {q.ticket for q in group[:5]}


def test_the_question_shown_names_the_matter_and_stands_alone() -> None:
    """Of one customer's sentences the one that could be a title is shown, not the most usual one."""
    said = (
        "How long does it normally take?",
        "And when do I see the money?",
        "How long does a refund take?",
    )
    group = [
        replace(questions()[0], ticket=f"desk:refund-{n}", text="\n".join(said), wordings=said)
        for n in range(4)
    ]
    topic = Labels([*questions(), *group]).topic(group, members_of(group))
    assert topic.question == "How long does a refund take?"
    assert "refund" in topic.keywords
