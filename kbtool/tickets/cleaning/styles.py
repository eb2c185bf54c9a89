"""What an element's attributes tell: that nobody sees it, or which part of a mail it is.

These are the class names, ids and styles that mail programs write (facts about them, no rules).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kbtool.tickets.cleaning.lines import Tag

_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|max-height:0(?![.\d]*[1-9])|opacity:0(?![.\d]*[1-9])"
    r"|(?:left|top|text-indent):-\d{4,}|clip:rect\(0|color:transparent"
)
_FONT_SIZE = re.compile(r"(?:^|[;{])font-size:([\d.]{1,8})(px|pt|em|rem|%|)")
_TINY = {"px": 2.0, "pt": 1.5, "em": 0.1, "rem": 0.1, "%": 10.0, "": 0.0}
_PREHEADERS = frozenset(
    {"preheader", "preview-text", "previewtext", "mcnpreviewtext", "hidden-preheader"}
)

_QUOTED = frozenset(
    "yahoo_quoted protonmail_quote tutanota_quote zmail_extra alimail-quote ik_mail_quote airmail_original front-blockquote"
    " email-quote freshdesk_quote mail-editor-reference-message-container olk_src_body_section isreplycontent quote"
    " messagereplysection x_yahoo_quoted history_container gl_quote wrapquote qt".split()
)
_INTRODUCING = frozenset(
    {
        "gmail_attr",
        "gmail_quote",
        "gmail_quote_container",
        "moz-cite-prefix",
        "reply-intro",
        "cite-prefix",
    }
)
_HEADING = frozenset(
    "divrplyfwdmsg appendonsend outlookmessageheader stopspelling zwchr orimsghtmlseperator mail-quote-header".split()
)
"""The header of a mail that is quoted to the end."""
_SIGNATURE = re.compile(
    r"^(?:gmail_signature|moz-signature|.{0,40}signature|applemailsignature|protonmail_signature_block(?:-user|-proton)?"
    r"|messagesignaturesection|_rc_sig|gmail_signature_prefix|ms-outlook-mobile-signature|composer_signature)$"
)
_HEADER_RULE = re.compile(r"border-top:(?:solid#(?:e1e1e1|b5c4df)|#(?:e1e1e1|b5c4df))")
"""The line that Outlook draws above the header of the mail it quotes."""


@lru_cache(maxsize=1024)
def _compact(style: str) -> str:
    return "".join(style.split()).lower()


def hidden(attributes: Mapping[str, str]) -> bool:
    """Whether nobody is meant to see the element."""
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if style and _HIDDEN.search(_compact(style)):
        return True
    classes = attributes.get("class", "")
    return bool(classes) and not _PREHEADERS.isdisjoint(classes.lower().split())


def tiny(attributes: Mapping[str, str]) -> bool | None:
    """Whether its text is too small to see; ``None`` = it does not say. Elements in it may say no."""
    style = attributes.get("style")
    match = _FONT_SIZE.search(_compact(style)) if style and "font" in style.lower() else None
    if match is None:
        return None
    try:
        return float(match[1]) <= _TINY[match[2]]
    except ValueError:
        return None


def part(name: str, attributes: Mapping[str, str]) -> Tag:
    """Which part of a mail the element holds; ``""`` = no program has marked it."""
    if name == "blockquote":
        return _blockquote(attributes)
    if not attributes:
        return ""
    words = [
        word
        for key in ("class", "id", "name", "data-smartmail")
        if key in attributes
        for word in attributes[key].lower().split()
    ]
    for word in words:
        if word in _INTRODUCING:
            return "intro"
        if word in _HEADING:
            return "head"
        if word in _QUOTED and not (word == "quote" and name not in ("div", "aside")):
            return "quote"
        if _SIGNATURE.match(word):
            return "signature"
    style = attributes.get("style")
    return "head" if style and _HEADER_RULE.search(_compact(style)) else ""


def _blockquote(attributes: Mapping[str, str]) -> Tag:
    """Quoted mail, a quotation of the writer's own, or only indented text."""
    words = attributes.get("class", "").lower()
    if attributes.get("type", "").lower() == "cite" or "cite" in attributes or "quote" in words:
        return "quote"
    style = _compact(attributes.get("style", ""))
    return "" if "border:none" in style and "border-left:" not in style else "own"
