"""Settings: defaults, and every problem at once with its line."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from kbtool.config import Settings, find_root, load_settings
from kbtool.config.load import SECTIONS
from kbtool.errors import ConfigError


def _write(folder: Path, text: str) -> Path:
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder


def test_defaults_need_only_a_name_and_address(tmp_path: Path) -> None:
    """A small file is enough; the address gets its last slash."""
    settings = load_settings(_write(tmp_path, "site_name: X\nsite_url: https://x.example/help\n"))
    assert settings.site_url == "https://x.example/help/"
    assert settings.languages == ("en",)
    assert settings.drafts.min_requesters == 5


def test_settings_are_read_with_their_types(tmp_path: Path) -> None:
    """Lists become tuples, sections become records, categories keep their order."""
    settings = load_settings(
        _write(
            tmp_path,
            "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n"
            "    languages: [et, en]\n    contact: {email: abi@x.example}\n"
            "    categories:\n      b: {title: {et: B}}\n      a: {title: {et: A}}\n"
            "    metrics: {window_days: 3}\n",
        )
    )
    assert settings.default_language == "et"
    assert settings.contact.email == "abi@x.example"
    assert [c.slug for c in settings.categories] == ["b", "a"]
    assert settings.metrics.window_days == 3


def test_all_problems_are_told_at_once_with_lines(tmp_path: Path) -> None:
    """A misspelt key names the nearest one; each problem has file and line."""
    _write(
        tmp_path,
        "site_name: X\nsite_url: nowhere\nextra:\n  kbtool:\n    langauges: [en]\n"
        "    server:\n      port: many\n    tickets:\n      timezone: Mars/Base\n"
        "    drafts:\n      min_requesters: 1\n",
    )
    with pytest.raises(ConfigError) as caught:
        load_settings(tmp_path)
    text = caught.value.message
    assert "mkdocs.yml:2: site_url" in text
    assert "mkdocs.yml:5: unknown setting extra.kbtool.langauges; did you mean 'languages'?" in text
    assert "mkdocs.yml:7: extra.kbtool.server.port must be a whole number" in text
    assert "mkdocs.yml:9: unknown time zone 'Mars/Base'" in text
    assert "mkdocs.yml:11: extra.kbtool.drafts.min_requesters must be 3 or more" in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("site_name: [\n", "mkdocs.yml:2: not YAML"),
        ("- a list", "must be a mapping"),
        ("", "must be a mapping"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    """Not YAML, or YAML of the wrong shape."""
    with pytest.raises(ConfigError, match=told):
        load_settings(_write(tmp_path, text))


def test_mkdocs_own_tags_do_not_matter(tmp_path: Path) -> None:
    """``!ENV`` and ``!!python/name`` are MkDocs' and never evaluated by us."""
    _write(
        tmp_path,
        "site_name: X\nsite_url: https://x.example/\nx: !ENV HOME\ny: !!python/name:os.system\n",
    )
    assert load_settings(tmp_path).site_name == "X"


def test_the_root_is_found_from_below(tmp_path: Path) -> None:
    """Commands work in any folder of the knowledge base; outside one the error says what to do."""
    _write(tmp_path, "site_name: X\n")
    below = tmp_path / "content" / "en"
    below.mkdir(parents=True)
    assert find_root(below) == tmp_path.resolve()
    with pytest.raises(ConfigError) as caught:
        find_root(Path("/"))
    assert "kbtool init" in (caught.value.hint or "")


def test_an_anchor_that_holds_itself_is_told(tmp_path: Path) -> None:
    """An endless mapping is a mistake in the file, not a bug of ours."""
    with pytest.raises(ConfigError, match="holds itself"):
        load_settings(_write(tmp_path, "site_url: https://x.example/\nz: &z {a: *z}\n"))


def test_every_setting_is_read() -> None:
    """A setting that no code reads would be a promise nobody keeps."""
    kinds = get_type_hints(Settings)
    names = [field.name for section in SECTIONS for field in fields(kinds[section])]
    package = Path(__file__).parent.parent.parent / "kbtool"
    read = {
        node.attr
        for path in package.rglob("*.py")
        if path.parent.name != "config" or path.name == "settings.py"  # checking is no reading
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert [name for name in names if name not in read] == []
