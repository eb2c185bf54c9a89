"""Words that mean the same here, written and reviewed by people: ``content/synonyms/<lang>.yaml``.

A list of groups in which each finds the others, and of one-way entries::

    - [telly, tv, television]
    - sim lock: [carrier lock, unlock code]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from typing import Literal, TypeAlias

import yaml

from kbtool.model import Finding
from kbtool.plain_yaml import PlainYamlError, compose_plain
from kbtool.text import did_you_mean, match_key, words

FOLDER = "synonyms"
MAX_FILE = 262_144
"""Bytes of one file: some 5,000 groups."""
MAX_GROUP = 20
"""Words in one group, or to the right of one."""
MAX_WORDS = 3
"""Words of one phrase."""
MAX_LETTERS = 64
"""Characters of one word or phrase."""
MAX_PAIRS = 50_000
"""Pairs of one language; the entries after them are left out."""
MAX_FINDINGS = 50
"""Entries of one file that are told one by one."""

Words: TypeAlias = tuple[str, ...]
"""A word or a phrase: lower-case words in order."""


@dataclass(frozen=True, slots=True)
class SynonymTable:
    """The synonyms of one language."""

    pairs: tuple[tuple[Words, Words], ...] = ()
    """(searched words, words that are found as well): each direction by itself, sorted, each once."""


def synonyms_file(lang: str) -> str:
    """Where the synonyms of a language stand, relative to the content folder."""
    return f"{FOLDER}/{lang}.yaml"


def read_synonyms(
    content_dir: Path, languages: Iterable[str]
) -> tuple[dict[str, SynonymTable], tuple[Finding, ...]]:
    """(The table of each language that has synonyms, what is wrong with the files by file and line).

    A missing folder or file is no mistake. An entry that cannot be used is left out and told; the
    others count. A file that cannot be read gives no table.
    """
    known = tuple(languages)
    tables: dict[str, SynonymTable] = {}
    findings = list(_strays(content_dir / FOLDER, known))
    for lang in known:
        path = content_dir / synonyms_file(lang)
        try:
            if not path.exists() and not path.is_symlink():
                continue
            _refuse_outside(path, content_dir)
            table, found = parse_synonyms(_text(path), lang)
            findings += found
            if table.pairs:
                tables[lang] = table
        except _UnreadError as error:
            findings.append(_finding("bad-synonyms", lang, error.line, error.message, error.hint))
    return tables, tuple(sorted(findings, key=lambda f: (f.file, f.line, f.message)))


def parse_synonyms(text: str, lang: str) -> tuple[SynonymTable, tuple[Finding, ...]]:
    """(The table that a file's text holds, what is wrong with it, by line)."""
    reading = _Reading(lang)
    try:
        root = compose_plain(text, "the file")
    except PlainYamlError as error:
        line = max(1, error.line)
        return SynonymTable(), (_finding("bad-synonyms", lang, line, error.message, error.hint),)
    if isinstance(root, yaml.SequenceNode):
        for entry in root.value:
            reading.entry(entry)
    elif root is not None:
        hint = "begin each line with a dash: - [telly, tv, television]"
        message = "the synonyms are not a list"
        return SynonymTable(), (_finding("bad-synonyms", lang, 1, message, hint),)
    return SynonymTable(tuple(sorted(reading.pairs))), reading.findings()


@dataclass
class _UnreadError(Exception):
    """A file that gives no table at all."""

    line: int
    message: str
    hint: str


@dataclass
class _BadEntryError(Exception):
    """An entry, or a part of one, that is left out."""

    node: yaml.Node
    message: str
    hint: str


@dataclass
class _Reading:
    """Grows entry by entry."""

    lang: str
    pairs: dict[tuple[Words, Words], int] = field(default_factory=dict)
    """Each pair with the line on which it stands first."""
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    def entry(self, node: yaml.Node) -> None:
        """Take in a group, or the one-way entries of a mapping."""
        try:
            if isinstance(node, yaml.SequenceNode):
                told = len(self.problems)
                group = self._phrases(node.value, node)
                if len(group) < 2 and len(self.problems) == told:
                    hint = "name at least two: [telly, tv]"
                    raise _BadEntryError(node, "one word alone has no synonym", hint)
                self._take(permutations(group, 2), node)
            elif isinstance(node, yaml.MappingNode):
                for left, right in node.value:
                    self._one_way(left, right)
            else:
                hint = "write - [telly, tv], or - searched: [found as well]"
                raise _BadEntryError(node, "an entry is neither a group nor one way", hint)
        except _BadEntryError as error:
            self._note(error)

    def _one_way(self, left: yaml.Node, right: yaml.Node) -> None:
        """A mapping's key finds its values; a bad one leaves the mapping's others alone."""
        try:
            nodes = right.value if isinstance(right, yaml.SequenceNode) else [right]
            source = self._phrase(left)
            targets = self._phrases(nodes, right)
            others = [target for target in targets if _key(target) != _key(source)]
            self._take([(source, target) for target in others], left)
            if len(others) < len(targets):
                message = f"{_shown(left)} leads to itself"
                raise _BadEntryError(left, message, "take it out to the right of the colon")
        except _BadEntryError as error:
            self._note(error)

    def _phrases(self, nodes: Sequence[yaml.Node], whole: yaml.Node) -> list[Words]:
        """The phrases that can be read, in order, each once; the others are told."""
        if len(nodes) > MAX_GROUP:
            message = f"{len(nodes)} words in one group are too many"
            raise _BadEntryError(whole, message, f"at most {MAX_GROUP} can mean the same: split it")
        found: dict[str, Words] = {}
        for node in nodes:
            try:
                phrase = self._phrase(node)
                key = _key(phrase)
                if key in found:
                    message = f"{_shown(node)} stands here twice"
                    hint = "take one out: letter case and accents make no difference"
                    raise _BadEntryError(node, message, hint)
                found[key] = phrase
            except _BadEntryError as error:
                self._note(error)
        return list(found.values())

    def _phrase(self, node: yaml.Node) -> Words:
        if not isinstance(node, yaml.ScalarNode):
            hint = "write words with commas between them: [telly, tv, television]"
            raise _BadEntryError(node, "a list or a mapping stands where a word belongs", hint)
        if len(node.value) > MAX_LETTERS:
            hint = f"at most {MAX_LETTERS} characters and {MAX_WORDS} words"
            raise _BadEntryError(node, f"{_shown(node)} is too long", hint)
        found = tuple(words(node.value, self.lang))
        if not found:
            raise _BadEntryError(
                node, f"{_shown(node)} holds no word", "write a word, or take it out"
            )
        if len(found) > MAX_WORDS:
            message = f"{_shown(node)} has {len(found)} words"
            hint = f"at most {MAX_WORDS}; a whole sentence belongs into an article's also_asked"
            raise _BadEntryError(node, message, hint)
        return found

    def _take(self, pairs: Iterable[tuple[Words, Words]], node: yaml.Node) -> None:
        line = node.start_mark.line + 1
        if len(self.pairs) > MAX_PAIRS:
            message = f"there are more than {MAX_PAIRS} pairs before it"
            raise _BadEntryError(node, message, "keep what people searched for")
        known = [pair for pair in pairs if self.pairs.setdefault(pair, line) != line]
        if known:
            source, target = min(known)
            message = f"“{' '.join(source)}” finds “{' '.join(target)}” already"
            hint = f"line {self.pairs[source, target]} says so: join the two, or take one out"
            self._note(_BadEntryError(node, message, hint))

    def _note(self, error: _BadEntryError) -> None:
        self.problems.append((error.node.start_mark.line + 1, error.message, error.hint))

    def findings(self) -> tuple[Finding, ...]:
        """What was left out, by line; of very many the first ones and how many more."""
        found = sorted(self.problems)
        shown = [_finding("bad-synonym", self.lang, *one) for one in found[:MAX_FINDINGS]]
        if len(found) > MAX_FINDINGS:
            line, message = found[MAX_FINDINGS][0], f"{len(found) - MAX_FINDINGS} more like these"
            shown.append(_finding("bad-synonym", self.lang, line, message, "mend these first"))
        return tuple(shown)


def _text(path: Path) -> str:
    """The text of a file. Raises _UnreadError."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
        if len(raw) > MAX_FILE:
            raise _UnreadError(1, "the file is larger than 256 kB", "keep what people searched for")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _UnreadError(line, "the file is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise _UnreadError(1, message, "check its permissions") from None


def _refuse_outside(path: Path, content_dir: Path) -> None:
    """Raises _UnreadError when a symbolic link leads out of ``content/``."""
    try:
        inside = path.resolve().is_relative_to(content_dir.resolve())
    except (OSError, RuntimeError):  # a link to itself
        inside = False
    if not inside:
        message = "a symbolic link that leads outside the content folder"
        raise _UnreadError(1, message, "copy the file into content/ instead of linking it")


def _strays(folder: Path, languages: Sequence[str]) -> Iterator[Finding]:
    """Files that look like synonyms and are nobody's."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    except OSError:  # no folder: no synonyms
        return
    for name in names:
        if name not in {f"{lang}.yaml" for lang in languages} and not name.startswith("."):
            hint = did_you_mean(name, [f"{lang}.yaml" for lang in languages])
            message = f"{name} is not read: it is named after no configured language"
            yield Finding("warning", "bad-synonym", f"{FOLDER}/{name}", 1, message, hint)


def _key(phrase: Words) -> str:
    """What is the same to a search: the letters without case and diacritics."""
    return " ".join(match_key(word) for word in phrase)


def _shown(node: yaml.Node) -> str:
    text = str(node.value) if isinstance(node, yaml.ScalarNode) else "this"
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _finding(
    code: Literal["bad-synonyms", "bad-synonym"], lang: str, line: int, message: str, hint: str
) -> Finding:
    level: Literal["error", "warning"] = "error" if code == "bad-synonyms" else "warning"
    return Finding(level, code, synonyms_file(lang), line, message, hint)
