"""Addresses that agents sent and that lead nowhere, one by one, with the line that mends each."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kbtool.cli.common import safe
from kbtool.metrics.links import likely_heir
from kbtool.plural import many

if TYPE_CHECKING:
    from rich.console import Console

    from kbtool.model import Article, BrokenLink

_PLAIN = re.compile(r"[\w./-]+")
"""An address that YAML takes without quotes."""


def show_each_link(
    found: Sequence[BrokenLink], articles: Sequence[Article], console: Console
) -> None:
    """Print every address with how often, when and where it was sent, and what to do."""
    for link in found:
        console.print(f"[bold]{safe(link.address)}[/bold]", soft_wrap=True)
        console.print(f"    {many(link.tickets, 'ticket')}{_when(link)}", soft_wrap=True)
        console.print(f"    {_advice(link, articles)}", soft_wrap=True)
    told = many(len(found), "address", "addresses")
    console.print(f"{told} sent in replies, where there is nothing.")


def _when(link: BrokenLink) -> str:
    days = [("first", link.first_sent), ("last", link.last_sent)]
    told = [f"{word} {_day(at)}" for word, at in days if at is not None]
    return ", ".join(["", *told, f"newest {safe(link.newest)}"])


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _advice(link: BrokenLink, articles: Sequence[Article]) -> str:
    heir = likely_heir(link.address, articles)
    former = [*(heir.former if heir else ()), link.address]
    line = f"former: [{', '.join(map(_yaml, former))}]"
    where = (
        f"content/{heir.path}, if that answers it" if heir else "the article that answers it now"
    )
    return f"{safe(line)}  in {safe(where)}"


def _yaml(address: str) -> str:
    return address if _PLAIN.fullmatch(address) else json.dumps(address, ensure_ascii=False)
