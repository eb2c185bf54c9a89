"""Tables of an HTML mail: one that holds data becomes a Markdown table, one for layout its text."""

from __future__ import annotations

from dataclasses import dataclass, field

from kbtool.tickets.cleaning.lines import Line, Tag

_LONGEST_CELL = 200
_ROWS = 2
_COLUMNS = 2
_FILLED = 0.6
"""So much of a data table holds something."""


@dataclass(slots=True)
class Table:
    """An open table: where its lines begin, and the lines of each cell."""

    start: int
    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    layout: bool = False
    """Known to be for layout: it holds another table, or a part of a mail."""


def rewritten(table: Table, lines: list[Line], tag: Tag) -> None:
    """Put a Markdown table in place of the table's lines, when it holds data."""
    rows = [
        [" ".join(line.text for line in lines[start:end] if line.text) for start, end in row]
        for row in table.rows
        if row
    ]
    if table.layout or not _holds_data(rows):
        return
    if any(line.tag != tag for line in lines[table.start :]):
        return
    first = table.start + lines[table.start].blank
    header, *rest = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    table_rows = (header, ["---"] * len(header), *rest)
    lines[first:] = [Line(f"| {' | '.join(row)} |", tag) for row in table_rows]


def _holds_data(rows: list[list[str]]) -> bool:
    if len(rows) < _ROWS or len(rows[0]) < _COLUMNS:
        return False
    if any(len(row) != len(rows[0]) for row in rows):
        return False
    cells = [cell for row in rows for cell in row]
    words = sum(1 for cell in cells if cell and not cell.startswith("!["))
    return words >= _FILLED * len(cells) and max(map(len, cells)) <= _LONGEST_CELL
