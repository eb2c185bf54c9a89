"""Rules about what an article's text says and how it reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.prose import Sentence
from kbtool.articles.checks.shelf import Shelf
from kbtool.articles.draft.questions import PersonalData
from kbtool.model import Article, Finding
from kbtool.text.code import without_code
from kbtool.text.reading import lix, reading_ease

LEAST_WORDS = 50
"""Shorter texts are not judged: one long word would decide."""
_JUDGED_SENTENCE = 8
"""Words of a sentence that may be called hard."""
_WORST = 3
_MARKER = re.compile(r"<!--\s*(/?)\s*kbtool:conflict\s*-->", re.IGNORECASE)
_LEFT_OVER = re.compile(
    r"\*\*Agents disagree\.\*\* Keep |\*\*\(newest\)\*\*"
    r"|\([\d,]+ tickets?, [\d,]+ agents?(?:, [\d-]{10}(?: to [\d-]{10})?)?\)\s*$"
)
"""Words of ours in a block where agents disagree."""
_PLACEHOLDER = re.compile(r"(?:\{|&#123;)([^\W\d_]\w*(?:[ -]\w+){0,4})(?:\}|&#125;)")
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\]\s*[(\[]|<img\b(?P<tag>[^<>]*)>", re.IGNORECASE)
_ALT = re.compile(r"(?<![\w-])alt\s*=", re.IGNORECASE)
_NAME = "a name: "
"""How the gate calls what may be a person's name."""
_SHOWN = 3


def conflict_findings(article: Article) -> Iterator[Finding]:
    """Places where agents disagree and nobody has decided yet, and what is left of such a block
    when only a part of it was deleted: one finding a block or paragraph."""
    inside = told = False
    for number, line in enumerate(article.body.split("\n"), start=article.body_line):
        marker = _MARKER.search(line)
        opens = marker is not None and not marker[1]
        left = not inside and (marker is not None or _LEFT_OVER.search(line) is not None)
        if opens:
            message = "agents disagree here and nobody has decided"
            hint = "keep what is true and delete the block with its two markers"
            yield finding("conflict", article.path, number, message, hint)
        elif left and not told:
            message = "a part of a block where agents disagree was left: readers would see it"
            hint = "keep what is true as plain text, without markers, (newest) and counts"
            yield finding("conflict", article.path, number, message, hint)
        inside = opens if marker else inside
        told = bool(line.strip()) and (told or left)


def personal_findings(article: Article, personal_data: PersonalData) -> Iterator[Finding]:
    """What looks like personal data in the title, the other wordings and the body.

    What may be a name in an article that was not drafted from tickets is a warning, one for all of
    them: nobody's ticket is in it, and every product name of two words looks like that.
    """
    hint = "take it out; if it is your own, add it to extra.kbtool.tickets.product_words"
    names: list[tuple[int, str]] = []
    for line, what in personal_data(article.body):
        at = article.body_line + line - 1
        if what.startswith(_NAME) and not article.evidence:
            names.append((at, what))
            continue
        yield finding("personal-data", article.path, at, f"looks like {what}", hint)
    for text in (article.title, *article.also_asked):
        for _, what in personal_data(text):
            if what.startswith(_NAME) and not article.evidence:
                names.append((1, what))
                continue
            message = f"the front matter holds what looks like {what}"
            yield finding("personal-data", article.path, 1, message, hint)
    if names:
        told = ", ".join(dict.fromkeys(what.removeprefix(_NAME) for _, what in names[:_SHOWN]))
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        message = f"may name a person: {told}{more}"
        yield finding("maybe-name", article.path, min(line for line, _ in names), message, hint)


def placeholder_findings(article: Article) -> Iterator[Finding]:
    """Named placeholders: right where readers fill them in, wrong where an agent should have."""
    text = without_code(article.body)
    for match in _PLACEHOLDER.finditer(text):
        line = article.body_line + text.count("\n", 0, match.start())
        message = f"readers see the placeholder {{{match[1]}}}"
        hint = "say where they find what they are to put in, or take it out"
        yield finding("placeholder", article.path, line, message, hint)


def image_findings(article: Article) -> Iterator[Finding]:
    """Images that say nothing to those who do not see them.

    ``<img alt="">`` is an answer: the image is decoration. Markdown has no way to say so.
    """
    text = without_code(article.body)
    for match in _IMAGE.finditer(text):
        silent = not match["alt"].strip() if match["tag"] is None else not _ALT.search(match["tag"])
        if silent:
            line = article.body_line + text.count("\n", 0, match.start())
            hint = 'say what it shows: ![what it shows](file); for decoration <img alt="" …>'
            yield finding("no-alt", article.path, line, "an image has no alternative text", hint)


def heading_findings(article: Article, shelf: Shelf) -> Iterator[Finding]:
    """Headings that skip a level; the page's own title is the level above all of them."""
    level = 1
    for heading in shelf.headings(article):
        if heading.level > level + 1:
            line = article.body_line + heading.line - 1
            message = (
                f"the heading “{heading.text}” is of level {heading.level} below level {level}"
            )
            hint = f"make it {'#' * (level + 1)}: screen readers show the levels as an outline"
            yield finding("heading-skip", article.path, line, message, hint)
        level = heading.level


def reading_findings(article: Article, shelf: Shelf) -> Iterator[Finding]:
    """That an article is hard to read, by its language's formula, and its hardest sentences."""
    found = shelf.prose(article)
    said = [sentence.words for sentence in found]
    if sum(map(len, said)) < LEAST_WORDS:
        return
    limits = shelf.settings.checks
    ease = reading_ease(said, article.lang)
    index = lix(said) if ease is None else None
    if ease is not None and limits.reading_ease and ease < limits.reading_ease:
        told = f"its reading ease is {ease:.0f} of 100, less than {limits.reading_ease}"
        worst = _worst(found, lambda words: reading_ease([words], article.lang))
    elif index is not None and limits.lix and index > limits.lix:
        told = f"its LIX is {index:.0f}, more than {limits.lix}"
        worst = _worst(found, lambda words: -(lix([words]) or 0))
    else:
        return
    line = worst[0].line if worst else article.body_line
    lines = ", ".join(str(n) for n in sorted({sentence.line for sentence in worst}))
    hint = "make two sentences of one, and take the shorter word"
    yield finding(
        "hard-to-read", article.path, line, f"{told}; the hardest sentences: line {lines}", hint
    )


def _worst(
    found: Sequence[Sentence], score: Callable[[Sequence[str]], float | None]
) -> list[Sentence]:
    """The hardest sentences, the very hardest first; short ones only when there are no others."""
    long = [one for one in found if len(one.words) >= _JUDGED_SENTENCE] or list(found)
    return sorted(long, key=lambda one: (score(one.words) or 0, one.line))[:_WORST]
