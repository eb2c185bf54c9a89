"""A changed article as a unified diff of its file, which ``git apply`` and ``patch -p1`` take.

Only what changes is written anew: other lines keep their bytes, also their line ends and the YAML
that a person formatted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher, unified_diff

from kbtool.articles.files.frontmatter import dump_key, parse_article
from kbtool.articles.files.header import ProblemError, compose, split_header
from kbtool.model import Article

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_END = re.compile(r"[\r\n]+\Z")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\"\\]")
_LONGEST_NOTE = 400


def rewritten(text: str, old: Article, new: Article) -> str:
    """The text of ``old``'s file with the body, evidence and ``updated`` of ``new``.

    The front matter stays as it is where a changed key cannot be written without touching others.
    """
    lines = _LINE.findall(text)
    plain = "".join(_END.sub("\n", line) for line in lines)
    header, _, _ = split_header(plain)
    opening = plain[: plain.index("\n") + 1]
    closing = plain[len(opening) + len(header) :].split("\n", 1)[0] + "\n"
    changed = _header(header, old, new)
    for candidate in (changed, header):
        whole = f"{opening}{candidate}{closing}{new.body}"
        made, problems = parse_article(whole, old.path)
        if made and not problems and made.body == new.body:
            break
    return _with_line_ends(lines, whole)


def unified(old: str, new: str, path: str) -> str:
    """The unified diff between two texts of the file at ``path``; empty when they are equal.

    ``path`` is relative to where the diff is applied. Lines end where ``patch`` ends them, at
    ``\\n`` only; a last line without one is marked.
    """
    found = unified_diff(
        _lines(old), _lines(new), _name("a", path), _name("b", path), lineterm="\n"
    )
    return "".join(_marked(line) for line in found)


def comment(notes: Iterable[str]) -> str:
    """Lines that stand before a diff and that every ``patch`` skips: each begins with ``#``."""
    return "".join(f"# {_one_line(note)}".rstrip() + "\n" for note in notes)


def _header(header: str, old: Article, new: Article) -> str:
    """The front matter with ``evidence`` and ``updated`` as the new article has them."""
    for key in ("updated", "evidence"):
        value = getattr(new, key)
        if value != getattr(old, key):
            header = _with_key(header, key, dump_key(key, value))
    return header


def _with_key(header: str, key: str, lines: str) -> str:
    """The front matter with other lines for one key, or with them before the evidence."""
    try:
        nodes = compose(header)
    except ProblemError:
        return header
    split = header.split("\n")
    starts = sorted(line - 2 for line, _ in nodes.values())
    if key in nodes:
        first = nodes[key][0] - 2
        last = next((line for line in starts if line > first), len(split) - 1)
        while last > first + 1 and _is_aside(split[last - 1]):
            last -= 1  # a comment before the next key is about that one
    else:
        before = nodes.get("evidence") or nodes.get("drafted_sha256")
        first = last = before[0] - 2 if before else len(split) - 1
    return "\n".join([*split[:first], *lines.rstrip("\n").split("\n"), *split[last:]])


def _is_aside(line: str) -> bool:
    return not line.strip() or line.startswith("#")


def _with_line_ends(lines: Sequence[str], text: str) -> str:
    """``text``, whose lines end in ``\\n``, with the old lines' own ends, and those of most lines
    where it is new.
    """
    ends = [match[0] for line in lines if (match := _END.search(line))]
    usual = max(sorted(set(ends)), key=ends.count, default="\n")
    old = [_END.sub("", line) for line in lines]
    new = text.removesuffix("\n").split("\n")
    made: list[str] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        made += lines[start:end] if kind == "equal" else [line + usual for line in new[first:last]]
    made = [line if _END.search(line) else line + usual for line in made]
    for number, line in enumerate(made[1:]):
        if line == "\n" and made[number].endswith("\r"):  # together they would be one line's end
            made[number] += "\n"
    whole = "".join(made)
    return whole if not lines or _END.search(lines[-1]) else _END.sub("", whole)


def _lines(text: str) -> list[str]:
    found = text.split("\n")
    return [f"{line}\n" for line in found[:-1]] + ([found[-1]] if found[-1] else [])


def _marked(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _name(side: str, path: str) -> str:
    """A file's name in the head of a diff: quoted as git does it, a tab behind one with spaces."""
    name = f"{side}/{path}"
    if _UNSAFE.search(name):
        return '"' + "".join(_quoted(name)) + '"'
    return f"{name}\t" if " " in name else name


def _quoted(name: str) -> Iterator[str]:
    for byte in name.encode():
        if chr(byte) in '"\\':
            yield f"\\{chr(byte)}"
        else:
            yield chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def _one_line(note: str) -> str:
    """A note on one line, its indentation kept, cut where it is very long."""
    text = note.lstrip(" ")
    shown = " " * (len(note) - len(text)) + " ".join(text.split())
    return shown if len(shown) <= _LONGEST_NOTE else shown[: _LONGEST_NOTE - 1] + "…"
