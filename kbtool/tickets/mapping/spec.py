"""What a mapping says about a help desk's export: the words of its YAML as records."""

from __future__ import annotations

from dataclasses import dataclass, field

MESSAGE_FIELDS = (
    "id", "role", "visibility", "at", "author", "author_name", "html", "text", "macros",
)  # fmt: skip
GENERIC = "generic"
"""The name of the mapping that is guessed from a table's columns."""


@dataclass(frozen=True, slots=True)
class Value:
    """How one field is read: the first path that holds something, then translated."""

    paths: tuple[str, ...] = ()
    constant: str | None = None
    words: tuple[tuple[str, object], ...] = ()
    """(folded word, what it means)."""
    default: object = None
    scale: tuple[float, float] | None = None
    """Lowest and highest value, brought to 0 … 1."""
    together: tuple[str, ...] = ()
    """Paths whose texts are put together with spaces when ``paths`` hold nothing."""
    hash: tuple[str, ...] = ()
    """Paths whose texts are hashed when nothing was found: an id for records that have none."""
    separator: str | None = None
    """What parts the values where a text holds several, such as tags."""
    agent_if: str | None = None
    """``addresses``: the value is a mail address, read as the role of who writes from it."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Every path that is looked at."""
        return (*self.paths, *self.together, *self.hash)


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the path has a value, or one that is (or contains) a word; ``negate`` turns it."""

    path: str
    words: tuple[str, ...] = ()
    """Folded; the value must be one of them."""
    contains: str | None = None
    """Folded; a list has it as a member, a text has it in it."""
    negate: bool = False


@dataclass(frozen=True, slots=True)
class Skip:
    """Records that are no tickets, and what to call them when they are counted."""

    condition: Condition
    reason: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What tells records apart: the keys they have or lack, the stream or format they came in."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    """Names of a Singer or Airbyte stream, or of a dlt or Parquet table."""
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """A cell that holds several parts: what parts them and what each part is."""

    separator: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One way messages stand in a record: ``each`` item of a list, or one from the record itself."""

    fields: dict[str, Value]
    each: str | None = None
    unless: tuple[str, ...] = ()
    """Paths: when one holds something, this block is superfluous."""
    only: tuple[Condition, ...] = ()
    """All must hold for an item to be a message."""
    skip: tuple[Condition, ...] = ()
    """An item for which one of them holds is no message."""
    cells: Cells | None = None
    conversation: bool = False
    """The text may hold a whole conversation, each message under a head with time and name."""
    customer_if_same: tuple[str, ...] = ()
    """(path in the item, paths in the ticket …): equal values make the message the customer's."""
    html_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """A second file whose records belong to the tickets; they land in the record under ``name``."""

    name: str
    keys: tuple[tuple[str, ...], tuple[str, ...]]
    """(paths in the ticket, paths in the second file's record): every value of the former names the
    ticket, the first that the latter hold is looked for among them."""
    shape: Shape = field(default_factory=Shape)
    beside: tuple[str, ...] = ()
    """File names looked for beside the tickets when none was given."""
    required: bool = True
    id: str | None = None
    """Records with an equal value here replace the earlier one."""
    one: bool = False
    """The last record alone instead of the list of all."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A small second file whose records are found by a value, such as users by their id."""

    name: str
    key: str
    shape: Shape = field(default_factory=Shape)
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that looks useful and is not, and what to give instead."""

    shape: Shape
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything the engine needs to read one kind of export."""

    name: str
    title: str
    source: str
    ticket: dict[str, Value]
    messages: tuple[Block, ...]
    recognise: Shape = field(default_factory=Shape)
    group_by: str | None = None
    """Path whose equal values make one ticket of several records."""
    order_by: str | None = None
    """Path of the time by which these records are put in order; as in the file without it."""
    needs_customer: bool = False
    """Whether records in which no customer says a word are no tickets."""
    skips: tuple[Skip, ...] = ()
    joins: tuple[Join, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    statuses: dict[str, str] = field(default_factory=dict)
    """Folded status word → ``resolved``, ``open``, ``spam``, ``merged``, ``duplicate`` or ``wontfix``."""
    no_status: str = "open"
    """What a ticket without any status is; ``answered``: its last message decides."""
    marks: dict[str, tuple[Condition, ...]] = field(default_factory=dict)
    """The same meanings → conditions of which one must hold."""
    zone: str | None = None
    time_format: str | None = None
    month_first: bool = False
    unwrap: str | None = None
    """The key of a value that stands in an object of its own."""
    note: str | None = None
    """What a user should know about every such export."""
    refusals: tuple[Refusal, ...] = ()
