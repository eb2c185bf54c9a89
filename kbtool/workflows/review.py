"""Review, publish, archive: a person's decisions about articles, kept in their front matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from kbtool.articles import review as steps
from kbtool.articles.checks import Given, Shelf, finding, in_the_way, order
from kbtool.articles.checks.alike import alike_findings
from kbtool.articles.checks.links import leading_to
from kbtool.articles.explain.trace import mark_edits
from kbtool.articles.files.frontmatter import body_line, is_edited
from kbtool.articles.files.moving import relinked
from kbtool.articles.files.sections import fingerprint
from kbtool.articles.files.store import find_article, move_article, read_articles, write_article
from kbtool.config import Settings
from kbtool.errors import ContentError
from kbtool.model import Article, Finding
from kbtool.site.pages.links import targets
from kbtool.workflows.check import gate
from kbtool.workflows.saving import Saving, read_saving

Why: TypeAlias = Literal["draft", "in review", "planned", "stale", "review due", "woken"]
"""Why something waits; *planned*: for the day that a lot gave it, all others for a person;
*woken*: it was rejected until now."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article or a draft that waits for a person."""

    article: Article
    why: Why
    age_days: int | None
    """Days since it was drafted, since its review was due, or (stale) since it was changed last;
    None when unknown."""
    tickets: int
    saves: float | None
    """Tickets a year that the step could save; None when no topic tells."""
    edited: bool
    findings: tuple[Finding, ...]
    """What the rules say about publishing it; errors stand in the way."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stands in the way."""
        return tuple(one for one in self.findings if one.level == "error")


@dataclass(frozen=True, slots=True)
class Published:
    """An article that was published, and what its reviewer may want to look at again."""

    article: Article
    warnings: tuple[Finding, ...]


def waiting(
    settings: Settings, *, now: datetime
) -> tuple[tuple[Waiting, ...], tuple[Finding, ...]]:
    """What waits for a person, that first which could save most tickets, and unreadable files.

    Drafts, what is in review, stale articles, those whose review is due, and rejected drafts
    whose rule woke them. Raises StoreError when there is a database that cannot be read.
    """
    articles, findings = read_articles(settings.content_dir)
    desk = Desk(articles, settings, now.date())
    saving = read_saving(settings, articles, now=now)
    reasons = ((article, _why(article, saving, now.date())) for article in articles)
    found = [desk.waiting(article, why, saving) for article, why in reasons if why]
    found.sort(key=lambda w: (-(w.saves or 0), w.saves is None, -w.tickets, w.article.id))
    return tuple(found), findings


def start_review(
    settings: Settings, id_: str, *, stale: str | None = None, now: datetime
) -> Waiting:
    """Put a draft, or an archived article, into review (its body is not touched), mark the
    evidence whose sentences a person changed, and show what stands in the way of publishing.

    What readers see stays as it is; with a reason why it is ``stale`` it is marked so, and
    readers go on seeing it. Raises NotFoundError and StateError, and ContentError when a file
    cannot be read.
    """
    articles, unread = read_articles(settings.content_dir)
    old = find_article(articles, id_, unread, beginning=True)
    step = steps.start_review(old) if stale is None else steps.go_stale(old, stale)
    article = mark_edits(step) if step.status == "review" else step
    article = relinked(article, old.path, {}, targets)
    if article != old:
        move_article(settings.content_dir, old, article)
        article = replace(article, body_line=body_line(article))  # what is told names lines
    here = [article if one is old else one for one in articles]
    desk = Desk(here, settings, now.date())
    saving = read_saving(settings, here, now=now)
    return desk.waiting(article, _why(article, saving, now.date()) or "in review", saving)


