"""An article beside its evidence: what each sentence rests on, in the agents' own words."""

from kbtool.articles.explain.diff import Piece, changes, edits, word_diff
from kbtool.articles.explain.page import render
from kbtool.articles.explain.records import Explanation, Source, Wording, backing, by_ticket

__all__ = [
    "Explanation",
    "Piece",
    "Source",
    "Wording",
    "backing",
    "by_ticket",
    "changes",
    "edits",
    "render",
    "word_diff",
]
