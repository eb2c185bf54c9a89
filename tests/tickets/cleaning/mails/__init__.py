"""Golden mails: what mail programs write, and the body that has to stay of it.

Each file holds cases ``%%% name``, the mail, perhaps ``%%% names Tom Reed, …`` (the people the
ticket knows), and ``%%% body`` with what the sender wrote. html.txt holds HTML mails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mail:
    """One golden case."""

    name: str
    text: str
    body: str
    names: tuple[str, ...]
    is_html: bool = False


def _read(path: Path) -> list[Mail]:
    found = []
    for part in re.split(r"(?m)^%%% (?!body|names )", path.read_text(encoding="utf-8"))[1:]:
        name, _, rest = part.partition("\n")
        text, _, body = rest.partition("\n%%% body\n")
        text, _, names = text.partition("\n%%% names ")
        people = tuple(names.split(", ")) if names else ()
        found.append(
            Mail(f"{path.stem} {name}", text, body.rstrip("\n"), people, path.stem == "html")
        )
    return found


MAILS = [mail for path in sorted(Path(__file__).parent.glob("*.txt")) for mail in _read(path)]
