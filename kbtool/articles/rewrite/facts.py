"""What a sentence states that no other wording may change: numbers, labels, addresses, "not"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kbtool.articles.saying.paths import menu_paths
from kbtool.articles.saying.phrases import in_digits
from kbtool.text import concepts, get_language, is_stop_word, term, words
from kbtool.text.promises import act, negations, qualifiers, says_not

ADDRESS = re.compile(
    r"[^\s<>()\[\]{}\"“”„«»]*(?:://|@)[^\s<>()\[\]{}\"“”„«»]*|(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#]\S*)?"
)
"""URLs, mail addresses, and anything that looks like a domain or a file name."""
HOLE = re.compile(r"\{[^{}\n]{1,60}\}|\[[^\[\]\n]{1,60}\]|<[^<>\n]{1,60}>")
"""Placeholders and links to articles."""
_QUOTED = re.compile(
    r"[\"“”„]([^\"“”„\n]{1,120})[\"“”]|«\s?([^«»\n]{1,120}?)\s?»|‘([^‘’\n]{1,120})’"
    r"|(?<!\w)'([^'\n]{1,120})'(?!\w)"
)
_MARKED = re.compile(r"\*\*([^*\n]{1,120})\*\*|__([^_\n]{1,120})__|`([^`\n]{1,120})`")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_TOKEN = re.compile(
    r"(?<!\S)[-−+]?\d+(?:[.,:]\d+)*|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%‰€£$¥₺₽]|[.,;:!?()]"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_CURRENCY = "%‰€£$¥₺₽"
_CAPITALISED = re.compile(r"[^\W\d_][\w’'-]*")
_OPENS = re.compile(r"(?:^|[.!?…>\"“„«‘])\s*$")
_SIGNS = frozenset("<>{}[]|`*_~^\\#=@/?→⇒›▸➜•")
_AROUND = 6
"""Tokens on each side of a number that say what it is about."""
_SHORTEST_STEM, _STEM = 3, 4
_ENDING = re.compile(r"['’].*")
_CLITIC = re.compile(r"'(?:s|re|ll|ve|d|m)$")
_LABEL_WORD = re.compile(r"[^\s>.,;:!?()\"“”]+")
_PHRASE_END = re.compile(r"[.,;:!?()\"“”]")
_LABEL_WORDS = 4
_UNWANTED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number, what it counts and the terms around it."""

    value: str
    unit: str
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """One sentence, taken apart."""

    text: str
    words: tuple[str, ...]
    """Lower case, numbers in digits."""
    weighty: tuple[str, ...]
    """Of these the words of weight: no numbers, stop words, or words that only say "not"."""
    terms: tuple[str, ...]
    """Their index terms; interchangeable verbs of steps are one."""
    meant: tuple[frozenset[str], ...]
    """For each term the groups of near-synonyms that its word is in."""
    acts: tuple[str, ...]
    """Of these the verbs of steps."""
    numbers: tuple[Number, ...]
    quoted: frozenset[str]
    paths: frozenset[str]
    addresses: frozenset[str]
    holes: frozenset[str]
    names: frozenset[str]
    """Words with a capital letter inside the sentence."""
    negated: tuple[str, ...]
    """What each "not" is about."""
    qualifiers: Mapping[str, str]
    """Limits, amounts, spans of time: a name for the meaning → the word."""
    signs: frozenset[str]
    """Characters of markup, code and paths outside addresses and holes, and the question mark."""
    arrows: tuple[tuple[str, ...], ...]
    """Of each ``>``: the word before it, and up to four words of the same phrase after it."""
    loose: bool
    """There is a ``>`` whose label's end is not clear."""


def undressed(text: str) -> tuple[str, frozenset[str]]:
    """A model's sentence as one plain line, and what it had emphasised.

    List marks and emphasis fall; so do characters that show nothing or only direct others.
    """
    text = "".join(" " if c in "\n\r\t" else c for c in text if c.isspace() or not _is_unwanted(c))
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    marked = frozenset(_inner(match) for match in _MARKED.finditer(text))
    text = _BULLET.sub("", _MARKED.sub(_inner, text))
    return text.strip(), marked


