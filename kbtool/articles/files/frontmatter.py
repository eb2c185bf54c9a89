"""Front matter ↔ Article: the text of one Markdown file of ``content/``.

YAML is read safely and by position, so that each problem names its line, and written by a dumper,
so that no text, however hostile, can become structure.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any, cast, get_args

import yaml

from kbtool.addresses import ARTICLE_ID, former_problem
from kbtool.articles.files.header import ProblemError, compose, construct, split_header
from kbtool.articles.files.wake import EXAMPLES, parse_wake, wake_text
from kbtool.config.convert import SLUG
from kbtool.model import Article, ArticleStatus, Evidence, Finding, Wake
from kbtool.text import LANGUAGE_CODE

KEYS = (
    "id", "title", "lang", "translation_of", "status", "category", "section", "tags", "also_asked", "former",
    "topic", "updated", "published", "release", "lot", "reviewed_by", "review_by", "reason", "wake",
    "replaced_by", "differs_from", "translated", "heard_until", "evidence", "drafted_sha256",
    "rewritten_by",
)  # fmt: skip
STATUSES: tuple[ArticleStatus, ...] = get_args(ArticleStatus)
_NULL = "tag:yaml.org,2002:null"


def parse_article(text: str, path: str) -> tuple[Article | None, tuple[Finding, ...]]:
    """The article a file's text holds, and what is wrong with it, by line.

    ``path`` is relative to the content folder. The article is ``None`` when anything is wrong:
    a half-read article would be half-published.
    """
    text = one_newline(text)
    try:
        header, body, first_line = split_header(text)
        fields = _Fields(compose(header))
    except ProblemError as problem:
        return None, (_finding(problem, path),)
    article = _article(fields, body, path, first_line)
    if fields.problems:
        found = sorted(fields.problems, key=lambda p: (p.line, p.code))
        return None, tuple(_finding(problem, path) for problem in found)
    return article, ()


def dump_article(article: Article) -> str:
    """The file's text that ``parse_article`` reads back to an equal article."""
    data = {key: _plain(value) for key in KEYS if (value := getattr(article, key))}
    if article.translated:
        data["translated"] = dict(article.translated)
    data |= {key: value for key, value in article.extra if key not in KEYS}
    header = _dump(data)
    body = one_newline(article.body)
    end = "" if not body or body.endswith("\n") else "\n"
    return f"---\n{header}---\n{body}{end}"


def dump_key(key: str, value: object) -> str:
    """The lines that ``dump_article`` writes for one key; empty when there is no value."""
    return _dump({key: _plain(value)}) if value else ""


def body_line(article: Article) -> int:
    """The 1-based line on which the body starts in the file that ``dump_article`` gives."""
    return split_header(dump_article(article))[2]


def draft_sha256(article: Article) -> str:
    """The hash that tells whether a person edited a draft: of all that a person may change in it.

    Line ends, trailing spaces and empty lines around the text are no edit.
    """
    lines = (line.rstrip() for line in one_newline(article.body).split("\n"))
    parts = [
        article.title, article.lang, article.category, article.translation_of,
        article.tags, article.also_asked, article.extra, "\n".join(lines).strip(),
    ]  # fmt: skip
    if article.former:  # left out when empty, so that older drafts keep their hash
        parts.append(article.former)
    if article.section:
        parts.append(article.section)
    return sha256(repr(parts).encode()).hexdigest()


def is_edited(article: Article) -> bool:
    """Whether a person changed the draft since kbtool wrote it (or wrote it in the first place)."""
    return article.drafted_sha256 != draft_sha256(article)


def field_line(text: str, key: str) -> int:
    """The 1-based line of a front matter key in a file's text; 1 when it is not there."""
    for number, line in enumerate(one_newline(text).split("\n"), start=1):
        if number > 1 and line.rstrip() == "---":
            break
        if line.startswith(f"{key}:"):
            return number
    return 1


