"""The way of an article: draft → review → published → (stale) → archived, or rejected.

Each step takes an article and gives a new one; writing is the store's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b

from kbtool.errors import ContentError, StateError
from kbtool.model import Article, ArticleStatus, Evidence, Finding
from kbtool.text import slugify

STEPS: dict[ArticleStatus, tuple[ArticleStatus, ...]] = {
    "draft": ("review", "rejected"),
    "review": ("draft", "published", "rejected"),
    "published": ("stale", "archived"),
    "stale": ("review", "published", "archived"),
    "archived": ("review",),
    "rejected": ("draft",),
}
STAGGER_DAYS = 30
"""Review dates are spread over this many days so that they do not all come at once."""


def start_review(article: Article) -> Article:
    """A draft in review; one that is already in review comes back as it is."""
    if article.status == "review":
        return article
    return _step(article, "review")


def publish(
    article: Article,
    *,
    by: str,
    today: date,
    review_days: int,
    findings: Sequence[Finding] = (),
) -> Article:
    """The published article with its new path, reviewer and review date.

    ``findings`` are what the checks say about it; any error refuses the step (ContentError).
    Raises StateError when the article is not in review or nobody is named.
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
        path=public_path(article),
        updated=today,
        reviewed_by=by.strip(),
        review_by=today + timedelta(days=review_days + stagger(article.id)),
        reason=None,
    )


def reject(article: Article, reason: str) -> Article:
    """The rejected article, its reason kept. Raises StateError without a reason."""
    if not reason.strip():
        raise StateError("a rejection needs a reason", hint='add --reason "…"')
    return replace(_step(article, "rejected"), reason=reason.strip())


def take_back(article: Article) -> Article:
    """A rejected article as the draft it was. Raises StateError when it was not rejected."""
    if article.status != "rejected":
        raise StateError(f"{article.id} is {_said(article.status)}; it was not rejected")
    return replace(_step(article, "draft"), reason=None)


def public_path(article: Article) -> str:
    """Where a published article stands: ``<lang>/[<category>/]<slug of the title>.md``."""
    parts = [article.lang, article.category or "", slugify(article.title, article.lang) + ".md"]
    return "/".join(part for part in parts if part)


def tickets_of(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Keys of the tickets that support these sentences, in order, each once."""
    return tuple(sorted({ref.rsplit("/", 2)[0] for one in evidence for ref in one.sources}))


def stagger(article_id: str) -> int:
    """Days (0..29) by which an article's review date is moved; the same for the same id."""
    digest = blake2b(article_id.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % STAGGER_DAYS


def _step(article: Article, to: ArticleStatus) -> Article:
    allowed = STEPS[article.status]
    if to not in allowed:
        first = "kbtool review first" if "review" in allowed and to == "published" else None
        raise StateError(
            f"{article.id} is {_said(article.status)}; it can become {' or '.join(allowed)}, "
            f"not {to}",
            hint=f"run kbtool review {article.id}" if first else None,
        )
    return replace(article, status=to)


def _said(status: ArticleStatus) -> str:
    return {"draft": "a draft", "review": "in review"}.get(status, status)
