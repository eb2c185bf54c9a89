"""Drafts in a language model's words, as ``kbtool draft`` offers and tells it."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kbtool.cli.common import err, safe
from kbtool.config import Settings
from kbtool.plural import many

if TYPE_CHECKING:
    from kbtool.articles.rewrite import Dropped, Rewriter, Rewriting

KEY_VARIABLE = "KBTOOL_LLM_KEY"

rewrite_option = click.option(
    "--rewrite/--no-rewrite",
    default=None,
    help="Have the model of drafts.llm word the sentences, or not; default: when it is set.",
)


def rewriter_for(settings: Settings, wanted: bool | None) -> Rewriter | None:
    """The rewriter that the option or the settings ask for; None without.

    The API's key comes from ``KBTOOL_LLM_KEY``. Raises ConfigError when ``--rewrite`` is given and
    no model is named.
    """
    if wanted is False or (wanted is None and settings.drafts.llm is None):
        return None
    from kbtool.workflows.rewrite import open_rewriter

    return open_rewriter(settings, time.sleep, os.environ.get(KEY_VARIABLE) or None)


def tell_rewriting(rewriter: Rewriter | None) -> None:
    """On stderr: what was sent where, what each draft became, each dropped sentence with its reason."""
    if rewriter is None:
        return
    sent = sum(one.sentences for one in rewriter.done if one.answer == "api")
    known = sum(one.answer == "kept" for one in rewriter.done)
    where = f"{many(sent, 'sentence')} sent, redacted; {many(known, 'answer')} known from before"
    err().print(safe(f"{rewriter.model.name} at {rewriter.model.host}: {where}"), soft_wrap=True)
    for one in rewriter.done:
        err().print(safe(f"{one.article}: {_result(one)}"), soft_wrap=True)
        for dropped in one.dropped:
            err().print(safe(f"  Dropped: {_told(dropped)}"), soft_wrap=True)
    if rewriter.error is not None and rewriter.error.hint:
        err().print(safe(f"Hint: {rewriter.error.hint}"), soft_wrap=True)


def _result(one: Rewriting) -> str:
    if one.problem:
        return f"not rewritten, the agents' own sentences stand: {one.problem}"
    withheld = f"; {one.withheld} left out, they look personal" if one.withheld else ""
    return f"{one.rewritten} of {many(one.sentences, 'sentence')} rewritten{withheld}"


def _told(dropped: Dropped) -> str:
    names = ", ".join(f"E{id_ + 1}" for id_ in dropped.ids)
    cited = f" [{names}]" if names else ""
    return f"{dropped.text!r}{cited}: {dropped.reason}" if dropped.text else dropped.reason


def rewritings_json(rewritings: Sequence[Rewriting]) -> list[dict[str, Any]]:
    """What ``--json`` prints of each draft that a model was asked for."""
    return [
        {
            "article": one.article,
            "model": one.model,
            "sentences": one.sentences,
            "withheld": one.withheld,
            "rewritten": one.rewritten,
            "answer": one.answer,
            "problem": one.problem,
            "dropped": [
                {
                    "text": dropped.text,
                    "evidence": [f"E{id_ + 1}" for id_ in dropped.ids],
                    "reason": dropped.reason,
                }
                for dropped in one.dropped
            ],
        }
        for one in rewritings
    ]
