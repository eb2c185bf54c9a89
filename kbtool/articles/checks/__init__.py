"""Checks of articles before they reach a reader: pure, each finding with its file and line."""

from kbtool.articles.checks.all import Given, check_articles, in_the_way, order
from kbtool.articles.checks.codes import RULES, finding
from kbtool.articles.checks.shelf import Shelf

__all__ = ["RULES", "Given", "Shelf", "check_articles", "finding", "in_the_way", "order"]
