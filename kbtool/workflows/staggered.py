"""``kbtool publish --staggered`` and ``--due``: drafts come out in an order that is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kbtool.articles import staggered
from kbtool.articles.files.store import find_article, read_articles, write_article
from kbtool.config import Settings
from kbtool.errors import ContentError, StateError
from kbtool.model import Article, Finding
from kbtool.workflows.review import Desk, Published, publish


@dataclass(frozen=True, slots=True)
class Held:
    """A draft that cannot come out, and what must be mended first."""

    article: Article
    findings: tuple[Finding, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drafts of a new lot with the days they come out."""

    lot: str
    articles: tuple[Article, ...]
    """By day."""
    topics: int
    """Units among them that have a topic: these are what an effect can be measured on."""
    left_out: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What was drawn so far."""

    articles: tuple[Article, ...]
    """By day, also those that came out."""
    randomised: frozenset[str]
    """Ids of those that came out in the week they were drawn."""
    arranged: tuple[str, ...]
    """Lots whose days were changed by hand so that they prove nothing any more."""


@dataclass(frozen=True, slots=True)
class Due:
    """What came out today, and what should have."""

    published: tuple[Published, ...]
    held: tuple[Held, ...]
    unread: tuple[Finding, ...]
    """Files that could not be read; one of them may have been due."""


def stagger(
    settings: Settings,
    ids: Sequence[str],
    *,
    by: str,
    weeks: int | None,
    lot: str,
    now: datetime,
    dry_run: bool = False,
) -> Drawn:
    """Draw when drafts in review come out: those named by ``ids``, else all that could be published.

    ``by`` approves them; ``lot`` is the random seed; ``weeks`` is over how many weeks they are
    spread (None: one a week), from the Monday after all that is planned already. Raises
    NotFoundError, StateError when one is not a new draft in review or there are fewer than two to
    draw, and ContentError with what stands in the way of one that was named; then nothing is
    written.
    """
    articles, unread = read_articles(settings.content_dir)
    wanted = _named(articles, ids, unread) if ids else _free(articles)
    if not by.strip():
        raise StateError(
            "a lot needs the name of the person who approved its drafts",
            hint='add --by "Your Name"',
        )
    ready, held = _sorted_out(settings, articles, wanted, now)
    if held and ids:
        raise ContentError(
            "nothing was drawn: some of the drafts cannot be published",
            findings=[one for draft in held for one in draft.findings],
            hint="mend the lines named above and draw again",
        )
    drawn = _draw(articles, ready, by=by.strip(), weeks=weeks, lot=lot, now=now)
    if not dry_run:
        for one in drawn:
            write_article(settings.content_dir, one)
    found = staggered.units(drawn, articles).values()
    topics = sum(any(one.topic for one in unit) for unit in found)
    return Drawn(lot, drawn, topics, held)


def read_plan(settings: Settings) -> tuple[Plan, tuple[Finding, ...]]:
    """All that was ever drawn and still stands in front matter, and files that cannot be read."""
    articles, unread = read_articles(settings.content_dir)
    drawn = sorted((a for a in articles if a.release), key=lambda a: (a.release, a.id))
    randomised = staggered.randomised_articles(articles)
    return Plan(tuple(drawn), randomised, staggered.arranged_lots(articles)), unread


def cancel(
    settings: Settings, ids: Sequence[str] = (), *, dry_run: bool = False
) -> tuple[Article, ...]:
    """Take drafts (``ids``, else all that are planned) out of their lots: they wait in review again,
    not approved.

    What came out stays as it was drawn. Raises NotFoundError, ContentError when a file cannot be
    read, and StateError when one is not planned.
    """
    articles, unread = read_articles(settings.content_dir)
    waiting = staggered.planned(articles)
    known = {article.id for article in waiting}
    named = [find_article(articles, id_, unread) for id_ in ids]
    for article in named:
        if article.id not in known:
            raise StateError(
                f"{article.id} is not planned",
                hint="kbtool publish --staggered --show lists what is",
            )
    chosen = named or waiting
    freed = tuple(replace(staggered.take_off(one), reviewed_by=None) for one in chosen)
    if not dry_run:
        for one in freed:
            write_article(settings.content_dir, one)
    return freed


def publish_due(settings: Settings, *, now: datetime, dry_run: bool = False) -> Due:
    """Publish what is due today, also what was missed on the days before; twice does no harm.

    A draft that cannot be published any more is held back with those of its topic, and the others
    come out without it.
    """
    articles, unread = read_articles(settings.content_dir)
    found = staggered.units(staggered.due(articles, now.date()), articles).values()
    open_units = sorted(found, key=lambda unit: (unit[0].release, unit[0].id))
    done: list[Published] = []
    held: list[Held] = []
    before = -1
    # Again while one came out: another one may link it.
    while open_units and len(done) != before:
        before, held, again = len(done), [], []
        for unit in open_units:
            try:
                ids = [one.id for one in unit]
                done += publish(settings, ids, by=None, now=now, dry_run=dry_run)
            except (ContentError, StateError) as error:
                said = getattr(error, "findings", ())
                held += (Held(one, _own(said, one), error.message) for one in unit)
                again.append(unit)
        open_units = again
    return Due(tuple(done), tuple(held), unread)


def _named(
    articles: Sequence[Article], ids: Sequence[str], unread: Sequence[Finding]
) -> tuple[Article, ...]:
    """These drafts, each of which may be drawn. Raises NotFoundError, ContentError, StateError."""
    found = {a.id: a for a in (find_article(articles, id_, unread) for id_ in ids)}
    for article in found.values():
        if article.published:
            raise StateError(
                f"{article.id} came out on {article.published}: only what readers never saw can "
                "show what its release does",
                hint="leave it out",
            )
        if article.status != "review":
            hint = f"kbtool review {article.id}" if article.status == "draft" else "leave it out"
            raise StateError(f"{article.id} is not in review, but {article.status}", hint=hint)
        if article.release:
            raise StateError(
                f"{article.id} is planned for {article.release} already",
                hint=f"kbtool publish --staggered --cancel {article.id}; do not draw twice because "
                "you do not like a day",
            )
    return tuple(found.values())


def _free(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Drafts in review that no lot has and readers never saw."""
    return tuple(a for a in articles if a.status == "review" and not a.release and not a.published)


