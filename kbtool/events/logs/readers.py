"""Who a line's reader is, as far as it is kept: the day's key, or why he does not count."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from kbtool.events.logs.salts import DaySalts
from kbtool.events.rules import Network, exclusion
from kbtool.events.visitor import KEY_BYTES, begun, finished, network_part

REMEMBERED = 1 << 17
"""Different readers of a day that are known at once."""
_MASK = (1 << 8 * KEY_BYTES) - 1
_BROWSER = "Mozilla/5.0"


class Reader(NamedTuple):
    """One address and user agent on one day."""

    visitor: int
    """The day's key as a signed number of 64 bits."""
    excluded: str | None


class Readers:
    """Finds readers; each different one of a day once. Nothing of it outlives the import."""

    def __init__(self, salts: DaySalts, *, site: str, staff: tuple[Network, ...]) -> None:
        self._salts, self._site, self._staff = salts, site, staff
        self._program = lru_cache(maxsize=1 << 14)(self._program_of)
        self._network = lru_cache(maxsize=1 << 14)(network_part)
        self._early = lru_cache(maxsize=1 << 8)(_is_early)
        self._begun: dict[int, blake2b] = {}
        self.known: dict[tuple[int, bytes, bytes], Reader] = {}

    def find(self, who: tuple[int, bytes, bytes]) -> Reader:
        """The reader of a day (days since 1970), address and user agent, remembered."""
        if len(self.known) >= REMEMBERED:
            self.known.clear()
        found = self.known[who] = self.make(*who)
        return found

    def make(self, day: int, address: bytes, agent: bytes) -> Reader:
        """The same, worked out."""
        text = address.decode("latin-1")
        network = self._network(text) if ":" in text else text
        if day not in self._begun:
            self._begun[day] = begun(self._salts.of(day), self._site)
        key = finished(self._begun[day], network, agent.decode("utf-8", "replace"))
        number = int.from_bytes(key, "big", signed=True)
        excluded = self._program(agent)
        if self._staff:
            headers = {"user-agent": _BROWSER}
            excluded = exclusion(headers, method="GET", address=text, staff=self._staff) or excluded
        return Reader(number, excluded)

    def is_early(self, purpose: bytes) -> bool:
        """Whether a Sec-Purpose says that nobody looked yet."""
        return self._early(purpose)

    def _program_of(self, agent: bytes) -> str | None:
        text = agent.decode("utf-8", "replace")
        headers = {"user-agent": "" if text == "-" else text}
        return exclusion(headers, method="GET", address="")


def visitor_text(number: int) -> str:
    """A visitor's key as events have it: 16 hexadecimal digits."""
    return f"{number & _MASK:016x}"


def _is_early(purpose: bytes) -> bool:
    headers = {"sec-purpose": purpose.decode("latin-1"), "user-agent": _BROWSER}
    return exclusion(headers, method="GET", address="") == "prefetch"
