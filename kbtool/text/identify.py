"""Which language a text is written in: among the configured ones, or an honest "unknown".

Two mistakes file a ticket under people who cannot read it: choosing between the configured
languages where the text does not tell, and forcing a language nobody configured into the nearest
one that is (Finnish into Estonian). So every answer is held against the other languages that people
write to help desks in, and code, addresses and names never count as language.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any

from kbtool.errors import StoreError
from kbtool.text.fold import lower, match_key, word_key
from kbtool.text.languages import KNOWN, get_language

CERTAIN = 0.8
"""Answers under this are left open; tests/eval/language.py measures what that costs and spares."""
_LETTERS_NEEDED = 12
"""So many letters must be there when no word of the text is a common one."""
_LETTERS_READ = 500
"""More do not change the answer."""
_PARAGRAPH = 25
"""Letters of the shortest paragraph that is asked on its own."""
_OUTSIDE = 1 / 8
"""Weight of the likeliest language that is not configured: it is rare before anything is read."""
_COMMON_WORD, _COMMON_WORDS = math.log(3), 3
"""What a common word says for its language, and how many of them count."""
_TELLTALE = math.log(4)
"""What letters say that only one of the configured languages has."""
_WORLD = (
    "ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka "
    "kk km ko ky lt lv mk mn ms mt nl no pl pt ro ru sk sl sq sr sv sw ta th tl tr uk ur uz vi zh"
).split()

_NOT_LANGUAGE = re.compile(
    r"```(?s:.*?)(?:```|\Z)"
    r"|\[[^\]\n]{1,60}\]"  # placeholders
    r"|^[ \t]*(?:\w*[a-z](?:Error|Exception|Warning):|Traceback \(|File \"|at [\w.$]+\("
    r"|[\[(]?\d{4}-\d\d-\d\d[T ]\d\d:)[^\n]*",
    re.MULTILINE,
)
_CODE = re.compile(r"[\d_@/\\=<>{}|#$]|[a-z][A-Z]|\w[.:]\w|\(\)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TURKISH_CAPITALS = frozenset("İŞĞ")


def identify_language(text: str, languages: Sequence[str]) -> tuple[str | None, float]:
    """(language, probability 0..1) of ``text`` among ``languages``.

    The language is ``None`` when the probability is under ``CERTAIN``, when the text is more likely
    in a language that is not among ``languages``, or when it says too little: a number, a name,
    an address. Of a text in two languages the one it has more of is told, or the first of equals.
    """
    paragraphs = _paragraphs(text)
    told = _ask(" ".join(paragraphs), languages)
    long = [p for p in paragraphs if len(p) >= _PARAGRAPH]
    model = _model(tuple(sorted(set(languages))))
    if len(long) < 2 or all(model.speaks(told[0], paragraph) for paragraph in long):
        return told
    letters: dict[str, int] = {}
    answers: dict[str, float] = {}
    for paragraph in long:
        lang, probability = _ask(paragraph, languages)
        if lang is not None:
            letters[lang] = letters.get(lang, 0) + len(paragraph)
            answers.setdefault(lang, probability)
    if len(letters) < 2:
        return told
    first = next(iter(letters))
    most = max(letters, key=lambda lang: letters[lang])
    lang = first if letters[first] >= 0.4 * sum(letters.values()) else most
    return lang, answers[lang]


def foreign_language(text: str, languages: Sequence[str]) -> str | None:
    """The language of ``text`` when it is clearly none of ``languages``; else ``None``.

    So "left open" can be told from "another language": only the first may be guessed by other means.
    """
    small = _small(" ".join(_paragraphs(text)))
    if sum(map(str.isalpha, small)) < 2 * _LETTERS_NEEDED:
        return None
    model = _model(tuple(sorted(set(languages))))
    code, share = model.shares(small)[0]
    return code if code not in model.codes and share >= CERTAIN else None


def _paragraphs(text: str) -> list[str]:
    """The words of each paragraph that are language, without code, addresses and numbers."""
    found: list[str] = []
    read = 0
    for block in re.split(r"\n[ \t]*\n", _NOT_LANGUAGE.sub(" ", text[: 8 * _LETTERS_READ])):
        words = [word for line in block.splitlines() for word in _line_words(line)]
        if words:
            found.append(" ".join(words)[:_LETTERS_READ])
            read += len(found[-1])
        if read >= _LETTERS_READ:
            break
    return found


def _line_words(line: str) -> list[str]:
    """The words of a line; none when most of it is code."""
    pieces = line.split()
    plain = [p for p in pieces if len(p) <= 60 and not _CODE.search(p.strip(".,:;!?()\"'«»„“”"))]
    if len(pieces) > 2 and len(plain) < len(pieces) / 2:
        return []
    return [word for piece in plain for word in _WORD.findall(piece)]


def _ask(text: str, languages: Sequence[str]) -> tuple[str | None, float]:
    """The answer for words that were taken out of a text."""
    if len(text) < 4:
        return None, 0.0
    small = _small(text)
    model = _model(tuple(sorted(set(languages))))
    common = model.common_words(small)
    telling = model.telling_letters(small)
    letters = sum(map(str.isalpha, text))
    if not any(common.values()) and (
        _only_names(text) or (letters < _LETTERS_NEEDED and not any(telling.values()))
    ):
        return None, 0.0
    lang, probability = model.weigh(small, common, telling)
    return (lang if probability >= CERTAIN else None), round(probability, 4)


def _small(text: str) -> str:
    """A text in capitals in lower case, by Turkish rules when it shows Turkish capitals."""
    if sum(map(str.isupper, text)) < 0.6 * sum(map(str.isalpha, text)):
        return text
    return lower(text, "tr" if _TURKISH_CAPITALS & set(text) else None)


def _only_names(text: str) -> bool:
    """Whether every word begins with a capital, as names and products do."""
    words = text.split()
    return len(words) <= 4 and all(word[0].isupper() and not word[1:].isupper() for word in words)


@dataclass(frozen=True, slots=True)
class _Model:
    identifier: Any
    codes: dict[str, str]
    """The identifier's name of a configured language → the configured one."""
    words: dict[str, frozenset[str]]
    letters: dict[str, frozenset[str]]

    def common_words(self, text: str) -> dict[str, int]:
        """How many of the text's words are common ones in each configured language."""
        words = {word_key(word) for word in text.split()[: 8 * _COMMON_WORDS]}
        return {code: len(words & known) for code, known in self.words.items()}

    def speaks(self, lang: str | None, text: str) -> bool:
        """Whether most of the text's common words are the language's: cheaper than to ask."""
        counts = self.common_words(text)
        own = max((n for code, n in counts.items() if self.codes[code] == lang), default=0)
        return own > max((n for code, n in counts.items() if self.codes[code] != lang), default=0)

    def telling_letters(self, text: str) -> dict[str, bool]:
        """Whether the text has letters that of the configured languages only this one has."""
        there = set(text.lower())
        return {code: not letters.isdisjoint(there) for code, letters in self.letters.items()}

    def shares(self, text: str) -> list[tuple[str, float]]:
        """(language, probability) among the configured languages and the world's, best first."""
        ranked: list[tuple[str, float]] = self.identifier.rank(text)
        return ranked

    def weigh(
        self, text: str, common: dict[str, int], telling: dict[str, bool]
    ) -> tuple[str | None, float]:
        """The likeliest configured language and its probability."""
        if not self.codes:
            return None, 0.0
        shares = dict(self.shares(text))
        outside = max((p for code, p in shares.items() if code not in self.codes), default=0.0)
        weights = {
            code: shares[code]
            * math.exp(
                _COMMON_WORD * min(common.get(code, 0), _COMMON_WORDS)
                + _TELLTALE * telling.get(code, False)
            )
            for code in self.codes
        }
        best = max(sorted(weights), key=lambda code: weights[code])
        inside = weights[best] / (sum(weights.values()) or 1.0)
        held = shares[best] / (shares[best] + _OUTSIDE * outside or 1.0)
        return self.codes[best], inside * held