def _sorted_out(
    settings: Settings, articles: Sequence[Article], wanted: Sequence[Article], now: datetime
) -> tuple[tuple[Article, ...], tuple[Held, ...]]:
    """Those that could be published by themselves or with their unit, and the others."""
    desk = Desk(articles, settings, now.date())
    ready: list[Article] = []
    held: list[Held] = []
    for unit in staggered.units(wanted, articles).values():
        ids = [one.id for one in unit]
        for article in unit:
            errors = [f for f in desk.findings(article, ids) if f.level == "error"]
            if errors:
                held.append(Held(article, tuple(errors), "cannot be published yet"))
            else:
                ready.append(article)
    return tuple(ready), tuple(held)


def _draw(
    articles: Sequence[Article],
    ready: Sequence[Article],
    *,
    by: str,
    weeks: int | None,
    lot: str,
    now: datetime,
) -> tuple[Article, ...]:
    """The approved drafts with their days, by day. Raises StateError when there are too few."""
    found = staggered.units(ready, articles)
    if len(found) < staggered.LEAST_UNITS:
        hint = "drafts of one topic, and translations, come out together; review more of them first"
        told = "there is only one" if found else "there is none"
        raise StateError(
            f"a lot needs two drafts in review at least that can be published: {told}", hint=hint
        )
    last = [one.release for one in staggered.planned(articles) if one.release]
    first = staggered.next_monday(max([now.date(), *last]))
    days = staggered.draw(found, lot, first, weeks or len(found))
    drawn = [
        replace(one, lot=lot, release=days[name], reviewed_by=by)
        for name, unit in found.items()
        for one in unit
    ]
    return tuple(sorted(drawn, key=lambda one: (one.release, one.id)))


def _own(findings: Sequence[Finding], article: Article) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.file == article.path)
