"""The same as ``take``, on a second processor: DuckDB cuts most lines, and asks Python once for each
different thing.

DuckDB never decides what a line means. It takes lines apart at their quotes (as lines, not by its
reader of quoted CSV: there a stray quote swallows the lines behind it) and groups requests, minutes
and readers; what each of these is, the same functions say as without it. Every line that is not as
plain as most goes through ``Taker`` itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import accumulate, chain
from operator import itemgetter
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, NamedTuple

from kbtool.errors import InputError
from kbtool.events.logs.combined import Combined
from kbtool.events.logs.readers import Reader, Readers
from kbtool.events.logs.records import NotTakenError
from kbtool.events.logs.take import STATUSES, Batch, Block, Period, Row, Taker
from kbtool.events.logs.targets import Target, Targets
from kbtool.events.logs.times import minute

if TYPE_CHECKING:
    import duckdb

CHUNK = 6 << 20
"""Bytes that are looked at at once: DuckDB's own cost is small beside them, memory still too."""
MOST = 1 << 17
"""Things that are known at once."""
_ODD = (b"\r", b"\0", b"\x01", b"\n\n")
"""What DuckDB's reader of lines takes otherwise than we do: a block with it is Python's."""
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # or lines would not come in their order
    "memory_limit": "128MB",
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_TABLES = (
    "CREATE TABLE statuses (status VARCHAR, rule VARCHAR)",
    "CREATE TABLE seconds (text VARCHAR, second BIGINT)",
    "CREATE TABLE targets (request VARCHAR, named BOOLEAN, page INTEGER)",
    "CREATE TABLE minutes (minute VARCHAR, start BIGINT)",
)
_PARTS = """
WITH lines AS (
    SELECT row_number() OVER () - 1 AS i, line, length(line) AS size,
           sum(length(line) + 1) OVER (ROWS UNBOUNDED PRECEDING) AS behind
    FROM read_csv($1, columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '',
                  header = false, auto_detect = false, max_line_size = 200000,
                  buffer_size = 4000000)
),
cut AS (
    SELECT i, behind, size, string_split(line, '"') AS p, contains(line, '\\') AS escaped
    FROM lines
),
parts AS (
    SELECT i, behind, behind - size - 1 AS begin, p[1] AS before, p[2] AS request, substr(p[3], 1, 5) AS status, p[6] AS agent,
           len(p) AS parts,
           coalesce(
               size <= 65536 AND len(p) >= 7 AND len(p) % 2 = 1 AND p[5] = ' ' AND NOT escaped
               AND NOT contains(p[2], '/api/')
               AND (len(p) < 11 OR (p[7] = ' ' AND p[9] = ' ' AND p[8] IN ('-', '')
                    AND p[10] IN ('-', '', '0') AND (len(p) < 13 OR p[12] IN ('-', '', '0')))),
               false) AS plain
    FROM cut
)
"""
"""The parts of each line of a file. ``plain``: as ``Combined.split`` takes it without its regular
expression, with no signal that says anything, and for no address that is worth a second look."""
_ASKED = """
SELECT CASE WHEN plain THEN request END AS asked, CASE WHEN plain THEN status END AS told, count(*), max(behind)
FROM parts GROUP BY asked, told ORDER BY min(i)
"""
_OTHERS = """
, others AS (
    SELECT i, begin, parts, page, agent, before, instr(before, ' ') AS space,
           substr(before, length(before) - 28, 29) AS stamp,
           coalesce(plain AND rule = '' AND page >= 0, false) AS shown
    FROM parts LEFT JOIN targets USING (request) LEFT JOIN statuses USING (status)
    WHERE NOT coalesce(plain AND rule IS NOT NULL AND (named OR (page >= 0 AND rule <> '')), false)
),
timed AS (
    SELECT *, shown AND length(before) > 32 AND substr(before, space + 1, 2) = '- '
              AND stamp LIKE '[__/___/____:__:__:__ _____] ' AS timed
    FROM others
)
SELECT i, begin, parts, page, CASE WHEN timed THEN agent END AS agent,
       CASE WHEN timed THEN substr(before, 1, space - 1) END AS address,
       CASE WHEN timed THEN substr(stamp, 2, 17) || substr(stamp, 22, 6) END AS minute,
       CASE WHEN timed THEN substr(stamp, 20, 2) END AS text
FROM timed
"""
"""Lines that no rule counted. ``agent`` and what stands behind it only of those that are hits, as
``Combined.who`` takes them without a virtual host."""
_NEW_MINUTES = """
SELECT minute FROM others ANTI JOIN minutes USING (minute) WHERE minute IS NOT NULL
GROUP BY minute ORDER BY min(i)
"""
_HIT = """
CREATE OR REPLACE TABLE hit AS
SELECT i, CAST(begin AS BIGINT) AS begin, parts, page, address, agent, start + second AS moment,
       CAST((start + second) // 86400 AS INTEGER) AS day
FROM others JOIN minutes USING (minute) JOIN seconds USING (text)
WHERE start + second BETWEEN $1 AND $2
"""
_READERS = """
CREATE OR REPLACE TABLE readers AS
SELECT day, address, agent, row_number() OVER (ORDER BY min(i)) - 1 AS place
FROM hit GROUP BY day, address, agent
"""
_HITS = """
SELECT moment, i, page, place, begin FROM hit JOIN readers USING (day, address, agent) ORDER BY i
"""
_REST = "SELECT i FROM others ANTI JOIN hit USING (i) ORDER BY i"
_MOST_PARTS = "SELECT coalesce(max(parts), 0) FROM hit"


