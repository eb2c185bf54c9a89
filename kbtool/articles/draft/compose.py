"""A topic and its tickets become drafts: one article a language that has enough evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from kbtool.articles.agreeing.choose import groups
from kbtool.articles.agreeing.complete import completed
from kbtool.articles.agreeing.conflicts import Conflict, find_conflicts
from kbtool.articles.agreeing.corrections import corrected
from kbtool.articles.agreeing.support import Group, Replies, support_needed
from kbtool.articles.draft.outline import Outline, Rewrite
from kbtool.articles.draft.questions import PersonalData, questions
from kbtool.articles.draft.render import LinkTo, body
from kbtool.articles.draft.shelf import category_of
from kbtool.articles.files.frontmatter import draft_sha256
from kbtool.articles.files.store import DRAFTS
from kbtool.articles.saying.paths import menu_labels
from kbtool.articles.saying.replies import LINK, ArticleOf, Said, said, trusted
from kbtool.model import PUBLIC, Article, Evidence, Ticket, Topic
from kbtool.permalink import permalink_address
from kbtool.privacy.hashing import count_people
from kbtool.text import foreign_language

FEWEST_REQUESTERS = 3
"""No setting goes below this: what fewer people asked may be about one of them."""
MOST_TICKETS = 300
"""Newest tickets read for one draft; more would only repeat them."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Why a topic was not drafted, in one language (``None``: in any)."""

    topic: str
    lang: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What drafting needs to know beside the topic and its tickets."""

    languages: tuple[str, ...]
    only: str | None
    """Draft in this language only."""
    articles: tuple[Article, ...]
    article_of: ArticleOf
    asked: Callable[[Ticket], Sequence[str]]
    """Ticket → its customer's sentences, redacted."""
    personal_data: PersonalData
    min_requesters: int
    rewrite: Rewrite | None = None
    """Words a draft's sentences anew; without it they stay the agents' own."""


def article_id(topic: str, lang: str) -> str:
    """The permanent id of a topic's draft in a language."""
    return "kb-" + blake2b(f"{topic}/{lang}".encode(), digest_size=4).hexdigest()


def draft_topic(
    topic: Topic, tickets: Sequence[Ticket], sources: Sources
) -> tuple[tuple[Article, ...], tuple[Skipped, ...]]:
    """Drafts of a topic, and the languages that were left out with the reason.

    Only public human agent replies of answered tickets speak, and only when they come from
    ``min_requesters`` different requesters. A language is drafted from three of them on; when none
    has so many, the one with most. The order of ``tickets`` does not matter.
    """
    wanted = set(topic.tickets)
    answered = [t for t in tickets if t.key in wanted and t.resolution == "answered"]
    asked = count_people(ticket.requester for ticket in answered)
    least = max(sources.min_requesters, FEWEST_REQUESTERS)
    if asked < least:
        reason = f"answered for {asked} different requesters, {least} are needed"
        if asked >= FEWEST_REQUESTERS:
            reason += f" (--min-requesters {asked} drafts it all the same)"
        return (), (Skipped(topic.id, None, reason),)
    found = _by_language(topic, answered, sources.languages)
    if not found:
        reason = f"answered in a language that mkdocs.yml does not name ({len(answered)} tickets)"
        return (), (Skipped(topic.id, None, reason),)
    drafts, skipped = _drafts(topic, found, sources)
    translations = _as_translations(drafts, category_of(drafts, sources.articles))
    lead = next((draft.id for draft in translations if not draft.translation_of), None)
    too_few = (
        Skipped(topic.id, lang, _to_translate(count_people(t.requester for t in of_lang), lead))
        for lang, of_lang in found.items()
        if sources.only in (None, lang) and lang not in _spoken_enough(found)
    )
    return translations, (*skipped, *too_few)


def _drafts(
    topic: Topic, found: Mapping[str, Sequence[Ticket]], sources: Sources
) -> tuple[list[Article], list[Skipped]]:
    """The drafts of the languages with people enough, and why one of those has none."""
    replies = {
        lang: [
            one
            for t in of_lang
            if (one := corrected(said(t, lang, sources.article_of, sources.languages)))
        ]
        for lang, of_lang in found.items()
    }
    drafts: list[Article] = []
    skipped: list[Skipped] = []
    for lang in _spoken_enough(found):
        if sources.only in (None, lang):
            made = _draft(topic, found, replies, lang, sources)
            (drafts if isinstance(made, Article) else skipped).append(made)  # type: ignore[arg-type]  # the list fits by construction
    return drafts, skipped


def _spoken_enough(found: Mapping[str, Sequence[Ticket]]) -> list[str]:
    """The languages with three requesters or more, or those with most when none has so many."""
    people = {lang: count_people(t.requester for t in of_lang) for lang, of_lang in found.items()}
    least = min(FEWEST_REQUESTERS, max(people.values(), default=0))
    return [lang for lang, count in people.items() if count >= least]


def _to_translate(people: int, lead: str | None) -> str:
    asked = "1 person" if people == 1 else f"{people} people"
    if lead:
        return f"only {asked} asked in this language: translate {lead}"
    return f"only {asked} asked in this language, too few for a draft of its own"


