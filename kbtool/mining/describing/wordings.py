"""Which of the customers' sentences can stand for a topic: short, whole, and clear on its own."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from kbtool.mining.questions.question import is_question_like
from kbtool.text import get_language, is_stop_word, match_key, plain_terms, term, words

LONGEST = 120
"""Characters of a question that is shown."""
TELLING_WORDS = 3
"""A question with fewer words that are no stop words is shown less gladly."""
FEW_WORDS = 4
"""So is one with fewer words at all."""
EASY_WORDS = 14
"""A longer question is shown less gladly."""
QUESTION_LIKE = 0.85
STATEMENT = 0.6
"""How gladly a sentence without a question mark is shown: one that asks or states a problem, and
any other."""
LEANS = 0.4
"""So is one that begins by pointing back ("And when does it come?")."""
POINTS = 0.8
"""The same inside it ("Can I still change it?")."""
TWO_IN_ONE = 0.6
"""Several questions, or a subject and a question, in one line."""
PARTICULAR = 0.8
"""Numbers, or names that are not the topic's: one customer's case."""
ROUGH = 0.7
"""Markup, capitals throughout, an end that is none, a mere list."""
LIST = 3
"""Commas that make one."""
_BREAK = re.compile(r"\s[-–—/|&]+\s|[;&]|\?.*\?|\.\s+\S")
_ROUGH = re.compile(r"[*_`|<>{}\[\]]|(?:\.\.|[…,:;(–—-])\s*$")
_CAPITAL_NOUNS = frozenset({"de"})


def may_be_shown(text: str, lang: str | None) -> bool:
    """Whether a sentence can stand as a question: short, with a word that means something."""
    found = words(text, lang)
    if len(text) > LONGEST or len(found) < 2 or "\n" in text:
        return False
    greetings = {match_key(greeting) for greeting in get_language(lang).greetings}
    if any(match_key(" ".join(found[:n])) in greetings for n in (1, 2, 3)):
        return False
    return any(not is_stop_word(word, lang) for word in found)


def clearness(text: str, lang: str | None, telling: Container[str]) -> float:
    """How gladly a sentence that may be shown is shown, 0 to 1, whatever its topic.

    ``telling`` are the topic's terms: a name among them is a product, not a customer's case.
    """
    found = words(text, lang)
    score = 1.0 if "?" in text else QUESTION_LIKE if is_question_like(text, lang) else STATEMENT
    score *= min(1.0, len(set(plain_terms(text, lang))) / TELLING_WORDS, len(found) / FEW_WORDS)
    score *= min(1.0, EASY_WORDS / len(found))
    keys = [match_key(word) for word in found]
    if keys[0] in _pointers(lang):
        score *= LEANS
    elif not _pointers(lang).isdisjoint(keys):
        score *= POINTS
    if _BREAK.search(text.strip()):
        score *= TWO_IN_ONE
    if _ROUGH.search(text) or text.isupper() or text.count(",") >= LIST:
        score *= ROUGH
    if any(_is_particular(word, lang, telling) for word in text.split()[1:]):
        score *= PARTICULAR
    return score


def _is_particular(word: str, lang: str | None, telling: Container[str]) -> bool:
    """Whether a word inside a sentence is a number or a name that is not the topic's."""
    bare = word.strip("\"'()[].,:;!?«»“”„")
    if not bare or term(bare, lang) in telling:
        return False
    if any(char.isdigit() for char in bare):
        return True
    named = bare[0].isupper() and not bare.isupper() and lang not in _CAPITAL_NOUNS
    return named and match_key(bare) not in _first_person(lang)


@cache
def _pointers(lang: str | None) -> frozenset[str]:
    return frozenset(match_key(word) for word in get_language(lang).pointers)


@cache
def _first_person(lang: str | None) -> frozenset[str]:
    """ "I" is written with a capital in English."""
    return frozenset(match_key(word) for word in get_language(lang).first_person)
