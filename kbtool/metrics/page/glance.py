"""The first rows: tickets avoided, then what was counted on the contact page, then the traffic."""

from __future__ import annotations

from kbtool.markup import Markup, el, join
from kbtool.metrics.caveats import distrust, is_clear, spared
from kbtool.metrics.headline import headline
from kbtool.metrics.page.parts import defined, tile
from kbtool.metrics.words import (
    amount,
    interval,
    made_of,
    per_cent,
    points,
    points_range,
    share_of,
    too_few,
)
from kbtool.model import ContactFigures, Holdout, Rate, Report


def glance(report: Report) -> Markup:
    """What a support lead says first, from the surest to the least sure."""
    contact = report.contact
    came = contact is not None and contact.explicit.denominator
    tiles = _of_contact(contact, report) if contact and came else _of_visits(report)
    return join(_first(report), el("div", *tiles, class_="tiles"), _traffic(report))


def _first(report: Report) -> Markup:
    found = headline(report)
    names = (
        "effects.pooled.change", "effects.pooled.avoided", "effects.pooled.per_month", "effects.saved",
    )  # fmt: skip
    if not found.is_known:
        needed = el("ul", *(el("li", one) for one in found.missing))
        told = join("What is missing:", needed)
        return el(
            "div",
            el("h3", "Tickets avoided a month"),
            el("p", found.value, class_="value"),
            el("div", told),
            defined(*names),
            class_="tile first",
        )
    return tile(
        "Tickets avoided a month",
        found.value,
        el("strong", f"95 % interval: {found.interval}"),
        found.saved and join("Saved: ", el("strong", found.saved)),
        " ".join(found.told),
        names=names,
        kind="first",
    )


def _of_contact(contact: ContactFigures, report: Report) -> list[Markup]:
    tiles = [
        _tile("Solved on the contact page", "lower bound", contact.explicit, report,
              "contact.explicit"),
        _implicit(contact, report),
    ]  # fmt: skip
    if contact.holdout is not None:
        tiles.append(_holdout(contact.holdout))
    return tiles


def _of_visits(report: Report) -> list[Markup]:
    """Where nobody came to the contact page: the outcomes of visits."""
    return [
        _tile("Confirmed deflection", "they said that it helped", report.confirmed, report, "confirmed"),
        _tile("Potential deflection", "upper bound of those who said nothing", report.potential, report,
              "potential", kind="upper"),
    ]  # fmt: skip


def _tile(title: str, bound: str, rate: Rate, report: Report, name: str, kind: str = "") -> Markup:
    share = share_of(rate)
    known = share is not None
    days = f"within {report.window_days} days" if report.window_days != 1 else "within a day"
    return tile(
        title,
        per_cent(share) if share is not None else "Not enough data yet",
        f"95 % interval: {interval(rate)}" if known else too_few(rate, report.min_count),
        f"{made_of(rate)} visits, {days}",
        el("span", bound, class_="bound"),
        names=(name,),
        kind=kind,
    )


def _implicit(contact: ContactFigures, report: Report) -> Markup:
    """The upper bound, always in grey; and why not to use it when most tickets cannot be tied."""
    rate, why = contact.implicit, distrust(contact)
    share, linked = share_of(rate), share_of(contact.linked)
    tied = (
        f"{per_cent(linked or 0)} of tickets could be tied to a visit ({made_of(contact.linked)})."
    )
    return tile(
        "Left without a word after an article",
        per_cent(share) if share is not None else "Not enough data yet",
        f"95 % interval: {interval(rate)}"
        if share is not None
        else too_few(rate, report.min_count),
        f"{made_of(rate)} visits to the contact page",
        el("span", "upper bound", class_="bound"),
        why or tied,
        names=("contact.implicit", "contact.linked"),
        kind="upper grey" if why else "upper",
    )


def _holdout(found: Holdout) -> Markup:
    arms = (
        f"To a person went {_share(found.on)} with suggestions, {_share(found.off)} without them, "
        "by lot."
    )
    title = "What suggestions spare, by lot"
    names = (
        "contact.holdout.difference", "contact.holdout.avoided", "contact.holdout.on",
        "contact.holdout.off", "contact.holdout.detectable",
    )  # fmt: skip
    both = f"{found.both:,} visits were in both and are left out." if found.both else None
    if found.difference is None:
        seen = found.on.denominator + found.off.denominator
        needed = f", of {found.needed:,} that would show 10 points" if found.needed else ""
        return tile(
            title, "Not enough data yet", f"{seen:,} visits so far{needed}.", arms, names=names
        )
    value = f"{points(found.difference.value)} points"
    return tile(
        title,
        value if is_clear(found.difference) else "No measurable difference",
        f"95 % interval: {points_range(found.difference)} points",
        arms,
        spared(found),
        both,
        names=names,
    )


def _share(rate: Rate) -> str:
    share = share_of(rate)
    return f"{per_cent(share)} ({made_of(rate)})" if share is not None else made_of(rate)


def _traffic(report: Report) -> Markup:
    counts = [
        ("Views", f"{report.views:,}"), ("Visits", f"{report.visits:,}"),
        ("Searches", f"{report.searches:,}"), ("Hand-offs", f"{report.contacts_handed_off:,}"),
    ]  # fmt: skip
    if report.self_service is not None:
        counts.append(("Visits for each ticket", amount(report.self_service)))
    rows = [el("div", el("dt", name), el("dd", value)) for name, value in counts]
    names = ("views", "visits", "searches", "contacts_handed_off", "self_service")
    return el("div", el("dl", *rows, class_="counts"), defined(*names), class_="traffic")