def _by_language(
    topic: Topic, tickets: Sequence[Ticket], languages: Sequence[str]
) -> dict[str, list[Ticket]]:
    """Language → its tickets, newest last; a ticket of unknown language takes the topic's own,
    unless its agents write one that is not among ``languages``."""
    usual = next((lang for lang, _ in topic.languages if lang in languages), languages[0])
    found: dict[str, list[Ticket]] = {}
    for ticket in sorted(tickets, key=lambda t: (str(t.created_at or ""), t.key)):
        lang = ticket.language or usual
        if lang in languages and not (ticket.language is None and _foreign(ticket, languages)):
            found.setdefault(lang, []).append(ticket)
    return {lang: found[lang][-MOST_TICKETS:] for lang in languages if lang in found}


def _foreign(ticket: Ticket, languages: Sequence[str]) -> bool:
    """Whether agents answered in a language that is not among ``languages``."""
    public = (m.text for m in ticket.messages if m.role == "agent" and m.visibility == "public")
    return foreign_language("\n\n".join(public), languages) is not None


def _draft(
    topic: Topic,
    tickets: Mapping[str, Sequence[Ticket]],
    by_language: Mapping[str, Sequence[Sequence[Said]]],
    lang: str,
    sources: Sources,
) -> Article | Skipped:
    own = by_language[lang]
    everything = [one for of_language in by_language.values() for one in of_language]
    trust = {ticket.key: trusted(ticket) for of_lang in tickets.values() for ticket in of_lang}
    read = Replies(everything, lang, lambda text: not sources.personal_data(text), trust)
    kept = groups(read)
    conflicts = find_conflicts(kept, everything, lang)
    kept = completed(kept, conflicts, read)
    asked = {code: [sources.asked(ticket) for ticket in of] for code, of in tickets.items()}
    abroad = {code: of for code, of in asked.items() if code != lang}
    asked_as = questions(topic, asked[lang], lang, sources.personal_data, abroad)
    if not kept or asked_as is None:
        what = "no sentence is supported by several agents" if not kept else "no question is clean"
        return Skipped(topic.id, lang, f"{what} ({len(own)} answered tickets read)")
    outline = Outline(
        article=article_id(topic.id, lang),
        lang=lang,
        title=asked_as.title,
        also_asked=asked_as.also_asked,
        groups=kept,
        conflicts=conflicts,
        labels=menu_labels((one.text for of_ticket in own for one in of_ticket), lang),
    )
    if sources.rewrite:
        outline = sources.rewrite(outline)
    return _article(outline, topic.id, _see_also(own, outline.article), sources.articles)


def _article(
    outline: Outline, topic: str, see_also: Sequence[str], articles: Sequence[Article]
) -> Article:
    id_, lang, links = outline.article, outline.lang, links_to(articles)
    linked = {id_ for group in outline.groups for id_ in LINK.findall(group.said.text)}
    others = [one for one in see_also if one not in linked]
    text = body(outline.groups, outline.conflicts, lang, links, others, outline.labels)
    return Article(
        id=id_,
        title=outline.title,
        lang=lang,
        status="draft",
        category=None,
        body=text,
        path=f"{DRAFTS}/{id_}.md",
        also_asked=outline.also_asked,
        topic=topic,
        evidence=_all_evidence(outline.groups, outline.conflicts),
        rewritten_by=outline.rewritten_by,
    )


def _all_evidence(kept: Sequence[Group], conflicts: Mapping[str, Conflict]) -> tuple[Evidence, ...]:
    """Of every kept sentence and of every side of a conflict, each once, in order."""
    found: dict[str, Evidence] = {}
    for group in kept:
        conflict = conflicts.get(group.said.ref)
        for one in conflict.sides if conflict else (group,):
            found.setdefault(one.said.text, evidence_of(one))
    return tuple(found.values())


def links_to(articles: Sequence[Article]) -> LinkTo:
    """How to link those articles that readers see: by title and permanent address."""
    known = {a.id.lower(): a for a in articles if a.status in PUBLIC}

    def link_to(id_: str) -> tuple[str, str] | None:
        article = known.get(id_.lower())
        return (article.title, "/" + permalink_address(article.id)) if article else None

    return link_to


def _see_also(replies: Sequence[Sequence[Said]], own: str) -> list[str]:
    """Articles that agents link in enough tickets, most often first."""
    linked: Counter[str] = Counter()
    for one in replies:
        linked.update({id_ for said_ in one for id_ in LINK.findall(said_.text)} - {own})
    needed = support_needed(len(replies))
    return [
        id_ for id_, count in sorted(linked.items(), key=lambda i: (-i[1], i[0])) if count >= needed
    ]


def evidence_of(group: Group) -> Evidence:
    """The evidence of a sentence that rests on ``group``."""
    return Evidence(
        text=LINK.sub(r"[\1]", group.said.text),
        sources=tuple(source.ref for source in group.sources),
        tickets=group.tickets,
        agents=group.agents,
        last_seen=group.last_seen,
        first_seen=group.first_seen,
    )


def _as_translations(drafts: Sequence[Article], category: str | None) -> tuple[Article, ...]:
    """The draft with most evidence leads; the others are its translations, on the same shelf."""
    if not drafts:
        return ()
    lead = max(drafts, key=lambda d: (sum(e.tickets for e in d.evidence), d.id))
    shelved = [replace(d, category=category) for d in drafts]
    linked = (d if d.id == lead.id else replace(d, translation_of=lead.id) for d in shelved)
    return tuple(replace(d, drafted_sha256=draft_sha256(d)) for d in linked)