def _dump(data: dict[str, object]) -> str:
    return yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
        default_flow_style=False,
    )


class _Dumper(yaml.SafeDumper):
    """Block style, lists indented below nothing, no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Line breaks that only Unicode knows are escaped; PyYAML would write and then fold them."""
    style = '"' if any(c in text for c in "\x85\u2028\u2029\ufeff") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


class _Fields:
    """Typed reading of the known keys; problems are collected, not raised."""

    def __init__(self, nodes: dict[str, tuple[int, yaml.Node]]) -> None:
        self.nodes = nodes
        self.problems: list[ProblemError] = []

    def note(self, key: str, code: str, message: str, hint: str) -> None:
        line = self.nodes[key][0] if key in self.nodes else 1
        self.problems.append(ProblemError(code, line, message, hint))

    def text(self, key: str) -> str | None:
        node = self._node(key)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.note(key, "wrong-type", f"{key} must be text", f'write it as {key}: "…"')
            return None
        return str(node.value)

    def required(self, key: str, example: str) -> str:
        value = self.text(key)
        if value is None or not value.strip():
            code, hint = f"missing-{key}", f"add a line like {key}: {example}"
            if not any(p.message.startswith(f"{key} ") for p in self.problems):
                self.note(key, code, f"the front matter has no {key}", hint)
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        node = self._node(key)
        if node is None:
            return ()
        items = node.value if isinstance(node, yaml.SequenceNode) else None
        if items is None or not all(isinstance(item, yaml.ScalarNode) for item in items):
            hint = f"write {key}: [one, two]"
            self.note(key, "wrong-type", f"{key} must be a list of texts", hint)
            return ()
        return tuple(str(item.value) for item in items)

    def date(self, key: str) -> date | None:
        text = self.text(key)
        if text is None:
            return None
        try:
            return date.fromisoformat(text.strip()[:10])
        except ValueError:
            self.note(
                key, "bad-date", f"{key} is not a date: {text[:40]!r}", "write it as 2026-11-21"
            )
            return None

    def wake(self) -> Wake | None:
        text = self.text("wake")
        if text is None:
            return None
        found = parse_wake(text)
        if found is None:
            message = f"wake says {text[:40]!r}, which is no rule"
            self.note("wake", "bad-wake", message, f"write {EXAMPLES}")
        return found

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        node = self._node(key)
        if node is None:
            return ()
        items = node.value if isinstance(node, yaml.MappingNode) else None
        if items is None or not all(isinstance(n, yaml.ScalarNode) for pair in items for n in pair):
            hint = "kbtool writes it: take the key out, then publish the article again"
            self.note(key, "wrong-type", f"{key} must be a mapping of texts", hint)
            return ()
        return tuple((str(name.value), str(value.value)) for name, value in items)

    def evidence(self) -> tuple[Evidence, ...]:
        if self._node("evidence") is None:
            return ()
        try:
            return tuple(_evidence(item) for item in construct(self.nodes["evidence"][1]))
        except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError):
            self.note(
                "evidence", "bad-evidence", "the evidence cannot be read",
                "kbtool writes it: restore it from your version control, or take the key out",
            )  # fmt: skip
            return ()

    def extra(self) -> Iterator[tuple[str, object]]:
        for key, (_, node) in self.nodes.items():
            if key in KEYS:
                continue
            try:
                yield key, construct(node)
            except (yaml.YAMLError, ValueError, RecursionError):
                hint = "use plain YAML values: text, numbers, dates, lists, mappings"
                self.note(key, "bad-yaml", f"the value of {key} cannot be read", hint)

    def _node(self, key: str) -> yaml.Node | None:
        node = self.nodes.get(key, (0, None))[1]
        return None if node is None or node.tag == _NULL else node


