"""Links and pictures of an HTML mail as Markdown."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?|ftps?|mailto|tel):", re.IGNORECASE)
DONE = "-done-"
"""The address of a link that has been written already: it spans several lines."""


def target(href: str) -> str:
    """A link's address, when it is one to follow."""
    href = "".join(href.split())
    return href if _ADDRESS.match(href) or href.startswith("/") else ""


def link(words: str, target: str) -> str:
    """A link as Markdown; only the address or the words when both say the same."""
    if target == DONE:
        return words
    address = re.sub(r"^(?:mailto|tel):", "", target, flags=re.IGNORECASE).split("?")[0]
    if words in (target, address) or target.lower().startswith("tel:"):
        return words
    if words.rstrip("/") == target.rstrip("/"):
        return target
    if words.startswith("!["):
        return words  # a picture's link is a logo's
    return f"[{words}]({target})"


def image(attributes: dict[str, str]) -> str:
    """A picture as Markdown; nothing for one that only counts readers."""
    alt, source = " ".join(attributes.get("alt", "").split()), attributes.get("src", "").strip()
    style = "".join(attributes.get("style", "").split()).lower()
    sizes = [attributes.get(side, "").removesuffix("px") for side in ("width", "height")]
    sizes += re.findall(r"(?:^|;)(?:width|height):([\d.]{1,6})px", style)
    if any(size in ("0", "1", "2") for size in sizes):
        return ""
    if alt and len(alt) < 12 and not any(c.isascii() and c not in ":" for c in alt):
        return alt  # an emoji
    if "emoji" in attributes.get("class", ""):
        return alt
    if source.lower().startswith("data:") or not source:
        return alt
    return f"![{alt}]({source})"
