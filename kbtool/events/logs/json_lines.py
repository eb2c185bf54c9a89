"""Lines that are JSON objects: Caddy's, and those of nginx, Apache or Traefik whoever named the keys.

Keys are compared by their letters and digits alone: ``http_user_agent``, ``userAgent`` and
``User-Agent`` are one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from kbtool.events.logs.records import SIGNALS, NotTakenError
from kbtool.events.logs.times import clf_time, iso_time, number_time
from kbtool.events.logs.who import Who

Values: TypeAlias = Mapping[str, Any]
"""What is known of a request, by our own name for it."""

_NAMES: Mapping[str, str] = {
    "time": "time timeiso8601 timelocal timestamp timestampiso8601 datetime date ts msec startutc"
    " starttime requesttime8601",
    "request": "request requestline",
    "method": "requestmethod method verb httpmethod",
    "uri": "requesturi uri url requestpath path requesturl",
    "query": "args querystring query",
    "status": "status statuscode responsestatus downstreamstatus httpstatus responsecode",
    "address": "clientip remoteaddr remoteip clienthost clientaddr clientaddress client ip remotehost"
    " remote",
    "agent": "httpuseragent useragent agent requestuseragent",
    "host": "httphost vhost servername virtualhost requesthost host",
    "Sec-Purpose": "httpsecpurpose secpurpose requestsecpurpose",
    "Sec-GPC": "httpsecgpc secgpc requestsecgpc gpc",
    "DNT": "httpdnt dnt requestdnt",
}
_FOUND = {alias: (name, place) for name, all_ in _NAMES.items() for place, alias in enumerate(all_.split())}  # fmt: skip


class JsonLines:
    """Reads the lines of one log."""

    name = "json"
    fields = ""

    def __init__(self) -> None:
        self.signals: set[str] = set()
        """Of ``Sec-Purpose``, ``Sec-GPC`` and ``DNT`` those that the lines tell."""

    def split(self, line: bytes) -> tuple[bytes, bytes, Values]:
        """As of every format. Raises NotTakenError."""
        try:
            data = json.loads(line.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise NotTakenError("not-json") from None
        if not isinstance(data, dict):
            raise NotTakenError("not-json")
        values = _values(data)
        self.signals.update(name for name in SIGNALS if name in values)
        if not values.keys() >= {"time", "status", "address"}:
            raise NotTakenError("missing-field")
        return _request(values), f" {values['status']} ".encode("utf-8", "replace"), values

    def who(self, values: Values) -> Who:
        """As of every format. Raises NotTakenError."""
        purpose = _text(values.get("Sec-Purpose"))
        unfollowed = "1" in (_text(values.get("Sec-GPC")), _text(values.get("DNT")))
        return (
            _time(values["time"]),
            _bytes(values["address"]),
            _bytes(values.get("agent")),
            purpose.encode("utf-8", "replace"),
            unfollowed,
            _bytes(values.get("host")),
        )


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    """What an object tells, its inner objects (Caddy's request and headers) with it: of two keys of
    one meaning the outer counts, then the one that stands first among our names.
    """
    found: dict[str, Any] = {}
    ranks: dict[str, tuple[int, int]] = {}
    objects: list[tuple[int, Mapping[str, Any]]] = [(0, data)]
    for depth, one in objects:  # those that are inside are put behind
        for key, value in one.items():
            if isinstance(value, dict):
                if len(objects) < _INNER:
                    objects.append((depth + 1, value))
                continue
            name, place = _named(key)
            rank = (depth, place)
            if name and value is not None and rank < ranks.get(name, _LAST):
                found[name], ranks[name] = value, rank
    return found


_LAST = (99, 99)
_INNER = 8
"""Objects of a line that are looked into."""


@lru_cache(maxsize=1 << 12)
def _named(key: str) -> tuple[str, int]:
    """Our name of a key, and how much it is preferred (0 first); an empty name when it has none."""
    return _FOUND.get("".join(c for c in key.lower() if c.isalnum()), ("", 0))


def _request(values: Values) -> bytes:
    """The request as in the other formats."""
    line = values.get("request")
    if isinstance(line, str) and " " in line:
        return line.encode("utf-8", "replace")
    uri = values.get("uri", line)
    if not isinstance(uri, str) or "method" not in values:
        raise NotTakenError("missing-field")
    query = _text(values.get("query")).removeprefix("?")
    if query and "?" not in uri:
        uri = f"{uri}?{query}"
    return f"{_text(values['method'])} {uri}".encode("utf-8", "replace")


def _time(value: object) -> int:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number_time(value)
    text = _text(value).strip("[]")
    if text[:1].isdigit() and text.replace(".", "", 1).isdigit() and len(text) > 8:
        return number_time(float(text))
    if "/" in text[:5]:
        return clf_time(text.encode("latin-1", "replace"))
    return iso_time(text)


def _text(value: object) -> str:
    """The value of a field, or the first of a header's; empty when a server wrote ``-``."""
    if isinstance(value, list):
        value = value[0] if value else ""
    text = str(value) if isinstance(value, (str, int, float)) else ""
    return "" if text == "-" else text


def _bytes(value: object) -> bytes:
    return _text(value).encode("utf-8", "replace")
