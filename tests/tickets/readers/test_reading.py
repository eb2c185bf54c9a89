"""Files into records: encodings, delimiters, lines that are too long, JSON that breaks off."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.mapping.times import read_time
from kbtool.tickets.raw import Record
from kbtool.tickets.readers import files as files_module
from kbtool.tickets.readers import json_records
from kbtool.tickets.readers.csv_records import csv_rows, find_table
from kbtool.tickets.readers.files import Source, file_blob, lines, open_source
from kbtool.tickets.readers.json_records import json_array, json_lines

LANGUAGES = ("en", "tr", "et")
ESTONIAN = "Kuidas ma žürii täpitähtedega šokolaadi tellimuse ära õnnestun?\n" * 3
TURKISH = "Şifremi değiştirmek istiyorum, kargom gelmedi, ücreti ödedim ığ\n" * 3


def written(tmp_path: Path, data: bytes | str, name: str = "file.txt") -> Source:
    """An opened source with these bytes."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_source(file_blob(path), LANGUAGES)


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (ESTONIAN, "cp1257", "cp1257"),
        (TURKISH, "cp1254", "cp1254"),
        (ESTONIAN, "utf-8", "utf-8"),
        (ESTONIAN, "utf-8-sig", "utf-8-sig"),
        (TURKISH, "utf-16", "utf-16"),
        (TURKISH, "utf-16-le", "utf-16-le"),
        ("It costs 5 € – “really”", "cp1252", "cp1252"),
        ("plain", "ascii", "utf-8"),
    ],
)
def test_encodings_are_found(tmp_path: Path, text: str, encoding: str, found: str) -> None:
    """The letters of the configured languages tell the code pages apart."""
    source = written(tmp_path, text.encode(encoding))
    assert source.encoding == found
    assert "".join(line.text or "" for line in lines(source)) == text


def test_cyrillic_is_found(tmp_path: Path) -> None:
    """Russian in its old code page is read when Russian is configured."""
    path = tmp_path / "ru.txt"
    path.write_bytes("Здравствуйте, где моя посылка?".encode("cp1251"))
    assert open_source(file_blob(path), ("en", "ru")).encoding == "cp1251"


def test_a_broken_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    """One damaged byte in UTF-8 is shown as such and noted."""
    source = written(tmp_path, ESTONIAN.encode() + b"\xe4\n")
    assert source.encoding == "utf-8"
    assert list(lines(source))[-1].text == "\ufffd\n"
    assert "1 byte is not utf-8" in source.notes[0]


def test_bytes_that_the_found_code_page_lacks_cost_only_themselves(tmp_path: Path) -> None:
    """A guessed encoding never refuses a file: what it has no character for is counted."""
    source = written(tmp_path, ESTONIAN.encode("cp1257") + b"\x81\n" + b"last\n")
    assert source.encoding == "cp1257"
    assert [line.text for line in lines(source)][-2:] == ["\ufffd\n", "last\n"]
    assert source.notes == ["file.txt: 1 byte is not cp1257; shown as \ufffd"]


def test_gzip_is_read(tmp_path: Path) -> None:
    """A compressed export needs no unpacking."""
    assert [line.text for line in lines(written(tmp_path, gzip.compress(b"a\nb")))] == ["a\n", "b"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"7z\xbc\xaf..", "7-Zip"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8bxx", "packed, but cut off or damaged"),
    ],
)
def test_no_text_is_told(tmp_path: Path, data: bytes, message: str) -> None:
    """Empty, binary and damaged files are refused with what they are."""
    with pytest.raises(InputError, match=message):
        list(lines(written(tmp_path, data)))


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    """Neither is an export."""
    with pytest.raises(InputError, match="no such file"):
        file_blob(tmp_path / "none.csv")
    with pytest.raises(InputError, match="is a folder"):
        file_blob(tmp_path)


def test_a_wrong_given_encoding_is_told(tmp_path: Path) -> None:
    """A given encoding is believed and its failure names the byte."""
    path = tmp_path / "x.csv"
    path.write_bytes(ESTONIAN.encode("cp1257"))
    with pytest.raises(InputError, match="not utf-8"):
        list(lines(open_source(file_blob(path), LANGUAGES, "utf8")))
    with pytest.raises(InputError, match="not utf-16"):
        list(lines(open_source(file_blob(path), LANGUAGES, "utf-16")))
    for name in ("nonsense", "base64", "rot13"):
        with pytest.raises(InputError, match="unknown encoding"):
            open_source(file_blob(path), LANGUAGES, name)


