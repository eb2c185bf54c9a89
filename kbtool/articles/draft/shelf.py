"""On which shelf of the help centre a topic's drafts belong."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from kbtool.articles.files.store import DRAFTS
from kbtool.model import Article
from kbtool.text import terms

OWN = 0.7
"""Weight of a shelf's own share of a term beside its share over all shelves."""
CLEAR = 1.0
"""Log odds by which a category must lead the next one."""


def category_of(drafts: Iterable[Article], articles: Sequence[Article]) -> str | None:
    """The category whose articles share most with the drafts; None when it is not clear.

    Naive Bayes over the terms that any article of a draft's language holds, each counted once an
    article and mixed with its share over all shelves (Jelinek-Mercer, so that small shelves have
    no advantage), summed over the drafts, which are translations of each other, and a margin: a
    wrong shelf is worse than none. A category without articles in one of the languages cannot be
    judged.
    """
    told = [shares for draft in drafts if (shares := _log_shares(draft, articles))]
    known = set(told[0]).intersection(*told) if told else set()
    ranked = sorted((math.fsum(shares[c] for shares in told), c) for c in known)
    if not ranked or (len(ranked) > 1 and ranked[-1][0] - ranked[-2][0] < CLEAR):
        return None
    return ranked[-1][1]


def _log_shares(draft: Article, articles: Sequence[Article]) -> dict[str, float]:
    """Category → how well its articles explain the draft's terms; empty when none is known."""
    shelves: dict[str, list[set[str]]] = {}
    for article in articles:
        if (
            article.lang == draft.lang
            and article.category
            and not article.path.startswith(f"{DRAFTS}/")
        ):
            shelves.setdefault(article.category, []).append(_terms_of(article))
    everything = [found for shelf in shelves.values() for found in shelf]
    usual = Counter(term for found in everything for term in found)
    mine = _terms_of(draft) & usual.keys()
    if not mine:
        return {}
    return {
        category: math.fsum(
            math.log(OWN * _share(term, shelf) + (1 - OWN) * usual[term] / len(everything))
            for term in mine
        )
        for category, shelf in shelves.items()
    }


def _share(term: str, shelf: Sequence[set[str]]) -> float:
    return sum(term in found for found in shelf) / len(shelf)


def _terms_of(article: Article) -> set[str]:
    text = f"{article.title} {' '.join(article.also_asked)} {article.body}"
    return set(terms(text, article.lang))
