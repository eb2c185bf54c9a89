"""What the articles of one language say: words and terms, counted per field and article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kbtool.model import Document
from kbtool.search.impacts.compounds import Tails
from kbtool.search.impacts.scale import WHOLE
from kbtool.search.terms import Family, family, indexed_words, word_keys
from kbtool.text import concepts, match_key, words
from kbtool.text.thesaurus import groups

FIELDS = ("title", "headings", "tags", "body")
"""The scored fields; ``title`` holds the other wordings, too: both are questions that it answers."""
MEANING = "~"
"""What the term of a meaning of the thesaurus begins with."""
BESIDE = "_"
"""What stands between two words that stand side by side; no word has it."""
SPELT = "="
"""The kind of the term of a word as it is spelt."""
_TAIL_TIMES = 0.5
"""How much an occurrence of a compound counts for its last part."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")

Times = dict[int, float]
"""Article → how often."""


@dataclass(slots=True)
class Gathered:
    """Counts of one language's articles. Articles are numbers."""

    lang: str
    articles: int
    postings: dict[str, dict[str, Times]]
    """Field → term → times."""
    lengths: dict[str, list[int]]
    """Field → words of each article."""
    families: dict[str, dict[str, Family]]
    """Folded word → its spellings, each with its terms."""
    counts: Counter[str] = field(default_factory=Counter)
    """Folded word → articles that have it."""
    spelt: Counter[str] = field(default_factory=Counter)
    """Word as it is spelt → articles that have it so."""
    tails: dict[str, str] = field(default_factory=dict)
    """Folded compound → the folded word that it ends in."""

    def terms_of(self, key: str) -> tuple[Family, ...]:
        """The terms of each spelling of a folded word; of the word itself when no article has it."""
        return (
            tuple(self.families[key].values())
            if key in self.families
            else (family(key, self.lang),)
        )


def gather(documents: Sequence[Document], lang: str) -> Gathered:
    """The counts of ``documents``, all in ``lang``, in their order."""
    read = [{name: _read(document, name) for name in FIELDS} for document in documents]
    found = Gathered(
        lang=lang,
        articles=len(documents),
        postings={name: defaultdict(dict) for name in FIELDS},
        lengths={name: [len(one[name]) for one in read] for name in FIELDS},
        families={},
    )
    found.families = _families({w for one in read for kept in one.values() for w in kept}, lang)
    tails = Tails({*found.families, *_known_words(lang)})
    found.tails = {key: tail for key in found.families if (tail := tails.of(key))}
    for number, one in enumerate(read):
        said = {word for kept in one.values() for word in kept}
        found.spelt.update(said)
        found.counts.update({key for word in said for key in word_keys(word, lang)})
        for name in FIELDS:
            _count_words(found, name, number, Counter(one[name]))
    _count_pairs(found, documents)
    for number, document in enumerate(documents):
        for name in FIELDS:
            _count_meanings(found, name, number, document)
    return found


def _families(vocabulary: Iterable[str], lang: str) -> dict[str, dict[str, Family]]:
    """Folded word → its spellings with their terms. Where there are several, half of each one's
    weight goes to a term of its own: ``ılık`` and ``ilik`` are two words.
    """
    found: dict[str, dict[str, Family]] = {}
    for word in sorted(vocabulary):
        for key in word_keys(word, lang):
            found.setdefault(key, {})[word] = family(word, lang)
    for spelt in found.values():
        if len(spelt) > 1:
            for word, terms in spelt.items():
                halves = tuple((term, share // 2) for term, share in terms)
                spelt[word] = (*halves, (f"{word}/{SPELT}", WHOLE // 2))
    return found


def _known_words(lang: str) -> Iterator[str]:
    """The words of the thesaurus, folded: compounds may end in them."""
    for entries in groups(lang).values():
        yield from (match_key(entry.strip("=*")) for entry in entries if " " not in entry)


def _parts(document: Document, name: str) -> tuple[str, ...]:
    return {
        "title": (document.title, *document.questions),
        "headings": document.headings,
        "tags": document.tags,
        "body": (document.body,),
    }[name]


def _read(document: Document, name: str) -> list[str]:
    return [w for text in _parts(document, name) for w in indexed_words(text, document.lang)]


def _count_words(found: Gathered, name: str, number: int, counted: Counter[str]) -> None:
    postings, lang = found.postings[name], found.lang
    for word, times in counted.items():
        for term, amount in _terms(word, times, found, lang):
            of_term = postings[term]
            of_term[number] = of_term.get(number, 0.0) + amount


def _terms(word: str, times: int, found: Gathered, lang: str) -> Iterator[tuple[str, float]]:
    own = {term for key in word_keys(word, lang) for term, _ in found.families[key][word]}
    yield from ((term, float(times)) for term in sorted(own))
    tail = found.tails.get(word_keys(word, lang)[0])
    if tail is not None:
        rest = {term for terms in found.terms_of(tail) for term, _ in terms} - own
        yield from ((term, times * _TAIL_TIMES) for term in sorted(rest))


def _count_pairs(found: Gathered, documents: Sequence[Document]) -> None:
    """Count two words side by side, those that any title, wording or heading has so."""
    said = [{name: list(_pairs(document, name)) for name in FIELDS} for document in documents]
    asked = {pair for one in said for name in ("title", "headings") for pair in one[name]}
    for number, one in enumerate(said):
        for name, pairs in one.items():
            for pair, times in Counter(pair for pair in pairs if pair in asked).items():
                found.postings[name][pair][number] = float(times)


def _pairs(document: Document, name: str) -> Iterator[str]:
    for text in _parts(document, name):
        for sentence in _SENTENCE.split(text):
            kept = indexed_words(sentence, document.lang)
            for one, two in pairwise(word_keys(word, document.lang)[0] for word in kept):
                yield f"{one}{BESIDE}{two}"


def _count_meanings(found: Gathered, name: str, number: int, document: Document) -> None:
    postings = found.postings[name]
    for text in _parts(document, name):
        for sentence in _SENTENCE.split(text):
            for group in concepts(words(sentence, found.lang), found.lang):
                of_group = postings[MEANING + group]
                of_group[number] = of_group.get(number, 0.0) + 1.0
