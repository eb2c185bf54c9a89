"""What a reader takes along to a person: the visit token, and the address of the help desk with it.

``theme/assets/contact.js`` fills addresses by the same rules; tests/site/test_contact.py holds both
to the same results.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody confuses when they are read out or copied."""
LENGTH = 12
"""Of these a token has so many: 59 bits."""
TOKEN = re.compile(rf"kbv-[{ALPHABET}]{{{LENGTH}}}")
PARAMETER = "kb_visit"
"""What carries the token to a help desk whose address has no place for it."""
PLACEHOLDERS = ("visit", "article", "lang", "question")
MOST_QUESTION = 1_200
"""Characters of a question that an address takes along: longer ones some mail programs refuse."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FOUND = re.compile(rf"(?<![a-z0-9-])({TOKEN.pattern})(?![a-z0-9-])", re.IGNORECASE)
_WRAPPED = re.compile(
    rf"(?:[?&]|\b){PARAMETER}=(?:{TOKEN.pattern})(?![a-z0-9-])|[\[(]?(?<![a-z0-9-])"
    rf"(?:{TOKEN.pattern})(?![a-z0-9-])[\])]?",
    re.IGNORECASE,
)
_LEFT_EMPTY = re.compile(r"[ \t]*\0(?:[ \t]|\0)*(?=\n|\Z)")


def new_token(choose: Callable[[str], str]) -> str:
    """A visit token; ``choose`` picks one of the characters it is given, at random."""
    return "kbv-" + "".join(choose(ALPHABET) for _ in range(LENGTH))


def tokens_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The visit tokens in these texts, each once, as they were made, in order of appearance."""
    found = (match[1].lower() for text in texts for match in _FOUND.finditer(text))
    return tuple(dict.fromkeys(found))


def without_tokens(text: str) -> str:
    """The text without visit tokens, the brackets around them and what is left of their lines."""
    if "kbv-" not in text.lower():
        return text
    marked = _WRAPPED.sub("\0", text.replace("\0", ""))
    lines = (line for line in marked.split("\n") if line.strip(" \t\r\0") or "\0" not in line)
    return _LEFT_EMPTY.sub("", "\n".join(lines)).replace("\0", "")


def desk_address(url: str, values: Mapping[str, str]) -> str:
    """The help desk's address with its placeholders filled; unknown ones stay as they are.

    One without a place for the visit token gets it as the parameter ``kb_visit``, unless
    ``values`` has none.
    """
    known = dict(values) | {"question": shortened(values.get("question", ""))}

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        return encoded(known.get(name, "")) if name in PLACEHOLDERS else match[0]

    filled = _PLACEHOLDER.sub(fill, url)
    if "{visit}" in url or not values.get("visit"):
        return filled
    address, hash_, fragment = filled.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{PARAMETER}={encoded(values['visit'])}{hash_}{fragment}"


def mail_address(email: str, subject: str, values: Mapping[str, str]) -> str:
    """A ``mailto:`` address: the question is the body, and the visit token its last line.

    Whatever the reader typed is encoded, so that it can add no header.
    """
    question = shortened(values.get("question", "")).replace("\r\n", "\n").replace("\r", "\n")
    body = f"{question}\n\n[{values['visit']}]".replace("\n", "\r\n")
    return f"mailto:{email}?subject={encoded(subject)}&body={encoded(body)}"


def encoded(text: str) -> str:
    """``text`` as a part of an address, as JavaScript's encodeURIComponent gives it."""
    return quote(text.encode("utf-8", "replace"), safe="!'()*")


def shortened(question: str) -> str:
    """As much of a question as an address takes along; an ellipsis shows that it goes on."""
    text = question.strip()
    return text if len(text) <= MOST_QUESTION else text[:MOST_QUESTION] + "…"
