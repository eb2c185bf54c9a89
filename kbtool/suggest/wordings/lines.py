"""Proposals: the line to paste, where it goes, and what speaks for it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from kbtool.model import Article, Proposal, ProposalKind
from kbtool.plural import many
from kbtool.suggest.wordings.alike import Alike
from kbtool.suggest.wordings.asked import Wanted
from kbtool.suggest.wordings.searches import Reworded, Seen, Vain
from kbtool.suggest.wordings.shelf import Shelf
from kbtool.text import plain_terms

PREFIX = "w-"
"""How the id of a proposal begins; that of a topic begins otherwise."""
_PLAIN = re.compile(r"[^\W\d_](?:[\w '’,.?!()/%+-]*[\w?!)%])?")
"""Text that YAML reads as text without quotes, unless it is one of its own words."""
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def of_search(article: Article, query: str, seen: Seen | None, times: int = 0) -> Proposal:
    """A query that did not find ``article``; ``seen`` is what became of it where that is known,
    else ``times`` says in how many visits it was sent.
    """
    visits = seen.visits if seen else times
    reason = (
        f"in {many(visits, 'visit')} it was searched in vain and this article opened later"
        if seen
        else f"searched in {many(visits, 'visit')} without a result"
    )
    searches = seen.searches if seen else times
    return _also_asked(article, query, reason, searches=searches, visits=visits)


def of_vain(found: Vain, shelf: Shelf) -> Proposal | None:
    """A query whose readers opened the article later; None when there is none for them."""
    there = shelf.in_language(found.article, found.lang)
    return of_search(there.article, found.seen.text, found.seen) if there else None


def of_wanted(found: Wanted) -> Proposal:
    """What tickets ask that the article answered."""
    lacks = ", ".join(f"“{word}”" for word in found.words)
    tickets, people = many(len(found.cases), "ticket"), many(found.people, "requester")
    reason = f"{tickets} of {people} that it answered say {lacks}; the article does not"
    article, keys = found.article.article, tuple(case.ticket for case in found.cases)
    line = _also_asked(article, found.text, reason, tickets=keys, requesters=found.people)
    # by the word that is lacking: tomorrow another sentence may be the best that has it
    return replace(
        line, id=_id("also_asked", article.id, "", *plain_terms(found.words[0], line.lang))
    )


def of_alike(found: Alike) -> Proposal:
    """A word of tickets that stands where the article's word does."""
    tickets, people = many(len(found.cases), "ticket"), many(found.people, "requester")
    reason = (
        f"no article says “{found.word}”; {tickets} of {people} that {found.article.id} answered do, "
        f"where others say “{found.known}” (likeness {found.likeness:.2f}, "
        f"log-likelihood {found.belongs:.0f})"
    )
    keys = tuple(case.ticket for case in found.cases)
    one, two = (found.word,), (found.known,)
    return _synonym(found.lang, one, two, reason, tickets=keys, requesters=found.people)


def of_reworded(found: Reworded) -> Proposal:
    """Words that readers exchanged before they found an article."""
    lang, one, two = found.pair
    reason = (
        f"in {many(found.seen.visits, 'visit')} nothing was found with “{' '.join(one)}” and an "
        f"article with “{' '.join(two)}” in its place"
    )
    searches, visits = found.seen.searches, found.seen.visits
    return _synonym(lang, one, two, reason, searches=searches, visits=visits)


def _also_asked(
    article: Article,
    text: str,
    reason: str,
    *,
    searches: int = 0,
    visits: int = 0,
    tickets: tuple[str, ...] = (),
    requesters: int = 0,
) -> Proposal:
    asked = sorted(set(plain_terms(text, article.lang)))
    return Proposal(
        id=_id("also_asked", article.id, *asked),
        kind="also_asked",
        lang=article.lang,
        article=article.id,
        text=text,
        file=article.path,
        line=f"- {_scalar(text)}",
        reason=reason,
        searches=searches,
        visits=visits,
        tickets=tickets,
        requesters=requesters,
    )


def _synonym(
    lang: str,
    one: Sequence[str],
    two: Sequence[str],
    reason: str,
    *,
    searches: int = 0,
    visits: int = 0,
    tickets: tuple[str, ...] = (),
    requesters: int = 0,
) -> Proposal:
    searched, found = " ".join(one), " ".join(two)
    return Proposal(
        id=_id("synonym", lang, searched, found),
        kind="synonym",
        lang=lang,
        article=None,
        text=f"{searched} → {found}",
        file=f"synonyms/{lang}.yaml",
        line=f"- {_scalar(searched)}: {_scalar(found)}",
        reason=reason,
        searches=searches,
        visits=visits,
        tickets=tickets,
        requesters=requesters,
    )


def _id(kind: ProposalKind, *parts: str) -> str:
    return PREFIX + sha256("\n".join((kind, *parts)).encode()).hexdigest()[:8]


def _scalar(text: str) -> str:
    """``text`` as YAML reads it back; JSON's strings are YAML's."""
    if _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
