"""Whether what agents answer by now makes a published article stale, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kbtool.articles.agreeing.support import Replies, gather
from kbtool.articles.review import tickets_of
from kbtool.articles.saying.replies import LINK, Said
from kbtool.articles.update.against import (
    Contradiction,
    backing,
    contradictions,
    in_language,
    quoted,
    reason_of,
    statements,
)
from kbtool.articles.update.basis import basis, days_known, origins
from kbtool.articles.update.news import newer, older, surely_new
from kbtool.articles.update.passages import Body
from kbtool.model import Article

LEAST_ELSEWISE = 5
"""Tickets answered otherwise before they can outnumber what an article rests on."""
SHOWN = 3
"""Reasons named of one article."""


@dataclass(frozen=True, slots=True)
class Staleness:
    """Why an article is stale."""

    reasons: tuple[str, ...]
    """What weighs most first: contradictions, then what is missing, then how many say else."""
    sources: tuple[Said, ...]
    """The agents' sentences that say so."""
    heard_until: date
    """The day of the newest of them."""

    @property
    def reason(self) -> str:
        """The reasons in one line, the first three."""
        more = len(self.reasons) - SHOWN
        return "; ".join(self.reasons[:SHOWN]) + (f"; and {more} more" if more > 0 else "")


def staleness(article: Article, body: Body, replies: Replies) -> Staleness | None:
    """Why newer answers make ``article`` stale; None when they do not.

    ``replies`` are the public replies to what the article answers, in all languages. Only what
    was said after the answers it rests on counts, and after those of which a person was told
    (``heard_until``).
    """
    since = basis(article)
    if since is None:
        return None
    since = max(since, article.heard_until or since)
    new = newer(replies, since)
    if not new.said:
        return None
    own = statements(article.id, body, article.lang)
    days = days_known(article, origins(article, body))
    against = contradictions(body, own, replies, [max(day or since, since) for day in days])
    reasons = [reason_of(one, article.lang) for one in against]
    sources = [source for one in against for source in one.now.sources]
    told = {source.ref for source in sources}
    for group in surely_new(article, own, new, older(replies, since)):
        if told.isdisjoint(s.ref for s in group.sources):  # else the contradiction says it
            reasons.append(f"agents now add {quoted(group.said.text)} ({backing(group)})")
            sources += group.sources
    if otherwise := _outnumbered(article, own, new, against):
        reasons.append(otherwise[0])
        sources += otherwise[1]
    if not reasons:
        return None
    heard = max(s.on for s in sources if s.on)
    return Staleness(tuple(reasons), tuple(sorted(set(sources), key=lambda s: s.ref)), heard)


def _outnumbered(
    article: Article,
    own: Sequence[Said],
    new: Replies,
    against: Sequence[Contradiction],
) -> tuple[str, Sequence[Said]] | None:
    """The reason, when more new tickets are answered with nothing of the article than it rests on.

    Only an article with evidence rests on tickets; answers that only send it, or of which no
    sentence says anything to a reader, do not count. Most new tickets must be so.
    """
    rests_on = len(tickets_of(article.evidence))
    telling = [one for one in in_language(new) if any(s.fit for s in one)]
    if not rests_on or len(telling) < LEAST_ELSEWISE:
        return None
    alike = {s.ticket for one in own for s in new.supporting(one).sources}
    alike |= {s.ticket for one in against for s in one.now.sources}
    names = {article.id, article.translation_of or article.id}
    alike |= {s.ticket for one in telling for s in one if names & set(LINK.findall(s.text))}
    others = [one for one in telling if one[0].ticket not in alike]
    if len(others) < LEAST_ELSEWISE or len(others) <= rests_on or len(others) * 2 <= len(telling):
        return None
    group = gather(others[0][0], [s for one in others for s in one])
    if group.agents < min(2, len({s.agent for one in telling for s in one})):
        return None
    said = (
        f"{group.tickets} of {len(telling)} newer tickets are answered with nothing of it "
        f"(since {group.first_seen}, {group.agents} agents); it rests on {rests_on}"
    )
    return said, group.sources
