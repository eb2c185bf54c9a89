"""The registry of metrics: what each counts, from what, and what it cannot know.

``kbtool metrics --explain`` prints it and the README is tested against it. A metric's name is the
name of its field in the Report (``articles.views`` is a field of the records in ``articles``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kbtool.metrics.definitions.articles import ARTICLES
from kbtool.metrics.definitions.contact import CONTACT
from kbtool.metrics.definitions.effects import EFFECTS
from kbtool.metrics.definitions.holdout import HOLDOUT
from kbtool.metrics.definitions.outcomes import OUTCOMES, SIGNS
from kbtool.metrics.definitions.record import ONE_DAY, Metric, Source
from kbtool.metrics.definitions.replies import REPLIES
from kbtool.metrics.definitions.searching import QUERIES, SEARCH
from kbtool.metrics.definitions.series import SERIES
from kbtool.metrics.definitions.tickets import HANDLING, LANGUAGES, MONTHS, SOURCES
from kbtool.metrics.definitions.traffic import TRAFFIC

__all__ = ["METRICS", "ONE_DAY", "Metric", "Source"]

_GROUPS = (
    TRAFFIC,
    SEARCH,
    SIGNS,
    OUTCOMES,
    CONTACT,
    HOLDOUT,
    ARTICLES,
    QUERIES,
    SERIES,
    REPLIES,
    HANDLING,
    MONTHS,
    LANGUAGES,
    SOURCES,
    EFFECTS,
)
"""Each file's figures, in the order of the report."""

METRICS: Mapping[str, Metric] = MappingProxyType(
    {metric.name: metric for group in _GROUPS for metric in group}
)
"""All metrics by name, in the order of the report."""
