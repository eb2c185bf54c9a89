"""Addresses at which readers reach a person: usable and safe, or refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.config import load_settings
from kbtool.errors import ConfigError

HEAD = "site_name: T\nsite_url: https://x.example/\nextra:\n  kbtool:\n    contact:\n"


@pytest.mark.parametrize(
    "line",
    [
        "url: https://desk.example/new?v={visit}&a={article}&l={lang}&q={question}",
        "url: http://intranet/form#top",
        "email: help+kb@shop.example",
        "webhook: https://hooks.desk.example/in/abc?key=1",
        "webhook: http://localhost:9000/in",
        "webhook: http://[::1]:9000/in",
    ],
)
def test_good_addresses_are_taken(tmp_path: Path, line: str) -> None:
    """As they are."""
    (tmp_path / "mkdocs.yml").write_text(f"{HEAD}      {line}\n", encoding="utf-8")
    name, _, value = line.partition(": ")
    assert getattr(load_settings(tmp_path).contact, name) == value


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("url: javascript:alert(1)", "is no address"),
        ("url: /contact", "is no address"),
        ("url: https://{lang}.desk.example/", "is no address"),
        ("url: https://eva@desk.example/", "is no address"),
        ("url: https://desk.example/{ticket}", "{ticket} is no placeholder"),
        ("email: help@shop.example?cc=x@evil.example", "is no mail address"),
        ("email: help", "is no mail address"),
        ("webhook: http://desk.example/in", "must begin with https://"),
        ("webhook: http://localhost.evil.example/in", "must begin with https://"),
        ("webhook: file:///etc/passwd", "must begin with https://"),
    ],
)
def test_others_are_refused_with_their_line(tmp_path: Path, line: str, told: str) -> None:
    """Nothing is sent in the clear, nothing runs as a script, no header slips into a mail."""
    (tmp_path / "mkdocs.yml").write_text(f"{HEAD}      {line}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_settings(tmp_path)
    name = line.partition(":")[0]
    assert f"mkdocs.yml:6: extra.kbtool.contact.{name}: " in refused.value.message
    assert told in refused.value.message
