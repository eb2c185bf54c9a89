"""A chat completion, which may be anything, to proposals."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kbtool.articles.rewrite.records import Proposal

MOST_SENTENCES = 200
_FENCE = re.compile(r"```(?:json)?\s*\n?(.*?)```", re.DOTALL | re.IGNORECASE)
_ID = re.compile(r"\s*\[?[Ee]?(\d{1,4})\]?\s*")
_TOLD = 120
"""Characters of a model's own words that are shown."""


class AnswerError(Exception):
    """The answer holds no proposals; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model proposes for one draft."""

    title: str | None
    proposals: tuple[Proposal, ...]
    unreadable: int
    """Items that are no sentence with evidence."""


def content_of(completion: Any) -> str:
    """The text of a chat completion.

    Raises AnswerError for one that was refused, cut off, filtered or is something else.
    """
    choices = completion.get("choices") if isinstance(completion, dict) else None
    if not isinstance(choices, list):
        raise AnswerError('no list "choices" in the answer')
    choice = choices[0] if choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise AnswerError("the answer holds no message")
    if message.get("refusal"):
        raise AnswerError(f"the model refused: {_shown(message['refusal'])}")
    if choice.get("finish_reason") == "length":
        raise AnswerError("the answer was cut off at the model's longest length")
    if choice.get("finish_reason") == "content_filter":
        raise AnswerError("the API's content filter stopped the answer")
    content = message.get("content")
    if not isinstance(content, str) or not content.strip():
        raise AnswerError("the model said nothing")
    return content


def parse_answer(content: str) -> Answer:
    """The proposals in a model's text: JSON, alone, in a code fence or with words around it.

    Raises AnswerError when there are none.
    """
    for text in _candidates(content):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict) and isinstance(data.get("sentences"), list):
            return _answer(data)
    raise AnswerError(f"the model's answer is not the JSON that was asked for: {_shown(content)}")


def _candidates(content: str) -> Iterator[str]:
    yield content
    yield from (match[1] for match in _FENCE.finditer(content))
    start, end = content.find("{"), content.rfind("}")
    if 0 <= start < end:
        yield content[start : end + 1]


def _answer(data: dict[str, Any]) -> Answer:
    items = data["sentences"]
    found = [_proposal(item) for item in items[:MOST_SENTENCES]]
    kept = tuple(one for one in found if one)
    title = data.get("title")
    title = title if isinstance(title, str) and title.strip() else None
    return Answer(title, kept, len(items) - len(kept))


def _proposal(item: object) -> Proposal | None:
    if not isinstance(item, dict):
        return None
    text, ids, kind = item.get("text"), item.get("evidence"), item.get("kind")
    if not isinstance(text, str) or not text.strip() or not isinstance(ids, list):
        return None
    numbers = [_number(id_) for id_ in ids]
    if any(number is None for number in numbers):
        return None
    places = tuple(number - 1 for number in numbers if number is not None)
    return Proposal(text, places, kind if isinstance(kind, str) else None)


def _number(id_: object) -> int | None:
    """The number of ``E3``, ``"3"`` or ``3``; None for anything else."""
    if isinstance(id_, bool) or not isinstance(id_, int | str):
        return None
    found = _ID.fullmatch(str(id_))
    return int(found[1]) if found else None


def _shown(words: object) -> str:
    """The beginning of a model's own words, without halves of characters."""
    told = str(words)[: 4 * _TOLD].encode("utf-8", "replace").decode()
    return " ".join(told.split())[:_TOLD]
