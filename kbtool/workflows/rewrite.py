"""The language model that the settings ask for, for drafts that are rewritten."""

from __future__ import annotations

from collections.abc import Callable

from kbtool.articles.rewrite import Rewriter
from kbtool.articles.rewrite.chat import ADVICE, MOST_BYTES, TIMEOUT_SECONDS, TRIES, ChatModel
from kbtool.articles.rewrite.kept import FOLDER, KeptAnswers
from kbtool.config import Settings
from kbtool.errors import ConfigError
from kbtool.posting import Api, completed
from kbtool.workflows.check import gate


def open_rewriter(
    settings: Settings,
    wait: Callable[[float], object],
    key: str | None = None,
    timeout: float = TIMEOUT_SECONDS,
) -> Rewriter:
    """The rewriter of ``drafts.llm``; its answers are kept in ``.kbtool/`` of the knowledge base.

    ``wait`` sleeps between tries; ``key`` is the API's; ``timeout`` is in seconds. Raises
    ConfigError when the setting names no API.
    """
    drafts = settings.drafts
    if drafts.llm is None:
        raise ConfigError(
            f"{settings.config_file}: no language model is named",
            hint="set drafts.llm (an address such as https://models.example.com/v1) and "
            "drafts.llm_model",
        )
    url = completed(drafts.llm, "chat/completions")
    api = Api(url, wait, ADVICE, key, timeout, TRIES, MOST_BYTES)
    kept = KeptAnswers(settings.state_dir / FOLDER)
    model = ChatModel(api, drafts.llm_model or "")
    return Rewriter(model, kept, settings.languages, gate(settings))
