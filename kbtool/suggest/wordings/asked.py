"""Wordings for an article from the tickets that it answered: what they ask in words it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kbtool.suggest.wordings.cases import LEAST_PEOPLE, SURE, Case, Cases
from kbtool.suggest.wordings.shelf import Shelf, Shelved, is_meaningful
from kbtool.text import term, words

MOST = 3
"""Wordings of one article at a time: a person reads each."""
PHRASE = (2, 3)
"""Words of a phrase that several people use as it stands."""
STRAY = 1
"""Words of a wording that neither the article nor a second person of its customers uses."""
LONGEST = 9
"""Words of a wording."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wording that an article should have."""

    article: Shelved
    text: str
    words: tuple[str, ...]
    """Those that the article lacks, as customers write them, the most usual first."""
    cases: tuple[Case, ...]
    """The tickets that use at least one of them."""

    @property
    def people(self) -> int:
        """Different people who wrote them."""
        return len({case.person for case in self.cases})


def wanted(cases: Cases, shelf: Shelf) -> Iterator[Wanted]:
    """The wordings that articles of one language lack, by article, most people first.

    A word counts that at least three people use whom the article answered, that stands nowhere in
    it, and that they use more than others do. A wording is a sentence or a phrase of a customer,
    each of whose words some article has, three people use or agents use, so that nobody is known
    by it, and nearly all of which the article or several of those people use.
    """
    for name in cases.articles:
        there = shelf.in_language(name, cases.lang)
        if there is not None:
            yield from _chosen(cases, there, shelf)


def _chosen(cases: Cases, there: Shelved, shelf: Shelf) -> Iterator[Wanted]:
    """Greedily the wording that brings most people's words which no earlier one has."""
    lacking = _lacking(cases, there)
    forms = _forms(cases, there, shelf, lacking)
    for _ in range(MOST):
        gains = {form: sum(lacking[t] for t in own if t in lacking) for form, own in forms.items()}
        best = min(gains, key=lambda f: (-gains[f], len(f), f), default=None)
        if best is None or not gains[best]:
            return
        brought = [t for t in forms[best] if t in lacking]
        own = tuple(case for case in cases.of(there.id) if case.terms.intersection(brought))
        brought.sort(key=lambda t: (-lacking[t], t))
        spelt = tuple(_spelling(t, own) for t in brought)
        yield Wanted(there, best, spelt, own)
        for one in brought:
            del lacking[one]


def _lacking(cases: Cases, there: Shelved) -> dict[str, int]:
    """Terms that the article lacks → how many people miss them."""
    return {
        one: len(people)
        for one, people in cases.users(there.id).items()
        if len(people) >= LEAST_PEOPLE
        and not there.says(one)
        and cases.belongs(one, there.id) >= SURE
    }


def _forms(
    cases: Cases, there: Shelved, shelf: Shelf, lacking: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """Wordings that may be proposed → their terms; one for each set of terms, a whole sentence
    before a part of one, the shortest.
    """
    users, known = cases.users(there.id), shelf.vocabulary(cases.lang)

    def is_public(one: str) -> bool:
        return one in known or one in cases.common or len(cases.people[one]) >= LEAST_PEOPLE

    best: dict[frozenset[str], tuple[int, int, str]] = {}
    for rank, text in _texts(cases.of(there.id), cases.lang, is_public):
        said = words(text, cases.lang)
        meant = [term(w, cases.lang) for w in said if is_meaningful(w, cases.lang)]
        if (
            len(said) > LONGEST
            or len(set(meant)) < min(PHRASE)
            or any(c.isdigit() for c in text)
            or not all(map(is_public, meant))
            or sum(t not in there.counts and len(users.get(t, ())) < 2 for t in meant) > STRAY
            or not _names_it(meant, there, lacking)
        ):
            continue
        key = frozenset(meant)
        found = (rank, len(text), text)
        best[key] = min(best.get(key, found), found)
    return {text: tuple(sorted(key)) for key, (_, _, text) in best.items()}


def _names_it(meant: Sequence[str], there: Shelved, lacking: Mapping[str, int]) -> bool:
    """Whether a wording brings a word that is lacking and says what the article is about: by a
    word of its title, wordings or tags, or by two of its customers' own.
    """
    brought = len({t for t in meant if t in lacking})
    return brought > 1 or (brought == 1 and any(t in there.asked for t in meant))


def _texts(
    own: Sequence[Case], lang: str, is_public: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """(rank, text): customers' sentences and clauses (0), what follows the last rare word of one
    (1), and the phrases that several of them use (2).
    """
    phrases: dict[str, set[str]] = defaultdict(set)
    for case in own:
        for form in case.forms:
            yield 0, form
            yield 1, _end(form, lang, is_public)
        for phrase in _phrases(case, lang):
            phrases[phrase].add(case.person)
    for phrase, people in sorted(phrases.items()):
        if len(people) >= LEAST_PEOPLE:
            yield 2, phrase


def _end(form: str, lang: str, is_public: Callable[[str], bool]) -> str:
    """The words after the last one that is not public, without stop words before them: it ends
    where the customer ended.
    """
    kept: list[str] = []
    for word in reversed(words(form, lang)):
        if is_meaningful(word, lang) and not is_public(term(word, lang)):
            break
        kept.append(word)
    while kept and not is_meaningful(kept[-1], lang):
        kept.pop()
    return " ".join(reversed(kept))


def _phrases(case: Case, lang: str) -> set[str]:
    """Neighbouring words of its public sentences, none of which says nothing."""
    found = set()
    for form in case.forms:
        said = words(form, lang)
        for size in PHRASE:
            for start in range(len(said) - size + 1):
                part = said[start : start + size]
                if all(is_meaningful(word, lang) for word in part):
                    found.add(" ".join(part))
    return found


def _spelling(one: str, own: Iterable[Case]) -> str:
    """How customers mostly write a term."""
    counts: dict[str, int] = defaultdict(int)
    for case in own:
        for word in case.words:
            if term(word, case.lang) == one:
                counts[word] += 1
    return min(counts, key=lambda w: (-counts[w], w), default=one)
