"""A new knowledge base: complete, explained, and never in the way of an old one."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest
import yaml

from kbtool.config import Settings, load_settings
from kbtool.config.convert import SECTIONS
from kbtool.errors import InputError, StateError
from kbtool.workflows.build import build
from kbtool.workflows.init import init
from tests.site.conftest import NOW

URL = "https://help.velmo.example/"


def made(root: Path, *languages: str, name: str = "Velmo Help", url: str = URL) -> Path:
    init(root, languages=languages or ("en",), name=name, url=url, now=NOW)
    return root


@pytest.mark.parametrize("languages", [("en",), ("tr", "en", "et"), ("et",), ("fi",), ("fi", "en")])
def test_a_new_knowledge_base_builds_strictly(tmp_path: Path, languages: tuple[str, ...]) -> None:
    """In one language or several, with or without a welcome text of its own."""
    settings = load_settings(made(tmp_path / "new", *languages))
    assert settings.languages == languages
    built = build(settings, strict=True, now=NOW)
    assert dict(built.articles)[languages[0]] == 1
    assert built.findings == ()


def test_settings_written_are_the_defaults(tmp_path: Path) -> None:
    """Every setting stands in the file with its meaning; taking the marks away changes nothing."""
    root = made(tmp_path)
    before = load_settings(root)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    bare = re.sub(r"(?m)^    # (?=\w+:$|  )", "    ", text)
    (root / "mkdocs.yml").write_text(bare, encoding="utf-8")
    assert load_settings(root) == before
    kinds = get_type_hints(Settings)
    written = yaml.safe_load(bare)["extra"]["kbtool"]
    for section in SECTIONS:
        assert written[section].keys() == {field.name for field in fields(kinds[section])}
        for field in fields(kinds[section]):
            assert f"# {field.metadata['doc']}\n" in text


@pytest.mark.parametrize("name", ['"quoted"', "a: b # c", "Ünïcödé {x}", "[list]", "'"])
def test_any_name_survives_the_file(tmp_path: Path, name: str) -> None:
    """What YAML would read as something else is quoted."""
    assert load_settings(made(tmp_path, name=name)).site_name == name


@pytest.mark.parametrize("taken", ["mkdocs.yml", "content", ".kbtool"])
def test_an_existing_knowledge_base_is_refused(tmp_path: Path, taken: str) -> None:
    """Nothing is written when any part of one is there."""
    (tmp_path / taken).mkdir()
    with pytest.raises(StateError, match=taken):
        made(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [taken]


def test_other_files_stay_as_they_are(tmp_path: Path) -> None:
    """A fresh repository with a .gitignore of its own is a fine place."""
    (tmp_path / ".gitignore").write_text("mine\n")
    result = init(tmp_path, languages=("en",), name="X", url=URL, now=NOW)
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert result.written == ("mkdocs.yml", "content/en/getting-started/welcome.md")


@pytest.mark.parametrize(
    ("languages", "url", "told"),
    [(("english",), URL, "no language code"), (("en",), "help.example.com", "no full address")],
)
def test_bad_arguments_are_refused_before_anything_is_written(
    tmp_path: Path, languages: tuple[str, ...], url: str, told: str
) -> None:
    """With an example of what to write."""
    with pytest.raises(InputError, match=told) as caught:
        made(tmp_path / "new", *languages, url=url)
    assert "for example" in str(caught.value.hint)
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """Also one on the way to it."""
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InputError):
            made(path)
