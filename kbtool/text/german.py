"""German verbs: what a word is a form of, and the forms that do not begin as it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from kbtool.text.languages import Language, get_language

_SHORTEST = 5
"""Letters of a regular infinitive: what is left of other words behind a prefix is shorter."""
_LONGEST = 12
_INFINITIVE = re.compile(
    r"(?!\w*(?:ungen|heiten|keiten|schaften|tionen|täten|sten)$)\w*[aeiouäöü]\w*(?:en|eln|ern)"
)
_PARTICIPLE = re.compile(r"ge(\w{3,}?)(e?t)(?:e|en|er|es|em)?")
_NOUN = re.compile(r"(\w{3,})ung(?:en)?")
_NOUN_PREFIXES = {"rück": "zurück"}
_LINKED = re.compile(r"\w*(?:[dt]|[bcdfgkpstz]n|chn|[dtg]m)")


class _Verb(NamedTuple):
    infinitive: str
    participle: str
    finite: tuple[str, ...]
    """Finite forms that a reader may type; without prefix."""
    strong: bool


class _Reading(NamedTuple):
    prefix: str
    """The separable prefix; empty when there is none."""
    verb: _Verb


def german_forms(word: str, language: Language) -> Iterator[str]:
    """Infinitive, participle, zu-infinitive and irregular forms of the verb that ``word`` is of."""
    read = _read(_plain(word), language.code)
    if read is None:
        return
    prefix, verb = read
    yield prefix + verb.infinitive
    yield prefix + verb.participle
    if prefix:
        yield f"{prefix}zu{verb.infinitive}"
    if verb.strong or (not prefix and len(verb.infinitive) <= _SHORTEST):
        yield from (prefix + form for form in verb.finite)


def split_verb(word: str, language: Language) -> Iterator[tuple[str, str]]:
    """(Finite form or infinitive, prefix) of a separable verb."""
    read = _read(_plain(word), language.code)
    if read is not None and read.prefix:
        for form in (read.verb.infinitive, *read.verb.finite):
            yield form, read.prefix


def _plain(word: str) -> str:
    return word.replace("ß", "ss")


@lru_cache(maxsize=65_536)
def _read(word: str, code: str) -> _Reading | None:
    """The verb that ``word`` is a form of, by its longest prefix."""
    if word in _lookalikes(code):
        return None
    language = get_language(code)
    for prefix in filter(word.startswith, language.separable):
        verb = _verb_of(word[len(prefix) :], code, prefixed=True)
        if verb is not None:
            return _Reading(prefix, verb)
    for begins, prefix in _NOUN_PREFIXES.items():
        if word.startswith(begins):
            verb = _of_noun(word.removeprefix(begins), code)
            return _Reading(prefix, verb) if verb else None
    verb = _verb_of(word, code, prefixed=False)
    return _Reading("", verb) if verb else None


@cache
def _lookalikes(code: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in get_language(code).lookalikes)


def _verb_of(rest: str, code: str, *, prefixed: bool) -> _Verb | None:
    """The verb that ``rest`` is a form of, or a noun in -ung."""
    if _NOUN.fullmatch(rest):
        return _of_noun(rest, code)
    to = _infinitive(rest[2:], code) if prefixed and rest.startswith("zu") else None
    return to or _of_form(rest, code) or _regular_participle(rest, code) or _infinitive(rest, code)


def _of_noun(noun: str, code: str) -> _Verb | None:
    """The verb of a noun in -ung: Sendung, Lieferung."""
    found = _NOUN.fullmatch(noun)
    return _infinitive(_with_n(found[1]), code) if found else None


def _with_n(stem: str) -> str:
    """The infinitive of a regular stem."""
    return stem + ("n" if stem.endswith(("el", "er")) else "en")


@cache
def _strong(code: str) -> dict[str, _Verb]:
    """Form → strong verb."""
    found: dict[str, _Verb] = {}
    for line in get_language(code).verbs:
        infinitive, participle, *others = line.split()
        finite = dict.fromkeys((*others, *_present(infinitive)))
        verb = _Verb(infinitive, participle, tuple(finite), strong=True)
        for form in (infinitive, participle, *others):
            found.setdefault(form, verb)
    return found


def _present(infinitive: str) -> tuple[str, ...]:
    """ich, er."""
    stem = infinitive.removesuffix("n").removesuffix("e")
    link = "e" if _LINKED.fullmatch(stem) else ""
    return (f"{stem}e", f"{stem}{link}t")


def _of_form(form: str, code: str) -> _Verb | None:
    """The strong verb of a form, with or without an inseparable prefix."""
    strong = _strong(code)
    for text in (form, *_uninflected(form)):
        if text in strong:
            return strong[text]
        for prefix in get_language(code).inseparable:
            if text.startswith(prefix):
                rest = text[len(prefix) :]
                verb = strong.get(rest) or strong.get("ge" + rest)
                if verb and text != "ge" + verb.infinitive:
                    return _prefixed(prefix, verb)
    return None


def _uninflected(form: str) -> Iterator[str]:
    """A participle without the ending of an adjective: geschlossene, verlorenes."""
    for ending in ("e", "er", "es", "em", "en"):
        if form.endswith("en" + ending):
            yield form.removesuffix(ending)


def _prefixed(prefix: str, verb: _Verb) -> _Verb:
    return _Verb(
        prefix + verb.infinitive,
        prefix + verb.participle.removeprefix("ge"),
        tuple(prefix + form for form in verb.finite),
        strong=True,
    )


def _regular_participle(word: str, code: str) -> _Verb | None:
    """The verb of gekündigt, gekündigten."""
    found = _PARTICIPLE.fullmatch(word)
    if not found or f"ge{found[1]}{found[2]}" in _lookalikes(code):
        return None
    return _infinitive(_with_n(found[1]), code)


def _infinitive(word: str, code: str) -> _Verb | None:
    """The verb of an infinitive; None for what cannot be one."""
    strong = _of_form(word, code)
    if strong is not None and strong.infinitive == word:
        return strong
    if not (_SHORTEST <= len(word) <= _LONGEST) or not _INFINITIVE.fullmatch(word):
        return None
    stem = word[:-1] if word.endswith(("eln", "ern")) else word[:-2]
    link = "e" if _LINKED.fullmatch(stem) else ""
    bare = word.startswith(get_language(code).inseparable) or word.endswith("ieren")
    participle = f"{'' if bare else 'ge'}{stem}{link}t"
    finite = (stem, *_present(word), f"{stem}{link}te", f"{stem}{link}ten")
    return _Verb(word, participle, finite, strong=False)
