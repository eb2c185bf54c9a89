"""Rendered article HTML without anything that runs, loads from elsewhere, or poses as the page.

Markdown lets raw HTML through, and extensions such as ``attr_list`` turn plain text into
attributes (``{ onclick=… }``), so the result is cleaned, not the source.
"""

from __future__ import annotations

import re

import nh3

TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary"
    " sup table tbody td tfoot th thead tr u ul var wbr".split()
)
ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "details": {"open"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "col": {"span", "align"},
}
FORCED = {"table": {"tabindex": "0"}}
"""A table wider than the screen scrolls; who has only a keyboard must get to it."""
SCHEMES = {"http", "https", "mailto", "tel"}
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_OURS = re.compile(r"kb(?:-|$)", re.IGNORECASE)
"""Ids and classes of the page's own frame: an article must not look or answer like it."""


def sanitize(html: str) -> str:
    """``html`` with only the elements, attributes and addresses that an article needs."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=SCHEMES,
        link_rel=None,
        attribute_filter=_attribute,
        set_tag_attribute_values=FORCED,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in ("id", "class"):
        return " ".join(word for word in value.split() if not _OURS.match(word)) or None
    if tag == "img" and name == "src" and _ELSEWHERE.match(value):
        return None
    return value
