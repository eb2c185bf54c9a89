"""Which of a customer's sentences may stand alone, and their shorter forms; no word is invented."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from kbtool.articles.saying.phrases import capitalised, closes_with, is_first_person, opens_with
from kbtool.articles.saying.replies import plain, without_salutation
from kbtool.text import Language, get_language, is_stop_word, lower, match_key, words

PersonalData = Callable[[str], Sequence[tuple[int, str]]]
"""Text → (1-based line, what it looks like) for everything a person must look at."""

LONGEST = 110
"""Characters of a wording."""
FEWEST_WORDS = 3
_SUBJECT_WORDS, _MOST_WORDS = 5, 9
"""A longer statement than the first must name a problem or a wish to be a wording of a question;
one longer than the second tells a story."""
_NEAR_START = 3
"""A question word is looked for among so many words."""
_PARTS = re.compile(r"(?<=[^\W\d_]{3}[.!?…])\s+")
"""People who write without capitals end their sentences all the same."""
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,40}\]|\{\{|\{%|[<>{}]|https?://")
_BRACKETS = re.compile(r"\s*\([^()\n]*\)")
_CLAUSE = re.compile(r"(?:[,;:]|\s[-–—]+)\s+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKS = re.compile(r"^[-–—•*>#\s]+")


def wordings(sentences: Iterable[str], lang: str, personal_data: PersonalData) -> tuple[str, ...]:
    """What of one ticket may stand alone in public: its sentences, and their clauses that ask.

    Sentences shorter than three words, longer than ``LONGEST``, with a placeholder or an address
    or with what ``personal_data`` finds are left out.
    """
    parts = [
        part
        for sentence in sentences
        for part in _PARTS.split(plain(sentence, _no_article))
        if not _PLACEHOLDER.search(part)
    ]
    found = dict.fromkeys(tidy(form, lang) for part in parts for form in _forms(part, lang))
    return tuple(
        one
        for one in found
        if len(one) <= LONGEST and len(words(one)) >= FEWEST_WORDS and not personal_data(one)
    )


def asks(text: str, lang: str) -> bool:
    """Whether a text asks in words: one of the language's question words begins it (or, where
    they stand last, ends it or comes before its last word)."""
    language = get_language(lang)
    if opens_with(text, language.question_words, lang):
        return True
    if not language.asks_last:
        return False
    found = words(text, lang)
    return any(
        closes_with(" ".join(found[: len(found) - left]), language.question_words, lang)
        for left in (0, 1)
    )


def asks_within(text: str, lang: str) -> bool:
    """Whether one of a text's clauses asks in words."""
    return any(asks(clause, lang) for clause in _CLAUSE.split(text.rstrip("?")))


def is_question(text: str, lang: str) -> bool:
    """Whether a sentence asks: by its mark, or in words ("when I click …" does not)."""
    if text.rstrip().endswith("?"):
        return True
    return (
        ":" not in text
        and asks(text, lang)
        and not opens_with(text, get_language(lang).conditions, lang)
    )


def tidy(text: str, lang: str) -> str:
    """No list marks, no shouting, a question mark where a question is asked."""
    text = without_salutation(_MARKS.sub("", text).strip(), get_language(lang))
    if sum(c.isupper() for c in text) > 0.6 * sum(c.isalpha() for c in text):
        text = lower(text, lang)
    text = re.sub(r"[\s.!,;:…–—-]+$", "", " ".join(text.split()))
    text = re.sub(r"[?!]{2,}$", "?", text)
    if text and is_question(text, lang) and not text.endswith("?"):
        text += "?"
    return capitalised(text, lang)


def without_tail(text: str, lang: str) -> Iterator[str]:
    """A question without phrases at its end, the longest first: "Can I send a box from X to Y?" →
    "Can I send a box from X?", "Can I send a box?". None ends in a stop word; only the clause that
    asks is cut.
    """
    openers = {match_key(word) for word in get_language(lang).prepositions}
    mark = "?" if text.endswith("?") else ""
    if not asks(re.split(_CLAUSE, text)[-1], lang):
        return
    found = list(_WORD.finditer(text))
    keys = [match_key(match[0]) for match in found]
    for place in range(len(found) - 2, 1, -1):
        before, opener, after = keys[place - 1 : place + 2]
        if opener in openers and after not in openers and not is_stop_word(before, lang):
            yield text[: found[place].start()].rstrip(" ,;:–—-") + mark


def is_calendar(text: str, lang: str) -> bool:
    """Whether a text names a month or a day of the week: some day of one customer."""
    exact, beginnings = _calendar(lang)
    found = [match_key(word) for word in words(text, lang)]
    return any(word in exact or word.startswith(beginnings) for word in found)


def is_rude(text: str, lang: str) -> bool:
    """Whether a text swears."""
    rude = {match_key(word) for word in get_language(lang).rude}
    return any(match_key(word) in rude for word in words(text, lang))


@cache
def _calendar(lang: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and beginnings."""
    known = [match_key(entry) for entry in get_language(lang).calendar]
    exact = frozenset(key for key in known if key[-1] != "*")
    return exact, tuple(key[:-1] for key in known if key[-1] == "*")


def names_problem(text: str, lang: str) -> bool:
    """Whether a statement is another wording of a question: a subject line of few words, or a
    problem or a wish; what else people tell is about them."""
    found = words(text, lang)
    if len(found) <= _SUBJECT_WORDS and not is_first_person(text, lang):
        return True
    if len(found) > _MOST_WORDS:
        return False
    shown = f" {match_key(' '.join(found))} "
    language = get_language(lang)
    problems = (*language.problem_words, *language.negations)
    return any(f" {match_key(word)} " in shown for word in problems if word[0] != "-")


def _no_article(url: str) -> str | None:
    """A title has no links."""


def _forms(text: str, lang: str) -> Iterator[str]:
    """The sentence, without its brackets, and what of it asks alone."""
    language = get_language(lang)
    yield text
    bare = _BRACKETS.sub("", text)
    yield bare
    for form in (bare, *_clauses(bare, language)):
        yield form
        yield _from_question_word(form, language)


def _clauses(text: str, language: Language) -> Iterator[str]:
    """Of "I am abroad, how do I pay, please?" the clauses that ask, alone and with what follows; of
    a sentence that names a day those that name a problem and none."""
    lang = language.code
    ends = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    pieces = [text[a:b] for a, b in itertools.pairwise(ends)]
    dated = is_calendar(text, lang)
    for number, piece in enumerate(pieces):
        clause = _from_question_word(_CLAUSE.sub("", piece), language)
        clause = re.sub(r"[\s,;:–—-]+$", "", clause)
        if len(pieces) > 1 and asks(clause, lang):
            yield clause
            yield "".join(pieces[number:])
        elif dated and names_problem(clause, lang) and not is_calendar(clause, lang):
            yield clause


def _from_question_word(text: str, language: Language) -> str:
    """ "And please how do I …" from "how" on: nothing but words that say nothing stand before."""
    empty = (*language.pointers, *language.joins, *language.answers, *language.please)
    skipped = {match_key(word) for word in empty}
    for word in list(_WORD.finditer(text))[:_NEAR_START]:
        if opens_with(text[word.start() :], language.question_words, language.code):
            return text[word.start() :]
        if match_key(word[0]) not in skipped:
            break
    return text
