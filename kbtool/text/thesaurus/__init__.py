"""What customers say in other words: the groups of near-synonyms of a support desk.

One YAML file a language: group id → words or fixed phrases of one meaning. The same id means the
same in every language. A word stands there in one of three ways:

- ``cancel``: every form with the same index term (``kbtool.text.term``): cancelled, cancelling;
- ``stornier*``: every form that begins so, with or without diacritics;
- ``=muuta``: this form only, with or without diacritics.

A phrase is two or more such words; ``...`` in it leaves room for up to three others
(``turn ... off``: turn off, turn the lights off). A word takes the nearest description: its own
form before its beginning (the longest) before its index term.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from kbtool.text.fold import typed_keys, word_key
from kbtool.text.languages import get_language
from kbtool.text.tokens import term

KNOWN = ("en",)
GAP = "..."
WIDEST_GAP = 3
_FOLDER = Path(__file__).parent


class _Phrase(NamedTuple):
    """The rest of a phrase after its first word."""

    rest: tuple[str, ...]
    group: str


class _Word(NamedTuple):
    """What one word names, and the patterns of the lexicon that describe it."""

    groups: tuple[str, ...]
    phrases: tuple[_Phrase, ...]
    patterns: frozenset[str]


_NOTHING = _Word((), (), frozenset())


class _Lexicon(NamedTuple):
    """A language's groups by the pattern of their first word; patterns carry their mark."""

    groups: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[_Phrase, ...]]
    inner: frozenset[str]
    """Patterns of the words within phrases."""


def groups(lang: str | None) -> dict[str, list[str]]:
    """Group id → words and phrases as the file of ``lang`` writes them; unknown language: {}."""
    import yaml  # here, because the terminal's quick commands do without it

    code = get_language(lang).code
    if code not in KNOWN:
        return {}
    # The base loader takes every scalar as text ("no" is a word); the C one is ten times as fast.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    text = (_FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.load(text, loader)  # noqa: S506 - makes only text and lists
    return found


def patterns(word: str, lang: str) -> tuple[str, ...]:
    """The pattern of one word of the file: ``=form``, ``beginning*`` or an index term.

    German words with umlauts have a second one, as they are typed without (``ue``).
    """
    if word.startswith("="):
        return tuple(f"={key}" for key in typed_keys(word[1:], lang))
    if word.endswith("*"):
        return tuple(f"{key}*" for key in typed_keys(word[:-1], lang))
    language = get_language(lang)
    if language.stemmer:
        spelled = typed_keys(word, lang)[1:]
        return tuple(dict.fromkeys(term(one, lang) for one in (word, *spelled)))
    key = term(word, lang)
    return (f"{key}*" if len(key) == language.prefix else f"={key}",)


@cache
def _lexicon(code: str) -> _Lexicon:
    single: dict[str, list[str]] = {}
    phrases: dict[str, list[_Phrase]] = {}
    for group, entries in groups(code).items():
        for entry in entries:
            first, *rest = entry.split()
            for pattern in patterns(first, code):
                if rest:
                    tail = tuple(p if p == GAP else patterns(p, code)[0] for p in rest)
                    phrases.setdefault(pattern, []).append(_Phrase(tail, group))
                else:
                    single.setdefault(pattern, []).append(group)
    inner = {pattern for rests in phrases.values() for phrase in rests for pattern in phrase.rest}
    return _Lexicon(
        {pattern: tuple(dict.fromkeys(found)) for pattern, found in single.items()},
        {pattern: tuple(found) for pattern, found in phrases.items()},
        frozenset(inner - {GAP}),
    )


def _described(word: str, lang: str) -> list[str]:
    """Every pattern that describes ``word``, nearest first."""
    key = word_key(word)
    begins = [f"{key[:end]}*" for end in range(len(key), 1, -1)]
    return [f"={key}", *begins, term(word, lang)]


@lru_cache(maxsize=100_000)
def _word(word: str, code: str) -> _Word:
    lexicon = _lexicon(code)
    described = _described(word, code)
    own = next((lexicon.groups[p] for p in described if p in lexicon.groups), ())
    phrases = [phrase for p in described for phrase in lexicon.phrases.get(p, ())]
    inner = lexicon.inner.intersection(described)
    return _Word(own, tuple(phrases), inner) if own or phrases or inner else _NOTHING


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


def _nearest_phrase(said: Sequence[_Word], at: int) -> tuple[str, list[int]] | None:
    """The phrase from ``at`` on that leaves out the fewest words, then the longest, if any."""
    best: tuple[str, list[int]] | None = None
    best_rank = (0, 0)
    for phrase in said[at].phrases:
        places = _places(phrase.rest, said, at + 1)
        if places is not None:
            rank = (at + len(places) - places[-1], len(places))
            if best is None or rank > best_rank:
                best, best_rank = (phrase.group, places), rank
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
        phrase = _nearest_phrase(said, at) if word.phrases else None
        if phrase is not None:
            found.append(phrase[0])
            taken.update(phrase[1])
        else:
            found.extend(word.groups)
    return found
