"""How a replay is shown: a table of shares, and the questions that lost rank."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from kbtool.cli.common import safe, table
from kbtool.plural import many
from kbtool.search.replay import DEPTH, LEAST, LEVEL
from kbtool.workflows.replay import MOST

if TYPE_CHECKING:
    from rich.console import Console

    from kbtool.model import Rate
    from kbtool.search.replay import LostRank, Success
    from kbtool.workflows.replay import Replay

MOST_SHOWN = 15
"""Questions shown to people; JSON has all."""


def show_replay(replayed: Replay, console: Console) -> None:
    """Print what became of the questions in each language, and those that lost rank."""
    asked = sum(result.questions for result in replayed.results)
    console.print(f"Replay: {many(asked, 'question')} of answered tickets, asked of search:")
    if any(result.enough for result in replayed.results):
        console.print(_shares(replayed))
    for result in replayed.results:
        if not result.enough:
            few = (
                f"not enough answered tickets with a linked article ({result.questions} of {LEAST})"
            )
            console.print(f"{safe(result.lang)}: {few}", soft_wrap=True)
    if not replayed.compared:
        console.print("There is no earlier build to compare with.", style="dim")
    for told in _left_out(replayed):
        console.print(told, style="dim", soft_wrap=True)
    lost = [one for result in replayed.results for one in result.lost]
    if lost:
        console.print(f"{many(len(lost), 'question')} lost rank:")
    for one in lost[:MOST_SHOWN]:
        console.print(_fallen(one, replayed), soft_wrap=True)
    if len(lost) > MOST_SHOWN:
        console.print(f"  … and {len(lost) - MOST_SHOWN:,} more (--json has them)", style="dim")
    if replayed.dropped:
        verdict = f"search answers fewer questions than before; chance does that with p < {LEVEL}"
        console.print(f"[red]A drop beyond noise[/red]: {verdict}", soft_wrap=True)


def replay_as_json(replayed: Replay) -> dict[str, object]:
    """The same for scripts, whole."""
    return {
        "dropped": replayed.dropped,
        "compared": replayed.compared,
        "least": LEAST,
        "level": LEVEL,
        "left_out": asdict(replayed.left_out),
        "languages": [
            {
                "lang": result.lang,
                "questions": result.questions,
                "enough": result.enough,
                "dropped": result.dropped,
                "success": [asdict(one) for one in result.success],
                "lost": [asdict(one) for one in result.lost],
            }
            for result in replayed.results
        ],
    }


def _shares(replayed: Replay) -> object:
    made = table("Language", "Found", "Share", "95 %", "Made of", "Before", "Changed", "p")
    for result in replayed.results:
        for one in result.success if result.enough else ():
            first = one.at == 1
            made.add_row(
                safe(result.lang) if first else "",
                "first" if first else f"in first {one.at}",
                _percent(one.now),
                f"{100 * (one.now.low or 0):.0f} – {100 * (one.now.high or 0):.0f}",
                f"{one.now.numerator:,} of {one.now.denominator:,}",
                *_change(one),
            )
    return made


def _change(one: Success) -> tuple[str, str, str]:
    if one.before is None or one.p is None:
        return "–", "–", "–"
    p = f"{one.p:.2g}" if one.p >= 0.001 else "< 0.001"
    colour = "red" if one.dropped else "dim"
    return _percent(one.before), f"-{one.lost} +{one.gained}", f"[{colour}]{p}[/{colour}]"


def _percent(share: Rate) -> str:
    return f"{100 * share.numerator / share.denominator:.0f} %"


def _left_out(replayed: Replay) -> list[str]:
    left = replayed.left_out
    reasons = (
        (left.known, "whose question stands in the article"),
        (left.foreign, "whose article is in other languages only"),
        (left.unclear, "without a sentence that asks by itself"),
    )
    counted = [f"{many(count, 'ticket')} {why}" for count, why in reasons if count]
    told = ["Not asked: " + ", ".join(counted) + "."] if counted else []
    if left.older:
        told.append(f"Of {', '.join(left.older)} the newest {MOST:,} questions were asked.")
    return told


def _fallen(one: LostRank, replayed: Replay) -> str:
    """``"how to …" en kb-1 "Title": 1 → 4, there now: kb-9 "Other"``."""
    now = str(one.now) if one.now else f"not among {DEPTH}"
    place = "" if one.instead is None else f", there now: {_named(one.instead, replayed)}"
    asked = f"“{safe(one.question.query)}” ({safe(one.question.lang)})"
    return f"  {asked} {_named(one.article, replayed)}: {one.before} → {now}{place}"


def _named(id_: str, replayed: Replay) -> str:
    article = replayed.articles.get(id_)
    return f"{safe(id_)} “{safe(article.title)}”" if article else safe(id_)
