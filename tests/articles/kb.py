"""A small knowledge base on disk, with the tea shop's tickets and topic stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kbtool.config import Settings, load_settings
from kbtool.db import writing
from kbtool.mining.memory.store import save_topics
from kbtool.model import Ticket
from tests.articles.tickets import tea_tickets, topic
from tests.tickets.stored import save_tickets

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CONFIG = """site_name: Tea
site_url: https://help.tea.example/
extra:
  kbtool:
    languages: [en, tr]
    categories:
      boxes: {icon: box, title: {en: Boxes, tr: Kutular}, description: {en: Tea, tr: Çay}}
"""
ARTICLE = """---
id: kb-7
title: What is in a tea box?
lang: en
status: published
category: boxes
reviewed_by: Anu
---
Open Account > Boxes and tap your box.
"""


def knowledge_base(root: Path, tickets: Sequence[Ticket] | None = None) -> Settings:
    """A knowledge base in ``root`` with one article and one topic of all ``tickets``."""
    found = tea_tickets() if tickets is None else tickets
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (root / "content/en/boxes").mkdir(parents=True)
    (root / "content/en/boxes/tea-box.md").write_text(ARTICLE, encoding="utf-8")
    settings = load_settings(root)
    with writing(settings.database) as connection:
        save_tickets(connection, found)
        save_topics(connection, [topic(found)], NOW)
    return settings
