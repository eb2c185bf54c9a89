"""Menu paths in sentences ("Open Account > Boxes"): where they begin, where they end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kbtool.articles.saying.phrases import opens_with
from kbtool.text import get_language, match_key

NO_LABELS: Mapping[str, int] = {}
_PATH = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=[(\"“„]))"
    r"[^\W\d_a-zà-ÿ][^\s>.,;:!?()\"“”]*(?: [^\s>.,;:!?()\"“”]+){0,2}"
    r"(?: > [^\W\d_](?:[^>.,;:!?()\"“”\n]{0,60}[^\s>.,;:!?()\"“”])?){1,5}"
)
_LABEL_WORDS = 4


def menu_labels(texts: Iterable[str], lang: str) -> Counter[str]:
    """Where menu paths begin (``Account >``) and end, counted over what all agents write: the
    words most of them share are the real labels.
    """
    found = [match[0] for text in texts for match in _PATH.finditer(text)]
    lasts = (_before_ending(path.rpartition(" > ")[2], lang) for path in found)
    counted = Counter(last for last in lasts if len(last.split()) <= _LABEL_WORDS)
    counted.update(f"{head} >" for path in found for head in _heads(path, lang))
    return counted


def menu_paths(
    text: str, lang: str, labels: Mapping[str, int] = NO_LABELS
) -> Iterator[tuple[int, str]]:
    """Where each menu path of ``text`` starts, and the path as it is shown."""
    for match in _PATH.finditer(text):
        start, path = _path(match[0], lang, labels)
        if path:
            yield start + match.start(), path


def _path(found: str, lang: str, labels: Mapping[str, int]) -> tuple[int, str]:
    """Where the menu path starts and the path itself, without the words before and after it;
    it is empty when its end is not clear, or nothing before ``>`` is written as a label is.
    """
    heads = _heads(found, lang)
    if not heads:
        return 0, ""
    front, _, tail = found.rpartition(" > ")
    words = _before_ending(tail, lang).split()
    known = [" ".join(words[:count]) for count in range(1, min(len(words), _LABEL_WORDS) + 1)]
    end = max(known, key=lambda name: (labels.get(name, 0), len(name)))
    if not labels.get(end) and len(words) > _LABEL_WORDS:
        return 0, ""
    head = max(heads, key=lambda name: (labels.get(f"{name} >", 0), len(name)))
    start = found.index(" > ") - len(head)
    return start, f"{front[start:]} > {end}"


def _heads(path: str, lang: str) -> list[str]:
    """What may be the first label: the capitalised word before the first ``>`` and those before
    it, but not the verb of the step ("Go to", "Öffnen Sie").
    """
    words = path.partition(" > ")[0].split(" ")
    heads = [" ".join(words[n:]) for n in range(len(words)) if words[n][:1].isupper()]
    language = get_language(lang)
    polite = language.open_path.partition("{}")[0].split()[1:]
    said = [*language.imperatives, *map(str.lower, polite)]
    return [head for head in heads if not opens_with(head, tuple(said), lang)] or heads[-1:]


def _before_ending(label: str, lang: str) -> str:
    """``Kilidi aç'a dokunun`` → ``Kilidi aç`` where endings follow an apostrophe."""
    if get_language(lang).drop_after_apostrophe:
        return re.split(r"['’]", label)[0]
    return label


def steps_of(path: str) -> tuple[str, ...]:
    """The labels of a menu path as they are compared."""
    return tuple(match_key(label.strip(" \"“”„«»'’.")) for label in path.split(" > "))


def leads_elsewhere(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two paths reach one place by different ways: the same last label, another first one,
    and neither only leaves out labels of the other.
    """
    if one[-1] != other[-1] or min(len(one), len(other)) < 2:
        return False
    return not (_leaves_out(one, other) or _leaves_out(other, one))


def differ_inside(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two paths of one length begin and end alike and go another way between."""
    return len(one) == len(other) > 2 and _ends(one) == _ends(other) and leads_elsewhere(one, other)


def _ends(path: tuple[str, ...]) -> tuple[str, str]:
    return path[0], path[-1]


def _leaves_out(short: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    rest = iter(whole)
    return all(any(_same(label, one) for one in rest) for label in short)


def _same(one: str, other: str) -> bool:
    """Whether two labels are the same, words before one of them aside ("your parcel", "parcel")."""
    return f" {one}".endswith(f" {other}") or f" {other}".endswith(f" {one}")
