"""The same as ``take``, faster: DuckDB cuts most lines, and asks Python once for each different thing.

DuckDB never decides what a line means. It takes a block apart at line ends and quotes (no CSV reader:
a stray quote would swallow the lines behind it), and groups requests, minutes and readers; what each
of these is, the same functions say as without it. Every line that is not as plain as most goes
through ``Taker`` itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import accumulate, chain
from operator import itemgetter
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

CHUNK = 4 << 20
"""Bytes that are looked at at once: DuckDB's own cost is small beside them, memory still too."""
MOST = 1 << 17
"""Rows that a table of known things may have."""
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # a block's lines come from one text, which DuckDB does not share out
    "memory_limit": "192MB",
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
_LINES = "CREATE OR REPLACE TABLE lines AS SELECT unnest(string_split($1, chr(10))) AS line"
_CUT = """
CREATE OR REPLACE TABLE cut AS
WITH parts AS (
    SELECT rowid AS i, string_split(line, '"') AS p, contains(line, '\\') AS escaped FROM lines
),
named AS (
    SELECT i, p[1] AS before, p[2] AS request, substr(p[3], 1, 5) AS status, p[6] AS agent,
           len(p) AS parts, instr(p[1], ' ') AS space,
           substr(p[1], length(p[1]) - 28, 29) AS stamp,
           coalesce(
               len(p) >= 7 AND len(p) % 2 = 1 AND p[5] = ' ' AND NOT escaped
               AND NOT contains(p[2], '/api/')
               AND (len(p) < 11 OR (p[7] = ' ' AND p[9] = ' ' AND p[8] IN ('-', '')
                    AND p[10] IN ('-', '', '0') AND (len(p) < 13 OR p[12] IN ('-', '', '0')))),
               false) AS plain
    FROM parts
),
shown AS (
    SELECT *, plain AND status IN (' 200 ', ' 304 ') AND NOT contains(request, '/assets/')
              AND substr(before, space + 1, 2) = '- ' AND length(before) > 32
              AND stamp LIKE '[__/___/____:__:__:__ _____] ' AS shown
    FROM named
)
SELECT i, request, status, parts, plain, CASE WHEN shown THEN agent END AS agent,
       CASE WHEN shown THEN substr(before, 1, space - 1) END AS address,
       CASE WHEN shown THEN substr(stamp, 2, 17) || substr(stamp, 22, 6) END AS minute,
       CASE WHEN shown THEN substr(stamp, 20, 2) END AS text
FROM shown
"""
"""The parts of each line. ``plain``: as ``Combined.split`` takes it without its regular expression,
with no signal that says anything, and for no address that is worth a second look. An ``agent`` and
what stands behind it only where it may be a hit and ``Combined.who`` takes it without a virtual host.
"""
_ASKED = """
SELECT request, status, count(*) FROM cut WHERE plain GROUP BY request, status ORDER BY min(i)
"""
_NEW_MINUTES = """
SELECT minute FROM cut ANTI JOIN minutes USING (minute) WHERE minute IS NOT NULL
GROUP BY minute ORDER BY min(i)
"""
_HIT = """
CREATE OR REPLACE TABLE hit AS
SELECT i, parts, page, address, agent, start + second AS moment,
       CAST((start + second) // 86400 AS INTEGER) AS day
FROM cut JOIN targets USING (request) JOIN minutes USING (minute) JOIN seconds USING (text)
WHERE page >= 0 AND start IS NOT NULL
"""
_READERS = """
CREATE OR REPLACE TABLE readers AS
SELECT day, address, agent, row_number() OVER (ORDER BY min(i)) - 1 AS place FROM hit
WHERE moment BETWEEN $1 AND $2 GROUP BY day, address, agent
"""
_HITS = """
SELECT moment, i, page, place FROM hit JOIN readers USING (day, address, agent)
WHERE moment BETWEEN $1 AND $2 ORDER BY i
"""
_REST = """
SELECT i FROM cut LEFT JOIN targets USING (request) LEFT JOIN statuses USING (status)
ANTI JOIN (SELECT i FROM hit WHERE moment BETWEEN $1 AND $2) AS hits USING (i)
WHERE NOT plain OR rule IS NULL OR NOT (named OR (page >= 0 AND rule <> ''))
ORDER BY i
"""
_PARTS = "SELECT coalesce(max(parts), 0) FROM hit"


class DuckTakers:
    """DuckDB in memory, and what it learnt, for the logs of one import."""

    chunk: int = CHUNK

    def __init__(self) -> None:
        """Raises InputError when it is not installed."""
        try:
            import duckdb
        except ImportError:
            raise InputError(
                "DuckDB is not installed", hint="pip install 'kbtool[fast]', or --engine python"
            ) from None
        self._base = duckdb.connect(":memory:", config=_CONFIG)
        self._asked: dict[str, Target] = {}
        self._minutes: dict[str, None] = {}
        for statement in _TABLES:
            self._base.execute(statement)
        rules = [[text.decode() for text in STATUSES], list(STATUSES.values())]
        fill = "INSERT INTO statuses SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[])"
        self._base.execute(fill, rules)
        self._base.execute("INSERT INTO seconds SELECT printf('%02d', range), range FROM range(61)")

    def of(self, read: Combined, targets: Targets, readers: Readers, period: Period) -> DuckTaker:
        """What takes the lines of one log; targets and readers are always the same."""
        known = (self._asked, self._minutes)
        return DuckTaker(self._base, known, read, targets, readers, period)

    def close(self) -> None:
        """Let go of its memory."""
        self._base.close()


