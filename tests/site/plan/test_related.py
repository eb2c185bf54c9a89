"""Which articles stand under an article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbtool.site.plan.related import related
from tests.site.conftest import article

WORDS = ("tyre", "pump", "refund", "invoice", "battery", "charger", "lock", "key", "swap", "size")


def test_shared_words_come_before_the_same_category() -> None:
    """A battery article names the charger article of another category first."""
    found = related(
        [
            article("a", "en/bike/a.md", title="battery empty"),
            article("b", "en/shop/b.md", title="buy a battery"),
            article("c", "en/bike/c.md", title="saddle loose"),
            article("d", "en/shop/d.md", title="gift card"),
            article("e", "tr/bike/e.md", title="battery"),
        ]
    )
    assert [other.id for other in found["a"]] == ["b", "c"]
    assert found["e"] == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(("bike", "shop")), st.lists(st.sampled_from(WORDS), max_size=4)),
        min_size=1,
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_never_itself_never_twice_and_order_does_not_matter(
    drawn: list[tuple[str, list[str]]], random: object
) -> None:
    """At most three others of the same language; shuffled input gives the same answer."""
    articles = [
        article(f"kb-{n}", f"en/{shelf}/a{n}.md", title=" ".join(words) or "x")
        for n, (shelf, words) in enumerate(drawn)
    ]
    found = related(articles)
    for one in articles:
        ids = [other.id for other in found[one.id]]
        assert one.id not in ids
        assert len(ids) == len(set(ids)) <= 3
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    assert related(shuffled) == found
