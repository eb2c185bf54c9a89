"""How good topics are, judged by the true intents.

Only the order and the members of the topics count. A question without an intent belongs to no
topic: it is a class of its own. A question in no topic is a topic of its own: leaving questions
out is never rewarded, and never punished twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

PURE = 0.8
"""Share of its majority intent from which a topic stands for that intent."""

Intents = Mapping[str, str | None]
"""Question id to true intent; None belongs to none."""


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one clustering; shares and measures are 0..1, more is better but duplicates."""

    intents: int
    """K, the number of true intents."""
    topics: int
    recall: float
    """Share of the intents that one of the K largest topics stands for."""
    duplicates: float
    """Share of the K largest topics whose majority intent a larger one already has."""
    coverage: float
    """Share of all questions that are in the K largest topics."""
    v: float
    b3: float


def score(groups: Sequence[Sequence[str]], intents: Intents) -> Score:
    """Figures of ``groups`` (question ids, the group of largest worth first)."""
    known = len({intent for intent in intents.values() if intent is not None})
    top = groups[:known]
    majorities = [found for group in top if (found := majority(group, intents)) is not None]
    pure = {intent for intent, share in majorities if share >= PURE}
    again = len(majorities) - len({intent for intent, _ in majorities})
    pairs = joint(groups, intents)
    return Score(
        intents=known,
        topics=len(groups),
        recall=len(pure) / known if known else 0.0,
        duplicates=again / len(top) if top else 0.0,
        coverage=sum(map(len, top)) / len(intents) if intents else 0.0,
        v=v_measure(pairs),
        b3=b_cubed(pairs),
    )


def majority(group: Sequence[str], intents: Intents) -> tuple[str, float] | None:
    """The most frequent intent of a group and its share of all its questions; None without one.

    Questions without an intent count against the share. Of equally frequent ones the first by name.
    """
    counts = Counter(i for i in map(intents.get, group) if i is not None)
    if not counts:
        return None
    intent, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return intent, count / len(group)


def joint(groups: Iterable[Sequence[str]], intents: Intents) -> Counter[tuple[str, str]]:
    """How many questions each (class, topic) has; what has none gets one of its own."""
    home = {key: f"topic {n}" for n, group in enumerate(groups) for key in group}
    return Counter(
        (
            f"no intent {key}" if intent is None else f"intent {intent}",
            home.get(key, f"alone {key}"),
        )
        for key, intent in intents.items()
    )


def v_measure(pairs: Mapping[tuple[str, str], int]) -> float:
    """Harmonic mean of homogeneity and completeness; 1 is the true intents.

    Source: A. Rosenberg and J. Hirschberg, "V-Measure", EMNLP-CoNLL 2007, with beta 1:
    h = 1 - H(class | topic) / H(class), c = 1 - H(topic | class) / H(topic), 1 where H is 0.
    """
    classes, topics = _margins(pairs)
    of_both, of_classes, of_topics = (_entropy(c.values()) for c in (pairs, classes, topics))
    homogeneity = 1 - (of_both - of_topics) / of_classes if of_classes else 1.0
    completeness = 1 - (of_both - of_classes) / of_topics if of_topics else 1.0
    return _harmonic(homogeneity, completeness)


def b_cubed(pairs: Mapping[tuple[str, str], int]) -> float:
    """F1 of B-cubed precision and recall; 1 is the true intents.

    Source: E. Amigó et al., "A comparison of extrinsic clustering evaluation metrics based on
    formal constraints", Information Retrieval 12 (2009): the mean over the questions of the share
    of a question's topic that has its class, and of the share of its class that is in its topic,
    the question itself counted.
    """
    classes, topics = _margins(pairs)
    total = sum(pairs.values())
    precision = sum(n * n / topics[topic] for (_, topic), n in pairs.items())
    recall = sum(n * n / classes[one] for (one, _), n in pairs.items())
    return _harmonic(precision / total, recall / total) if total else 0.0


def _margins(pairs: Mapping[tuple[str, str], int]) -> tuple[Counter[str], Counter[str]]:
    classes: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    for (one, topic), count in pairs.items():
        classes[one] += count
        topics[topic] += count
    return classes, topics


def _entropy(counts: Collection[int]) -> float:
    total = sum(counts)
    return -sum(n / total * log(n / total) for n in counts)


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other > 0 else 0.0
