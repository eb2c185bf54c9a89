"""The agent page and its sign-in form as HTML: the server's own pages, in no build."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader


def render_agent_page(theme_dir: Path, template: str, context: Mapping[str, Any]) -> str:
    """The page that ``template`` of the theme's ``standalone`` folder gives, all texts escaped."""
    return _environment(theme_dir).get_template(template).render(context)


@lru_cache(maxsize=1)
def _environment(theme_dir: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(theme_dir / "standalone"), autoescape=True, trim_blocks=True
    )
