"""An article as the index sees it: plain text without markup."""

from __future__ import annotations

import re

from kbtool.model import Article, Document
from kbtool.text.markdown import plain_text

SUMMARY_LENGTH = 200

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


def shorten(text: str, length: int) -> str:
    """``text`` cut at a word to at most ``length`` characters, with an ellipsis when cut."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > length // 2 else cut).rstrip(" ,;:.–-") + "…"
