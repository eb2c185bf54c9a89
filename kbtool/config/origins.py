"""Origins of other sites, as browsers write them in the Origin header: scheme, host and port."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")


def origin_problem(text: str) -> str | None:
    """What is wrong with ``text`` as an exact origin such as https://app.example; None when it is
    one. An origin that no browser would ever send counts as wrong: it would silently allow nothing.
    """
    if "*" in text:
        return f"{text!r}: name each origin; there is no * for several"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return f"{text!r} is no origin such as https://app.example"
    if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc:
        return f"{text!r} is no origin such as https://app.example"
    shown = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(shown):
        return f"{text!r} is no origin: write the host in ASCII (xn--…), as browsers send it"
    exact = f"{parts.scheme}://{shown}"
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        exact += f":{port}"
    return None if text == exact else f"{text!r} is not what browsers send: write {exact}"
