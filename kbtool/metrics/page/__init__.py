"""The report as a page: one HTML file that loads nothing, with each number's definition below it."""

from kbtool.metrics.page.page import render, style

__all__ = ["render", "style"]
