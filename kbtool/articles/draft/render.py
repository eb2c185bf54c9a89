"""Groups of sentences become the Markdown of a draft, with nothing in it that could run.

Every sentence is escaped before any Markdown of ours is put around it: a reply may hold HTML,
attribute lists or links, and the site's Markdown would obey them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from kbtool.articles.agreeing.conflicts import Conflict
from kbtool.articles.agreeing.support import Group
from kbtool.articles.saying.paths import NO_LABELS, menu_paths
from kbtool.articles.saying.phrases import capitalised, closes_with, is_condition, opens_with
from kbtool.articles.saying.replies import LINK
from kbtool.text import get_language

CONFLICT = "<!-- kbtool:conflict -->"
"""Marks a place where agents disagree; ``publish`` refuses while it is there."""
CONFLICT_END = "<!-- /kbtool:conflict -->"
LinkTo = Callable[[str], tuple[str, str] | None]
"""Article id → (title, address of the link), or None when there is no such article."""

_BACKSLASH = re.compile(r"([\\`*_\[\]])")
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    "{": "&#123;",
    "}": "&#125;",
    "|": "&#124;",
    "~": "&#126;",
    "^": "&#94;",
}
_DOUBLED = re.compile(r"([=+$:])\1+")
_EMOJI = re.compile(r":(?=[A-Za-z0-9_+-]+:)")
_LINE_START = re.compile(r"^(\s*)([#>+!?=:~|%-]|\d+(?=[.)](?:\s|$)))")


def body(
    groups: Sequence[Group],
    conflicts: Mapping[str, Conflict],
    lang: str,
    link_to: LinkTo,
    see_also: Sequence[str] = (),
    labels: Mapping[str, int] = NO_LABELS,
) -> str:
    """The body of a draft: what is so, the steps in order, then notes, facts and conflicts.

    ``groups`` are in the order of the answer; ``see_also`` are ids of articles that agents link;
    ``labels`` (see ``menu_labels``) tell where a menu path ends.
    """
    before: list[str] = []
    steps: list[str] = []
    after: list[str] = []
    shown: set[int] = set()
    for group in groups:
        conflict = conflicts.get(group.said.ref)
        text = sentence(group.said.text, lang, link_to, labels)
        if conflict:
            if id(conflict) not in shown:
                after.append(_conflict(conflict, lang, link_to, labels))
            shown.add(id(conflict))
        elif is_condition(group.said.text, lang):
            after.append(f"> **{get_language(lang).note}:** {text}")
        elif is_step(group, lang):
            steps.append(text)
        elif steps or after:
            _continue(after, text)
        else:
            before.append(text)
    if len(steps) == 1:
        before, steps = [*before, *steps], []
    listed = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
    blocks = [" ".join(before), listed, *_apart(after), _see_also(see_also, lang, link_to)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _apart(blocks: Sequence[str]) -> Iterator[str]:
    """The blocks, with an empty comment between two quotes: Markdown would melt them into one."""
    quoted = False
    for block in blocks:
        if quoted and block.startswith(">"):
            yield "<!-- -->"
        yield block
        quoted = block.startswith(">")


def _continue(blocks: list[str], text: str) -> None:
    """Put a plain sentence after the last block, into its paragraph if it is plain too."""
    if blocks and not blocks[-1].startswith((">", "<")):
        blocks[-1] += f" {text}"
    else:
        blocks.append(text)


def is_step(group: Group, lang: str) -> bool:
    """Whether a group tells the reader to do something."""
    said = group.said
    imperatives = get_language(lang).imperatives
    return (
        said.item
        or " > " in said.text
        or opens_with(said.text, imperatives, lang, within=3)
        or closes_with(said.text, imperatives, lang)
    )


def sentence(text: str, lang: str, link_to: LinkTo, labels: Mapping[str, int] = NO_LABELS) -> str:
    """One sentence as Markdown: escaped, menu paths bold, links by permanent id, a full stop."""
    text = capitalised(text.strip().rstrip(",;–-").strip(), lang)
    if text and text[-1] not in ".!?…:":
        text += "."
    pieces: list[str] = []
    last = 0
    for match in LINK.finditer(text):
        pieces += [_words(text[last : match.start()], lang, labels), _link(match[1], link_to)]
        last = match.end()
    return _LINE_START.sub(_harmless, "".join([*pieces, _words(text[last:], lang, labels)]))


def escape(text: str) -> str:
    """Plain text that Markdown and HTML show as it is and never obey."""
    text = "".join(_ENTITIES.get(c, c) for c in text)
    text = _BACKSLASH.sub(r"\\\1", text)
    text = _DOUBLED.sub(lambda m: f"&#{ord(m[1])};" * len(m[0]), text)
    return _EMOJI.sub("&#58;", text)


def _words(text: str, lang: str, labels: Mapping[str, int]) -> str:
    pieces: list[str] = []
    last = 0
    for start, path in menu_paths(text, lang, labels):
        pieces += [escape(text[last:start]), f"**{escape(path)}**"]
        last = start + len(path)
    return "".join([*pieces, escape(text[last:])])


def _harmless(match: re.Match[str]) -> str:
    """The first character of a line can make a heading, a quote, a list: not this one."""
    mark = match[2]
    if mark.isdigit():
        return f"{match[1]}{mark}\\"
    return f"{match[1]}&#{ord(mark)};"


def _link(id_: str, link_to: LinkTo) -> str:
    found = link_to(id_)
    return f"[{escape(found[0])}]({found[1]})" if found else ""


def _see_also(ids: Sequence[str], lang: str, link_to: LinkTo) -> str:
    links = [link for link in (_link(id_, link_to) for id_ in ids) if link]
    return f"{get_language(lang).see_also}: {', '.join(links)}" if links else ""


def _conflict(conflict: Conflict, lang: str, link_to: LinkTo, labels: Mapping[str, int]) -> str:
    lines = [
        CONFLICT,
        "> **Agents disagree.** Keep what is true as plain text, then delete this block "
        "with its two markers.",
        ">",
    ]
    for number, side in enumerate(conflict.sides):
        newest = " **(newest)**" if number == 0 else ""
        lines.append(
            f"> - {sentence(side.said.text, lang, link_to, labels)}{newest} {_backing(side)}"
        )
    return "\n".join([*lines, CONFLICT_END])


def _backing(side: Group) -> str:
    tickets = "1 ticket" if side.tickets == 1 else f"{side.tickets} tickets"
    agents = "1 agent" if side.agents == 1 else f"{side.agents} agents"
    if not side.first_seen or not side.last_seen:
        return f"({tickets}, {agents})"
    if side.first_seen == side.last_seen:
        return f"({tickets}, {agents}, {side.last_seen})"
    return f"({tickets}, {agents}, {side.first_seen} to {side.last_seen})"
