"""Other forms of a word of the articles, where first letters and stems do not join them.

Search joins words that begin alike or have the same stem; it does not see that ``knife`` is
``knives``, ``eingelöst`` is ``einlösen``, ``rengi`` is ``renk`` and ``vea`` is ``viga``. Asked when
an index is built, so that nobody needs morphology when it is read. The words themselves stand in
the language records; here is how each language makes forms of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from kbtool.text.fold import match_key, typed_keys
from kbtool.text.german import german_forms, split_verb
from kbtool.text.languages import Language, get_language
from kbtool.text.tokens import is_stop_word, term

MOST = 12
"""Forms of a word."""
_LONGEST = 40
_SHORT = 3
"""Letters of a stem that is too short to be found by its beginning."""
_Rule = Callable[[str, Language], Iterator[str]]


@lru_cache(maxsize=65_536)
def other_forms(word: str, lang: str) -> tuple[str, ...]:
    """Folded forms and beginnings under which a lower-case ``word`` may be asked for.

    They come beside those that search finds itself; sorted, each once, never the word's own key,
    at most 12. A language without rules, and whatever is no plain word, has none.
    """
    language = get_language(lang)
    rule = _RULES.get(language.code)
    if rule is None or not _is_plain(word) or is_stop_word(word, language.code):
        return ()
    if word in language.lookalikes:
        return ()
    own = typed_keys(word, language.code)
    forms = dict.fromkeys(rule(word.replace("ß", "ss"), language))
    spelt = [typed_keys(f, language.code) for f in forms if f not in language.lookalikes]
    # what is typed without diacritics comes first, its longer spellings only if there is room
    keys = [keys[0] for keys in spelt] + [key for keys in spelt for key in keys[1:]]
    return tuple(sorted(islice((key for key in dict.fromkeys(keys) if key not in own), MOST)))


@lru_cache(maxsize=65_536)
def split_forms(word: str, lang: str) -> tuple[tuple[str, str], ...]:
    """(Verb form, prefix) of a German separable verb as a sentence has them; sorted, folded.

    ``einlösen``, ``eingelöst``, ``einzulösen`` and ``Einlösung`` all give (lose, ein), (lost, ein)
    …; other words and languages give none.
    """
    language = get_language(lang)
    if not language.separable or not _is_plain(word):
        return ()
    pairs = (
        pair
        for form, prefix in split_verb(word, language)
        for pair in product(typed_keys(form, language.code), typed_keys(prefix, language.code))
    )
    return tuple(sorted(set(pairs)))


def _is_plain(word: str) -> bool:
    return 2 <= len(word) <= _LONGEST and word.isalpha()


# --- the table of irregular words ----------------------------------------------------------------


class _Form(NamedTuple):
    text: str
    mark: str
    """What may follow: nothing, an ending (``-``), anything (``*``)."""


class _Table(NamedTuple):
    lines: tuple[tuple[_Form, ...], ...]
    having: Mapping[str, tuple[tuple[int, str], ...]]
    """Form → (line, mark) of the lines that have it; with its diacritics: ``müü`` is not ``muu``."""
    ending: re.Pattern[str]


@cache
def _table(code: str) -> _Table:
    language = get_language(code)
    having: dict[str, list[tuple[int, str]]] = defaultdict(list)
    lines = []
    for number, line in enumerate(language.irregular):
        forms = tuple(_Form(f.rstrip("-*"), f[len(f.rstrip("-*")) :]) for f in line.split())
        lines.append(forms)
        for form in forms:
            having[form.text].append((number, form.mark))
    ending = re.compile(f"(?:{language.ending})")
    return _Table(tuple(lines), {key: tuple(found) for key, found in having.items()}, ending)


def _irregular(word: str, language: Language) -> Iterator[str]:
    """The other forms in the lines that ``word`` stands in."""
    table = _table(language.code)
    for end in range(len(word), 1, -1):
        for number, mark in table.having.get(word[:end], ()):
            rest = match_key(word[end:])
            if not rest or mark == "*" or (mark == "-" and table.ending.fullmatch(rest)):
                yield from _line(table.lines[number], language)


def _line(forms: tuple[_Form, ...], language: Language) -> Iterator[str]:
    """All forms of a line; stems as beginnings, the shortest with their endings."""
    yield from (form.text for form in forms)
    for form in forms[1:]:
        if form.mark == "-" and len(form.text) <= _SHORT:
            yield from (_harmonious(form.text, ending) for ending in language.endings)


# --- English -------------------------------------------------------------------------------------

_DOUBLED = re.compile(r"[^aeiou]*[aeiouy][bdgklmnprt]")
_REGULAR_UP_TO = 5


def _english(word: str, language: Language) -> Iterator[str]:
    known = list(_irregular(word, language))
    yield from known
    yield from _respelt(word, language)
    if not known and len(word) <= _REGULAR_UP_TO + len("ing"):
        yield from _regular_english(word, language)


def _respelt(word: str, language: Language) -> Iterator[str]:
    """The word as the other side of the Atlantic writes it."""
    starts = _spellings(language.code)
    if word.startswith(tuple(starts)):
        for start, (instead, widely) in starts.items():
            rest = word.removeprefix(start)
            if word.startswith(start) and (widely or rest in ("", "s")):
                yield instead + rest


@cache
def _spellings(code: str) -> dict[str, tuple[str, bool]]:
    """Beginning → the other way to write it, and whether anything may follow."""
    found: dict[str, tuple[str, bool]] = {}
    for pair in get_language(code).respelt:
        long, short = pair.split()
        # greyhound is no grayhound; programmed is not programme-d
        widely = len(short) >= 5 and not long.startswith(short)
        found |= {long: (short, widely), short: (long, widely)}
    return found


def _regular_english(word: str, language: Language) -> Iterator[str]:
    """Forms of a short word that the stemmer counts as the same."""
    stem = term(word, language.code)
    bases = (base for base in _english_bases(word) if term(base, language.code) == stem)
    base = next(bases, word)
    if len(base) <= _REGULAR_UP_TO:
        forms = [base, *_english_endings(base)]
        yield from (form for form in forms if term(form, language.code) == stem)


def _english_bases(word: str) -> Iterator[str]:
    """What ``word`` may be a form of, the likeliest first."""
    for ending in ("ies", "ied"):
        if word.endswith(ending) and len(word) > 4:
            yield word[: -len(ending)] + "y"
    for ending in ("ed", "ing"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 2:
            if base[-1] == base[-2]:
                yield base[:-1]
            yield from (base, base + "e") if len(base) >= 3 else (base + "e",)
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        yield word[: -len("es")] if word.endswith(_PLURAL_WITH_E) else word[: -len("s")]


_HISSING = ("s", "x", "z", "ch", "sh")
_PLURAL_WITH_E = tuple(f"{end}es" for end in ("ss", *_HISSING[1:]))


def _english_endings(base: str) -> tuple[str, ...]:
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    if base.endswith("e"):
        stem = base if base.endswith(("ee", "oe", "ye")) else base[:-1]
        return (base + "s", base + "d", stem + "ing")
    plural = "es" if base.endswith(_HISSING) else "s"
    stem = base + base[-1] if _DOUBLED.fullmatch(base) else base
    return (base + plural, stem + "ed", stem + "ing")


# --- German --------------------------------------------------------------------------------------

_GERMAN_ENDINGS = ("", "e", "en", "er", "n", "s", "es", "em")
_GERMAN_SHORT = 4


def _german(word: str, language: Language) -> Iterator[str]:
    yield from _irregular(word, language)
    verbs = list(german_forms(word, language))
    yield from verbs
    if not verbs and len(word) <= _GERMAN_SHORT + 2:
        stem = term(word, language.code)
        bases = [word[: len(word) - cut] for cut in range(3) if len(word) - cut >= 3]
        base = next((b for b in reversed(bases) if term(b, language.code) == stem), word)
        if len(base) <= _GERMAN_SHORT:
            forms = (base + ending for ending in _GERMAN_ENDINGS)
            yield from (form for form in forms if term(form, language.code) == stem)


# --- Turkish -------------------------------------------------------------------------------------


# Vowels of endings by the last vowel of the stem.
_HIGH = dict(zip("aıeiouöü", "ııiiuuüü", strict=True))
_LOW = dict(zip("aıeiouöü", "aaeeaaee", strict=True))
# kapağı is of kapak, but aldığı (what one took) of no noun.
_SOFT = re.compile(r"(\w*[aeıioöuü]\w*[aeıioöuü](?<![dt][ıiuü]))ğ([ıiuüae]\w*)")
_PLURAL_OF_SHORT = re.compile(r"(\w{2,3})l[ae]r\w{0,6}")
# Folded. What also makes nouns and other verbs is left out: -ar, -mış, -dır.
_VERB_ENDING = re.compile(
    r"(?:m[ae]|[dt][iu](?!r)|[iu]yor|[ae]c[ae][kg]|[ae]bil|[ae]m[ae])\w*"
    r"|s[ae](?:[mnk]|n[iu]z)?|[ae]n|[iu]n|[iu]n[iu]z|[iu]p|[ae]rak|"
)
_VERB_STARTS = ("mAk", "DH", "Hyor", "mA", "AcA", "An", "Hn", "AbHl", "AmH", "Hp")
_NOUN_STARTS = ("", "lAr", "H", "HnH", "HmH", "DA", "HnHz")


def _turkish(word: str, language: Language) -> Iterator[str]:
    yield from _irregular(word, language)
    soft = _SOFT.fullmatch(word)
    if soft and _table(language.code).ending.fullmatch(match_key(soft[2])):
        yield soft[1] + "k"
    for end in (2, 3):
        stem, rest = word[:end], word[end:]
        if stem in language.verbs and _VERB_ENDING.fullmatch(match_key(rest)) and _fits(stem, rest):
            yield from (_harmonious(stem, start) for start in _VERB_STARTS)
    plural = _PLURAL_OF_SHORT.fullmatch(word)
    noun = plural[1] if plural else word
    if len(noun) <= _SHORT and _is_short_noun(noun, language):
        yield from (_harmonious(noun, start) for start in _NOUN_STARTS)


def _is_short_noun(word: str, language: Language) -> bool:
    known = (*language.verbs, *language.lookalikes)
    return word not in known and not is_stop_word(word, language.code) and bool(_vowels(word))


def _vowels(text: str) -> list[str]:
    return [letter for letter in text if letter in _HIGH]


def _fits(stem: str, ending: str) -> bool:
    """Whether the ending's first vowel and a ``d`` or ``t`` at its beginning follow the stem."""
    vowel = "".join(_vowels(ending)[:1])
    last = _vowels(stem)[-1]
    return vowel in ("", _HIGH[last], _LOW[last]) and ending[:1] not in _wrong_stop(stem)