def publish(
    settings: Settings, ids: Sequence[str], *, by: str | None, now: datetime, dry_run: bool = False
) -> tuple[Published, ...]:
    """Publish reviewed articles, or say of published ones that they are still right: all of
    them, or none when one is refused.

    Without ``by`` each keeps the reviewer that its front matter names. A translation remembers
    the sections of its original that it was read beside. Raises NotFoundError, StateError, and
    ContentError with what must be mended first, also when a file cannot be read.
    """
    articles, unread = read_articles(settings.content_dir)
    found = (find_article(articles, id_, unread) for id_ in ids)
    wanted = {article.id: article for article in found}
    desk = Desk(articles, settings, now.date())
    planned = Counter(a.review_by for a in articles if a.review_by and a.id not in wanted)
    moves: list[tuple[Article, Published]] = []
    for old in wanted.values():
        first = now.date() + timedelta(days=settings.drafts.review_days)
        day = steps.review_day(old.id, first, planned)
        planned[day] += 1
        said = desk.findings(old, tuple(wanted))
        name = by if by is not None else old.reviewed_by or ""
        new = steps.publish(old, by=name, today=now.date(), review_by=day, findings=said)
        warnings = tuple(one for one in said if one.level == "warning")
        moves.append((old, Published(_as_read(mark_edits(new), articles), warnings)))
    _refuse_taken_places(settings, moves)
    moved = {old.path: new.article.path for old, new in moves}
    done = tuple(
        replace(new, article=relinked(new.article, old.path, moved, targets)) for old, new in moves
    )
    if not dry_run:
        for (old, _), one in zip(moves, done, strict=True):
            move_article(settings.content_dir, old, one.article)
        _lead_on(settings, [one for one in articles if one.id not in wanted], moved)
    return done


def archive(
    settings: Settings,
    id_: str,
    *,
    reason: str,
    instead: str | None = None,
    now: datetime,
    dry_run: bool = False,
) -> Article:
    """Withdraw an article from readers; its addresses say so, or lead to the article ``instead``.

    Raises NotFoundError, StateError, and ContentError with the lines of other published articles
    that link it, for they would break.
    """
    articles, unread = read_articles(settings.content_dir)
    old = find_article(articles, id_, unread)
    heir = find_article(articles, instead, unread) if instead is not None else None
    new = replace(steps.archive(old, reason, instead=heir), updated=now.date())
    shelf = Shelf([new if one is old else one for one in articles], settings)
    broken = order(leading_to(new, shelf, targets))
    if broken:
        raise ContentError(
            f"{old.id} was not archived: other articles link it",
            findings=broken,
            hint="mend the lines named above and archive it again",
        )
    if not dry_run:
        write_article(settings.content_dir, new)
    return new


class Desk:
    """What the rules say about articles that are to be published."""

    def __init__(self, articles: Sequence[Article], settings: Settings, today: date) -> None:
        self._shelf = Shelf(articles, settings)
        self._given = Given(gate(settings), targets)
        self._alike = tuple(alike_findings(self._shelf))
        self._today = today

    def findings(self, article: Article, together: Sequence[str] = ()) -> tuple[Finding, ...]:
        """What the rules say about publishing ``article``, with these ids at the same time."""
        alike = (one for one in self._alike if one.file == article.path)
        return order((*in_the_way(article, self._shelf, self._given, together), *alike))

    def waiting(self, article: Article, why: Why, saving: Saving) -> Waiting:
        """What waits, with its age and worth."""
        since = article.review_by if why == "review due" else article.updated
        return Waiting(
            article=article,
            why=why,
            age_days=(self._today - since).days if since else None,
            tickets=len(steps.tickets_of(article.evidence)),
            saves=saving.of(article),
            edited=is_edited(article) and article.status in ("draft", "review"),
            findings=self.findings(article),
        )


def _why(article: Article, saving: Saving, today: date) -> Why | None:
    """Why an article waits; None when it does not."""
    if article.status == "draft":
        return "draft"
    if article.status == "review":
        return "planned" if article.release and not article.published else "in review"
    if article.status == "stale":
        return "stale"
    if article.status == "published" and article.review_by and article.review_by < today:
        return "review due"
    return "woken" if article.status == "rejected" and saving.woken(article, today) else None


def _as_read(article: Article, articles: Sequence[Article]) -> Article:
    """A translation with the sections of its original that its reviewer had beside it."""
    name = (article.translation_of or "").lower()
    original = next((one for one in articles if one.id.lower() == name), None)
    return article if original is None else replace(article, translated=fingerprint(original))


def _lead_on(settings: Settings, others: Sequence[Article], moved: dict[str, str]) -> None:
    """Write links of other articles anew that led to files which have moved."""
    for article in others:
        new = relinked(article, article.path, moved, targets)
        if new != article:
            write_article(settings.content_dir, new)


def _refuse_taken_places(settings: Settings, moves: Sequence[tuple[Article, Published]]) -> None:
    """Raise ContentError before anything is written when two files would get one name."""
    taken: set[str] = set()
    for old, published in moves:
        new = published.article
        there = (settings.content_dir / new.path).exists() and new.path != old.path
        if there or new.path in taken:
            message, hint = f"{new.path} is already there", "give one of them another title"
            found = finding("place-taken", old.path, 1, message, hint)
            raise ContentError(f"{new.id} was not published", findings=[found])
        taken.add(new.path)
