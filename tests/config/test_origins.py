"""Origins: exactly what browsers send, or the setting is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.config import load_settings
from kbtool.config.origins import origin_problem
from kbtool.errors import ConfigError


@pytest.mark.parametrize(
    "text",
    [
        "https://app.example",
        "http://localhost:3000",
        "http://127.0.0.1:8080",
        "https://xn--mller-kva.example",
        "http://[::1]:5173",
    ],
)
def test_what_browsers_send_is_an_origin(text: str) -> None:
    """Scheme, host, and a port when it is not the usual one."""
    assert origin_problem(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("*", "no * for several"),
        ("https://*.app.example", "no * for several"),
        ("https://app.example/", "write https://app.example"),
        ("https://app.example/shop?x#y", "write https://app.example"),
        ("https://App.Example", "write https://app.example"),
        ("HTTPS://app.example:443", "write https://app.example"),
        ("http://app.example:80", "write http://app.example"),
        ("app.example", "no origin"),
        ("null", "no origin"),
        ("", "no origin"),
        ("file:///tmp", "no origin"),
        ("https://", "no origin"),
        ("https://me@app.example", "no origin"),
        ("https://app.example:many", "no origin"),
        ("https://[::1", "no origin"),
        ("https://müller.example", "ASCII"),
        ("https://app.example\n", "write https://app.example"),
    ],
)
def test_what_no_browser_sends_is_told_with_what_to_write(text: str, told: str) -> None:
    """It would silently allow nothing, or too much."""
    problem = origin_problem(text)
    assert problem is not None
    assert told in problem


def test_wrong_origins_stop_with_the_line_of_the_setting(tmp_path: Path) -> None:
    """All of them, at once."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n    widget:\n"
        "      origins: ['*', https://app.example/, https://app.example]\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as caught:
        load_settings(tmp_path)
    told = caught.value.message
    assert told.count("mkdocs.yml:6: extra.kbtool.widget.origins: ") == 2