def _wrong_stop(stem: str) -> tuple[str, ...]:
    return ("d",) if stem[-1] in _VOICELESS else ("t",)


_VOICELESS = "fstkçşhp"


def _harmonious(stem: str, ending: str) -> str:
    """``stem`` with an ending whose ``A``, ``H`` and ``D`` follow its sounds."""
    last = (_vowels(stem) or ["e"])[-1]
    stop = "t" if stem[-1] in _VOICELESS else "d"
    return stem + ending.replace("H", _HIGH[last]).replace("A", _LOW[last]).replace("D", stop)


# --- Estonian ------------------------------------------------------------------------------------

_GRADES = {"k": "g", "p": "b", "t": "d"}
_WEAK = {weak: strong for strong, weak in _GRADES.items()}


def _estonian(word: str, language: Language) -> Iterator[str]:
    known = list(_irregular(word, language))
    yield from known or (f for f in _gradation(word) if match_key(f) not in language.lookalikes)


_STRONG_STEM = re.compile(
    r"([^\Waeiouõäöü]+(?:[aeiouõäöü]{2}|[aeiouõäöü][lrnm]))([kpt])(?:[aeiu]\w{0,2})?"
)
_WEAK_STEM = re.compile(
    r"([^\Waeiouõäöü]+(?:[aeiouõäöü]{2}|[aeiouõäöü][lrnm]))([gbd])[aeiu]\w{0,3}"
)
_DOUBLE_STEM = re.compile(r"([^\Waeiouõäöü]+[aeiouõäöü])(kk|pp|tt)([aeiu]?)")
_SINGLE_STEM = re.compile(r"([^\Waeiouõäöü]+[aeiouõäöü])([kpt])([iu])(ga|s|st|le?|lt|ks|d|sse)?")


def _gradation(word: str) -> Iterator[str]:
    """Strong and weak grade of a short stem: pilt, pildi; kott, koti."""
    if strong := _STRONG_STEM.fullmatch(word):
        yield strong[1] + _GRADES[strong[2]]
    elif weak := _WEAK_STEM.fullmatch(word):
        yield weak[1] + _WEAK[weak[2]]
    elif double := _DOUBLE_STEM.fullmatch(word):
        for vowel in double[3] or "iu":
            yield double[1] + double[2][0] + vowel
    elif single := _SINGLE_STEM.fullmatch(word):
        yield single[1] + single[2] * 2


_RULES: Mapping[str, _Rule] = {
    "de": _german,
    "en": _english,
    "et": _estonian,
    "tr": _turkish,
}
