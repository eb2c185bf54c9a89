"""Tables for spreadsheets: the whole report, and no formula of a stranger."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import InputError
from kbtool.metrics.as_csv import as_csv, check_folder, harmless, write_tables
from kbtool.metrics.compare import compare
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.tables import NAMES, Table, tables
from tests.metrics.page.samples import HOSTILE, empty, everywhere, rich, young


def read(text: str, separator: str = ",") -> list[list[str]]:
    """The cells as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def test_every_row_has_its_columns() -> None:
    """In a rich, a young and an empty report; the set of tables is always the same."""
    for report in (rich(), young(), empty(), everywhere(HOSTILE)):
        found = tables(report, compare(report, report))
        assert tuple(found) == NAMES
        for table in found.values():
            assert len(set(table.columns)) == len(table.columns)
            assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_figures_are_the_reports_with_their_definitions() -> None:
    """Shares with what they are made of, estimates with intervals."""
    found = tables(rich())["figures"]
    rows = {row[0]: dict(zip(found.columns, row, strict=True)) for row in found.rows}
    assert rows["views"]["value"] == rich().views
    helpful = rows["helpful"]
    assert (helpful["numerator"], helpful["denominator"]) == (1_344, 1_960)
    assert helpful["value"] == pytest.approx(1_344 / 1_960)
    assert helpful["formula"] == METRICS["helpful"].formula
    month = rows["effects.pooled.per_month"]
    assert (month["value"], month["low"], month["high"]) == (41.3, 22.4, 60.2)
    assert set(rows) <= set(METRICS)


OWN_TABLE = {
    "contact.steps": "contact", "topics.months": "topics", "sources.articles": "source_articles",
    "series": "weeks",
}  # fmt: skip


@pytest.mark.parametrize("name", METRICS)
def test_every_figure_is_in_a_table(name: str) -> None:
    """As a row of its own, as a column of the table of its record, or as a table."""
    found = tables(rich())
    record, _, leaf = name.rpartition(".")
    columns = found.get(OWN_TABLE.get(record, record.partition(".")[0]), Table((), ())).columns
    is_row = any(row[0] == name for row in found["figures"].rows)
    is_column = any(column == leaf or column.startswith(f"{leaf}_") for column in columns)
    assert is_row or is_column or OWN_TABLE.get(name, name) in found


def test_a_share_of_too_little_has_no_value() -> None:
    """Its numerator and denominator stand there all the same."""
    found = tables(young())["figures"]
    (helpful,) = [row for row in found.rows if row[0] == "helpful"]
    assert helpful[3:8] == (2, 3, None, None, None)


@given(st.text(st.sampled_from("=+-@＝;,|\t\r\n\"' a\u2028\x00\xa0"), max_size=12))
def test_no_text_becomes_a_formula(text: str) -> None:
    """At no cell's beginning, whatever a spreadsheet takes for the separator."""
    made = as_csv(Table(("a", "b"), ((text, 1),)))
    for separator in ",;\t|":
        for row in read(made, separator):
            for cell in row:
                assert not cell.lstrip(" ").startswith(tuple("=+@\t\r＝＋－＠"))
                assert not cell.lstrip(" ").startswith("-")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("=1+1", "'=1+1"), ("-2", "'-2"), ("a;=cmd|x", "a;'=cmd|x"), ("it is - fine", "it is - fine"),
     ("a\u202eb\x00", "a�b�"), ("İstanbul’da", "İstanbul’da")],
)  # fmt: skip
def test_the_rest_of_a_text_stays(text: str, shown: str) -> None:
    """An apostrophe where a formula could begin, � for what hides or turns; nothing else."""
    assert harmless(text) == shown


def test_numbers_stay_numbers() -> None:
    """Below nought, too; unknown is empty; texts are in quotes and come back the same."""
    made = as_csv(Table(("q", "n"), (('say "hi", Ayşe', -0.25), ("x", None))))
    assert made == '"q","n"\r\n"say ""hi"", Ayşe",-0.25\r\n"x",""\r\n'


def test_files_are_written_for_spreadsheets(tmp_path: Path) -> None:
    """UTF-8 that Excel knows by its mark; writing again replaces them and gives the same bytes."""
    folder = tmp_path / "tables"
    written = write_tables(folder, tables(rich()))
    assert [path.name for path in written] == [f"{name}.csv" for name in NAMES]
    before = {path: path.read_bytes() for path in written}
    assert all(data.startswith(b"\xef\xbb\xbf") for data in before.values())
    write_tables(folder, tables(rich()))
    assert {path: path.read_bytes() for path in written} == before
    assert sorted(path.name for path in folder.iterdir()) == sorted(p.name for p in written)


def test_nothing_else_is_ever_replaced(tmp_path: Path) -> None:
    """A folder with other files, a file, and a folder that could not be made are refused."""
    (tmp_path / "tickets.csv").write_text("mine", encoding="utf-8")
    for folder, told in (
        (tmp_path, "holds other files, such as tickets.csv"),
        (tmp_path / "tickets.csv", "is a file"),
        (tmp_path / "no/tables", "no such folder"),
    ):
        with pytest.raises(InputError, match=told):
            check_folder(folder)
        with pytest.raises(InputError, match=told):
            write_tables(folder, tables(empty()))
    assert [path.name for path in tmp_path.iterdir()] == ["tickets.csv"]
