"""What was published, for people and for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kbtool.cli.common import err, out, safe, show_finding

if TYPE_CHECKING:
    from kbtool.workflows.review import Published


def show_published(done: Sequence[Published]) -> None:
    """Print where each article stands now, with its warnings."""
    for one in done:
        article = one.article
        for warning in one.warnings:
            show_finding(warning, err())
        line = f"{article.id} → content/{safe(article.path)}"
        out().print(f"{line} (next review {article.review_by})", soft_wrap=True)
        if article.category is None:
            err().print(
                f"{article.id} has no category: it stands on no shelf of the home page. Name one "
                f"in its front matter (category: …) to put it on a shelf.",
                soft_wrap=True,
            )


def show_next(*, dry_run: bool) -> None:
    """Print what to type next."""
    err().print("Nothing was written (--dry-run)." if dry_run else "Next: kbtool build")


def row_of(one: Published) -> dict[str, Any]:
    """The article as JSON shows it."""
    article = one.article
    return {
        "id": article.id,
        "file": article.path,
        "published": article.published,
        "release": article.release,
        "reviewed_by": article.reviewed_by,
        "review_by": article.review_by,
        "warnings": [
            {"code": f.code, "file": f.file, "line": f.line, "message": f.message}
            for f in one.warnings
        ],
    }
