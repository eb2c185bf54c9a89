"""What every reader gives: inputs, each a stream of records whose first ones are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from kbtool.model import Rejected
from kbtool.progress import Progress
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.files import Advance, Blob, NothingInItError, further, note_once

SAMPLE = 50
_NAMES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class How:
    """What the user and the settings say about reading."""

    languages: tuple[str, ...]
    encoding: str | None = None
    delimiter: str | None = None
    progress: Progress | None = None

    def watch(self, blob: Blob) -> Advance | None:
        """What tells the progress of the first look at ``blob``; ``None`` when nobody asks."""
        if self.progress is None:
            return None
        tell = self.progress
        return lambda done: tell(f"looking at {blob.name}", done, blob.size)


@dataclass(slots=True)
class Input:
    """Records of one kind from one place, and the first of them."""

    name: str
    """As people are shown it: ``tickets.jsonl``, ``export.zip: tickets.json``."""
    format: str
    """``json lines``, ``json``, ``csv``, ``mail``, ``singer``, ``airbyte``, ``dlt``, ``parquet``."""
    folder: Path
    """Where files that belong to it are looked for; inputs of one archive or folder share it."""
    encoding: str
    size: int
    """Bytes on disk, for progress."""
    read: Callable[[Advance | None], Iterator[Record | Rejected]]
    """A fresh pass over the records in constant memory; told how many bytes it has read."""
    stream: str | None = None
    """The name of the Singer or Airbyte stream, or of the table."""
    columns: tuple[str, ...] = ()
    sample: tuple[dict[str, object], ...] = ()
    """The first records, at most 50."""
    notes: list[str] = field(default_factory=list)
    """What a user should know about it; passes may say the same again."""

    @property
    def place(self) -> str:
        """Its path, for messages about the whole of it."""
        parent = self.folder if self.folder.is_dir() else self.folder.parent
        return str(parent / self.name)

    def records(self, advance: Advance | None = None) -> Iterator[Record | Rejected]:
        """All records, with what could not be read; a fresh pass at each call.

        Raises InputError when the file cannot be read to its end.
        """
        return self.read(advance)


def sampled(item: Input) -> Input:
    """The input with its first records looked at. Raises NothingInItError when it has none."""
    rows = islice((r for r in item.records() if isinstance(r, Record)), SAMPLE)
    item.sample = tuple(record.data for record in rows)
    if not item.columns:
        item.columns = tuple(dict.fromkeys(key for row in item.sample for key in row))
    if not item.columns:
        raise NothingInItError(
            item.place, "no JSON object in it that can be read", hint="export the tickets again"
        )
    return item


def joined(items: Sequence[Input]) -> Input:
    """One input of several of one kind, read one after the other."""
    if len(items) == 1:
        return items[0]

    def read(advance: Advance | None) -> Iterator[Record | Rejected]:
        before = 0
        for item in items:
            yield from item.records(further(advance, before))
            before += item.size
            for note in item.notes:
                note_once(one.notes, note)

    first = items[0]
    one = Input(
        name=_names(items),
        format=first.format,
        folder=first.folder,
        encoding=first.encoding,
        size=sum(item.size for item in items),
        read=read,
        stream=first.stream,
        columns=tuple(dict.fromkeys(column for item in items for column in item.columns)),
        sample=tuple(row for item in items for row in item.sample)[:SAMPLE],
        notes=[note for item in items for note in item.notes],
    )
    return one


def _names(items: Sequence[Input]) -> str:
    names = [item.name for item in items]
    if len(names) > _NAMES_SHOWN:
        names = [names[0], "…", f"{names[-1]} ({len(items):,} files)"]
    return ", ".join(names)
