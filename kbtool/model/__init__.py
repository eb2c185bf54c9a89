"""Frozen records that cross a stage. Standard library only, no behaviour.

Times are timezone-aware UTC ``datetime``s; ``None`` means unknown, never a guess.
A *ticket key* is ``"<source>:<ticket id>"``; a *message reference* is ``"<ticket key>/<message id>"``.
All text in these records is already redacted: raw text lives only inside ``kbtool.tickets``.
"""

from typing import TYPE_CHECKING

from kbtool.lazy import lazily

if TYPE_CHECKING:
    from kbtool.model.articles import (
        PUBLIC,
        Article,
        ArticleStatus,
        Document,
        Evidence,
        Finding,
        PublishedAddress,
        Wake,
    )
    from kbtool.model.events import (
        Event,
        EventKind,
        Visit,
    )
    from kbtool.model.figures import (
        ArticleFigures,
        BrokenLink,
        Outcome,
        QueryFigures,
        Rate,
        Report,
        TopicFigures,
    )
    from kbtool.model.search import SearchFound, SearchHit
    from kbtool.model.tickets import (
        Cut,
        Macro,
        Message,
        Provenance,
        Rejected,
        Resolution,
        Role,
        Ticket,
        Visibility,
    )
    from kbtool.model.topics import (
        ChangeKind,
        Coverage,
        Instead,
        InsteadKind,
        Proposal,
        ProposalKind,
        Sample,
        Suggestion,
        SuggestionKind,
        Topic,
        TopicChange,
        TopicRun,
        Trend,
        Twin,
        Way,
        Wording,
        Worth,
    )

__all__ = [
    "PUBLIC",
    "Article",
    "ArticleFigures",
    "ArticleStatus",
    "BrokenLink",
    "ChangeKind",
    "Coverage",
    "Cut",
    "Document",
    "Event",
    "EventKind",
    "Evidence",
    "Finding",
    "Instead",
    "InsteadKind",
    "Macro",
    "Message",
    "Outcome",
    "Proposal",
    "ProposalKind",
    "Provenance",
    "PublishedAddress",
    "QueryFigures",
    "Rate",
    "Rejected",
    "Report",
    "Resolution",
    "Role",
    "Sample",
    "SearchFound",
    "SearchHit",
    "Suggestion",
    "SuggestionKind",
    "Ticket",
    "Topic",
    "TopicChange",
    "TopicFigures",
    "TopicRun",
    "Trend",
    "Twin",
    "Visibility",
    "Visit",
    "Wake",
    "Way",
    "Wording",
    "Worth",
]

if not TYPE_CHECKING:
    __getattr__ = lazily(
        __name__, __all__, ("search", "articles", "tickets", "events", "topics", "figures")
    )
