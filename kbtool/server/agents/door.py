"""Who may use the agent page: one token for all agents, a signed cookie, patience with wrong tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from hmac import compare_digest
from ipaddress import IPv6Address, ip_network

from starlette.requests import Request
from starlette.responses import Response

from kbtool.config import Settings
from kbtool.errors import ConfigError
from kbtool.events.rules import Network, parse_address
from kbtool.server.clients import client_address

VARIABLE = "KBTOOL_AGENT_TOKEN"
SETTING = "extra.kbtool.server.agent_token_file"
COOKIE = "kbtool-agent"
LEAST_TOKEN = 16
"""Characters; a shorter token could be guessed."""
SIGNED_IN = timedelta(days=14)
FREE_TRIES = 5
"""Wrong tokens of one address that cost no waiting; each further one doubles it, from 2 seconds."""
LONGEST_WAIT = 300
"""Seconds."""
KEPT = timedelta(minutes=10)
"""How long after its last wrong token an address is remembered."""
MOST_ADDRESSES = 10_000
_MAKE_ONE = (
    f"make one with: openssl rand -hex 16 (in a file that {SETTING} names, or in {VARIABLE})"
)


def agent_token(settings: Settings, environment: Mapping[str, str]) -> str | None:
    """The token that agents sign in with: of the environment, else of the file that the settings
    name. None when neither is given: then there is no agent page.

    Raises ConfigError when the file cannot be read or the token is too short.
    """
    given, name = environment.get(VARIABLE, "").strip(), settings.server.agent_token_file
    place = VARIABLE
    if not given and name is None:
        return None
    if not given and name is not None:
        file = settings.root / name
        place = str(file)
        try:
            given = file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "not UTF-8"
            raise ConfigError(f"{file}: {why} ({SETTING})", hint=_MAKE_ONE) from None
    if len(given) < LEAST_TOKEN:
        short = f"{place}: a token needs {LEAST_TOKEN} characters or more, not {len(given)}"
        raise ConfigError(short, hint=_MAKE_ONE)
    return given


@dataclass(frozen=True, slots=True)
class _Failed:
    count: int
    last: datetime


@dataclass(slots=True)
class WrongTokens:
    """Wrong tokens by address: a keyed hash of it, in memory, for minutes."""

    key: bytes = field(repr=False)
    _failed: dict[bytes, _Failed] = field(default_factory=dict)
    """The oldest first."""

    def __len__(self) -> int:
        return len(self._failed)

    def wait(self, address: str, now: datetime) -> int:
        """Seconds until the address may try again; 0: it may."""
        self.forget_old(now)
        failed = self._failed.get(self._name(address))
        if failed is None or failed.count < FREE_TRIES:
            return 0
        pause = min(2 ** min(failed.count - FREE_TRIES + 1, 16), LONGEST_WAIT)
        passed = (now - failed.last).total_seconds()
        return max(0, int(pause - passed + 0.999))

    def add(self, address: str, now: datetime) -> None:
        """Note a wrong token."""
        name = self._name(address)
        before = self._failed.pop(name, None)
        self._failed[name] = _Failed(before.count + 1 if before else 1, now)
        while len(self._failed) > MOST_ADDRESSES:
            del self._failed[next(iter(self._failed))]

    def forgive(self, address: str) -> None:
        """Forget an address that knew the token."""
        self._failed.pop(self._name(address), None)

    def forget_old(self, now: datetime) -> None:
        """Forget addresses whose last wrong token is some minutes old."""
        for name in [name for name, one in self._failed.items() if now - one.last > KEPT]:
            del self._failed[name]

    def _name(self, address: str) -> bytes:
        """An IPv6 client has a whole /64 to call from."""
        found = parse_address(address)
        if isinstance(found, IPv6Address):
            address = str(ip_network((found, 64), strict=False))
        return blake2b(address.encode(), key=self.key, digest_size=16).digest()


class Door:
    """Signs agents in and out, and knows them by their cookie.

    The cookie holds until when it is good and a keyed hash of that. Its key comes from the token,
    so that a restart keeps agents signed in and a new token signs all of them out.
    """

    def __init__(
        self,
        token: str,
        *,
        site_url: str,
        trusted: Sequence[Network],
        clock: Callable[[], datetime],
        new_key: Callable[[int], bytes],
    ) -> None:
        self._key = _digest(token)
        self._site_url = site_url
        self._trusted = trusted
        self._clock = clock
        self.wrong = WrongTokens(new_key(32))

    def is_agent(self, request: Request) -> bool:
        """Whether a signed-in agent sent the request."""
        until, _, seal = request.cookies.get(COOKIE, "").partition(".")
        if not (until.isascii() and until.isdigit() and len(until) <= 12):
            return False
        is_ours = compare_digest(seal.encode(), self._seal(until).encode())
        return is_ours and int(until) > self._clock().timestamp()

    def wait(self, request: Request) -> int:
        """Seconds until this client may try a token; 0: at once."""
        return self.wrong.wait(self._address(request), self._clock())

    def opens(self, request: Request, token: str) -> bool:
        """Whether ``token`` is the right one, in a time that tells nothing; a wrong one is noted."""
        address = self._address(request)
        if not compare_digest(_digest(token.strip()), self._key):
            self.wrong.add(address, self._clock())
            return False
        self.wrong.forgive(address)
        return True

    def sign_in(self, request: Request, response: Response) -> None:
        """Give the agent the cookie; by https only when the browser came by https."""
        until = str(int((self._clock() + SIGNED_IN).timestamp()))
        seen_at = request.headers.get("origin") or self._site_url
        response.set_cookie(
            COOKIE,
            f"{until}.{self._seal(until)}",
            max_age=int(SIGNED_IN.total_seconds()),
            path="/",
            secure=seen_at.startswith("https:"),
            httponly=True,
            samesite="strict",
        )

    def sign_out(self, response: Response) -> None:
        """Take the cookie away."""
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")

    def _seal(self, until: str) -> str:
        return blake2b(until.encode(), key=self._key, digest_size=24).hexdigest()

    def _address(self, request: Request) -> str:
        peer = request.client.host if request.client else ""
        return client_address(peer, request.headers, self._trusted)


def _digest(token: str) -> bytes:
    return blake2b(
        token.encode("utf-8", "replace"), digest_size=32, person=b"kbtool-agent"
    ).digest()