def _article(fields: _Fields, body: str, path: str, body_line: int) -> Article:
    id_ = fields.required("id", "kb-1042")
    if id_ and not ARTICLE_ID.fullmatch(id_):
        hint = "use letters, digits and hyphens, at most 64, such as kb-1042"
        fields.note("id", "bad-id", f"{id_[:80]!r} cannot be an id", hint)
    lang = fields.required("lang", "en")
    if lang and not LANGUAGE_CODE.fullmatch(lang):
        hint = "use a code such as en, tr or et"
        fields.note("lang", "bad-lang", f"{lang[:40]!r} is not a language code", hint)
    status = fields.required("status", "draft")
    if status and status not in STATUSES:
        hint = "use one of " + ", ".join(STATUSES)
        fields.note("status", "unknown-status", f"{status[:40]!r} is not a status", hint)
    return Article(
        id=id_,
        title=fields.required("title", '"How do I …?"'),
        lang=lang,
        status=cast("ArticleStatus", status),
        category=fields.text("category"),
        section=_section(fields),
        body=body,
        path=path,
        tags=fields.texts("tags"),
        also_asked=fields.texts("also_asked"),
        former=_former(fields),
        translation_of=fields.text("translation_of"),
        topic=fields.text("topic"),
        updated=fields.date("updated"),
        reviewed_by=fields.text("reviewed_by"),
        review_by=fields.date("review_by"),
        evidence=fields.evidence(),
        drafted_sha256=fields.text("drafted_sha256"),
        rewritten_by=fields.text("rewritten_by"),
        reason=fields.text("reason"),
        wake=fields.wake(),
        replaced_by=fields.text("replaced_by"),
        differs_from=fields.texts("differs_from"),
        translated=fields.pairs("translated"),
        heard_until=fields.date("heard_until"),
        published=fields.date("published"),
        release=fields.date("release"),
        lot=fields.text("lot"),
        extra=tuple(fields.extra()),
        body_line=body_line,
    )


def _section(fields: _Fields) -> str | None:
    section = fields.text("section")
    if section and not SLUG.fullmatch(section):
        hint = "use a-z, 0-9 and -, such as first-steps; its title is set in mkdocs.yml"
        fields.note("section", "bad-section", f"{section[:40]!r} cannot be a section", hint)
    return section or None


def _former(fields: _Fields) -> tuple[str, ...]:
    addresses = fields.texts("former")
    for address in addresses:
        if problem := former_problem(address):
            message = f"the former address {address[:80]!r} cannot be used: {problem}"
            fields.note("former", "bad-former", message, "write it as en/orders/old-name/")
    return addresses


def _evidence(item: dict[str, Any]) -> Evidence:
    first_seen, last_seen = item.get("first_seen"), item.get("last_seen")
    if any(day is not None and type(day) is not date for day in (first_seen, last_seen)):
        raise TypeError("first_seen and last_seen must be dates")
    if type(edited := item.get("edited", False)) is not bool:
        raise TypeError("edited must be true or false")
    if not isinstance(item["sources"], list) or min(int(item["tickets"]), int(item["agents"])) < 0:
        raise TypeError("sources must be a list, and counts cannot be negative")
    return Evidence(
        text=str(item["text"]),
        sources=tuple(str(source) for source in item["sources"]),
        tickets=int(item["tickets"]),
        agents=int(item["agents"]),
        last_seen=last_seen,
        first_seen=first_seen,
        edited=edited,
    )


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Wake):
        return wake_text(value)
    if isinstance(value, Evidence):
        data = {
            "text": value.text,
            "sources": list(value.sources),
            "tickets": value.tickets,
            "agents": value.agents,
        }
        more = {
            "first_seen": value.first_seen,
            "last_seen": value.last_seen,
            "edited": value.edited,
        }
        return data | {name: told for name, told in more.items() if told}
    return value


def one_newline(text: str) -> str:
    """``text`` with every line ended by a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _finding(problem: ProblemError, path: str) -> Finding:
    return Finding("error", problem.code, path, problem.line, problem.message, problem.hint)
