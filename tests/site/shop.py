"""Somebody's product, on an origin of its own, with the widget in its page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.site.browsing import Quiet, serving

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/host.css"></head>
<body><h1>Shop</h1><a href="/nowhere" data-kb-open="stolen bike">My bike is gone</a>
<script src="/host.js"></script><script src="{script}" async {options}></script></body></html>"""
HOST_SCRIPT = """
window.keys = [];
document.addEventListener("keydown", (event) => window.keys.push(event.key));
"""


class Shop:
    """Somebody's product: a page with the widget's script in it."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.help = ""
        """Where the help centre is."""
        self.options = ""
        self.style = ""
        self.is_strict = True

    def answer(self, path: str) -> tuple[str, str]:
        """(type, text) of what the shop serves."""
        if path == "/host.css":
            return "text/css", self.style
        if path == "/host.js":
            return "text/javascript", HOST_SCRIPT
        script = f"{self.help}assets/widget.js"
        return "text/html", PAGE.format(script=script, options=self.options)

    @property
    def policy(self) -> str:
        """Only its own styles; scripts and requests to the help centre, and to nothing else."""
        there = self.help.rstrip("/")
        return (
            f"default-src 'none'; script-src 'self' {there}; connect-src {there}; "
            f"style-src 'self'; img-src data: {there}; base-uri 'none'"
        )


@contextmanager
def open_shop() -> Iterator[Shop]:
    """A shop on a port of its own, which makes an origin of its own."""
    shops: list[Shop] = []

    class Handler(Quiet):
        def do_GET(self) -> None:  # noqa: N802 - its name there
            kind, text = shops[0].answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            if shops[0].is_strict:
                self.send_header("Content-Security-Policy", shops[0].policy)
            self.end_headers()
            self.wfile.write(text.encode())

    with serving(Handler) as address:
        shops.append(Shop(address.rstrip("/")))
        yield shops[0]
