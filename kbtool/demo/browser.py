"""One reader's browser as a web server's log sees it: pages, files, and what the page's script tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from urllib.parse import quote, urlencode

SITE = "https://help.velmo.example"
FILES = ("/assets/kb.css?v=d2bedaa5", "/assets/kb.js?v=d2bedaa5", "/assets/favicon.svg")
LETTERS = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Line:
    """A request, as the log tells it."""

    at: datetime
    address: str
    request: str
    status: int
    size: int
    referrer: str
    agent: str
    purpose: str = "-"
    unfollowed: str = "-"
    """``Sec-GPC``."""

    def text(self) -> str:
        """In nginx's ``log_format kbtool``: ``combined`` with two fields after it."""
        at = self.at.strftime("%d/%b/%Y:%H:%M:%S +0000")
        return (
            f'{self.address} - - [{at}] "{self.request} HTTP/2.0" {self.status} {self.size} '
            f'"{self.referrer}" "{self.agent}" "{self.purpose}" "{self.unfollowed}"'
        )


class Browser:
    """What one reader requests, in order of time; the requests gather in ``lines``."""

    def __init__(
        self,
        random: Random,
        at: datetime,
        who: tuple[str, str, str],
        *,
        scripts: bool = True,
    ) -> None:
        """``who`` is (address, user agent, Sec-GPC); without ``scripts`` nothing is told."""
        self.lines: list[Line] = []
        self.at = at
        self._random = random
        self._who = who
        self._scripts = scripts
        self._page = "-"
        self._has_files = False

    def wait(self, least: float, most: float) -> None:
        """Seconds pass, mostly few."""
        self.at += timedelta(seconds=self._random.triangular(least, most, least))

    def come_from(self, referrer: str) -> None:
        """The page before the first one."""
        self._page = referrer

    def open(self, path: str, *, purpose: str = "-") -> None:
        """Request a page, and its files when they are not there yet."""
        size = self._random.randrange(4_000, 9_000)
        self._ask("GET", "/" + quote(path, safe="/?=&"), 200, size, purpose)
        self._page = f"{SITE}/{quote(path, safe='/?=&')}"
        if purpose != "-":
            return
        if not self._has_files:
            for file in FILES:
                self._ask("GET", file, 200, self._random.randrange(900, 9_000))
            self._has_files = True

    def ask_index(self, lang: str) -> None:
        """Request what is searched in the browser."""
        self._ask("GET", f"/search/{lang}/terms.json", 200, 18_000)

    def tell(self, kind: str, lang: str, id_: str | None = None, **fields: object) -> str:
        """An event in the address, as the page's script sends it where there is no server; its id."""
        named = id_ or self.new_id()
        if not self._scripts:
            return named
        event = {"id": named, "kind": kind, "lang": lang}
        given = {name: value for name, value in fields.items() if value not in (None, "")}
        self._ask("POST", f"/api/hit?{urlencode({**event, **given})}", 204, 0)
        return named

    def new_id(self) -> str:
        """32 hexadecimal digits."""
        return "".join(self._random.choices(LETTERS, k=32))

    def _ask(self, method: str, path: str, status: int, size: int, purpose: str = "-") -> None:
        address, agent, unfollowed = self._who
        request = f"{method} {path}"
        self.lines.append(
            Line(self.at, address, request, status, size, self._page, agent, purpose, unfollowed)
        )
