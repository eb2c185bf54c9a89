"""What an article's own text gives, whatever else there is: it can be kept while the file stays."""

from __future__ import annotations

from dataclasses import dataclass

from kbtool.articles.checks.links import Lead
from kbtool.model import Finding


@dataclass(frozen=True, slots=True)
class Alone:
    """What the rules find in one article, and what they must look up in others."""

    findings: tuple[Finding, ...]
    leads: tuple[Lead, ...]