class DuckTakers:
    """DuckDB in memory, and what it learnt, for the logs of one import."""

    def __init__(self, chunk: int = CHUNK) -> None:
        """Raises InputError when it is not installed."""
        try:
            import duckdb
        except ImportError:
            raise InputError(
                "DuckDB is not installed", hint="pip install 'kbtool[fast]', or --engine python"
            ) from None
        self.chunk = chunk
        self._base = duckdb.connect(":memory:", config=_CONFIG)
        for statement in _TABLES:
            self._base.execute(statement)
        rules = [[text.decode() for text in STATUSES], list(STATUSES.values())]
        fill = "INSERT INTO statuses SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[])"
        self._base.execute(fill, rules)
        self._base.execute("INSERT INTO seconds SELECT printf('%02d', range), range FROM range(61)")
        self.learnt = Learnt(self._base, {}, {}, {})

    def of(self, read: Combined, targets: Targets, readers: Readers, period: Period) -> DuckTaker:
        """What takes the lines of one log; targets and readers are always the same."""
        return DuckTaker(self.learnt, read, targets, readers, period)

    def close(self) -> None:
        """Let go of its memory."""
        self._base.close()


class Learnt(NamedTuple):
    """What the logs of one import share."""

    base: duckdb.DuckDBPyConnection
    targets: dict[str, Target]
    minutes: dict[str, None]
    readers: dict[tuple[int, str, str], Reader]


class _Found(NamedTuple):
    """What DuckDB found in a block."""

    counts: Counter[str]
    """Lines that are no hit, by rule."""
    readers: list[tuple[int, str, str]]
    """Day, address and user agent of each."""
    hits: Sequence[list[int]]
    """Of all: when, where its line begins, which page, which of the readers."""
    rest: list[int]
    """Lines that are not plain."""
    parts: int
    """Of the hit with most of them."""


