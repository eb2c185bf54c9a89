"""Groups of sentences become the Markdown of a draft, with nothing in it that could run.

Every sentence is escaped before any Markdown of ours is put around it: a reply may hold HTML,
attribute lists or links, and the site's Markdown would obey them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kbtool.articles.draft.conflicts import Conflict
from kbtool.articles.draft.phrases import capitalised, closes_with, is_condition, opens_with
from kbtool.articles.draft.replies import LINK
from kbtool.articles.draft.support import Group
from kbtool.text import get_language

CONFLICT = "<!-- kbtool:conflict -->"
"""Marks a place where agents disagree; ``publish`` refuses while it is there."""
CONFLICT_END = "<!-- /kbtool:conflict -->"
NO_LABELS: Mapping[str, int] = {}
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
_PATH = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=[(\"“„]))"
    r"[^\W\d_a-zà-ÿ][^\s>.,;:!?()\"“”]*(?: [^\s>.,;:!?()\"“”]+){0,2}"
    r"(?: > [^\W\d_](?:[^>.,;:!?()\"“”\n]{0,60}[^\s>.,;:!?()\"“”])?){1,5}"
)
_LABEL_WORDS = 4


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


def menu_labels(texts: Iterable[str], lang: str) -> Counter[str]:
    """Where menu paths begin (``Account >``) and end, counted over what all agents write: the
    words most of them share are the real labels.
    """
    found = [match[0] for text in texts for match in _PATH.finditer(text)]
    lasts = (_before_ending(path.rpartition(" > ")[2], lang) for path in found)
    counted = Counter(last for last in lasts if len(last.split()) <= _LABEL_WORDS)
    counted.update(f"{head} >" for path in found for head in _heads(path, lang))
    return counted


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


def menu_paths(
    text: str, lang: str, labels: Mapping[str, int] = NO_LABELS
) -> Iterator[tuple[int, str]]:
    """Where each menu path of ``text`` starts, and the path as it is shown."""
    for match in _PATH.finditer(text):
        start, path = _path(match[0], lang, labels)
        if path:
            yield start + match.start(), path


def _words(text: str, lang: str, labels: Mapping[str, int]) -> str:
    pieces: list[str] = []
    last = 0
    for start, path in menu_paths(text, lang, labels):
        pieces += [escape(text[last:start]), f"**{escape(path)}**"]
        last = start + len(path)
    return "".join([*pieces, escape(text[last:])])


def _path(found: str, lang: str, labels: Mapping[str, int]) -> tuple[int, str]:
    """Where the menu path starts and the path itself, without the words before and after it;
    it is empty when its end is not clear.
    """
    front, _, tail = found.rpartition(" > ")
    words = _before_ending(tail, lang).split()
    known = [" ".join(words[:count]) for count in range(1, min(len(words), _LABEL_WORDS) + 1)]
    end = max(known, key=lambda name: (labels.get(name, 0), len(name)))
    if not labels.get(end) and len(words) > _LABEL_WORDS:
        return 0, ""
    head = max(_heads(found, lang), key=lambda name: (labels.get(f"{name} >", 0), len(name)))
    start = found.index(" > ") - len(head)
    return start, f"{front[start:]} > {end}"


def _heads(path: str, lang: str) -> list[str]:
    """What may be the first label: the capitalised word before the first ``>`` and those before
    it, but not the verb of the step ("Go to", "Tap").
    """
    words = path.partition(" > ")[0].split(" ")
    heads = [" ".join(words[n:]) for n in range(len(words)) if words[n][:1].isupper()]
    imperatives = get_language(lang).imperatives
    return [head for head in heads if not opens_with(head, imperatives, lang)] or heads[-1:]


def _before_ending(label: str, lang: str) -> str:
    """``Kilidi aç'a dokunun`` → ``Kilidi aç`` where endings follow an apostrophe."""
    if get_language(lang).drop_after_apostrophe:
        return re.split(r"['’]", label)[0]
    return label


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
