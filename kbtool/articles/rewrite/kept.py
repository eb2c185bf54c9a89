"""Answers kept between runs, one a draft: a re-run asks nothing and gives the same bytes.

The folder may be deleted at any time; then the model is asked anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from kbtool.disk import replace_file

FOLDER = "rewrites"
VERSION = 1


def key_of(url: str, model: str, messages: Sequence[dict[str, str]]) -> str:
    """A hash of all that an answer depends on."""
    asked = json.dumps([VERSION, url, model, list(messages)], ensure_ascii=True)
    return blake2b(asked.encode(), digest_size=16).hexdigest()


class KeptAnswers:
    """The last answer to each draft's question; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def read(self, article: str, key: str) -> str | None:
        """The answer to the question with this key; None when it is not the last one asked."""
        if self._folder is None:
            return None
        try:
            data = json.loads(self._file(self._folder, article).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        answer = data.get("answer") if isinstance(data, dict) and data.get("key") == key else None
        return answer if isinstance(answer, str) else None

    def write(self, article: str, key: str, answer: str) -> None:
        """Keep an answer in place of the draft's last one; a full disk costs a request, no run."""
        if self._folder is None:
            return
        content = json.dumps({"key": key, "answer": answer}, ensure_ascii=True).encode()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(self._file(self._folder, article), content)
        except OSError:
            return

    @staticmethod
    def _file(folder: Path, article: str) -> Path:
        return folder / f"{article}.json"
