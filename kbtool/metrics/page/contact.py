"""The contact page as a funnel, and what became of visits."""

from __future__ import annotations

from kbtool.charts import Step, canvases, data_table, framed, funnel, key
from kbtool.markup import Markup, el, join
from kbtool.metrics.page.parts import SHARE_COLUMNS, defined, share_rows, table
from kbtool.metrics.words import STEPS, per_cent
from kbtool.model import ContactFigures, Report
from kbtool.plural import many


def at_the_contact_page(contact: ContactFigures, report: Report) -> Markup:
    """How far visits came, and where they ended."""
    came = contact.explicit.denominator  # who came back to write took the first step earlier
    steps = [
        Step(STEPS.get(name, name), count, striped=name == "handoff")
        for name, count in contact.steps
    ]
    told = f"Visits that got so far, of {came:,} that came to the page; no step needs the one above it."
    charts = [
        funnel(steps, canvas, whole=came)
        for canvas in canvases("contact", "Steps on the contact page, in visits", told)
    ]
    rows = [
        (step.name, f"{step.count:,}", per_cent(step.count / came) if came else "–")
        for step in steps
    ]
    shares = [
        ("contact.explicit", contact.explicit),
        ("contact.implicit", contact.implicit),
        ("contact.linked", contact.linked),
    ]
    return join(
        el("p", told),
        framed(charts, key([("solid", "a step"), ("striped", "an end at a person")])),
        data_table("The numbers: steps on the contact page", ("Step", "Visits", "Of all"), rows, (1, 2)),
        el("p", f"Of these visits, {contact.widget:,} came from the widget.") if contact.widget else None,
        el("h3", "Between two bounds"),
        table("Shares of the contact page", SHARE_COLUMNS, share_rows(shares, report.min_count)),
        defined("contact.steps", "contact.widget", "contact.explicit", "contact.implicit", "contact.linked"),
    )  # fmt: skip


def outcomes(report: Report) -> Markup:
    """Confirmed, potential and none: never added up."""
    names = ("confirmed", "potential", "no_deflection")
    rows = share_rows([(name, getattr(report, name)) for name in names], report.min_count)
    told = (
        f"Of {many(report.confirmed.denominator, 'visit')} with an article view, with a window of "
        f"{many(report.window_days, 'day')}. Potential is an upper bound: it holds everybody who left "
        "without a word. Never add it to confirmed."
    )
    apart = (
        f"Taken back by a later hand-off: {report.taken_back:,}. Window not over yet: "
        f"{report.open_visits:,}. No article viewed, no outcome: {report.unknown_visits:,}."
    )
    return join(
        el("p", told),
        table("Outcomes of visits", SHARE_COLUMNS, rows),
        el("p", apart, class_="meta"),
        defined(*names, "taken_back", "open_visits", "unknown_visits", "contacts_after_view"),
    )
