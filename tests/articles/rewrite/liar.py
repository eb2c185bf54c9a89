"""A chat API on this machine that says what it is told to, true or not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from kbtool.articles.draft import draft_topic
from kbtool.articles.draft.outline import Outline
from kbtool.articles.draft.questions import PersonalData
from kbtool.articles.draft.render import body
from kbtool.articles.rewrite import Rewriter
from kbtool.articles.rewrite.chat import ADVICE, ChatModel
from kbtool.articles.rewrite.kept import KeptAnswers
from kbtool.posting import Api, completed
from tests.articles.tickets import sources, tea_tickets, topic
from tests.stub import Stub, running

Sentence = tuple[object, object, object]
"""Text, kind and evidence of an answer's item; anything, for an API may say anything."""
DRAFTED = """1. Open **Account > Boxes**.
2. Tap Change box.
3. Choose another tea and confirm.

> **Note:** If your box is already packed, the change starts with the next one.
"""
WORDED: list[Sentence] = [
    ("Go to Account > Boxes.", "step", ["E1"]),
    ("Press Change box.", "step", ["E2"]),
    ("Choose another tea, then confirm.", "step", ["E3"]),
    ("If your box has already been packed, your change starts with the next one.", "note", ["E4"]),
]
"""A good answer to the tea shop's draft."""
REWRITTEN = """1. Go to **Account > Boxes**.
2. Press Change box.
3. Choose another tea, then confirm.

> **Note:** If your box has already been packed, your change starts with the next one.
"""


def completion(content: object, **choice: object) -> bytes:
    """A chat completion with this text."""
    message = {"role": "assistant", "content": content}
    return json.dumps(
        {"choices": [{"message": message, "finish_reason": "stop"} | choice]}
    ).encode()


def saying(sentences: Sequence[Sentence], title: str | None = None) -> bytes:
    """A completion that proposes these sentences."""
    items = [{"text": text, "kind": kind, "evidence": ids} for text, kind, ids in sentences]
    return completion(json.dumps({"title": title, "sentences": items}))


@contextmanager
def chatting() -> Iterator[Stub]:
    """A stub that listens on a free port and answers well until it is told otherwise."""
    stub = Stub(lambda _body: saying(WORDED))
    with running(stub):
        yield stub


@cache
def tea_outline() -> Outline:
    """The outline of the tea shop's draft."""
    found: list[Outline] = []

    def keep(outline: Outline) -> Outline:
        found.append(outline)
        return outline

    tickets = tea_tickets()
    draft_topic(topic(tickets), tickets, replace(sources(), rewrite=keep))
    return found[0]


def rewriter(
    stub: Stub,
    folder: Path | None = None,
    *,
    personal_data: PersonalData = lambda _text: (),
    model: str = "m-1",
    key: str | None = None,
    timeout: float = 10.0,
) -> Rewriter:
    """One that asks the stub and waits for nothing."""
    url = completed(stub.url, "chat/completions")
    api = Api(url, lambda _: None, ADVICE, key, timeout, tries=2, most_bytes=100_000)
    return Rewriter(ChatModel(api, model), KeptAnswers(folder), ("en", "tr", "et"), personal_data)


def text_of(outline: Outline) -> str:
    """The body that an outline becomes."""
    return body(outline.groups, outline.conflicts, outline.lang, lambda _: None, (), outline.labels)


def shown(asked: dict[str, Any]) -> dict[str, Any]:
    """What a request shows the model."""
    found: dict[str, Any] = json.loads(asked["messages"][1]["content"])
    return found
