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
    from kbtool.model.effects import Effect, Effects, Pooled, Span
    from kbtool.model.events import (
        Arm,
        Event,
        EventKind,
        Visit,
    )
    from kbtool.model.figures import (
        ArticleFigures,
        BrokenLink,
        ContactFigures,
        Holdout,
        LanguageFigures,
        MonthFigures,
        Outcome,
        PeriodFigures,
        QueryFigures,
        Rate,
        Report,
        SearchFigures,
        SourceFigures,
        TopicFigures,
        TopicHandling,
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
        TicketFacts,
        Visibility,
    )
    from kbtool.model.topics import (
        Bounds,
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
    "Arm",
    "Article",
    "ArticleFigures",
    "ArticleStatus",
    "Bounds",
    "BrokenLink",
    "ChangeKind",
    "ContactFigures",
    "Coverage",
    "Cut",
    "Document",
    "Effect",
    "Effects",
    "Event",
    "EventKind",
    "Evidence",
    "Finding",
    "Holdout",
    "Instead",
    "InsteadKind",
    "LanguageFigures",
    "Macro",
    "Message",
    "MonthFigures",
    "Outcome",
    "PeriodFigures",
    "Pooled",
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
    "SearchFigures",
    "SearchFound",
    "SearchHit",
    "SourceFigures",
    "Span",
    "Suggestion",
    "SuggestionKind",
    "Ticket",
    "TicketFacts",
    "Topic",
    "TopicChange",
    "TopicFigures",
    "TopicHandling",
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
        __name__,
        __all__,
        ("search", "articles", "tickets", "events", "topics", "effects", "figures"),
    )
