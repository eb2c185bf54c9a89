"""An article as the index sees it: plain text without markup."""

from __future__ import annotations

import html
import re

from kbtool.model import Article, Document

SUMMARY_LENGTH = 200

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CONFLICT_MARKER = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*")
_SETEXT = re.compile(r" {0,3}(?:=+|-+)\s*")
_RULE = re.compile(r"[\s|:]*[-*_][\s|:]*[-*_][\s|:]*[-*_][\s|:*_-]*")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s*\S.*")
_MARGIN = re.compile(r"\s*(?:>\s?)*\s*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)?")
_BLOCK_START = re.compile(r"\s*(?:>|[-*+]\s|\d{1,9}[.)]\s|\||!{3}\s|\?{3}\+?\s)")
_ADMONITION = re.compile(r"\s*(?:!{3}|\?{3}\+?)\s+[\w -]+?(?:\s+\"(.*)\")?\s*")
_ATTRIBUTES = re.compile(r"\{:?\s*[.#][^{}\n]{0,200}\}")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|~~|==|`{1,3})(?=\S)(.{1,500}?)(?<=\S)(?<!\\)\1")
_UNDERSCORES = re.compile(r"(?<![\w\\])_{1,3}(?=\S)|(?<=\S)(?<!\\)_{1,3}(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"\s+")


def to_document(article: Article, url: str, permalink: str) -> Document:
    """The document of ``article``; ``url`` and ``permalink`` are site-relative addresses.

    Its ``body`` is plain text, one block (paragraph, list item, table row) a line, without the
    headings, which stand in ``headings``; its ``summary`` is the first block, at most
    ``SUMMARY_LENGTH`` characters.
    """
    headings, blocks = plain_text(article.body)
    return Document(
        id=article.id,
        lang=article.lang,
        title=_SPACE.sub(" ", article.title).strip(),
        questions=article.also_asked,
        headings=headings,
        body="\n".join(blocks),
        tags=article.tags,
        category=article.category,
        url=url,
        permalink=permalink,
        summary=shorten(blocks[0], SUMMARY_LENGTH) if blocks else "",
    )


def plain_text(markdown: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(headings, blocks of text) of a Markdown text, without markup, in order."""
    headings: list[str] = []
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in _COMMENT.sub(" ", markdown).splitlines():
        opened = _FENCE.match(line)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1]
            blocks.append([])
        elif fence:
            blocks.append([line.strip()])
        else:
            _read_line(line, headings, blocks)
    texts = (_SPACE.sub(" ", " ".join(block)).strip() for block in blocks)
    return tuple(heading for heading in headings if heading), tuple(text for text in texts if text)


def shorten(text: str, length: int) -> str:
    """``text`` cut at a word to at most ``length`` characters, with an ellipsis when cut."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > length // 2 else cut).rstrip(" ,;:.–-") + "…"


def _read_line(line: str, headings: list[str], blocks: list[list[str]]) -> None:
    """Put one line (outside code) where it belongs: a heading, the current or a new block."""
    heading = _HEADING.fullmatch(line)
    if _CONFLICT_MARKER.fullmatch(line.strip()):
        blocks.append([])  # first, because ======= also underlines a heading
    elif heading:
        headings.append(_inline(heading[1]))
        blocks.append([])
    elif _SETEXT.fullmatch(line) and len(blocks[-1]) == 1:
        headings.append(blocks.pop()[0])
        blocks.append([])
    elif not line.strip() or _RULE.fullmatch(line) or _DEFINITION.fullmatch(line):
        blocks.append([])
    else:
        if _BLOCK_START.match(line):
            blocks.append([])
        admonition = _ADMONITION.fullmatch(line)
        text = (admonition[1] or "") if admonition else _MARGIN.sub("", line, count=1)
        blocks[-1].append(_inline(text.replace("|", " ") if line.lstrip()[:1] == "|" else text))


def _inline(text: str) -> str:
    """The words of one line of Markdown: links become their text, marks and tags fall."""
    text = _ATTRIBUTES.sub("", text)
    for _ in range(2):  # an image may stand inside a link, soft inside bold
        text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))
    text = _TAG.sub(" ", _AUTOLINK.sub(r"\1", _FOOTNOTE.sub("", text)))
    text = _ESCAPE.sub(r"\1", _UNDERSCORES.sub("", text))
    return _SPACE.sub(" ", html.unescape(text)).strip()
