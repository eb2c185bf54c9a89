"""Articles and topics to rank."""

from __future__ import annotations

from kbtool.model import Article, Suggestion, Topic, Trend, Wording, Worth


def article(
    id_: str,
    title: str = "How do I renew a loan?",
    *,
    lang: str = "en",
    body: str = "Open **My shelf** and press **Renew**.",
    **changes: object,
) -> Article:
    """A published article."""
    fields: dict[str, object] = {"status": "published", "category": None, "path": f"{id_}.md"}
    return Article(id=id_, title=title, lang=lang, body=body, **{**fields, **changes})  # type: ignore[arg-type]  # a test builder


def topic(
    id_: str = "t-1",
    *,
    size: int = 6,
    langs: tuple[tuple[str, int], ...] = (("en", 6),),
    months: tuple[tuple[str, int], ...] = (("2026-01", 3), ("2026-06", 3)),
    trend: Trend = "steady",
    wordings: tuple[str, ...] = ("How can I renew my loan?", "renew loan longer"),
    keywords: tuple[str, ...] = ("renew", "loan"),
    expected: float | None = 1.0,
    peaks: tuple[str, ...] = (),
) -> Topic:
    """A topic with tickets ``desk:<id>-0`` and so on."""
    tickets = tuple(f"desk:{id_}-{n}" for n in range(size))
    return Topic(
        id=id_,
        question=wordings[0],
        keywords=keywords,
        tickets=tickets,
        requesters=size,
        languages=langs,
        months=months,
        trend=trend,
        wordings=tuple(Wording(text, langs[0][0], tickets[0]) for text in wordings),
        peaks=peaks,
        expected=expected,
    )


def suggestion(topic_id: str | None, worth: float, **changes: object) -> Suggestion:
    """A write suggestion of a topic with six tickets."""
    fields: dict[str, object] = {
        "kind": "write",
        "topic": topic_id,
        "question": "?",
        "tickets": tuple(f"desk:{n}" for n in range(6)),
        "requesters": 6,
        "languages": (("en", 6),),
        "trend": "steady",
        "article": None,
        "parts": Worth(worth),
        "reasons": (f"worth {worth}",),
    }
    return Suggestion(**{**fields, **changes})  # type: ignore[arg-type]  # a test builder
