"""The way of an article: draft → review → published → stale → archived, or rejected.

Each step takes an article and gives a new one; writing is the store's work. Readers go on seeing
a stale article: it is read again where it stands, then published anew or archived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b

from kbtool.articles.files.store import DRAFTS
from kbtool.articles.staggered import take_off
from kbtool.errors import ContentError, StateError
from kbtool.model import PUBLIC, Article, ArticleStatus, Evidence, Finding, Wake
from kbtool.text import slugify

STEPS: dict[ArticleStatus, tuple[ArticleStatus, ...]] = {
    "draft": ("review", "rejected"),
    "review": ("draft", "published", "rejected"),
    "published": ("published", "stale", "archived"),
    "stale": ("published", "stale", "archived"),
    "archived": ("review",),
    "rejected": ("draft",),
}
"""What each state can become; *published → published* is a review that found it still right."""
STAGGER_DAYS = 30
"""Review dates are spread over so many days, and over as many more as it takes …"""
REVIEWS_A_DAY = 3
"""… that no day has more than these."""
_SATURDAY = 5


def start_review(article: Article) -> Article:
    """A draft in review; an archived article comes back as a draft in review.

    One that is in review already, and one that readers see, comes back as it is. Raises StateError
    when it was rejected.
    """
    if article.status == "review" or article.status in PUBLIC:
        return article
    found = _step(article, "review")
    if article.status == "archived":
        path = f"{DRAFTS}/{article.id}.md"
        return replace(found, path=path, reason=None, replaced_by=None, review_by=None)
    return found


def publish(
    article: Article,
    *,
    by: str,
    today: date,
    review_by: date,
    findings: Sequence[Finding] = (),
) -> Article:
    """The published article with its reviewer and the day of its next review.

    A draft gets the path where readers find it; an article that readers see already stays where
    it is, and ``updated`` keeps its day unless it was stale. ``published`` is the first day, for
    ever. ``findings`` are what the checks say about it; any error refuses the step (ContentError).
    Raises StateError when the article may not be published or nobody is named.
    """
    published = _step(article, "published")
    if not by.strip():
        raise StateError(
            "publishing needs the name of the person who reviewed it", hint='add --by "Your Name"'
        )
    errors = [finding for finding in findings if finding.level == "error"]
    if errors:
        count = "1 problem" if len(errors) == 1 else f"{len(errors)} problems"
        raise ContentError(
            f"{article.id} was not published: {count}",
            findings=errors,
            hint="mend the lines named above and publish again",
        )
    return replace(
        published,
        path=article.path if article.status in PUBLIC else public_path(article),
        updated=article.updated if article.status == "published" else today,
        published=article.published or (None if article.status in PUBLIC else today),
        reviewed_by=by.strip(),
        review_by=review_by,
        reason=None,
    )


def go_stale(article: Article, reason: str) -> Article:
    """A published article that is to be read again, and why. Readers go on seeing it.

    Raises StateError when readers do not see it, or without a reason.
    """
    return replace(_step(article, "stale"), reason=_reason(reason, "an article that is stale"))


def archive(article: Article, reason: str, *, instead: Article | None = None) -> Article:
    """The article withdrawn from readers; its addresses say so, or lead to ``instead``.

    Raises StateError when readers do not see it or ``instead``, or without a reason.
    """
    archived = _step(article, "archived")
    if instead is not None and (instead.status not in PUBLIC or instead.id == article.id):
        why = "itself" if instead.id == article.id else _said(instead.status)
        raise StateError(
            f"readers cannot be led to {instead.id}: it is {why}", hint="name a published article"
        )
    return replace(
        archived,
        reason=_reason(reason, "archiving"),
        review_by=None,
        replaced_by=instead.id if instead else None,
    )


def review_day(article_id: str, first: date, planned: Mapping[date, int]) -> date:
    """The day of an article's next review: on or after ``first``, not at a weekend.

    Of the days of the next month the one with the fewest reviews ``planned``; later ones as well
    when all have enough. Which of equal days is up to the id: the same for the same id.
    """
    days = STAGGER_DAYS
    while True:
        found = (first + timedelta(days=n) for n in range(days))
        open_days = [day for day in found if day.weekday() < _SATURDAY]
        fewest = min(planned.get(day, 0) for day in open_days)
        if fewest < REVIEWS_A_DAY:
            best = [day for day in open_days if planned.get(day, 0) == fewest]
            return best[_number(article_id) % len(best)]
        days += STAGGER_DAYS


def reject(article: Article, reason: str, wake: Wake | None = None) -> Article:
    """The rejected article with its reason and when its topic is suggested again; it leaves the
    lot that it was drawn in.

    Raises StateError without a reason.
    """
    rejected = take_off(_step(article, "rejected"))
    return replace(rejected, reason=_reason(reason, "a rejection"), wake=wake)


def take_back(article: Article) -> Article:
    """A rejected article as the draft it was. Raises StateError when it was not rejected."""
    if article.status != "rejected":
        raise StateError(f"{article.id} is {_said(article.status)}; it was not rejected")
    return replace(_step(article, "draft"), reason=None, wake=None)


def public_path(article: Article) -> str:
    """Where a published article stands: ``<lang>/[<category>/]<slug of the title>.md``."""
    parts = [article.lang, article.category or "", slugify(article.title, article.lang) + ".md"]
    return "/".join(part for part in parts if part)


def tickets_of(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Keys of the tickets that support these sentences, in order, each once."""
    return tuple(sorted({ref.rsplit("/", 2)[0] for one in evidence for ref in one.sources}))


def _reason(text: str, what: str) -> str:
    if not text.strip():
        raise StateError(f"{what} needs a reason", hint='add --reason "…"')
    return text.strip()


def _number(article_id: str) -> int:
    return int.from_bytes(blake2b(article_id.encode(), digest_size=4).digest(), "big")


def _step(article: Article, to: ArticleStatus) -> Article:
    allowed = STEPS[article.status]
    if to not in allowed:
        hint = None
        if article.status == "rejected":
            hint = f"kbtool reject {article.id} --undo makes it a draft again"
        elif article.status == "archived":
            hint = f"kbtool review {article.id} brings it back as a draft in review"
        elif to == "published":
            hint = f"run kbtool review {article.id}"
        elif to in ("stale", "archived"):
            hint = f"kbtool reject {article.id} is for what readers never saw"
        elif to == "rejected":
            hint = f"kbtool archive {article.id} withdraws what readers see"
        raise StateError(
            f"{article.id} is {_said(article.status)}; it can become {' or '.join(allowed)}, "
            f"not {to}",
            hint=hint,
        )
    return replace(article, status=to)


def _said(status: ArticleStatus) -> str:
    return {"draft": "a draft", "review": "in review"}.get(status, status)
