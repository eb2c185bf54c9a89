"""What the record keeps of a text: one token a word, in order, so that phrases can be found.

A token is the term of a word (``kbtool.text``). A stop word counts in a phrase, too; its token is
marked, so that no other word's term is taken for it. Lines are kept apart: no phrase goes from
one paragraph, heading or question into the next.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from kbtool.text import is_stop_word, lower, match_key, term, typed_keys, words

STOP = "_"
"""The mark of a stop word's token; no word contains it."""
BREAK = STOP
"""The token between two lines, and that of a word too long to be looked for."""

_LONGEST_WORD = 64  # longer "words" are encoded data that nobody looks for


def read_texts(
    texts: Mapping[str, str], lang: str
) -> tuple[dict[str, list[str]], set[tuple[str, str]]]:
    """(Field → the tokens of its text, with a ``BREAK`` between lines; every (folded word, token)
    under which a word of the texts may be looked for).
    """
    tokens: dict[str, list[str]] = {}
    said: set[str] = set()
    for name, text in texts.items():
        found: list[str] = []
        for line in text.splitlines():
            if of_line := words(line, lang):
                said.update(of_line)
                found += [BREAK] * bool(found)
                found += [_token(word, lang) for word in of_line]
        tokens[name] = found
    return tokens, {
        (key, _token(word, lang))
        for word in said
        if len(word) <= _LONGEST_WORD
        for key in _keys(word, lang)
    }


def folded(name: str) -> str:
    """A tag, category or id as it is compared: without case, diacritics and doubled spaces."""
    plain = name.encode("utf-8", "replace").decode("utf-8")  # no index takes half a surrogate pair
    return match_key(" ".join(plain.split()))


class WordList:
    """The folded words of a language's articles, with the tokens they stand for."""

    def __init__(self, lang: str, counts: Mapping[tuple[str, str], int]) -> None:
        self.lang = lang
        self._counts = dict(sorted(counts.items()))

    @classmethod
    def sum(cls, lang: str, parts: Iterable[WordList]) -> WordList:
        """The words of all these lists of one language."""
        counts: Counter[tuple[str, str]] = Counter()
        for part in parts:
            counts.update(part._counts)
        return cls(lang, counts)

    @classmethod
    def parse(cls, lang: str, text: str) -> WordList:
        """The list that ``str`` gave as ``text``; raises ValueError when it is damaged."""
        counts = {}
        for line in text.removesuffix("\n").split("\n") if text else ():
            key, token, count = line.split(" ")
            counts[key, token] = int(count)
        return cls(lang, counts)

    def __str__(self) -> str:
        """One line a pair: folded word, token, number of articles; sorted."""
        return "".join(f"{key} {token} {count}\n" for (key, token), count in self._counts.items())

    def __len__(self) -> int:
        return len(self._counts)

    def tokens(self, word: str) -> tuple[str, ...]:
        """The tokens of a word as ``words`` gives it; those of its stem when no article has it."""
        key = _keys(word, self.lang)[0]
        return self._tokens.get(key) or (_token(word, self.lang),)

    def words_of(self, token: str) -> tuple[str, ...]:
        """The folded words with this token; none when no article has one."""
        return self._words.get(token, ())

    def beginning(self, start: str, most: int) -> tuple[tuple[tuple[str, str], ...], int]:
        """(folded word, token) of the ``most`` frequent words that begin so, and how many do.

        Stop words are none of them.
        """
        key = match_key(lower(start, self.lang)).replace("'", "")
        first = bisect_left(self._pairs, (key, ""))
        found = []
        for pair in self._pairs[first:]:
            if not pair[0].startswith(key):
                break
            if not pair[1].startswith(STOP):
                found.append(pair)
        best = sorted(found, key=lambda pair: (-self._counts[pair], pair))
        return tuple(best[:most]), len(found)

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return list(self._counts)

    @cached_property
    def _tokens(self) -> dict[str, tuple[str, ...]]:
        return _gathered(self._counts)

    @cached_property
    def _words(self) -> dict[str, tuple[str, ...]]:
        return _gathered((token, key) for key, token in self._counts)


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


def article_words(texts: Iterable[str], lang: str) -> Iterator[str]:
    """The folded words of an article, one after the other."""
    for text in texts:
        for word in words(text, lang):
            yield _keys(word, lang)[0]


@lru_cache(maxsize=100_000)
def _token(word: str, lang: str) -> str:
    if len(word) > _LONGEST_WORD:
        return BREAK
    return STOP + match_key(word) if is_stop_word(word, lang) else term(word, lang) or BREAK


_keys = lru_cache(maxsize=100_000)(typed_keys)
