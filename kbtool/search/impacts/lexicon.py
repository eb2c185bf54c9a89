"""The lexicon: what each word, phrase, title and tag that people may type stands for.

It does at query time what a stemmer, a thesaurus and a compound splitter would do, so that the
browser needs none of them. Its keys are folded; a mark tells what is no plain word:

- ``lock``: a word; ``sim lock``, ``turn+off``: a phrase, with room for others at the ``+``;
- ``wheel_lock``: two words side by side, as titles have them;
- ``pas*``: the words that begin so, when they are many;
- ``lock=how do i lock my bike``: a title or wording, below its first word that carries meaning;
- ``#billing``: a tag.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from heapq import nsmallest
from itertools import islice, product
from typing import NamedTuple, TypeAlias

import numpy as np

from kbtool.model import Document
from kbtool.search.impacts.gather import BESIDE, MEANING, Gathered
from kbtool.search.impacts.scale import (
    FORM,
    OTHER_SPELLING,
    PAIR,
    PHRASE,
    SCORES,
    SYNONYM,
    TAIL,
    UNIT,
    WHOLE,
)
from kbtool.search.impacts.weigh import TermList, term_list
from kbtool.search.synonyms import SynonymTable
from kbtool.search.terms import Family, family, word_keys
from kbtool.text import concepts, match_key, words
from kbtool.text.forms import other_forms, split_forms
from kbtool.text.thesaurus import GAP, groups

OWN_SYNONYM = 12
"""Scale of a synonym that a writer put down for this help centre."""
COMPLETED = 16
"""Words that an unfinished word may become."""
_LONGEST_START = 3
_BEST = 64
"""Articles that each of the words gives to a beginning."""
_FORMS = 6
_SCORES = np.array(SCORES)
_MOST_PHRASES = 24


class Reading(NamedTuple):
    """One way to read a word: terms whose scores add up, by shares of 16, and a scale."""

    scale: int
    terms: Family


Readings = tuple[Reading, ...]
Scores: TypeAlias = dict[int, int]
"""Article → score."""


class Entry(NamedTuple):
    """What a key stands for."""

    having: int = 0
    """Articles that have the word; 0 for what only the thesaurus knows."""
    shown: str = ""
    """How the word is mostly spelt, when not as the key."""
    readings: Readings = ()
    spellings: tuple[tuple[str, Readings], ...] = ()
    """The readings of each spelling with its diacritics, when they differ."""
    titled: tuple[int, ...] = ()
    """Articles with this title."""
    asked: tuple[int, ...] = ()
    """Articles with this wording, or with this tag."""


_NOTHING = Entry()


def make_lexicon(
    documents: Sequence[Document],
    found: Gathered,
    lists: dict[str, TermList],
    synonyms: SynonymTable,
) -> dict[str, Entry]:
    """Key → entry; the lists of beginnings are added to ``lists``."""
    maker = _Maker(found, lists, synonyms)
    entries = {key: maker.word(key) for key in maker.words()}
    entries |= maker.phrases()
    pairs = (term for term in lists if BESIDE in term and "/" not in term)
    entries |= {term: Entry(readings=(Reading(PAIR, ((term, WHOLE),)),)) for term in pairs}
    entries |= _beginnings(found, entries, lists)
    entries |= _titles(found.asked)
    entries |= _tags(documents)
    return {key: entry for key, entry in entries.items() if entry != _NOTHING}


class _Maker:
    def __init__(
        self, found: Gathered, lists: Mapping[str, TermList], synonyms: SynonymTable
    ) -> None:
        self._found = found
        self._lang = found.lang
        self._lists = lists
        self._single: dict[str, list[Reading]] = defaultdict(list)
        self._several: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
        self._apart: dict[str, list[Reading]] = defaultdict(list)
        for searched, meant in synonyms.pairs:
            reading = self._together(OWN_SYNONYM, meant)
            if reading is not None:
                keys = tuple(word_keys(word, self._lang)[0] for word in searched)
                if len(keys) == 1:
                    self._single[keys[0]].append(reading)
                else:
                    self._several[keys].append(reading)
        self._thesaurus = _thesaurus(self._lang)
        for spelt in found.families.values():
            for word, terms in spelt.items():
                for form in self._forms_of(word):
                    self._single[form].append(Reading(FORM, terms))
                for form, prefix in split_forms(word, self._lang):
                    self._apart[f"{form}+{prefix}"].append(Reading(FORM, terms))

    def _forms_of(self, word: str) -> list[str]:
        """Forms of a word that no article has."""
        return [f for f in other_forms(word, self._lang) if f not in self._found.families]

    def words(self) -> list[str]:
        """All words that have an entry, sorted."""
        known = {entry[0] for entry in self._thesaurus if len(entry) == 1}
        return sorted({*self._found.families, *self._single, *known})

    def word(self, key: str) -> Entry:
        """The entry of a word."""
        spelt = self._found.families.get(key, {})
        others = self._others(key, spelt)
        mine = dict.fromkeys(Reading(WHOLE, terms) for terms in self._found.terms_of(key))
        spellings: list[tuple[str, Readings]] = []
        if len(spelt) > 1:
            for word, terms in sorted(spelt.items()):
                rest = (Reading(OTHER_SPELLING, t) for w, t in spelt.items() if w != word)
                spellings.append((word, self._kept((Reading(WHOLE, terms), *rest, *others))))
        usual = min(spelt, key=lambda word: (-self._found.spelt[word], word), default=key)
        return Entry(
            having=self._found.counts[key],
            shown="" if usual == key else usual,
            readings=self._kept((*mine, *others)),
            spellings=tuple(spellings),
        )

    def _others(self, key: str, spelt: Mapping[str, Family]) -> list[Reading]:
        """What a word stands for beside itself."""
        others = list(self._single.get(key, ()))
        tail = self._found.tails.get(key)
        if tail is not None:
            others += [Reading(TAIL, terms) for terms in self._found.terms_of(tail)]
        for word in sorted(spelt) or [key]:
            others += [
                Reading(SYNONYM, ((MEANING + group, WHOLE),))
                for group in concepts([word], self._lang)
            ]
        return list(dict.fromkeys(others))

    def phrases(self) -> dict[str, Entry]:
        """The entries of phrases of the thesaurus and of the help centre's own synonyms."""
        found: dict[str, list[Reading]] = defaultdict(list, self._apart)
        for entry, names in self._thesaurus.items():
            if len(entry) > 1:
                meant = [Reading(PHRASE, ((MEANING + name, WHOLE),)) for name in names]
                for key in self._typed(entry):
                    found[key] += meant
        for keys, readings in self._several.items():
            found[" ".join(keys)] += readings
        return {
            key: Entry(readings=self._kept(dict.fromkeys(readings)))
            for key, readings in sorted(found.items())
        }

    def _typed(self, phrase: tuple[str, ...]) -> Iterator[str]:
        """The keys under which a phrase is found: its words in the forms that articles have."""
        joins: list[str] = []
        forms: list[list[str]] = []
        for word in phrase:
            if word == GAP:
                joins[-1] = "+"
            else:
                forms.append(self._forms(word))
                joins.append(" ")
        for combined in islice(product(*forms), _MOST_PHRASES):
            ends = [*joins[:-1], ""]
            yield "".join(word + end for word, end in zip(combined, ends, strict=True))

    def _forms(self, word: str) -> list[str]:
        stem = family(word, self._lang)[0][0]
        same = self._by_stem.get(stem, [])
        return list(dict.fromkeys([word, *same]))[:_FORMS]

    @cached_property
    def _by_stem(self) -> Mapping[str, list[str]]:
        """Widest term → the words that have it, the most frequent first."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._found.families, key=lambda k: (-self._found.counts[k], k)):
            for terms in self._found.families[key].values():
                found[terms[0][0]].append(key)
        return found

    def _together(self, scale: int, meant: Sequence[str]) -> Reading | None:
        """A phrase as one reading: its words' terms share the whole."""
        kept = [word for word in meant if word_keys(word, self._lang)[0] in self._found.families]
        if len(kept) < len(meant):
            return None
        share = WHOLE // len(kept)
        terms = [
            (t, max(1, part * share // WHOLE)) for w in kept for t, part in family(w, self._lang)
        ]
        return Reading(scale, tuple(terms))

    def _kept(self, readings: Iterable[Reading]) -> Readings:
        """Readings without terms that no list is kept of, and without empty ones."""
        kept = []
        for scale, terms in readings:
            known = tuple(sorted((t, share) for t, share in terms if t in self._lists))
            if known:
                kept.append(Reading(scale, self._merged(known)))
        return tuple(dict.fromkeys(kept))

    def _merged(self, terms: Family) -> Family:
        """Terms with the same list are one: rare words have the same articles at every length."""
        first: dict[bytes, str] = {}
        shares: dict[str, int] = {}
        for term, share in terms:
            name = first.setdefault(self._lists[term].written, term)
            shares[name] = shares.get(name, 0) + share
        return tuple(shares.items())


@cache
def _thesaurus(lang: str) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """(Folded words of an entry, ``GAP`` among them) → the groups it stands in."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for group, entries in groups(lang).items():
        for entry in entries:
            parts = [part if part == GAP else match_key(part.strip("=*")) for part in entry.split()]
            found[tuple(part.replace("'", "") for part in parts)].append(group)
    return {entry: tuple(names) for entry, names in sorted(found.items())}


def _beginnings(
    found: Gathered, entries: Mapping[str, Entry], lists: dict[str, TermList]
) -> dict[str, Entry]:
    """The entries of beginnings that more words have than a reader would look through."""
    starting: dict[str, list[str]] = defaultdict(list)
    for key in sorted(found.families):
        for size in range(1, min(_LONGEST_START, len(key)) + 1):
            starting[key[:size]].append(key)
    best: dict[str, Scores] = {}
    made: dict[str, Entry] = {}
    for start, keys in sorted(starting.items()):
        if len(keys) <= COMPLETED:
            continue
        scores: Scores = {}
        for key in nsmallest(COMPLETED, keys, key=lambda k: (-found.counts[k], k)):
            if key not in best:
                best[key] = _best(entries[key], lists, found.articles)
            for number, score in best[key].items():
                scores[number] = max(scores.get(number, 0), score)
        name = start + "*"
        impacts = {number: score / (WHOLE * UNIT) for number, score in scores.items()}
        lists[name] = term_list(impacts, found.articles)
        made[name] = Entry(readings=(Reading(WHOLE, ((name, WHOLE),)),))
    return made


def _best(entry: Entry, lists: Mapping[str, TermList], articles: int) -> Scores:
    """The best articles of a word with their scores, in sixteenths."""
    scores = np.zeros(articles, np.int64)
    for reading in entry.readings[:1]:
        for term, share in reading.terms:
            scores[lists[term].articles] += share * _SCORES[lists[term].levels]
    best = np.argsort(-scores, kind="stable")[:_BEST]
    found = zip(best.tolist(), scores[best].tolist(), strict=True)
    return {number: score for number, score in found if score}


def _titles(of_articles: Sequence[Sequence[str]]) -> dict[str, Entry]:
    titled: dict[str, list[int]] = defaultdict(list)
    asked: dict[str, list[int]] = defaultdict(list)
    for number, (title, *wordings) in enumerate(of_articles):
        titled[title].append(number)
        for key in wordings:
            asked[key].append(number)
    return {
        key: Entry(
            titled=tuple(titled.get(key, ())), asked=tuple(dict.fromkeys(asked.get(key, ())))
        )
        for key in sorted({*titled, *asked} - {""})
    }


def _tags(documents: Sequence[Document]) -> dict[str, Entry]:
    having: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for tag in dict.fromkeys(document.tags):
            having[tag_key(tag)].append(number)
    return {key: Entry(asked=tuple(dict.fromkeys(numbers))) for key, numbers in having.items()}


def tag_key(tag: str) -> str:
    """The key of a tag."""
    return "#" + " ".join(match_key(word) for word in words(tag))
