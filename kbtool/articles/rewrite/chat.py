"""Any API that completes chats as OpenAI's does: ``POST …/chat/completions``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kbtool.articles.rewrite.prompt import SCHEMA
from kbtool.posting import Advice, Api, RefusedError

ADVICE = Advice(
    kind="a chat completions API",
    address="drafts.llm",
    model="drafts.llm_model",
    key="KBTOOL_LLM_KEY",
    without="give --no-rewrite; the answers so far are kept",
)
TIMEOUT_SECONDS = 180.0
"""A model writes for a while before the first byte comes."""
TRIES = 4
MOST_BYTES = 2_000_000
"""Bytes of an answer; a long draft needs some ten thousand."""
_NOT_TAKEN = frozenset({400, 422})
"""What APIs answer to a field that they do not know."""
_FORMATS: tuple[dict[str, Any] | None, ...] = (
    {
        "type": "json_schema",
        "json_schema": {"name": "rewriting", "strict": True, "schema": SCHEMA},
    },
    {"type": "json_object"},
    None,
)


class ChatModel:
    """A model behind an API, asked at temperature 0 for JSON in the strictest form it knows."""

    def __init__(self, api: Api, model: str) -> None:
        self.name = model
        self.host = api.host
        self.url = api.url
        self._api = api
        self._format = 0
        self._temperature: int | None = 0

    def ask(self, messages: Sequence[dict[str, str]]) -> Any:
        """The completion, as the API gave it. Raises ApiError.

        What the API refuses to be asked for (JSON by a schema, JSON at all, a temperature) is left
        out from then on.
        """
        while True:
            try:
                return self._api.post(self._body(messages))
            except RefusedError as error:
                if error.status not in _NOT_TAKEN or not self._gives_way(error):
                    raise

    def _body(self, messages: Sequence[dict[str, str]]) -> dict[str, Any]:
        body: dict[str, Any] = {"model": self.name, "messages": list(messages)}
        if self._temperature is not None:
            body["temperature"] = self._temperature
        if (wanted := _FORMATS[self._format]) is not None:
            body["response_format"] = wanted
        return body

    def _gives_way(self, error: RefusedError) -> bool:
        """Whether there is something left to ask less of."""
        if self._temperature is not None and "temperature" in error.message.casefold():
            self._temperature = None
            return True
        if self._format + 1 < len(_FORMATS):
            self._format += 1
            return True
        return False
