"""Synonyms: what the files say, what is left out and told, and what cannot hurt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.synonyms import (
    MAX_FILE,
    MAX_FINDINGS,
    MAX_GROUP,
    parse_synonyms,
    read_synonyms,
)

SAMPLES = Path(__file__).parent.parent.parent / "content"


def _told(text: str, lang: str = "en") -> list[tuple[int, str]]:
    return [(one.line, one.message) for one in parse_synonyms(text, lang)[1]]


def test_in_a_group_each_finds_the_others() -> None:
    """Both directions are written out, sorted; phrases are tuples of words."""
    table, found = parse_synonyms("- [Telly, TV]\n- [flat tyre, puncture]\n", "en")
    assert found == ()
    assert table.pairs == (
        (("flat", "tyre"), ("puncture",)),
        (("puncture",), ("flat", "tyre")),
        (("telly",), ("tv",)),
        (("tv",), ("telly",)),
    )


def test_one_way_leads_one_way() -> None:
    """The left finds the right, whether that is a list or a single word; not the other way round."""
    table, found = parse_synonyms("- sim lock: [carrier lock, unlock code]\n- ebike: bike\n", "en")
    assert found == ()
    assert table.pairs == (
        (("ebike",), ("bike",)),
        (("sim", "lock"), ("carrier", "lock")),
        (("sim", "lock"), ("unlock", "code")),
    )


def test_words_are_read_by_the_rules_of_their_language() -> None:
    """Turkish lower case; what YAML takes for a boolean or a number is a word here."""
    turkish, _ = parse_synonyms("- [AKILLI, IŞIK]", "tr")
    assert (("akıllı",), ("ışık",)) in turkish.pairs
    english, found = parse_synonyms("- [no, off, 12]", "en")
    assert found == ()
    assert (("12",), ("no",)) in english.pairs


def test_a_word_may_be_of_another_alphabet() -> None:
    """Readers type what they type."""
    table, found = parse_synonyms("- [велосипед, bike]", "en")
    assert found == ()
    assert (("велосипед",), ("bike",)) in table.pairs


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("word", "an entry is neither a group nor one way"),
        ("[alone]", "one word alone has no synonym"),
        ("[tv, how do I watch]", "“how do I watch” has 4 words"),
        ("[tv, TV]", "“TV” stands here twice"),
        ("[şifre, sifre]", "“sifre” stands here twice"),
        ("tv: [tv]", "“tv” leads to itself"),
        ('[tv, "…"]', "“…” holds no word"),
        ("[tv, [telly]]", "a list or a mapping stands where a word belongs"),
        (f"[tv, {'x' * 65}]", f"“{'x' * 40}…” is too long"),
        (f"[{', '.join(f'w{n}' for n in range(MAX_GROUP + 1))}]", "21 words in one group are too many"),
        ("[car, auto]", "“auto” finds “car” already"),
        ("auto: car", "“auto” finds “car” already"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_told_and_stops_no_other(entry: str, told: str) -> None:
    """File, line, what it is and what to do; the entries around it count."""
    table, found = parse_synonyms(f"- [auto, car]\n- {entry}\n- [last, final]\n", "en")
    assert (found[0].file, found[0].line, found[0].message) == ("synonyms/en.yaml", 2, told)
    assert found[0].hint
    assert found[0].level == "warning"
    assert (("auto",), ("car",)) in table.pairs
    assert (("last",), ("final",)) in table.pairs


def test_the_good_words_of_a_bad_group_count() -> None:
    """One word that is too long does not cost the others."""
    table, found = parse_synonyms("- [tv, telly, a b c d]", "en")
    assert len(found) == 1
    assert table.pairs == ((("telly",), ("tv",)), (("tv",), ("telly",)))


def test_many_bad_entries_are_counted() -> None:
    """No flood of findings."""
    found = _told("- x\n" * 500)
    assert len(found) == MAX_FINDINGS + 1
    assert found[-1][1] == "450 more like these"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- [a, b\n- c", "the file is not YAML"),
        ("tv: telly", "the synonyms are not a list"),
        ("- &a [x, y]\n- *a", "the file uses YAML anchors or aliases"),
        ("[" * 40, "the file is nested more than 16 deep"),
        ("- [a, \x00]", "the file is not YAML"),
    ],
)
def test_a_file_that_is_no_plain_list_is_refused(text: str, told: str) -> None:
    """It gives no table and says why; an error, because all synonyms are missing."""
    table, found = parse_synonyms(text, "en")
    assert table.pairs == ()
    assert [(one.code, one.level) for one in found] == [("bad-synonyms", "error")]
    assert found[0].message.startswith(told)


def test_a_tag_constructs_nothing(tmp_path: Path) -> None:
    """What would run code in an unsafe reader is a word, or nothing."""
    mark = tmp_path / "mark"
    text = f"- [!!python/object/apply:os.mkdir [{mark}], tv]\n- [!x telly, tv]\n"
    table, _ = parse_synonyms(text, "en")
    assert not mark.exists()
    assert table.pairs == ((("telly",), ("tv",)), (("tv",), ("telly",)))


@given(st.text(max_size=200))
def test_any_text_gives_a_table_and_findings(text: str) -> None:
    """Whatever stands in the file: sorted pairs, each once, of words that are not the same."""
    table, found = parse_synonyms(text, "tr")
    assert list(table.pairs) == sorted(set(table.pairs))
    assert all(left and right and left != right for left, right in table.pairs)
    assert all(one.line >= 1 for one in found)


def _folder(root: Path, files: dict[str, bytes]) -> Path:
    folder = root / "content" / "synonyms"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_bytes(text)
    return root / "content"


def test_each_language_has_its_own_file(tmp_path: Path) -> None:
    """A language without a file has no table; no folder at all is no mistake."""
    content = _folder(tmp_path, {"en.yaml": b"- [tv, telly]", "tr.yaml": b"# nothing yet\n"})
    tables, found = read_synonyms(content, ("en", "tr", "et"))
    assert (list(tables), found) == (["en"], ())
    assert read_synonyms(tmp_path / "none", ("en",)) == ({}, ())


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """Wrong encoding, too large, a link out of content/, a folder, a language nobody configured."""
    files = {
        "en.yaml": b"- [tv, telly]\n- [\xff]",
        "tr.yaml": b"#" * (MAX_FILE + 1),
        "fr.yaml": b"",
        "es.yml": b"",
    }
    content = _folder(tmp_path, files)
    (tmp_path / "secret").write_text("- [tv, telly]")
    (content / "synonyms/et.yaml").symlink_to(tmp_path / "secret")
    (content / "synonyms/de.yaml").mkdir()
    (content / "synonyms/ru.yaml").symlink_to(content / "synonyms/ru.yaml")
    tables, found = read_synonyms(content, ("en", "tr", "et", "de", "es", "ru"))
    assert tables == {}
    assert [(one.file, one.line, one.message) for one in found] == [
        ("synonyms/de.yaml", 1, "the file cannot be read: Is a directory"),
        ("synonyms/en.yaml", 2, "the file is not UTF-8 text"),
        ("synonyms/es.yml", 1, "es.yml is not read: it is named after no configured language"),
        ("synonyms/et.yaml", 1, "a symbolic link that leads outside the content folder"),
        ("synonyms/fr.yaml", 1, "fr.yaml is not read: it is named after no configured language"),
        ("synonyms/ru.yaml", 1, "a symbolic link that leads outside the content folder"),
        ("synonyms/tr.yaml", 1, "the file is larger than 256 kB"),
    ]


def test_the_samples_are_sound() -> None:
    """The sample company's synonyms give no finding in any language."""
    tables, found = read_synonyms(SAMPLES, ("en", "tr", "et"))
    assert found == ()
    assert {lang: len(table.pairs) >= 60 for lang, table in tables.items()} == {
        "en": True, "tr": True, "et": True,
    }  # fmt: skip
