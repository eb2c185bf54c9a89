"""``kbtool publish --staggered`` and ``--due``: drafts that come out by lot."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kbtool.cli.common import emit_json, err, now, out, safe, settings_for, show_finding, table
from kbtool.cli.published_view import row_of, show_next, show_published
from kbtool.errors import ExitCode
from kbtool.plural import many

if TYPE_CHECKING:
    from kbtool.model import Article
    from kbtool.workflows.staggered import Drawn, Held, Plan

SEED_BYTES = 8


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed after ``kbtool publish``."""

    ids: tuple[str, ...]
    by: str
    weeks: int | None
    dry_run: bool
    as_json: bool


def stagger(given: Given) -> int:
    """Draw a lot and tell who comes out when."""
    from kbtool.workflows.staggered import stagger as drawn_by

    drawn = drawn_by(
        settings_for(),
        given.ids,
        by=given.by,
        weeks=given.weeks,
        lot=secrets.token_hex(SEED_BYTES),
        now=now(),
        dry_run=given.dry_run,
    )
    if given.as_json:
        rows = [_row(one) for one in drawn.articles]
        left_out = [_held_row(one) for one in drawn.left_out]
        emit_json({"format": 1, "lot": drawn.lot, "drafts": rows, "left_out": left_out})
        return ExitCode.OK
    _show_drawn(drawn, dry_run=given.dry_run)
    return ExitCode.OK


def show_plan(given: Given) -> int:
    """Tell what was drawn and what became of it."""
    from kbtool.workflows.staggered import read_plan

    plan, unread = read_plan(settings_for())
    today = now().date()
    for finding in unread:
        show_finding(finding, err())
    if given.as_json:
        rows = [_row(one) | {"state": _state(one, plan, today)} for one in plan.articles]
        emit_json({"format": 1, "drafts": rows, "arranged_lots": list(plan.arranged)})
        return ExitCode.OK
    if not plan.articles:
        err().print("Nothing is drawn. Next: kbtool publish --staggered")
        return ExitCode.OK
    _show_days(plan.articles, [_state(one, plan, today) for one in plan.articles])
    for lot in plan.arranged:
        err().print(
            f"The days of lot {safe(lot)} do not follow its draw: they were changed by hand, so "
            "nothing of it counts as drawn.",
            soft_wrap=True,
        )
    return ExitCode.OK


def cancel_plan(given: Given) -> int:
    """Take drafts out of their lots."""
    from kbtool.workflows.staggered import cancel

    freed = cancel(settings_for(), given.ids, dry_run=given.dry_run)
    if given.as_json:
        emit_json({"format": 1, "cancelled": [_row(one) for one in freed]})
        return ExitCode.OK
    for one in freed:
        out().print(f"{one.id} {safe(one.title)}", soft_wrap=True)
    waits = "waits" if len(freed) == 1 else "wait"
    err().print(f"{many(len(freed), 'draft')} {waits} in review again, without a day.")
    if given.dry_run:
        err().print("Nothing was written (--dry-run).")
    return ExitCode.OK


def publish_due(given: Given) -> int:
    """Publish what is due; exit code 1 when something of it cannot come out."""
    from kbtool.workflows.staggered import publish_due as published_by

    due = published_by(settings_for(), now=now(), dry_run=given.dry_run)
    code = ExitCode.NO if due.held or due.unread else ExitCode.OK
    for finding in due.unread:
        show_finding(finding, err())
    if given.as_json:
        rows = [row_of(one) for one in due.published]
        held = [_held_row(one) for one in due.held]
        emit_json({"format": 1, "published": rows, "held": held})
        return code
    show_published(due.published)
    _show_held(due.held, "was due and did not come out")
    if not due.published and not due.held:
        err().print("Nothing is due.")
    elif due.published:
        show_next(dry_run=given.dry_run)
    return code


def _show_drawn(drawn: Drawn, *, dry_run: bool) -> None:
    from kbtool.articles.staggered import ENOUGH_TOPICS

    _show_held(drawn.left_out, "was left out")
    _show_days(drawn.articles)
    if drawn.topics < ENOUGH_TOPICS:
        err().print(
            f"Only {many(drawn.topics, 'topic')}: an effect over all topics needs "
            f"{ENOUGH_TOPICS} at least. Draw more drafts, now or later.",
            soft_wrap=True,
        )
    if dry_run:
        err().print("Nothing was written (--dry-run); a real run draws another order.")
        return
    err().print(
        f"Drawn with seed {drawn.lot}, kept in the drafts. Next: run kbtool publish --due every "
        "day, then kbtool build. Leave the days as they are: choosing is what the lot is against.",
        soft_wrap=True,
    )


def _show_days(articles: Sequence[Article], states: Sequence[str] = ()) -> None:
    shown = table("Comes out", "Article", "Topic", *(["State"] if states else []), whole=("Topic",))
    for number, one in enumerate(articles):
        state = [states[number]] if states else []
        title = f"{one.id} ({one.lang})\n{safe(one.title)}"
        shown.add_row(str(one.release), title, safe(one.topic or "none"), *state, end_section=True)
    out().print(shown)


def _show_held(held: Sequence[Held], told: str) -> None:
    for one in held:
        for finding in one.findings:
            if finding.level == "error":
                show_finding(finding, err())
        err().print(f"{one.article.id} {told}: {safe(one.why)}.", soft_wrap=True)


def _state(article: Article, plan: Plan, today: date) -> str:
    """What became of a drawn article."""
    if article.published is None:
        late = article.release is not None and article.release < today
        return "was due: run kbtool publish --due" if late else "waits"
    if article.id in plan.randomised:
        return f"came out {article.published}, by lot"
    if article.lot in plan.arranged or article.release is None:
        return f"came out {article.published}, not by lot"
    missed = "early" if article.published < article.release else "late"
    return f"came out {article.published}, {missed}: not by lot"


def _row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "lang": article.lang,
        "topic": article.topic,
        "file": article.path,
        "release": article.release,
        "published": article.published,
        "lot": article.lot,
    }


def _held_row(one: Held) -> dict[str, Any]:
    problems = [
        {"code": f.code, "file": f.file, "line": f.line, "message": f.message}
        for f in one.findings
        if f.level == "error"
    ]
    return _row(one.article) | {"why": one.why, "problems": problems}
