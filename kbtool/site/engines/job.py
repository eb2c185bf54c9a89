"""What an engine is told: what mkdocs.yml says to it, and which pages to render into what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbtool.model import Finding


@dataclass(frozen=True, slots=True)
class Facts:
    """What mkdocs.yml says to the engine."""

    theme: Mapping[str, Any]
    extra: Mapping[str, Any]
    extensions: tuple[Any, ...]
    copyright: str | None
    stylesheets: tuple[str, ...]
    """The knowledge base's own CSS files, relative to content/."""
    findings: tuple[Finding, ...]

    @property
    def media(self) -> tuple[str, ...]:
        """Files of content/ that every page shows."""
        pictures = (self.theme.get(name) for name in ("logo", "favicon"))
        return (*self.stylesheets, *(str(path) for path in pictures if path))


@dataclass(frozen=True, slots=True)
class Job:
    """One language to render."""

    lang: str
    name: str
    url: str
    docs_dir: Path
    site_dir: Path
    theme_dir: Path
    root: Path
    """The knowledge base: where a theme folder of the user's own is looked for."""
    context: Mapping[str, Any]
    """What templates find in ``config.extra.kb``."""


def own_theme(root: Path, facts: Facts, theme_dir: Path) -> Path | None:
    """The folder of the user's own templates, which stand before ours; None when there is none."""
    folder = (root / str(facts.theme.get("custom_dir") or ".")).resolve()
    is_own = folder.is_dir() and folder not in (theme_dir.resolve(), root.resolve())
    return folder if is_own else None