def facts_of(text: str, lang: str, labels: Mapping[str, int]) -> Facts:
    """A plain sentence taken apart; ``labels`` tell where its menu paths end."""
    plain = unicodedata.normalize("NFKC", text)
    bare = HOLE.sub(" ", plain)
    addresses = frozenset(found.rstrip(".,;:!?'’") for found in ADDRESS.findall(bare))
    bare = ADDRESS.sub(" ", bare)
    said = [_CLITIC.sub("", word) for word in words(in_digits(bare, lang), lang)]
    weighty = [
        word
        for word in said
        if len(word) > 1
        and not any(map(str.isdigit, word))
        and not is_stop_word(word, lang)
        and not says_not(word, lang)
    ]
    verbs = {entry.partition(" ")[0] for entry in get_language(lang).imperatives}
    paths = [path for _, path in menu_paths(text, lang, labels)]
    return Facts(
        text=text,
        words=tuple(said),
        weighty=tuple(weighty),
        terms=tuple(term(act(word, lang), lang) for word in weighty),
        meant=tuple(frozenset(concepts([word], lang)) for word in weighty),
        acts=tuple(term(act(word, lang), lang) for word in weighty if word in verbs),
        numbers=_numbers(bare, lang),
        quoted=frozenset(_inner(match).strip() for match in _QUOTED.finditer(text)),
        paths=frozenset(paths),
        addresses=addresses,
        holes=frozenset(HOLE.findall(plain)),
        names=_names(bare, lang),
        negated=negations(said, lang),
        qualifiers=qualifiers(said, lang),
        signs=_SIGNS.intersection(bare),
        arrows=tuple(_arrows(text, lang)),
        loose=text.count(">") > sum(path.count(">") for path in paths),
    )


def alike(one: str, other: str, lang: str) -> bool:
    """Whether two terms are forms of one word.

    Where terms are only the first letters (tr, et) a short form is the beginning of a longer one,
    and four common letters are enough.
    """
    if one == other:
        return True
    if get_language(lang).stemmer is not None:
        return False
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter[:_STEM])


def among(one: str, others: Sequence[str] | frozenset[str], lang: str) -> bool:
    """Whether a term is a form of one of ``others``."""
    return one in others or any(alike(one, other, lang) for other in others)


def _inner(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


@lru_cache(maxsize=10_000)
def _is_unwanted(char: str) -> bool:
    return unicodedata.category(char) in _UNWANTED


def _names(text: str, lang: str) -> frozenset[str]:
    """The capitalised words that no beginning of a sentence explains."""
    ending = r"['’].*" if get_language(lang).drop_after_apostrophe else r"['’]s?$"
    return frozenset(
        re.sub(ending, "", match[0])
        for match in _CAPITALISED.finditer(text)
        if match[0][0].isupper() and not _OPENS.search(text[: match.start()])
    )


def _arrows(text: str, lang: str) -> Iterator[tuple[str, ...]]:
    pieces = text.split(">")
    for before, after in pairwise(pieces):
        first = _LABEL_WORD.findall(before)[-1:]
        tail = _LABEL_WORD.findall(_PHRASE_END.split(after.lstrip(), maxsplit=1)[0])[:_LABEL_WORDS]
        if get_language(lang).drop_after_apostrophe:  # "Kilidi aç'a dokunun": the label ends there
            ends = next((n for n, word in enumerate(tail, start=1) if _ENDING.search(word)), None)
            tail = [_ENDING.sub("", word) for word in tail[:ends]]
        yield (*(first or [""]), *tail)


def _numbers(text: str, lang: str) -> tuple[Number, ...]:
    tokens = _TOKEN.findall(in_digits(_in_ascii(text), lang))
    found = []
    for index, token in enumerate(tokens):
        if not token[-1].isdigit():
            continue
        around = tokens[max(0, index - _AROUND) : index] + tokens[index + 1 : index + 1 + _AROUND]
        near = frozenset(term(word, lang) for word in around if _means(word, lang))
        found.append(Number(_value(token), _unit(tokens, index, lang), near))
    return tuple(found)


def _in_ascii(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.digit(c, c)) if c.isdigit() else c for c in text)


def _value(token: str) -> str:
    token = token.replace("−", "-").lstrip("+")
    if _THOUSANDS.fullmatch(token):
        return re.sub(r"[.,]", "", token)
    return token.replace(",", ".")


def _unit(tokens: Sequence[str], index: int, lang: str) -> str:
    """What the number at ``index`` counts: the sign or word beside it, over "3 to 5 days"."""
    if index and tokens[index - 1] in _CURRENCY:
        return tokens[index - 1]
    for at in range(index + 1, min(index + 4, len(tokens))):
        token = tokens[at]
        if token[-1].isdigit():
            return _unit(tokens, at, lang)
        if token in _CURRENCY:
            return token
        if _means(token, lang):
            return term(token, lang)
        if at + 1 >= len(tokens) or not tokens[at + 1][-1].isdigit():
            return ""
    return ""


def _means(word: str, lang: str) -> bool:
    return word[0].isalpha() and len(word) > 1 and not is_stop_word(word, lang)
