"""Guess what the columns of a home-made table mean, in seven languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import yaml

from kbtool.errors import InputError
from kbtool.privacy.redact import Redactor
from kbtool.text import match_key
from kbtool.tickets.mapping.paths import as_word, value_at
from kbtool.tickets.mapping.spec import GENERIC, Block, Condition, Mapping, Value

_RATING_WORDS = {
    "good": 1, "hea": 1, "iyi": 1, "gut": 1, "satisfied": 1, "bad": 0, "halb": 0, "kötü": 0, "schlecht": 0,
    "unsatisfied": 0,
}  # fmt: skip

_SHOWN, _SHOWN_LENGTH = 20, 40
"""Columns that a message names, and characters of their names."""
_CODE = re.compile(r"(?=\D*\d)[\w#./-]{1,40}")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    text = (files("kbtool.tickets.mapping") / "columns.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return table


def guess_columns(header: Sequence[str]) -> dict[str, str]:
    """Field (``id``, ``subject``, ``reply``, ``email`` …) → the column that fits its names best."""
    names = {(_plain(name)): (field, rank)
             for field, synonyms in _table()["columns"].items()
             for rank, name in enumerate(synonyms)}  # fmt: skip
    best: dict[str, tuple[int, int, str]] = {}
    for index, column in enumerate(header):
        hit = names.get(_plain(column))
        if hit:
            field, rank = hit
            best[field] = min(best.get(field, (rank, index, column)), (rank, index, column))
    return {field: column for field, (_, _, column) in best.items()}


def listed(columns: dict[str, str]) -> str:
    """The columns and what they were taken for, as people are told."""
    return ", ".join(f"{column} = {field}" for field, column in columns.items())


def propose_columns(
    columns: dict[str, str], header: Sequence[str], sample: Sequence[dict[str, object]]
) -> dict[str, str]:
    """``columns`` with the missing id and question added by what the cells look like.

    The id is the first column whose cells are all filled and all different, the question the one
    with the longest texts. A proposal for a person to correct, never used unseen.
    """
    cells = {
        column: [_cell(row.get(column)) for row in sample]
        for column in header
        if column not in columns.values()
    }
    found = dict(columns)
    if "id" not in found:
        different = [c for c, texts in cells.items() if all(texts) and len({*texts}) == len(texts)]
        if different and sample:
            found["id"] = different[0]
            del cells[different[0]]
    longest = max(cells, key=lambda column: sum(map(len, cells[column])), default=None)
    if longest is not None and not {"subject", "description"} & found.keys():
        found["description"] = longest
    return found


def generic_mapping(
    header: Sequence[str],
    sample: Sequence[dict[str, object]],
    file: str,
    *,
    propose: bool = False,
) -> Mapping:
    """A mapping for a table (or flat objects) with these columns.

    With ``propose`` a missing id or question is proposed from the cells. Rows of questions and
    answers need no id: it is made of what was asked, unless another column looks like one. Raises
    InputError that lists the columns when there is no id, or neither subject nor question.
    """
    columns = guess_columns(header)
    if not columns and any(map(_is_private, header)):
        raise InputError(
            f"{file}:1: no names of columns in the first line, but {_named(header)}",
            hint="put a line above that says what the columns are: id,subject,description,…",
        )
    if propose:
        columns = propose_columns(columns, header, sample)
    asks = not {"subject", "description"}.isdisjoint(columns)
    named = "id" in columns or ("reply" in columns and not _has_other_id(columns, header, sample))
    if not (asks and named):
        needed = "an id" if "id" not in columns else "a subject or a description"
        raise InputError(
            f"{file}:1: no column for {needed}; found: {_named(header)}",
            hint="kbtool import FILE --sniff proposes a mapping; correct it, give it with --mapping",
        )
    return table_mapping(columns, sample)


def _named(header: Sequence[str]) -> str:
    """The columns as a message names them; in a file without a header they are somebody's data."""
    redact = Redactor().redact
    shown = [redact(name[: 5 * _SHOWN_LENGTH])[:_SHOWN_LENGTH] for name in header[:_SHOWN]]
    more = f" and {len(header) - _SHOWN:,} more" if len(header) > _SHOWN else ""
    return f"{', '.join(shown) or 'none'}{more}"


