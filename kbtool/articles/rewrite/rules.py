"""How one wording may differ from another: what is new in it, and what it leaves out.

Each rule compares two sentences that were taken apart and gives reasons, the first one being told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from kbtool.articles.rewrite.facts import Facts, Number, alike, among
from kbtool.text import get_language, is_stop_word, lower, term
from kbtool.text.promises import opposite

SHARED = 0.6
"""Share of a sentence's terms that its evidence must hold, and the other way round."""
SHARED_SHORT = 0.75
SHORT = 5
"""Terms below which ``SHARED_SHORT`` counts: one other word of three is another statement."""
NEW_IN_CLAUSE = 3
"""New terms among four in a row that are a clause nobody said."""
_CLAUSE = 4
_NEAR = 0.5
_PHRASE = 3
"""Words that one other word may take the place of."""
_LABEL = 4
"""Words around a ``>`` that no two labels share."""


def new_things(
    lang: str, found: Facts, cited: Sequence[Facts], marked: Iterable[str]
) -> Iterator[str]:
    """Addresses, holes, labels, paths, names and signs that no cited sentence has."""
    for one in sorted(found.addresses.difference(*(c.addresses for c in cited))):
        yield f"the address {one} is not in its evidence"
    for one in sorted(found.holes.difference(*(c.holes for c in cited))):
        yield f"the placeholder {one} is not in its evidence"
    for label in sorted(found.quoted.union(marked)):
        if not any(_holds(one.text, label) for one in cited):
            yield f"the label “{label}” is not in its evidence"
    for path in sorted(found.paths):
        if not any(path in one.paths or (one.loose and _holds(one.text, path)) for one in cited):
            yield f"the menu path {path} is not in its evidence"
    arrows = [arrow for one in cited for arrow in one.arrows]
    if not all(any(_same_arrow(mine, one, lang) for one in arrows) for mine in found.arrows):
        yield "a menu path in it is not in its evidence"
    known = frozenset(name for one in cited for name in one.names)
    plain = " ".join(one.text for one in cited)
    for name in sorted(found.names):
        if not _holds(plain, name) and not any(_same_name(name, one, lang) for one in known):
            yield f"the name {name} is not in its evidence"
    signs = found.signs.difference(*(one.signs for one in cited))
    yield from (f"the sign {sign} is not in its evidence" for sign in sorted(signs))


def new_numbers(lang: str, found: Facts, cited: Sequence[Facts]) -> Iterator[str]:
    """Numbers that no cited sentence has, that count something else there, or changed places."""
    for number in found.numbers:
        same = [one for one in cited if any(number.value == n.value for n in one.numbers)]
        if not same:
            yield f"the number {number.value} is not in its evidence"
        elif not any(_is_counted(number, one, lang) for one in same):
            yield f"{number.value} counts something else in its evidence"
        elif len(cited) > 1 and not any(_is_about(number, one, cited, lang) for one in same):
            yield f"{number.value} is said of something else in its evidence"
    mine = {number.value for number in found.numbers}
    both = [number for one in cited for number in one.numbers if number.value in mine]
    twins = any(
        a.value != b.value and alike(a.unit, b.unit, lang) for a, b in combinations(both, 2)
    )
    if twins and not _same_order(found, cited, lang):
        yield "its numbers stand in another order than in its evidence"


def new_meaning(lang: str, found: Facts, cited: Sequence[Facts]) -> Iterator[str]:
    """A "not", a limit, an amount or an opposite that no cited sentence has."""
    rest = [about for one in cited for about in one.negated]
    for about in found.negated:
        match = next((one for one in rest if alike(one, about, lang)), None)
        if match is None:
            yield "it says “not” of something that its evidence affirms"
            return
        rest.remove(match)
    theirs = {name for one in cited for name in one.qualifiers}
    for name in sorted(found.qualifiers.keys() - theirs):
        yield f"“{found.qualifiers[name]}” is not in its evidence"
    source = [word for one in cited for word in one.words]
    if turned := opposite(found.words, source, lang):
        yield f"“{turned}” says the opposite of its evidence"


def new_words(lang: str, found: Facts, cited: Sequence[Facts]) -> Iterator[str]:
    """Too many terms, or a whole clause, that no cited sentence has."""
    known = frozenset(t for one in cited for t in one.terms)
    held = [among(t, known, lang) for t in found.terms]
    if not held:
        yield "it says nothing"
    elif not _enough(sum(held), len(held)):
        yield f"only {sum(held)} of its {len(held)} terms are in its evidence"
    if any(held[at : at + _CLAUSE].count(False) >= NEW_IN_CLAUSE for at in range(len(held))):
        yield "it adds a clause that its evidence does not have"
    for one in cited:
        if pair := _exchanged(one, found, lang):
            yield f"“{pair[1]}” stands where its evidence has “{pair[0]}”"


def acts_in_order(found: Facts, cited: Sequence[Facts]) -> bool:
    """Whether the steps that a sentence joins come in the order of its evidence."""
    source = [act for one in cited for act in one.acts]
    once = [act for act in found.acts if source.count(act) == 1 == found.acts.count(act)]
    return all(source.index(a) < source.index(b) for a, b in pairwise(once)) and _in_turn(
        found, cited
    )


def what_is_lost(lang: str, line: Facts, said: Sequence[Facts], name: str) -> str | None:
    """What of a line its sentences leave unsaid, as a reason; None when they say all."""
    lost = next((found for found in _lost(lang, line, said)), None)
    if lost is not None:
        return f"it leaves out {lost} of {name}"
    terms = frozenset(t for one in said for t in one.terms)
    own = dict.fromkeys(line.terms)
    held = sum(among(t, terms, lang) for t in own)
    return None if _enough(held, len(own)) else f"it says only a part of {name}"


