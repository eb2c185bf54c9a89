"""The report of what customers keep asking: one HTML page that needs nothing else."""

from kbtool.suggest.report.contents import Contents, Entry, entries
from kbtool.suggest.report.page import render

__all__ = ["Contents", "Entry", "entries", "render"]