def _is_private(name: str) -> bool:
    """Whether a column is called by a mail address, a number of somebody's or the like."""
    return Redactor().redact(name[: 5 * _SHOWN_LENGTH]) != name[: 5 * _SHOWN_LENGTH]


def _has_other_id(
    columns: dict[str, str], header: Sequence[str], sample: Sequence[dict[str, object]]
) -> bool:
    """Whether a column that was not recognised holds what may be ids: codes, all different."""
    for column in (c for c in header if c not in columns.values()):
        cells = [_cell(row.get(column)) for row in sample]
        if len({*cells}) == len(cells) > 0 and all(map(_CODE.fullmatch, cells)):
            return True
    return False


def table_mapping(columns: dict[str, str], sample: Sequence[dict[str, object]]) -> Mapping:
    """The mapping of records whose fields are found at these columns or paths."""
    ratings = [value_at(row, columns["csat"]) for row in sample] if "csat" in columns else []
    status = {
        as_word(word): meaning for meaning, words in _table()["status"].items() for word in words
    }
    return Mapping(
        name=GENERIC,
        title="a table whose columns were guessed",
        source="csv",
        ticket=_ticket(columns, ratings),
        statuses=status if "status" in columns else {},
        no_status="open" if "status" in columns else "resolved",
        marks={"spam": (Condition(columns["tags"], contains="spam"),)} if "tags" in columns else {},
        messages=tuple(_blocks(columns)),
    )


def _ticket(columns: dict[str, str], ratings: Sequence[object]) -> dict[str, Value]:
    fields = (
        "id",
        "subject",
        "status",
        "created_at",
        "solved_at",
        "language",
        "group",
        "channel",
        "tags",
        "reopens",
        "product",
        "type",
        "priority",
        "csat_comment",
    )
    ticket = {field: Value(paths=(columns[field],)) for field in fields if field in columns}
    if "id" not in ticket:
        asked = ("subject", "description", "email", "requester", "created_at")
        ticket["id"] = Value(hash=tuple(columns[field] for field in asked if field in columns))
    people = tuple(columns[field] for field in ("email", "requester") if field in columns)
    if people:
        ticket["requester"] = ticket["names"] = Value(paths=people)
    if "csat" in columns:
        ticket["csat"] = _rating(columns["csat"], ratings)
    return ticket


def _rating(column: str, ratings: Sequence[object]) -> Value:
    numbers = [float(str(r)) for r in ratings if re.fullmatch(r"\d{1,3}(?:\.\d+)?", str(r))]
    if not numbers:
        return Value(
            paths=(column,), words=tuple((match_key(w), m) for w, m in _RATING_WORDS.items())
        )
    most = max(numbers)
    scale = (
        (0.0, 1.0)
        if most <= 1
        else (1.0, 5.0)
        if most <= 5
        else (0.0, 10.0)
        if most <= 10
        else (0.0, 100.0)
    )
    return Value(paths=(column,), scale=scale)


def _blocks(columns: dict[str, str]) -> Iterable[Block]:
    text = columns.get("description", columns.get("subject", ""))
    customer = {"role": Value(constant="customer"), "text": Value(paths=(text,))}
    if "created_at" in columns:
        customer["at"] = Value(paths=(columns["created_at"],))
    yield Block(fields=customer, conversation=True)
    agent = (
        {name: Value(paths=(columns["agent"],)) for name in ("author", "author_name")}
        if "agent" in columns
        else {}
    )
    for field, visibility in (("reply", "public"), ("note", "internal")):
        if field in columns:
            fields = {
                "role": Value(constant="agent"),
                "visibility": Value(constant=visibility),
                "text": Value(paths=(columns[field],)),
                **agent,
            }
            yield Block(fields=fields, conversation=field == "reply")


def _cell(value: object) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", match_key(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)))
