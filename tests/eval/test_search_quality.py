"""How well search finds, on the four blind sets: floors that no change may fall below.

Measured on every fifth query; nothing may be tuned to these sets (see their README).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from tests.eval.search import Asker, ask_all, index_asker
from tests.eval.search_scores import Answer, score
from tests.eval.search_sets import Query, read_documents, read_queries
from tests.eval.search_variants import variants

SETS = Path(__file__).parent / "data/search"
LANGS = ("de", "en", "et", "tr")
STEP = 5
SEED = 1
FLOORS = {
    ("de", "known"): 0.980,
    ("de", "paraphrase"): 0.335,
    ("de", "real"): 0.701,
    ("en", "known"): 0.980,
    ("en", "paraphrase"): 0.365,
    ("en", "real"): 0.718,
    ("et", "known"): 0.980,
    ("et", "paraphrase"): 0.388,
    ("et", "real"): 0.641,
    ("tr", "known"): 0.980,
    ("tr", "paraphrase"): 0.547,
    ("tr", "real"): 0.683,
}
"""(Language, kind) → MRR@10, 0.02 below what was measured when it was set."""
TYPO = 0.02
"""What one typo may cost, on average over the sets."""


@cache
def asked(lang: str) -> tuple[Query, ...]:
    """The queries of a set that are asked."""
    return tuple(read_queries(SETS / lang / "queries.jsonl", pytest.fail, _ids(lang))[::STEP])


@cache
def _ids(lang: str) -> frozenset[str]:
    return frozenset(d.id for d in read_documents(SETS / lang / "docs.jsonl", pytest.fail))


@pytest.fixture(scope="module")
def askers() -> Iterator[dict[str, Asker]]:
    """The index of each set."""
    with ExitStack() as stack:
        made = {}
        for lang in LANGS:
            documents = read_documents(SETS / lang / "docs.jsonl", pytest.fail)
            made[lang], _ = stack.enter_context(index_asker(documents))
        yield made


@pytest.fixture(scope="module")
def plain(askers: dict[str, Asker]) -> dict[Query, Answer]:
    """What the queries find as they stand."""
    return {
        query: answer
        for lang, asker in askers.items()
        for query, answer in zip(asked(lang), ask_all(asker, asked(lang)), strict=True)
    }


def mrr(answers: Sequence[Answer], queries: Sequence[Query]) -> float:
    """MRR@10 of the answers to queries."""
    return score(answers, [query.relevant for query in queries]).mrr_at_10


def cost(asker: Asker, plain: dict[Query, Answer], lang: str, name: str) -> float:
    """How much less the queries of a set find in a variant of those that have it."""
    pairs = [(query, variants(query, SEED).get(name)) for query in asked(lang)]
    found = [(query, other) for query, other in pairs if other is not None]
    before = mrr([plain[query] for query, _ in found], [query for query, _ in found])
    others = [other for _, other in found]
    return before - mrr(ask_all(asker, others), others)


@pytest.mark.parametrize(("lang", "kind"), sorted(FLOORS))
def test_no_kind_of_query_falls_below_its_floor(
    plain: dict[Query, Answer], lang: str, kind: str
) -> None:
    """Full sentences, what people type, titles half remembered."""
    some = [query for query in asked(lang) if query.kind == kind]
    assert len(some) >= 20
    assert mrr([plain[query] for query in some], some) >= FLOORS[lang, kind]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["capitals", "no marks"])
def test_capitals_and_missing_marks_cost_nothing(
    askers: dict[str, Asker], plain: dict[Query, Answer], lang: str, name: str
) -> None:
    """They find what the query finds as it stands."""
    assert abs(cost(askers[lang], plain, lang, name)) <= 0.001


def test_one_typo_costs_little(askers: dict[str, Asker], plain: dict[Query, Answer]) -> None:
    """On average over the four sets."""
    costs = {lang: cost(askers[lang], plain, lang, "one typo") for lang in LANGS}
    assert sum(costs.values()) / len(costs) <= TYPO, costs