@cache
def _identifier() -> Any:
    from py3langid.langid import (  # here, because it loads numpy and a model
        MODEL_FILE,
        LanguageIdentifier,
    )

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # it unpacks its model into a file that has no name
        raise StoreError(
            f"the folder of temporary files: {error.strerror}",
            hint="30 MB must be free there; TMPDIR names another one",
        ) from None


@cache
def _model(languages: tuple[str, ...]) -> _Model:
    identifier = copy(_identifier())
    known = set(identifier.labels)
    codes = {lang.split("-")[0]: lang for lang in reversed(languages)}
    codes = {code: lang for code, lang in codes.items() if code in known}
    identifier.set_languages(sorted({*codes, *_WORLD}))
    return _Model(
        identifier=identifier,
        codes=codes,
        words={code: _common_words(code) for code in codes if code in KNOWN},
        letters={code: _own_letters(code, codes) for code in codes if code in KNOWN},
    )


@cache
def _common_words(code: str) -> frozenset[str]:
    """Words of a language's lists, without diacritics; the shortest are words of many languages."""
    record = get_language(code)
    phrases: Iterator[str] = iter(
        (*record.stop_words, *record.question_words, *record.problem_words, *record.greetings,
         *record.closings, *record.thanks, *record.imperatives, *record.answers)
    )  # fmt: skip
    return frozenset(
        match_key(word) for phrase in phrases for word in _WORD.findall(phrase) if len(word) > 2
    )


def _own_letters(code: str, codes: Sequence[str] | dict[str, str]) -> frozenset[str]:
    """The letters that of the configured languages only this one has."""
    others = {letter for other in codes if other != code for letter in get_language(other).letters}
    return frozenset(get_language(code).letters) - others
