"""The clipboard: the first tool of this machine that takes a text, else the terminal itself."""

from __future__ import annotations

import base64
import shutil
import subprocess

_TOOLS: tuple[tuple[str, ...], ...] = (
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("pbcopy",),
    ("clip.exe",),
)
_PATIENCE = 5.0


def copy_text(text: str) -> str | None:
    """Put ``text`` on the clipboard; the name of the tool that took it, None when none did.

    A tool that fails (no display, no server) is passed over for the next.
    """
    for name, *options in _TOOLS:
        program = shutil.which(name)
        if program and _run([program, *options], text.encode(_encoding(name))):
            return name
    return None


def osc52(text: str) -> str:
    """The control sequence with which a terminal, also a remote one, copies ``text`` (OSC 52)."""
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


def _encoding(tool: str) -> str:
    return "utf-16-le" if tool == "clip.exe" else "utf-8"  # Windows reads bytes as its own page


def _run(command: list[str], data: bytes) -> bool:
    """Whether the tool took the data; it may live on in the background to serve it."""
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