def _lost(lang: str, line: Facts, said: Sequence[Facts]) -> Iterator[str]:
    """What must not be lost and is."""
    for number in line.numbers:
        if not any(_is_counted(number, one, lang) for one in said):
            yield number.value
    for field in ("addresses", "holes", "paths"):
        missing = getattr(line, field).difference(*(getattr(one, field) for one in said))
        yield from (f"“{one}”" for one in sorted(missing))
    labels = (
        label for label in sorted(line.quoted) if not any(_holds(o.text, label) for o in said)
    )
    yield from (f"“{label}”" for label in labels)
    gone = line.qualifiers.keys() - {meaning for one in said for meaning in one.qualifiers}
    yield from (f"“{line.qualifiers[meaning]}”" for meaning in sorted(gone))
    if not {arrow[:2] for arrow in line.arrows} <= {
        arrow[:2] for one in said for arrow in one.arrows
    }:
        yield "a menu path"
    nots = [about for one in said for about in one.negated]
    if not all(among(about, nots, lang) for about in line.negated):
        yield "a “not”"
    words = [word for one in said for word in one.words]
    for name in sorted(line.names):
        if not any(_same_name(name, word, lang) for word in words):
            yield f"“{name}”"
    terms = frozenset(t for one in said for t in one.terms)
    acts = line.acts[bool(line.arrows) :]  # a menu path needs no "open"
    if not all(among(verb, terms, lang) for verb in acts):
        yield "what to do"


def _is_counted(number: Number, source: Facts, lang: str) -> bool:
    return any(n.value == number.value and alike(n.unit, number.unit, lang) for n in source.numbers)


def _is_about(number: Number, source: Facts, cited: Sequence[Facts], lang: str) -> bool:
    """Whether what stands around a number is mostly what stands around it in ``source``."""
    known = [t for t in number.near if any(among(t, one.terms, lang) for one in cited)]
    own = [t for t in known if among(t, source.terms, lang)]
    return len(own) >= _NEAR * len(known)


def _same_order(found: Facts, cited: Sequence[Facts], lang: str) -> bool:
    """Whether the words and numbers that both sides have once come in the same order."""
    source = [word for one in cited for word in one.words]
    terms = frozenset(t for one in cited for t in one.terms)
    shared = [w for w in found.words if found.words.count(w) == 1 == source.count(w)]
    kept = [w for w in shared if w[0].isdigit() or among(w, terms, lang)]
    places = [source.index(w) for w in kept]
    return all(a < b for a, b in pairwise(places))


def _exchanged(source: Facts, found: Facts, lang: str) -> tuple[str, str] | None:
    """A word of ``source`` and another one in its very place that is no synonym: "green" → "red".

    Who words a sentence anew moves words about; one word for one word, or for two or three, is
    another statement.
    """
    theirs, mine = source.terms, found.terms
    for tag, a, b, c, d in SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if tag != "replace":
            continue
        places: list[tuple[range, int]] = []
        if b - a == d - c:
            places = [(range(i, i + 1), j) for i, j in zip(range(a, b), range(c, d), strict=True)]
        elif d - c == 1 and b - a <= _PHRASE:
            places = [(range(a, b), c)]
        for old, j in places:
            known = among(mine[j], theirs, lang) or any(among(theirs[i], mine, lang) for i in old)
            if not known and not any(source.meant[i] & found.meant[j] for i in old):
                return " ".join(source.weighty[i] for i in old), found.weighty[j]
    return None


def _in_turn(found: Facts, cited: Sequence[Facts]) -> bool:
    """Whether what only one cited sentence says stands, on the whole, before what the next says."""
    middles = []
    for one in cited:
        others = {t for other in cited if other is not one for t in other.terms}
        places = [i for i, t in enumerate(found.terms) if t in one.terms and t not in others]
        if places:
            middles.append(sum(places) / len(places))
    return all(a < b for a, b in pairwise(middles))


def _enough(held: int, total: int) -> bool:
    return held >= (SHARED_SHORT if total < SHORT else SHARED) * total


def _holds(text: str, piece: str) -> bool:
    """Whether ``piece`` stands in ``text`` letter for letter and not inside a longer word."""
    return re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text) is not None


def _same_arrow(mine: Sequence[str], source: Sequence[str], lang: str) -> bool:
    """Whether the label after a ``>`` is the source's: the same words, until one that is no label.

    Where the labels end is not clear; so what follows the common words must be a verb, a word
    without weight, or nothing.
    """
    if mine[:2] != source[:2]:
        return False
    if mine[:_LABEL] == source[:_LABEL] and len(mine) >= _LABEL:
        return True
    pairs = zip(mine, source, strict=False)
    shared = next((n for n, pair in enumerate(pairs) if pair[0] != pair[1]), len(source))
    after = [lower(word, lang) for word in mine[shared : shared + 1]]
    verbs = get_language(lang).imperatives
    return all(is_stop_word(word, lang) or word in verbs for word in after)


def _same_name(one: str, other: str, lang: str) -> bool:
    """Whether two words are one name: the same letters, or inflected where endings are many."""
    mine, theirs = lower(one, lang), lower(other, lang)
    if get_language(lang).stemmer is not None:
        return mine == theirs
    return alike(term(mine, lang), term(theirs, lang), lang)
