"""What customers say in other words: the groups of near-synonyms of a support desk.

One YAML file a language: group id → words or fixed phrases of one meaning. The same id means the
same in every language. A word stands there in one of three ways:

- ``cancel``: every form with the same index term (``kbtool.text.term``): cancelled, cancelling;
- ``stornier*``: every form that begins so;
- ``=muuta``: this form only.

A phrase is two or more such words; ``...`` in it leaves room for up to three others
(``turn ... off``: turn off, turn the lights off). A word takes the nearest description: its own
form before its beginning (the longest) before its index term. Diacritics and apostrophes do not
count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from kbtool.text.fold import typed_keys, word_key
from kbtool.text.languages import get_language
from kbtool.text.tokens import term

KNOWN = ("de", "en", "et", "tr")
"""Languages with a file."""
GAP = "..."
WIDEST_GAP = 3
"""Words that ``...`` leaves room for."""
_LONGEST = 64
"""Letters of a word; what is longer is encoded data and names nothing."""
_FOLDER = Path(__file__).parent


class _Phrase(NamedTuple):
    """A phrase by the patterns after its first word (``GAP`` among them)."""

    rest: tuple[str, ...]
    groups: tuple[str, ...]


class _Word(NamedTuple):
    """What one word names: alone, before the next word, and as a part of a phrase."""

    groups: tuple[str, ...]
    near: Mapping[str, tuple[_Phrase, ...]]
    """Phrases that it begins, by the pattern of their second word."""
    far: tuple[_Phrase, ...]
    """Phrases that it begins with a gap after it."""
    patterns: tuple[str, ...]
    """The patterns inside phrases that it fits."""


_NOTHING = _Word((), {}, (), ())


class _Lexicon(NamedTuple):
    """A language's groups by pattern: of a word, of a phrase's first word."""

    words: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[_Phrase, ...]]
    inner: frozenset[str]
    """Patterns of the later words of phrases."""


@cache
def groups(lang: str | None) -> Mapping[str, tuple[str, ...]]:
    """Group id → words and phrases as the file of ``lang`` writes them; unknown language: none."""
    import yaml  # here, because the terminal's quick commands do without it

    code = get_language(lang).code
    if code not in KNOWN:
        return {}
    # The base loader takes every scalar as text ("no" is a word); the C one is ten times as fast.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    text = (_FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
    read: dict[str, list[str]] = yaml.load(text, loader)  # noqa: S506 - makes text and lists only
    return {group: tuple(entries) for group, entries in read.items()}


def patterns(word: str, lang: str) -> tuple[str, ...]:
    """The patterns of one word of the file: ``=form``, ``beginning*`` or an index term.

    German words with umlauts have a second one, as they are typed without them (``ue``). Where
    index terms are first letters, a word of so many letters is a beginning, a shorter one a form.
    """
    if word.startswith("="):
        return tuple(f"={key}" for key in typed_keys(word[1:], lang))
    if word.endswith("*"):
        return tuple(f"{key}*" for key in typed_keys(word[:-1], lang))
    language = get_language(lang)
    if language.stemmer:
        forms = (_bare(word), *typed_keys(word, lang)[1:])
        return tuple(dict.fromkeys(term(form, lang) for form in forms))
    key = term(word, lang)
    return (f"{key}*" if len(key) == language.prefix else f"={key}",)


def _bare(word: str) -> str:
    """The word without apostrophes: customers write "can't" and "cant"."""
    return word.replace("'", "")


@cache
def _lexicon(code: str) -> _Lexicon:
    words: dict[str, list[str]] = {}
    phrases: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for group, entries in groups(code).items():
        for entry in entries:
            first, *rest = entry.split()
            for pattern in patterns(first, code):
                if rest:
                    for tail in _spellings(rest, code):
                        phrases.setdefault(pattern, {}).setdefault(tail, []).append(group)
                else:
                    words.setdefault(pattern, []).append(group)
    return _Lexicon(
        {pattern: tuple(dict.fromkeys(found)) for pattern, found in words.items()},
        {
            pattern: tuple(_Phrase(tail, tuple(dict.fromkeys(f))) for tail, f in tails.items())
            for pattern, tails in phrases.items()
        },
        frozenset(part for tails in phrases.values() for tail in tails for part in tail) - {GAP},
    )


def _spellings(rest: list[str], code: str) -> list[tuple[str, ...]]:
    """The later words of a phrase as patterns, in every way they are typed."""
    tails: list[tuple[str, ...]] = [()]
    for word in rest:
        typed = (GAP,) if word == GAP else patterns(word, code)
        tails = [(*tail, pattern) for tail in tails for pattern in typed]
    return tails


@lru_cache(maxsize=100_000)
def _word(word: str, code: str) -> _Word:
    if len(word) > _LONGEST:
        return _NOTHING
    lexicon = _lexicon(code)
    word = _bare(word)
    key = word_key(word)
    described = [f"={key}", *(f"{key[:end]}*" for end in range(len(key), 1, -1)), term(word, code)]
    own = next((lexicon.words[pattern] for pattern in described if pattern in lexicon.words), ())
    near: dict[str, tuple[_Phrase, ...]] = {}
    far: list[_Phrase] = []
    for phrase in (phrase for p in described for phrase in lexicon.phrases.get(p, ())):
        if phrase.rest[0] == GAP:
            far.append(phrase)
        else:
            near[phrase.rest[0]] = (*near.get(phrase.rest[0], ()), phrase)
    inner = tuple(pattern for pattern in described if pattern in lexicon.inner)
    return _Word(own, near, tuple(far), inner) if own or near or far or inner else _NOTHING


def _places(rest: tuple[str, ...], said: Sequence[_Word], at: int) -> list[int] | None:
    """Where the rest of a phrase stands when its first word is at ``at - 1``; None = nowhere."""
    found: list[int] = []
    room = 0
    for pattern in rest:
        if pattern == GAP:
            room = WIDEST_GAP
            continue
        last = min(at + room, len(said) - 1)
        while at <= last and pattern not in said[at].patterns:
            at += 1
        if at > last:
            return None
        found.append(at)
        at, room = at + 1, 0
    return found


def _nearest_phrase(said: Sequence[_Word], at: int) -> tuple[tuple[str, ...], list[int]] | None:
    """The phrase from ``at`` on that leaves out the fewest words, then the longest, if any."""
    word = said[at]
    follows = said[at + 1].patterns if at + 1 < len(said) else ()
    begun = [*(phrase for p in follows for phrase in word.near.get(p, ())), *word.far]
    best: tuple[tuple[str, ...], list[int]] | None = None
    best_rank = (0, 0)
    for phrase in begun:
        places = _places(phrase.rest, said, at + 1)
        if places is not None:
            rank = (at + len(places) - places[-1], len(places))
            if best is None or rank > best_rank:
                best, best_rank = (phrase.groups, places), rank
    return best


def concepts(words: Sequence[str], lang: str | None) -> list[str]:
    """The group ids that the words of one sentence name, in order, with doubles.

    ``words`` are as ``kbtool.text.words(text, lang)`` gives them. A phrase comes before its words:
    those that stand in it name nothing beside it. A language without a file names nothing.
    """
    code = get_language(lang).code
    if code not in KNOWN:
        return []
    said = [_word(word, code) for word in words]
    found: list[str] = []
    taken: set[int] = set()
    for at, word in enumerate(said):
        if word is _NOTHING or at in taken:
            continue
        phrase = _nearest_phrase(said, at) if word.near or word.far else None
        if phrase is not None:
            found.extend(phrase[0])
            taken.update(phrase[1])
        else:
            found.extend(word.groups)
    return found
