"""How figures and records are said in a report."""

from __future__ import annotations

from collections.abc import Iterable

from kbtool.model import Bounds, Coverage, Instead, SuggestionKind, Topic, Worth
from kbtool.months import MONTH_NAMES
from kbtool.text import LANGUAGE_CODE, get_language

ACTIONS: dict[SuggestionKind, str] = {
    "write": "Write an article",
    "fix": "Fix the article",
    "wording": "Add customers’ words",
    "translate": "Translate the article",
    "promote": "Help readers find it",
    "retire": "Take the article away",
    "form": "Make a form",
    "bug": "Have the error mended",
    "escalate": "Leave it to a person",
    "macro": "Give agents a text",
}
ARROWS = {"new": "✱", "growing": "↗", "steady": "→", "fading": "↘", "seasonal": "↻", "spike": "↑"}


def figure(value: float) -> str:
    """A number a person reads: 0, 0.04, 3.7, 12, 1,204."""
    if value >= 9.95 or value == 0:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 0.095 else f"{value:.2f}"


def per_cent(share: float) -> str:
    """A share of 0 to 1 as ``7 %``, which no line's end tears apart."""
    return f"{share * 100:.0f}\u00a0%"


def month(text: str) -> str:
    """``2026-03`` as ``March 2026``; ``03`` as ``March``; what is neither stays as it is."""
    year, _, number = text.rpartition("-")
    if not number.isdigit() or not 1 <= int(number) <= 12:
        return text
    return f"{MONTH_NAMES[int(number) - 1]} {year}".rstrip()


def short_month(text: str) -> str:
    """``2026-03`` as ``Mar ’26``; ``03`` as ``March``."""
    name, _, year = month(text).partition(" ")
    return f"{name[:3]}\u00a0’{year[2:]}" if year else name


def language(code: str | None) -> str | None:
    """``code`` as a page may say it; None when it is unknown or no code."""
    return code if code and code != "und" and LANGUAGE_CODE.fullmatch(code) else None


def languages(counts: Iterable[tuple[str, int]]) -> str:
    """``English 8, Türkçe 3``: in each language's own name."""
    return ", ".join(
        f"{get_language(code).name if language(code) else 'language unknown'} {count:,}"
        for code, count in counts
    )


def trend(topic: Topic) -> str:
    """The trend's word, with when the topic is asked most."""
    when = listed([short_month(peak) for peak in topic.peaks])
    if topic.trend == "spike" and when:
        return f"spike in {when}"
    if topic.trend == "seasonal" and when:
        return f"seasonal, most in {when}"
    return topic.trend


def how_surely(known: Coverage) -> str:
    """How we know that the article answers the topic, and how sure that is."""
    if known.by == "topic":
        return "the article names this topic"
    sure = f"{per_cent(known.confidence)} sure"
    if known.by == "links":
        told, other = f"agents link it in their replies; {sure}", "its words point at"
    else:
        told, other = f"its words are alike; {sure}, a person should look", "agents link"
    return f"{told}; but {other} {known.other}" if known.other else told


def worth(parts: Worth) -> str:
    """How the worth is worked out: its parts, with their units."""
    told = []
    if parts.tickets:
        cost = f" × {figure(parts.cost)} (cost of one; the average is 1)" if parts.cost != 1 else ""
        how = ", as measured" if parts.measured else ", assumed" if parts.share_range else ""
        range_ = parts.share_range
        ends = f"{how}: {per_cent(range_[0])} to {per_cent(range_[1])}" if range_ else how
        share = f" × {per_cent(parts.share)} that the action could deflect{ends}"
        told.append(
            f"{figure(parts.tickets)}{bounds(parts.tickets_range)} expected a month{cost}{share}"
        )
    if parts.returned:
        told.append(
            f"{figure(parts.returned)}{bounds(parts.returned_range)} that readers of the help "
            "centre add"
        )
    sums = " + ".join(told)
    if parts.novelty < 1:
        new = f"{per_cent(parts.novelty)} chance that nothing better is about the same question"
        sums = f"({sums}) × {new}" if len(told) > 1 else f"{sums} × {new}"
    minutes = parts.minutes
    spent = f"; {figure(minutes)} minutes of agents’ time" if minutes is not None else ""
    return sums + spent


def bounds(interval: Bounds | None) -> str:
    """`` (1.2 to 3.4)``; nothing where there is none."""
    return f" ({figure(interval[0])} to {figure(interval[1])})" if interval else ""


def instead_told(instead: Instead) -> str:
    """What to do instead of an article, with tickets that show why."""
    shown = ", ".join(own_id(key) for key in instead.tickets)
    return f"{instead.todo} (tickets {shown})"


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *before, last = [*words] or [""]
    return f"{', '.join(before)} and {last}" if before else last


def own_id(key: str) -> str:
    """The help desk's id in a ticket key."""
    return cut(key.partition(":")[2], 80)


def cut(text: str, most: int) -> str:
    """``text`` with at most ``most`` characters; an ellipsis says that there was more."""
    return text if len(text) <= most else text[:most].rstrip() + " …"
