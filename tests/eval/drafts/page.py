"""All drafts on one page, each beside what its topic's labels find in it."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.markup import Markup, el, join
from tests.eval.drafts.base import Judged, Verdict
from tests.eval.drafts.scores import share, worst

_STYLE = Markup(
    "body{font:15px/1.5 system-ui;margin:2rem auto;max-width:75rem}"
    "section{display:grid;grid-template-columns:2fr 1fr;gap:2rem;border-top:1px solid #999}"
    "pre{white-space:pre-wrap;font:inherit}.no{color:#a00}.yes{color:#060}"
)


def page(verdicts: Sequence[Verdict]) -> str:
    """The page as HTML, the worst drafts first in each set; it has no script."""
    sets = [join(el("h1", one.name), *map(_draft, _ranked(one))) for one in verdicts]
    head = el("head", el("meta", charset="utf-8"), el("title", "Drafts"), el("style", _STYLE))
    return f"<!doctype html>{el('html', head, el('body', *sets), lang='en')}\n"


def _ranked(found: Verdict) -> list[Judged]:
    drafts = {one.name: one for one in found.drafts}
    return [drafts[name] for name in worst({name: one.score for name, one in drafts.items()})]


def _draft(one: Judged) -> Markup:
    score = one.score
    marks = [
        *(el("li", f"✓ {text}", class_="yes") for text in one.found),
        *(el("li", f"✗ {text}", class_="no") for text in one.lost),
        *(el("li", f"leaked: {text}", class_="no") for text in (*score.leaked, *score.specific)),
        el("li", f"told as true though wrong: {score.wrong}"),
        el("li", f"steps in order {score.order[0]}/{score.order[1]}"),
        el("li", f"replies used {share(score.used):.0%}"),
    ]
    also = el("p", "Also asked: ", " · ".join(one.article.also_asked))
    told = el("div", el("h2", one.article.title), also, el("pre", one.article.body))
    return el("section", told, el("div", el("h3", one.name), el("ul", *marks)))