class DuckTaker:
    """Takes the lines of one log in the combined format."""

    def __init__(
        self, learnt: Learnt, read: Combined, targets: Targets, readers: Readers, period: Period
    ) -> None:
        self._learnt, self._base, self._read = learnt, learnt.base, read
        self._targets, self._readers = targets, readers
        self._period = [period.first, period.last]
        self._slow = Taker(read, targets, readers, period)
        self._found: _Found | None = None

    def ahead(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The same blocks; while one is taken (and stored), DuckDB is at the next one."""
        waiting: tuple[Block, Future[_Found | None]] | None = None
        with ThreadPoolExecutor(1) as thread:
            for block in chain(blocks, (None,)):
                finding = thread.submit(self._find, block) if block else None
                if waiting:
                    self._found = waiting[1].result()
                    yield waiting[0]
                waiting = (block, finding) if block and finding else None

    def take(self, block: Block, batch: Batch) -> None:
        """Add what the lines of a block became; it came out of ``ahead`` last."""
        found = self._found
        if found is None:
            self._slow.take(block, batch)
            return
        if found.parts >= 11:
            dnt = {"DNT"} if found.parts >= 13 else set()
            self._read.signals |= {"Sec-Purpose", "Sec-GPC"} | dnt
        batch.account.excluded.update(found.counts)
        batch.account.lines += block.count - len(found.rest)
        first = len(batch.rows)
        batch.rows += self._rows(found, block.offset)
        if found.rest:
            self._take_rest(block, found.rest, batch)
            batch.rows[first:] = sorted(batch.rows[first:], key=itemgetter(1))

    def _take_rest(self, block: Block, rest: Sequence[int], batch: Batch) -> None:
        """Take lines (from 0) that are not plain one by one."""
        lines = block.lines
        ends = list(accumulate(map(len, lines), initial=block.offset))
        for i in rest:
            line = lines[i]
            one = Block(line, 1, ends[i] + i, block.number + i, len(line) + 1, b"")
            self._slow.take(one, batch)

    def _rows(self, found: _Found, offset: int) -> list[Row]:
        """The hits; ``offset`` is where the block begins."""
        known, find = self._learnt.readers, self._reader
        readers = [known.get(who) or find(who) for who in found.readers]
        visitors = [None if reader.excluded else reader.visitor for reader in readers]
        excluded = [reader.excluded for reader in readers]
        return [
            (at, offset + begin, page, visitors[who], excluded[who])
            for at, begin, page, who in zip(*found.hits, strict=True)
        ]

    def _reader(self, who: tuple[int, str, str]) -> Reader:
        day, address, agent = who
        found = self._readers.make(day, address.encode("latin-1"), agent.encode("latin-1"))
        if len(self._learnt.readers) >= MOST:
            self._learnt.readers.clear()
        self._learnt.readers[who] = found
        return found

    def _find(self, block: Block) -> _Found | None:
        """Take the lines of a block apart, in a thread of its own; None when Python must."""
        import duckdb

        if block.text[:1] == b"\n" or any(odd in block.text for odd in _ODD):
            return None
        # Latin-1 has a character for each byte: nothing is lost, and places are the same
        ascii_ = block.text.isascii()
        text = block.text if ascii_ else block.text.decode("latin-1").encode()
        with TemporaryFile() as file:  # it has no name: whatever happens, nothing of it stays
            file.write(text)
            file.flush()
            try:
                return self._found_in([f"/dev/fd/{file.fileno()}"], block)
            except duckdb.Error:  # no memory
                return None

    def _found_in(self, file: list[str], block: Block) -> _Found | None:
        counts, lines, size = self._count(file)
        if (lines, size) != (block.count, block.size):
            return None  # its lines are not ours
        self._base.execute(f"CREATE OR REPLACE TABLE others AS {_PARTS}{_OTHERS}", file)
        self._learn_minutes()
        self._base.execute(_HIT, self._period)
        self._base.execute(_READERS)
        readers = self._all("SELECT day, address, agent FROM readers ORDER BY place")
        arrays = self._base.execute(_HITS).fetchnumpy()
        hits = [arrays[name].tolist() for name in ("moment", "begin", "page", "place")]
        done = len(hits[0]) + counts.total()
        rest = [i for (i,) in self._all(_REST)] if done < block.count else []
        ((parts,),) = self._all(_MOST_PARTS)
        return _Found(counts, readers, hits, rest, parts)

    def _count(self, file: list[str]) -> tuple[Counter[str], int, int]:
        """How many lines are no hit, by rule, and how many lines and bytes there are; the table
        of targets learns what is new.
        """
        known, new = self._learnt.targets, dict[str, Target]()
        self._forget("targets", known)
        counts: Counter[str] = Counter()
        lines = size = 0
        for request, status, count, behind in self._all(_PARTS + _ASKED, file):
            lines, size = lines + count, max(size, int(behind))
            if request is None:
                continue
            target = known.get(request)
            if target is None:
                target = self._targets.find(request.encode("latin-1"))
                known[request] = new[request] = target
            rule = STATUSES.get(status.encode("latin-1"))
            if rule is not None and isinstance(target, str):
                counts[rule or target] += count
            elif rule and isinstance(target, int) and target >= 0:
                counts[rule] += count
        named = [isinstance(target, str) for target in new.values()]
        pages = [target if isinstance(target, int) else -1 for target in new.values()]
        self._put("targets", ("VARCHAR", "BOOLEAN", "INTEGER"), [list(new), named, pages])
        return counts, lines, size

    def _learn_minutes(self) -> None:
        self._forget("minutes", self._learnt.minutes)
        new = [text for (text,) in self._all(_NEW_MINUTES)]
        self._learnt.minutes.update(dict.fromkeys(new))
        self._put("minutes", ("VARCHAR", "BIGINT"), [new, [_minute(text) for text in new]])

    def _put(self, table: str, kinds: Sequence[str], columns: list[list[Any]]) -> None:
        if columns[0]:
            values = ", ".join(f"unnest(${n}::{kind}[])" for n, kind in enumerate(kinds, 1))
            self._base.execute(f"INSERT INTO {table} SELECT {values}", columns)

    def _forget(self, table: str, known: dict[str, Any]) -> None:
        """Empty a table of known things that grew too large: it is filled again by what comes."""
        if len(known) > MOST:
            known.clear()
            self._base.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words

    def _all(self, query: str, values: list[str] | None = None) -> list[Any]:
        return self._base.execute(query, values).fetchall()


def _minute(text: str) -> int | None:
    try:
        return minute(text.encode("latin-1"))
    except NotTakenError:
        return None