class _Found(NamedTuple):
    """What DuckDB found in a block."""

    counts: Counter[str]
    """Lines that are no hit, by rule."""
    readers: list[tuple[int, str, str]]
    """Day, address and user agent of each."""
    hits: Sequence[list[int]]
    """Of all: when, which line (from 0), which page, which of the readers."""
    rest: list[int]
    """Lines that are not plain."""
    parts: int
    """Of the hit with most of them."""


class DuckTaker:
    """Takes the lines of one log in the combined format."""

    def __init__(
        self,
        base: duckdb.DuckDBPyConnection,
        learnt: tuple[dict[str, Target], dict[str, None]],
        read: Combined,
        targets: Targets,
        readers: Readers,
        period: Period,
    ) -> None:
        self._asked, self._minutes = learnt
        self._base, self._read, self._targets, self._readers = base, read, targets, readers
        self._period = [period.first, period.last]
        self._slow = Taker(read, targets, readers, period)
        self._found: _Found | None = None
        self._known: dict[tuple[int, str, str], Reader] = {}

    def ahead(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The same blocks; while one is taken (and stored), DuckDB is at the next one."""
        waiting: tuple[Block, Future[_Found] | None] | None = None
        with ThreadPoolExecutor(1) as thread:
            for block in chain(blocks, (None,)):
                finding = None if block is None or block.odd else thread.submit(self._find, block)
                if waiting:
                    self._found = self._result(waiting[1]) if waiting[1] else None
                    yield waiting[0]
                waiting = (block, finding) if block else None

    @staticmethod
    def _result(finding: Future[_Found]) -> _Found | None:
        """What was found; None when DuckDB could not (no memory): Python takes the block then."""
        import duckdb

        try:
            return finding.result()
        except duckdb.Error:
            return None

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
        batch.account.lines += len(block.lines) - len(found.rest)
        ends = list(accumulate(map(len, block.lines), initial=block.offset))
        first = len(batch.rows)
        batch.rows += self._rows(found, ends)
        for i in found.rest:
            line = block.lines[i]
            one = Block(line, [line], ends[i] + i, block.number + i, len(line) + 1, b"", odd=False)
            self._slow.take(one, batch)
        if found.rest:
            batch.rows[first:] = sorted(batch.rows[first:], key=itemgetter(1))

    def _rows(self, found: _Found, ends: Sequence[int]) -> list[Row]:
        """The hits; ``ends`` are the lengths of the lines added up."""
        known, find = self._known, self._reader
        readers = [known.get(who) or find(who) for who in found.readers]
        visitors = [None if reader.excluded else reader.visitor for reader in readers]
        excluded = [reader.excluded for reader in readers]
        return [
            (at, ends[i] + i, page, visitors[who], excluded[who])
            for at, i, page, who in zip(*found.hits, strict=True)
        ]

    def _reader(self, who: tuple[int, str, str]) -> Reader:
        day, address, agent = who
        found = self._readers.find((day, address.encode("latin-1"), agent.encode("latin-1")))
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[who] = found
        return found

    def _find(self, block: Block) -> _Found:
        """Take the lines of a block apart; in a thread of its own."""
        # Latin-1 has a character for each byte: nothing is lost, and places are the same
        self._base.execute(_LINES, [block.text[:-1].decode("latin-1")])
        self._base.execute(_CUT)
        counts = self._count()
        self._learn_minutes()
        self._base.execute(_HIT)
        self._base.execute(_READERS, self._period)
        readers = self._all("SELECT day, address, agent FROM readers ORDER BY place")
        arrays = self._base.execute(_HITS, self._period).fetchnumpy()
        hits = [arrays[name].tolist() for name in ("moment", "i", "page", "place")]
        done = len(hits[0]) + counts.total()
        rest = self._all(_REST, self._period) if done < len(block.lines) else []
        ((parts,),) = self._all(_PARTS)
        return _Found(counts, readers, hits, [i for (i,) in rest], parts)

    def _count(self) -> Counter[str]:
        """How many lines are no hit, by rule; the table of targets learns what is new."""
        self._forget("targets", self._asked)
        counts: Counter[str] = Counter()
        new: dict[str, Target] = {}
        for request, status, count in self._all(_ASKED):
            target = self._asked.get(request)
            if target is None:
                target = self._targets.find(request.encode("latin-1"))
                self._asked[request] = new[request] = target
            rule = STATUSES.get(status.encode("latin-1"))
            if rule is not None and isinstance(target, str):
                counts[rule or target] += count
            elif rule and isinstance(target, int) and target >= 0:
                counts[rule] += count
        named = [isinstance(target, str) for target in new.values()]
        pages = [target if isinstance(target, int) else -1 for target in new.values()]
        self._put("targets", ("VARCHAR", "BOOLEAN", "INTEGER"), [list(new), named, pages])
        return counts

    def _learn_minutes(self) -> None:
        self._forget("minutes", self._minutes)
        new = [text for (text,) in self._all(_NEW_MINUTES)]
        self._minutes.update(dict.fromkeys(new))
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

    def _all(self, query: str, values: list[int] | None = None) -> list[Any]:
        return self._base.execute(query, values).fetchall()


def _minute(text: str) -> int | None:
    try:
        return minute(text.encode("latin-1"))
    except NotTakenError:
        return None