def test_a_gzip_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    """Half a compressed file is no export; nothing of it is taken for whole."""
    packed = gzip.compress("".join(f"line {n * n}\n" for n in range(50_000)).encode())
    with pytest.raises(InputError, match="cut off") as error:
        list(lines(written(tmp_path, packed[: len(packed) // 2])))
    assert error.value.hint == "copy it again"


def test_hostile_json_costs_its_own_record(tmp_path: Path) -> None:
    """Endless numbers and nesting are reasons, not crashes."""
    text = '{"id": 1}\n{"id": ' + "9" * 5000 + '}\n{"a": ' + "[" * 100_000 + '\n{"id": 4}\n'
    found = list(json_lines(written(tmp_path, text)))
    assert [r.data["id"] for r in found if isinstance(r, Record)] == [1, 4]
    reasons = [(r.line, r.reason) for r in found if isinstance(r, Rejected)]
    assert reasons == [
        (2, "JSON that cannot be read: a number too long"),
        (3, "JSON that cannot be read: nested too deeply"),
    ]


def test_long_lines_are_rejected_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line over the limit costs itself only."""
    for module in (files_module, json_records):
        monkeypatch.setattr(module, "MAX_LINE", 1000)
    found = list(
        json_lines(written(tmp_path, '{"id": 1}\n{"id": "' + "x" * 5000 + '"}\n{"id": 3}\n'))
    )
    assert [r.data["id"] for r in found if isinstance(r, Record)] == [1, 3]
    assert [(r.line, r.reason[:16]) for r in found if isinstance(r, Rejected)] == [
        (2, "line longer than")
    ]


def test_broken_json_lines_are_rejected_with_their_line(tmp_path: Path) -> None:
    """Cut-off lines, other JSON and NUL bytes do not stop the rest."""
    found = list(json_lines(written(tmp_path, '{"id": 1}\n[2]\n{"i\0d": 3}\n{"id": 4, "a": ')))
    assert [r.data["id"] for r in found if isinstance(r, Record)] == [1, 3]
    assert [r.line for r in found if isinstance(r, Rejected)] == [2, 4]


@pytest.mark.parametrize(
    "text", ['[{"id":1},{"id":2}', '{"tickets": [\n{"id":1},\n{"id":2}], "next": null}']
)
def test_arrays_are_read_also_inside_an_object(tmp_path: Path, text: str) -> None:
    """A closing bracket is not needed; the array may be a member."""
    found = list(json_array(written(tmp_path, text)))
    assert [r.data["id"] for r in found if isinstance(r, Record)] == [1, 2]


def test_a_truncated_array_keeps_what_is_whole(tmp_path: Path) -> None:
    """The object that breaks off is rejected with the line it began on."""
    found = list(json_array(written(tmp_path, '[\n{"id":1},\n{"id":2, "a": "x')))
    assert isinstance(found[0], Record)
    assert isinstance(found[1], Rejected)
    assert found[1].line == 3


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=30), min_size=1), max_size=8),
    st.integers(1, 9),
)
def test_any_array_is_cut_into_its_objects(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, str]], size: int
) -> None:
    """Whatever the strings hold and however the stream is cut, every object comes out equal."""
    source = written(
        tmp_path_factory.mktemp("json"), json.dumps(objects, ensure_ascii=False) or "[]"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_records, "_CHUNK", size)
        found = list(json_array(source))
    clean = json.loads(json.dumps(objects, ensure_ascii=False).replace("\\u0000", ""))
    assert [r.data for r in found if isinstance(r, Record)] in (objects, clean)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(tmp_path: Path, delimiter: str) -> None:
    """The delimiter that gives every row the header's width wins, quoted line breaks or not."""
    rows = [["id", "text", "note"], ["1", '"a, b; c\nd"', "x"], ["2", '"e | f"', "y"]]
    source = written(tmp_path, "\n".join(delimiter.join(row) for row in rows), "t.csv")
    table = find_table(source)
    assert table.delimiter == delimiter
    found = [r for r in csv_rows(source, table) if isinstance(r, Record)]
    assert [(r.line, r.data["text"]) for r in found] == [(2, "a, b; c\nd"), (4, "e | f")]


def test_rows_of_another_width_are_rejected(tmp_path: Path) -> None:
    """Too few and too many cells are told with the line; repeated names stay apart."""
    source = written(tmp_path, "id,c,c\n1,a,b\n2,a\n3,a,b,c\n", "t.csv")
    found = list(csv_rows(source, find_table(source)))
    assert [r.data for r in found if isinstance(r, Record)] == [{"id": "1", "c": "a", "c 2": "b"}]
    assert [r.line for r in found if isinstance(r, Rejected)] == [3, 4]


def test_one_column_is_no_table(tmp_path: Path) -> None:
    """Text that is no table is refused with a hint at the delimiter."""
    with pytest.raises(InputError, match="neither JSON nor a table"):
        find_table(written(tmp_path, "just words\nmore words\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-11-04T08:41:11Z", datetime(2025, 11, 4, 8, 41, 11, tzinfo=UTC)),
        ("2025-11-04T08:41:11.000+0000", datetime(2025, 11, 4, 8, 41, 11, tzinfo=UTC)),
        ("05.11.2025 10:30", datetime(2025, 11, 5, 8, 30, tzinfo=UTC)),
        ("05.07.2025 10:30", datetime(2025, 7, 5, 7, 30, tzinfo=UTC)),
        ("11/25/2025 1:05 PM", datetime(2025, 11, 25, 11, 5, tzinfo=UTC)),
        (1767225600, datetime(2026, 1, 1, tzinfo=UTC)),
        ("1767225600000", datetime(2026, 1, 1, tzinfo=UTC)),
        ("02/Jan/26 10:00 AM", datetime(2026, 1, 2, 8, 0, tzinfo=UTC)),
        ("soon", None),
        ("31.02.2025", None),
        (True, None),
    ],
)
def test_times_become_utc(text: object, expected: datetime | None) -> None:
    """Every way help desks write times; those without a zone are in the configured one."""
    assert read_time(text, "Europe/Tallinn") == expected


def test_half_an_emoji_costs_only_itself(tmp_path: Path) -> None:
    """Exports cut texts inside an emoji; what cannot be stored as UTF-8 becomes �, pairs stay."""
    text = r'{"id": 1, "a": ["cut \ud83d", {"\udc4dk": "\ud83d\udc4d \\ud83d"}]}'
    (record,) = json_lines(written(tmp_path, text))
    assert isinstance(record, Record)
    assert record.data == {"id": 1, "a": ["cut �", {"�k": "👍 \\ud83d"}]}
