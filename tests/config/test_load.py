"""Settings: defaults, and every problem at once with its line."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from kbtool.config import Settings, find_root, load_settings
from kbtool.config.convert import SECTIONS
from kbtool.config.settings import Home
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


def test_sections_and_the_start_page_are_read_by_language(tmp_path: Path) -> None:
    """Sections keep their order; each wrong value is told with its line."""
    head = "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n"
    good = (
        "    untranslated: hide\n    home: {examples: {en: [late parcel]}, pinned: [kb-1]}\n"
        "    categories:\n      a:\n        title: {en: A}\n"
        "        sections: {z: {en: Last}, b: {}}\n"
    )
    settings = load_settings(_write(tmp_path, head + good))
    assert settings.untranslated == "hide"
    assert settings.home == Home({"en": ("late parcel",)}, ("kb-1",))
    assert list(settings.categories[0].sections.items()) == [("z", {"en": "Last"}), ("b", {})]
    wrong = (
        "    untranslated: never\n    home:\n      examples: {en: parcel}\n"
        "    categories:\n      a:\n        title: {en: A}\n        sections: {A B: {en: x}}\n"
    )
    with pytest.raises(ConfigError) as caught:
        load_settings(_write(tmp_path, head + wrong))
    told = caught.value.message
    assert "mkdocs.yml:5: extra.kbtool.untranslated must be show or hide, not 'never'" in told
    assert "mkdocs.yml:7: extra.kbtool.home.examples.en must be a list of texts" in told
    assert "mkdocs.yml:11: section 'A B': use a-z, 0-9 and - only" in told


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/?a=b",
        "https://x.example/#top",
        "https://me:secret@x.example/",
        "https://x.example/a b/",
        "https://x.example/<x>/",
        "//x.example/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_links_cannot_begin_with_is_told(tmp_path: Path, url: str) -> None:
    """Every permanent link begins with site_url: no query, fragment, password, space or quote."""
    with pytest.raises(ConfigError, match=r"mkdocs\.yml:2: site_url must be the full address"):
        load_settings(_write(tmp_path, f'site_name: X\nsite_url: "{url}"\n'))


def test_a_language_named_twice_is_told(tmp_path: Path) -> None:
    """It would have each of its pages twice."""
    text = (
        "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n    languages: [en, en]\n"
    )
    with pytest.raises(ConfigError, match=r"mkdocs\.yml:5: languages must name each language once"):
        load_settings(_write(tmp_path, text))


@pytest.mark.parametrize(("percent", "told"), [(-1, "0 or more"), (51, "50 or less")])
def test_a_holdout_keeps_suggestions_from_half_of_the_readers_at_most(
    tmp_path: Path, percent: int, told: str
) -> None:
    """More would teach no more and help fewer."""
    text = (
        "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n    metrics:\n"
        f"      holdout_percent: {percent}\n"
    )
    with pytest.raises(ConfigError, match=rf"mkdocs\.yml:6: .*holdout_percent must be {told}"):
        load_settings(_write(tmp_path, text))


@pytest.mark.parametrize(("name", "most"), [("window_days", 365), ("keep_months", 1200)])
def test_times_that_no_calendar_holds_are_refused(tmp_path: Path, name: str, most: int) -> None:
    """A window or a time of keeping is reckoned from days, and must not leave the calendar."""
    head = "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n    metrics:\n"
    load_settings(_write(tmp_path, f"{head}      {name}: {most}\n"))
    with pytest.raises(ConfigError, match=rf"mkdocs\.yml:6: .*{name} must be {most} or less"):
        load_settings(_write(tmp_path, f"{head}      {name}: {most + 1}\n"))


def test_a_section_that_stands_twice_is_told(tmp_path: Path) -> None:
    """YAML would take the second and forget the first without a word."""
    text = (
        "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n    metrics:\n"
        "      min_count: 30\n    languages: [en]\n    metrics:\n      window_days: 3\n"
        "  other: {a: 1, a: 2}\n"
    )
    with pytest.raises(ConfigError) as caught:
        load_settings(_write(tmp_path, text))
    assert "mkdocs.yml:8: extra.kbtool.metrics stands twice" in caught.value.message
    assert "other" not in caught.value.message  # not ours


def test_all_problems_are_told_at_once_with_lines(tmp_path: Path) -> None:
    """A misspelt key names the nearest one; each problem has file and line."""
    _write(
        tmp_path,
        "site_name: X\nsite_url: nowhere\nextra:\n  kbtool:\n    langauges: [en]\n"
        "    server:\n      port: many\n    tickets:\n      timezone: Mars/Base\n"
        "    drafts:\n      min_requesters: 1\n    metrics:\n      log_hits: sometimes\n",
    )
    with pytest.raises(ConfigError) as caught:
        load_settings(tmp_path)
    text = caught.value.message
    assert "extra.kbtool.metrics.log_hits must be true or false, not 'sometimes'" in text
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


def _mining(folder: Path, lines: str) -> Path:
    head = "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n    mining:\n"
    return _write(folder, head + lines)


@pytest.mark.parametrize("off", ["off", "no", "false", "~"])
def test_meaning_is_switched_off_by_every_word_of_yaml_for_off(tmp_path: Path, off: str) -> None:
    """YAML reads ``off`` as false: the setting takes it as "none", not as a text."""
    assert load_settings(_mining(tmp_path, f"      semantic: {off}\n")).mining.semantic is None


def test_meaning_may_come_from_here_or_from_an_address(tmp_path: Path) -> None:
    """``local`` needs no model's name, an address does."""
    assert load_settings(_mining(tmp_path, "      semantic: local\n")).mining.semantic == "local"
    lines = "      semantic: http://127.0.0.1:8080/v1\n      semantic_model: bge\n"
    assert load_settings(_mining(tmp_path, lines)).mining.semantic_model == "bge"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("semantic: lokal", "mkdocs.yml:6: extra.kbtool.mining.semantic must be local, off, or an"),
        ("semantic: on", "mkdocs.yml:6: extra.kbtool.mining.semantic must be a text, not True"),
        ("semantic: ftp://x.example", "must be local, off, or an address"),
        ("semantic: https://me:pw@x.example", "must be local, off, or an address"),
        ("semantic: 'https://[x'", "must be local, off, or an address"),
        ("semantic: https://x.example/v1", "semantic_model must name the model"),
        ("semantic_languages: [english!]", "'english!' is no language code"),
    ],
)
def test_a_wrong_place_for_meaning_is_told(tmp_path: Path, lines: str, told: str) -> None:
    """What is neither local nor a whole address, an address without a model, no language code."""
    with pytest.raises(ConfigError) as caught:
        load_settings(_mining(tmp_path, f"      {lines}\n"))
    assert told in caught.value.message


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("local", "mkdocs.yml:6: extra.kbtool.drafts.llm must be off, or an address such as"),
        ("https://key@x.example/v1", "drafts.llm must be off, or an address"),
        ("https://x.example/v1", "drafts.llm_model must name the model that https://x.example/v1"),
    ],
)
def test_a_wrong_language_model_is_told(tmp_path: Path, value: str, told: str) -> None:
    """What is no whole address, and an address without a model."""
    head = "site_name: X\nsite_url: https://x.example/\nextra:\n  kbtool:\n    drafts:\n"
    with pytest.raises(ConfigError) as caught:
        load_settings(_write(tmp_path, f"{head}      llm: {value}\n"))
    assert told in caught.value.message
    settings = load_settings(_write(tmp_path, f"{head}      llm: off\n"))
    assert (settings.drafts.llm, settings.drafts.llm_model) == (None, None)


def test_minutes_of_a_reply_may_be_halves(tmp_path: Path) -> None:
    """Unset says nothing; a fraction is a number too."""
    assert (
        load_settings(_mining(tmp_path, "      min_tickets: 3\n")).mining.minutes_per_reply is None
    )
    settings = load_settings(_mining(tmp_path, "      minutes_per_reply: 4.5\n"))
    assert settings.mining.minutes_per_reply == 4.5


@pytest.mark.parametrize("value", ["soon", "yes", "0", "-2", ".nan", ".inf"])
def test_minutes_of_a_reply_are_a_number_above_zero(tmp_path: Path, value: str) -> None:
    """What is no time is named with its line."""
    with pytest.raises(
        ConfigError, match=r"mkdocs\.yml:6: extra\.kbtool\.mining\.minutes_per_reply"
    ):
        load_settings(_mining(tmp_path, f"      minutes_per_reply: {value}\n"))
