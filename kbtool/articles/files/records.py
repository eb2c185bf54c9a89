"""Articles as plain records, so that front matter that was read once need not be parsed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from datetime import date
from typing import Any

from kbtool.articles.files.wake import parse_wake, wake_text
from kbtool.model import Article, Evidence

_DATES = ("updated", "review_by", "heard_until", "published", "release")
_TEXTS = ("tags", "also_asked", "differs_from", "former")
_ELSEWHERE = ("body", "path")
_DEFAULTS = {
    field.name: None if field.default is MISSING else field.default
    for field in fields(Article)
    if field.name not in _ELSEWHERE
}


def record_of(article: Article) -> dict[str, Any] | None:
    """What ``article_from`` makes the article of again, without its body and path: JSON values
    only. None when the front matter holds values that JSON does not know.
    """
    found = {
        name: value
        for name, default in _DEFAULTS.items()
        if (value := getattr(article, name)) != default
    }
    for name in _DATES:
        if name in found:
            found[name] = found[name].isoformat()
    if article.wake:
        found["wake"] = wake_text(article.wake)
    if article.evidence:
        found["evidence"] = [_evidence_record(one) for one in article.evidence]
    return found if _is_plain(article.extra) and _wakes_again(article) else None


def article_from(record: Mapping[str, Any], body: str, path: str) -> Article:
    """The article whose record this is. Raises KeyError, TypeError and ValueError for any other."""
    found = {"category": None, **record}
    for name in _DATES:
        if name in found:
            found[name] = date.fromisoformat(found[name])
    for name in _TEXTS:
        if name in found:
            found[name] = tuple(found[name])
    for name in ("translated", "extra"):
        if name in found:
            found[name] = tuple((key, value) for key, value in found[name])
    if "wake" in found:
        found["wake"] = parse_wake(found["wake"])
    if "evidence" in found:
        found["evidence"] = tuple(_evidence(one) for one in found["evidence"])
    return Article(body=body, path=path, **found)


def _evidence_record(one: Evidence) -> dict[str, Any]:
    found = asdict(one)
    for name in ("first_seen", "last_seen"):
        found[name] = found[name] and found[name].isoformat()
    return found


def _evidence(record: Mapping[str, Any]) -> Evidence:
    found = {**record, "sources": tuple(record["sources"])}
    for name in ("first_seen", "last_seen"):
        found[name] = found[name] and date.fromisoformat(found[name])
    return Evidence(**found)


def _wakes_again(article: Article) -> bool:
    return article.wake is None or parse_wake(wake_text(article.wake)) == article.wake


def _is_plain(value: object) -> bool:
    """Whether JSON gives the value back as it is; front matter may hold dates, bytes and sets."""
    if isinstance(value, tuple | list):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(type(key) is str and _is_plain(own) for key, own in value.items())
    if type(value) is float:
        return value - value == 0  # neither infinite nor no number
    return value is None or type(value) in (str, int, bool)
