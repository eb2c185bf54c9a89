"""One topic in several languages: groups that got the same answers are joined.

Languages share few words worth comparing, but questions and answers share what the words mean (the
thesaurus has the same groups in each language), links, numbers ("15 minutes", "15 dakika"), product
words and the help desk's own tags.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import numpy as np
import scipy.sparse as sp

from kbtool.mining.questions.question import Question
from kbtool.mining.questions.views import unit_rows
from kbtool.text import concepts, is_stop_word, match_key, words

CERTAIN = 4.0
"""Joined are mutual best matches this many standard deviations above the mean of the other pairs.

3.5 to 4.5 give the same on both shared corpora of tickets; from 6 on topics stay apart."""
FEWEST_WORD_LETTERS = 3
_NUMBER = re.compile(r"\d+")

Group = list[Question]


def join_languages(
    groups: Mapping[str, Sequence[Group]], link_name: Callable[[str], str]
) -> list[Group]:
    """All groups, those of different languages that got the same answers put together.

    ``link_name`` names what a URL points at, the same for all translations of an article.
    """
    flat = [(lang, group) for lang in sorted(groups) for group in groups[lang]]
    marks = [_marks(group, link_name) for _, group in flat]
    parent = list(range(len(flat)))
    for first, second in combinations(sorted(groups), 2):
        left = [i for i, (lang, _) in enumerate(flat) if lang == first]
        right = [i for i, (lang, _) in enumerate(flat) if lang == second]
        for a, b in _matches(marks, left, right):
            parent[max(_root(parent, a), _root(parent, b))] = min(
                _root(parent, a), _root(parent, b)
            )
    joined: dict[int, Group] = {}
    for i, (_, group) in enumerate(flat):
        joined.setdefault(_root(parent, i), []).extend(group)
    return list(joined.values())


def answer_marks(question: Question, link_name: Callable[[str], str]) -> set[str]:
    """What of a question and its answer stays the same in another language."""
    text = f"{question.text}\n{question.reply}"
    found = {f"number {n}" for n in _NUMBER.findall(question.reply)}
    for word in words(text, question.lang):
        key = match_key(word)
        if len(key) >= FEWEST_WORD_LETTERS and not is_stop_word(word, question.lang):
            found.add(f"word {key}")
    for line in text.splitlines():
        meant = concepts(words(line, question.lang), question.lang)
        found.update(f"meaning {name}" for name in meant)
    found.update(f"link {link_name(url)}" for url in question.links)
    found.update(f"tag {match_key(tag)}" for tag in question.tags)
    return found


def _marks(group: Group, link_name: Callable[[str], str]) -> dict[str, float]:
    """How large a share of the group's tickets bears each mark."""
    counts: Counter[str] = Counter()
    for question in group:
        counts.update(answer_marks(question, link_name))
    return {mark: n / len(group) for mark, n in counts.items()}


def _matches(
    marks: Sequence[Mapping[str, float]], left: Sequence[int], right: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs that are each other's best match, and far above what chance gives."""
    if not left or not right:
        return []
    shared = {m for i in left for m in marks[i]} & {m for i in right for m in marks[i]}
    known = Counter(m for i in (*left, *right) for m in marks[i] if m in shared)
    columns = {mark: i for i, mark in enumerate(sorted(known))}
    total = len(left) + len(right) + 1
    weights = {mark: np.log(total / n) for mark, n in known.items()}
    alike = _vectors(marks, left, columns, weights) @ _vectors(marks, right, columns, weights).T
    near = alike.toarray()
    best_right, best_left = near.argmax(axis=1), near.argmax(axis=0)
    mutual = [(i, int(j)) for i, j in enumerate(best_right) if best_left[j] == i]
    by_chance = np.ones_like(near, dtype=bool)
    by_chance[tuple(zip(*mutual, strict=True))] = False
    others = near[by_chance]
    least = others.mean() + CERTAIN * others.std() if others.size else 0.0
    return [(left[i], right[j]) for i, j in mutual if near[i, j] > max(least, 0.0)]


def _vectors(
    marks: Sequence[Mapping[str, float]],
    rows: Sequence[int],
    columns: Mapping[str, int],
    weights: Mapping[str, float],
) -> sp.csr_matrix:
    cells = [
        (row, columns[mark], share * weights[mark])
        for row, i in enumerate(rows)
        for mark, share in sorted(marks[i].items())
        if mark in columns
    ]
    at = ([c[0] for c in cells], [c[1] for c in cells])
    shape = (len(rows), len(columns))
    return unit_rows(sp.csr_matrix(([c[2] for c in cells], at), shape=shape))


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i
