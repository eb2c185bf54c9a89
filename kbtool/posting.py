"""One JSON request to an API that may be slow, busy or broken, tried again where that may help."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage, IncompleteRead
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kbtool.errors import ApiError

TIMEOUT_SECONDS = 60.0
TRIES = 6
LONGEST_WAIT = 120.0
"""Seconds; an API that asks for a longer pause is given up on."""
MOST_BYTES = 64_000_000
"""Bytes of an answer that are read unless the caller says otherwise."""
_TOLD = 200
"""Characters of an API's own words that are shown."""
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


class RefusedError(ApiError):
    """The API understood and said no; ``status`` is its HTTP status."""

    def __init__(self, message: str, status: int, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status


@dataclass(frozen=True, slots=True)
class Advice:
    """What the user can do about an API, in the words of the part that asks it."""

    kind: str
    """What should be at the address: "an embeddings API"."""
    address: str
    """The setting that names it."""
    model: str
    """The setting that names its model."""
    key: str
    """The environment variable that holds its key."""
    without: str
    """How to go on without it, and what is kept."""


class _NoRedirects(HTTPRedirectHandler):
    """A redirect would take text and key to an address that nobody chose."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Never."""


@dataclass(frozen=True, slots=True)
class Api:
    """An address that takes POSTed JSON and answers in JSON."""

    url: str
    wait: Callable[[float], object]
    """Sleeps for so many seconds."""
    advice: Advice
    key: str | None = field(default=None, repr=False)
    """Sent as a bearer token."""
    timeout: float = TIMEOUT_SECONDS
    """Seconds without a byte after which a try is given up."""
    tries: int = TRIES
    most_bytes: int = MOST_BYTES

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc

    def post(self, data: Mapping[str, Any]) -> Any:
        """The parsed answer.

        What may pass (busy, down, timed out, cut off) is tried ``tries`` times, the pause doubling
        from a second or as long as Retry-After says. Raises RefusedError for what the API said, else ApiError.
        """
        body = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
        pause = 1.0
        for _ in range(self.tries - 1):
            try:
                return self._parsed(self._send(body))
            except HTTPError as error:
                asked = _retry_after(error.headers)
                if error.code not in _AGAIN or (asked or 0) > LONGEST_WAIT:
                    raise self._refused(error) from None
                self.wait(max(asked or 0.0, pause))
            except (OSError, HTTPException):
                self.wait(pause)
            pause *= 2
        try:
            return self._parsed(self._send(body))
        except HTTPError as error:
            raise self._refused(error) from None
        except (OSError, HTTPException) as error:
            raise self._unreachable(error) from None

    def _send(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = Request(self.url, body, headers, method="POST")  # noqa: S310 - http(s) only: the settings are checked
        with build_opener(_NoRedirects).open(request, timeout=self.timeout) as answer:
            found: bytes = answer.read(self.most_bytes + 1)
            if len(found) <= self.most_bytes and answer.length:  # a bounded read says nothing of it
                raise IncompleteRead(found, answer.length)
        if len(found) > self.most_bytes:
            raise ApiError(
                f"{self.host}: an answer of more than {self.most_bytes:,} bytes", hint=self._doubt
            )
        return found

    def _parsed(self, answer: bytes) -> Any:
        try:
            return json.loads(answer)
        except (ValueError, RecursionError):
            start = self._shown(answer)
            what = f"{self.host}: the answer is not JSON: {start}"
            raise ApiError(what, hint=self._doubt) from None

    @property
    def _doubt(self) -> str:
        return f"is {self.url} the address of {self.advice.kind}?"

    def _refused(self, error: HTTPError) -> RefusedError:
        with error:
            try:
                said = self._shown(error.read(10_000))
            except (OSError, HTTPException):
                said = ""
        advice = self.advice
        hints = {
            401: f"put its key into the environment variable {advice.key}",
            403: f"the key in {advice.key} may not use this model",
            404: f"check {advice.address} (it often ends in /v1) and {advice.model}",
            429: f"wait, or {advice.without}",
        }
        if 300 <= error.code < 400:
            said = f"redirects to {error.headers.get('Location', 'nowhere')}"[:_TOLD]
            hints[error.code] = f"name the last address in {advice.address}"
        default = f"try again later, or {advice.without}"
        return RefusedError(
            f"{self.host}: HTTP {error.code}: {said}",
            error.code,
            hint=hints.get(error.code, default),
        )

    def _unreachable(self, error: Exception) -> ApiError:
        reason = error.reason if isinstance(error, URLError) else error
        return ApiError(
            f"{self.host}: no answer: {reason or type(error).__name__}",
            hint=f"is it running? If not, {self.advice.without}",
        )

    def _shown(self, answer: bytes) -> str:
        """The beginning of an API's own words; never the key, which some repeat."""
        text = answer.decode("utf-8", "replace")
        try:
            told = json.loads(text)
            inner = told.get("error", told) if isinstance(told, dict) else told
            text = str(inner.get("message", inner) if isinstance(inner, dict) else inner)
        except (ValueError, RecursionError):
            pass
        if self.key:
            text = text.replace(self.key, "…")
        return " ".join(text.split())[:_TOLD]


def completed(base: str, path: str) -> str:
    """The address to post to: ``base`` with ``path`` at its end, the query kept."""
    parts = urlsplit(base)
    whole = parts.path.rstrip("/")
    if not whole.endswith(f"/{path}"):
        whole += f"/{path}"
    return urlunsplit((parts.scheme, parts.netloc, whole, parts.query, ""))


def deliver(
    url: str,
    data: Mapping[str, Any],
    *,
    wait: Callable[[float], object],
    timeout: float,
    tries: int = 2,
) -> None:
    """POST JSON to an address of which only the status matters; a redirect is a refusal.

    What may pass is tried ``tries`` times, a second apart. Raises ApiError, which names host and
    reason and nothing that was sent or answered.
    """
    body = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Content-Type": "application/json"}
    for left in reversed(range(tries)):
        request = Request(url, body, headers, method="POST")  # noqa: S310 - http(s) only: the settings are checked
        try:
            with build_opener(_NoRedirects).open(request, timeout=timeout):
                return
        except HTTPError as error:
            error.close()
            again, why = error.code in _AGAIN, f"HTTP {error.code}"
        except (OSError, HTTPException) as error:
            again, why = True, str(getattr(error, "reason", "") or error) or type(error).__name__
        if not (again and left):
            raise ApiError(f"{urlsplit(url).netloc}: {why}")
        wait(1.0)


def _retry_after(headers: Message) -> float | None:
    """Seconds that an API asks to wait; a date counts from the answer's own date."""
    told = headers.get("Retry-After", "").strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        until, sent = parsedate_to_datetime(told), parsedate_to_datetime(headers["Date"])
        return max(0.0, (until - sent).total_seconds())
    except (TypeError, ValueError):
        return None
