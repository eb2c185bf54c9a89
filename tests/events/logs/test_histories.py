"""Whatever becomes of a log between two imports: nothing is lost, nothing is doubled."""

from __future__ import annotations

import gzip
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from kbtool.events.logs.same import ENOUGH
from tests.events.logs.desk import BOT, BROWSER, PAGES, Desk, line

OTHERS = ("/assets/kb.css", "/en/", "/wp-login.php")


class Server:
    """Writes a log as web servers and logrotate do, and remembers every hit."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self.rng = folder, rng
        self.log = folder / "access.log"
        self.log.touch()
        self.hits: Counter[tuple[str, str | None]] = Counter()
        """Of whole lines."""
        self.rest = ""
        self.seconds = 0
        self.shown: list[bool] = []
        """Of each line, whether it is about an article."""
        self.marks = {0}
        self.number = 0

    def files(self) -> list[Path]:
        """All logs there are, in any order."""
        found = [path for path in self.folder.iterdir() if path.name.startswith("access.log")]
        return self.rng.sample(sorted(found), len(found))

    def write(self) -> None:
        """Some lines, the last of them perhaps not whole yet."""
        self.finish()
        text = "".join(self._line() + "\n" for _ in range(self.rng.randrange(1, 12)))
        if self.rng.random() < 0.3:
            whole = self._line() + "\n"
            at = self.rng.randrange(1, len(whole))
            text, self.rest = text + whole[:at], whole[at:]
        with self.log.open("a", encoding="utf-8") as file:
            file.write(text)

    def finish(self) -> None:
        """Write the rest of the last line."""
        with self.log.open("a", encoding="utf-8") as file:
            file.write(self.rest)
        self.rest = ""

    def rotate(self) -> None:
        """Rename the log and begin a new one."""
        self.finish()
        self.marks.add(len(self.shown))
        self.log.rename(self._next())
        self.log.touch()

    def truncate(self) -> None:
        """copytruncate: copy the log and empty it."""
        self.finish()
        self.marks.add(len(self.shown))
        shutil.copy(self.log, self._next())
        self.log.write_text("")

    def pack(self) -> None:
        """gzip a rotated log."""
        if plain := self._rotated():
            packed = plain.with_name(plain.name + ".gz")
            packed.write_bytes(gzip.compress(plain.read_bytes()))
            plain.unlink()

    def cut(self) -> None:
        """Cut a rotated log in two, perhaps leaving it there as well."""
        plain = self._rotated()
        lines = plain.read_bytes().splitlines(keepends=True) if plain else []
        at = self.rng.randrange(1, max(len(lines), 2))
        if plain is None or not lines[at:] or not self.is_apart(number_of(lines[at])):
            return
        self.marks.add(number_of(lines[at]))
        self._next().write_bytes(b"".join(lines[:at]))
        self._next().write_bytes(b"".join(lines[at:]))
        if self.rng.random() < 0.5:
            plain.unlink()

    def join(self) -> None:
        """Copy two rotated logs, the older one first, into one file."""
        found = [path for path in self.files() if path != self.log and path.suffix != ".gz"]
        read = (path.read_bytes().splitlines(keepends=True) for path in found)
        pieces = [lines for lines in read if lines]
        for one in pieces:
            for other in pieces:
                if number_of(one[-1]) < number_of(other[0]):
                    self._next().write_bytes(b"".join(one + other))
                    return

    def is_apart(self, number: int) -> bool:
        """Whether enough hits are between a line and any other place where a file was cut or read to,
        so that what two files share can be seen.
        """
        return all(
            mark == number or sum(self.shown[min(mark, number) : max(mark, number)]) >= ENOUGH
            for mark in self.marks
        )

    def _line(self) -> str:
        self.seconds += self.rng.choice((0, 0, 1, 1, 2, 7))
        path = self.rng.choice(sorted(PAGES)) if self.rng.random() < 0.7 else ""
        bot = self.rng.random() < 0.1
        self.shown.append(bool(path))
        if path and not bot:
            self.hits["view", PAGES[path]] += 1
        return line(
            f"/{path}" if path else self.rng.choice(OTHERS),
            seconds=self.seconds,
            address=f"192.0.2.{self.rng.randrange(1, 9)}",
            agent=BOT if bot else BROWSER,
            more=f" {len(self.shown) - 1}",
        )

    def _next(self) -> Path:
        self.number += 1
        return self.folder / f"access.log.{self.number}"

    def _rotated(self) -> Path | None:
        found = [path for path in self.files() if path != self.log and path.suffix != ".gz"]
        return found[0] if found else None


def number_of(line_: bytes) -> int:
    """Which line it is, from 0."""
    return int(line_.rpartition(b" ")[2])


STEPS = (*["write"] * 6, "rotate", "truncate", "pack", "cut", "join", *["take"] * 4)


@pytest.mark.parametrize("seed", range(100))
def test_a_history_ends_with_every_hit_once(seed: int, tmp_path: Path) -> None:
    """Thirty steps of writing, rotating, truncating, packing, cutting, joining and importing some of
    the files in any order, then all of them: what is stored is what was written.
    """
    rng = random.Random(seed)  # noqa: S311 - a test
    server, desk = Server(tmp_path, rng), Desk(tmp_path)
    with desk.opened():
        for _ in range(30):
            step = rng.choice(STEPS)
            if step == "take":
                found = server.files()
                server.marks.add(len(server.shown) - bool(server.rest))
                desk.take(*found[: rng.randrange(1, len(found) + 1)])
            else:
                getattr(server, step)()
        server.finish()
        desk.take(*server.files())

    assert desk.counted() == server.hits
