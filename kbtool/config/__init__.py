"""Typed settings of a knowledge base, read from ``mkdocs.yml`` (its ``extra.kbtool`` section)."""

from kbtool.config.load import find_root, load_settings
from kbtool.config.settings import (
    Category,
    CheckSettings,
    Contact,
    DraftSettings,
    MetricSettings,
    MiningSettings,
    ServerSettings,
    Settings,
    TicketSettings,
)

__all__ = [
    "Category",
    "CheckSettings",
    "Contact",
    "DraftSettings",
    "MetricSettings",
    "MiningSettings",
    "ServerSettings",
    "Settings",
    "TicketSettings",
    "find_root",
    "load_settings",
]
