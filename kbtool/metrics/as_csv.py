"""Tables as files for spreadsheets, in which no customer's text becomes a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kbtool.disk import replace_file
from kbtool.errors import InputError
from kbtool.metrics.tables import NAMES, Cell, Table

_FORMULA = re.compile(r"(^|[;,|\t\r\n])(?=\s*[=+\-@\t\r＝＋－＠])")
"""Where a spreadsheet may begin a formula: at a cell's beginning, and where a reader with another
separator than ours would begin a cell."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_HINT = "name another folder, or an empty one"


def check_folder(folder: Path) -> None:
    """Raise InputError, before any work, when the tables must not or cannot be written there.

    They replace earlier ones of the same names and nothing else: a folder that holds any other file
    is refused.
    """
    try:
        if not folder.exists():
            if not folder.resolve().parent.is_dir():
                raise InputError(f"{folder}: there is no such folder to make it in", hint=_HINT)
            return
        if not folder.is_dir():
            raise InputError(f"{folder}: is a file; the tables need a folder", hint=_HINT)
        ours = {f"{name}.csv" for name in NAMES}
        other = sorted(one.name for one in folder.iterdir() if one.name not in ours)
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}", hint=_HINT) from None
    if other:
        raise InputError(f"{folder}: holds other files, such as {other[0]}", hint=_HINT)


def write_tables(folder: Path, found: Mapping[str, Table]) -> tuple[Path, ...]:
    """Write a file a table and return their paths. Raises InputError."""
    check_folder(folder)
    written = []
    try:
        folder.mkdir(exist_ok=True)
        for name, table in found.items():
            path = folder / f"{name}.csv"
            replace_file(path, as_csv(table).encode("utf-8-sig"))
            written.append(path)
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}", hint=_HINT) from None
    return tuple(written)


def as_csv(table: Table) -> str:
    """The table by RFC 4180, columns first: texts in quotes, numbers bare, unknown empty."""
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_cell(cell) for cell in row])
    return made.getvalue()


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, str):
        return harmless(cell)
    return round(cell, 6) if isinstance(cell, float) else cell


def harmless(text: str) -> str:
    """``text`` that no spreadsheet takes for a formula: an apostrophe before each place where one
    could begin, and nothing that hides or turns what stands around it.
    """
    marked = _FORMULA.sub(r"\1'", text)
    return "".join(
        "�" if c not in "\t\r\n" and unicodedata.category(c) in _UNSEEN else c for c in marked
    )
