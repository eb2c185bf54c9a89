"""What came back becomes suggestions, with the counts in the reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kbtool.model import (
    Article,
    ArticleFigures,
    Coverage,
    QueryFigures,
    Rate,
    Report,
    Span,
    Suggestion,
    Topic,
    TopicFigures,
    Trend,
    Wording,
    Worth,
)
from kbtool.suggest.feedback import Known, boost, suggestions_from_feedback

UNTIL = datetime(2026, 11, 30, tzinfo=UTC)
NONE = Rate(0, 0, None, None)
MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")


def report(
    *,
    articles: tuple[ArticleFigures, ...] = (),
    queries: tuple[QueryFigures, ...] = (),
    topics: tuple[TopicFigures, ...] = (),
    contacts: Rate = NONE,
) -> Report:
    """A report of one month (30.4375 days) with these figures and no others."""
    return Report(
        since=UNTIL - timedelta(days=30.4375), until=UNTIL, window_days=7, min_count=20,
        first_event=None, events=0, excluded=(), without_visitor=0, views=0, visits=0, searches=0,
        search_without_result=NONE, search_click_through=NONE, helpful=NONE,
        contacts_after_view=contacts, confirmed=NONE, potential=NONE, no_deflection=NONE,
        unknown_visits=0, taken_back=0, open_visits=0, contacts_opened=0, contacts_solved=0,
        contacts_handed_off=0, link_rate=NONE, resolving_links=NONE,
        reuse_rate=NONE, gone_links=(), broken_links=(),
        articles=articles, queries=queries, queries_left_out=0, topics=topics,
    )  # fmt: skip


def missed(query: str, times: int = 4, contacted: int = 0, lang: str | None = "en") -> QueryFigures:
    """A query that always found nothing."""
    return QueryFigures(query, lang, times, times, 0, contacted)


def article(
    id_: str, lang: str = "en", *, original: str | None = None, updated: date | None = None
) -> Article:
    """A published article."""
    return Article(
        id=id_, title=f"About {id_}", lang=lang, status="published", category=None, body="",
        path=f"{lang}/{id_}.md", translation_of=original, updated=updated,
    )  # fmt: skip


def topic(id_: str, question: str, *wordings: str, trend: Trend = "steady") -> Topic:
    """A topic of five tickets."""
    return Topic(
        id=id_, question=question, keywords=(), tickets=("s:1", "s:2"), requesters=2,
        languages=(("en", 2),), months=(), trend=trend,
        wordings=tuple(Wording(text, "en", "s:1") for text in wordings),
    )  # fmt: skip


PAUSE = topic("t-pause", "Can I pause my subscription?", "How to freeze my plan")
UNLOCK = topic("t-unlock", "My bike does not unlock")
TOPICS = (PAUSE, UNLOCK)
COVERED = (Coverage("t-pause", "kb-1", 0.9, "text"),)


def test_a_query_that_nobody_answers_is_to_be_written() -> None:
    """Asked four times in a month, no hand-off seen: 4 × 1/6 tickets a month."""
    found = suggestions_from_feedback(report(queries=(missed("insurance abroad"),)), (), (), TOPICS)
    assert [(s.kind, s.question, s.article, s.worth) for s in found] == [
        ("write", "insurance abroad", None, 0.67)
    ]
    assert found[0].reasons == (
        "searched 4 times without a result (“insurance abroad”), "
        "and no topic of the tickets asks it",
    )


def test_what_was_asked_twice_or_is_only_personal_data_is_left_alone() -> None:
    """Below three searches, or nothing but a placeholder, there is no suggestion."""
    queries = (missed("insurance", 2), missed("[order]", 9), missed("[e-mail] [phone]", 9))
    assert suggestions_from_feedback(report(queries=queries), ()) == ()


def test_a_query_whose_topic_has_an_article_is_a_missing_wording() -> None:
    """The topic's own words join query and article, and its tickets are the evidence."""
    found = suggestions_from_feedback(
        report(queries=(missed("freeze plan", 4, contacted=2),)),
        (article("kb-1"),),
        COVERED,
        TOPICS,
    )
    assert [(s.kind, s.topic, s.article, s.tickets) for s in found] == [
        ("wording", "t-pause", "kb-1", ("s:1", "s:2"))
    ]
    assert found[0].worth == 2.0  # 4 a month × (2 + 1) / (4 + 2)
    assert found[0].reasons == (
        "searched 4 times without a result (“freeze plan”), 2 of them then went on to a person, "
        "although kb-1 “About kb-1” answers it",
    )
    line = found[0].proposals[0]
    assert (line.file, line.line, line.visits) == ("en/kb-1.md", "- freeze plan", 4)


def test_the_wording_goes_to_the_article_in_the_querys_language() -> None:
    """Its translation when there is one; otherwise a translation is what is missing."""
    query = report(queries=(missed("freeze plan", lang="et"),))
    shelf = (article("kb-1"), article("kb-2", "et", original="kb-1"))
    assert [
        (s.kind, s.article) for s in suggestions_from_feedback(query, shelf, COVERED, TOPICS)
    ] == [("wording", "kb-2")]
    alone = suggestions_from_feedback(query, shelf[:1], COVERED, TOPICS)
    assert [(s.kind, s.article) for s in alone] == [("translate", "kb-1")]
    assert "in English only" in alone[0].reasons[0]


def test_a_query_of_a_topic_without_article_boosts_the_topics_suggestion() -> None:
    """It makes no second suggestion; the topic's gets a reason and worth more."""
    asked = report(queries=(missed("freeze plan", 6), missed("pausing the subscription", 3)))
    assert suggestions_from_feedback(asked, (), (), TOPICS) == ()
    pause, unlock = (
        Suggestion("write", t.id, t.question, t.tickets, 2, t.languages, t.trend, None, Worth(5.0), ("asked",))
        for t in TOPICS
    )  # fmt: skip
    boosted = boost((unlock, pause), asked, TOPICS)
    assert boosted[0] == unlock
    assert boosted[1].worth == round(5.0 + 9 / 11, 2)
    assert boosted[1].reasons == (
        "asked",
        "searched 9 times without a result (“freeze plan”, “pausing the subscription”)",
    )
    fix = replace(pause, kind="fix")
    assert boost((fix,), asked, TOPICS) == (fix,)


def figures(id_: str, contacts: Rate = NONE, helpful: Rate = NONE) -> ArticleFigures:
    """What came back about an article."""
    return ArticleFigures(id_, "", "en", 0, 0, 0, helpful, contacts, 0, NONE)


def test_an_article_after_which_readers_surely_contact_more_is_to_be_fixed() -> None:
    """30 of 60 against 10 % over all: 24 contacts more than usual in the month."""
    site = Rate(40, 400, 0.074, 0.133)
    bad, usual = Rate(30, 60, 0.377, 0.623), Rate(8, 60, 0.069, 0.242)
    unsure = Rate(3, 6, None, None)
    found = suggestions_from_feedback(
        report(
            articles=(figures("kb-1", bad), figures("kb-2", usual), figures("kb-3", unsure)),
            contacts=site,
        ),
        [article(f"kb-{n}") for n in (1, 2, 3)],
    )
    assert [(s.kind, s.article, s.worth) for s in found] == [("fix", "kb-1", 24.0)]
    assert found[0].reasons == (
        "kb-1 was read in 60 visits, 30 of them then went on to a person (50%; 10% over all articles)",
    )
    assert found[0].command == "kbtool metrics --article kb-1"


def test_an_article_voted_down_is_to_be_fixed() -> None:
    """Only when the whole interval is below one half."""
    down, even = Rate(5, 25, 0.089, 0.391), Rate(10, 25, 0.234, 0.593)
    found = suggestions_from_feedback(
        report(articles=(figures("kb-1", helpful=down), figures("kb-2", helpful=even))),
        [article("kb-1"), article("kb-2")],
    )
    assert [s.article for s in found] == ["kb-1"]
    assert found[0].reasons == ("20 of 25 votes on kb-1 say that it did not help",)
    assert found[0].worth == 10.0  # 20 votes × 1/2: no visit is known


def grown(trend: Trend, counts: tuple[int, ...] = (2, 2, 2, 4, 5, 6)) -> TopicFigures:
    """The pause topic with these tickets a month."""
    months = tuple(zip(MONTHS, counts, strict=True))
    return TopicFigures("t-pause", PAUSE.question, months, "kb-1", trend)


def test_a_topic_that_still_grows_asks_for_a_better_article() -> None:
    """From 6 to 15 tickets in three months although kb-1 answers it: 3 a month."""
    shelf = (article("kb-1", updated=date(2026, 5, 1)),)
    found = suggestions_from_feedback(report(topics=(grown("growing"),)), shelf, COVERED, TOPICS)
    assert [(s.kind, s.topic, s.article, s.worth) for s in found] == [
        ("fix", "t-pause", "kb-1", 3.0)
    ]
    assert found[0].reasons == (
        "“Can I pause my subscription?” still grows although kb-1 answers it: "
        "15 tickets in the last 3 months, 6 in the 3 before",
    )


def test_growth_before_the_article_blames_nothing() -> None:
    """An article changed within the recent months, or a topic not growing, says nothing yet."""
    fresh = (article("kb-1", updated=date(2026, 9, 1)),)
    growing = report(topics=(grown("growing"),))
    assert suggestions_from_feedback(growing, fresh, COVERED, TOPICS) == ()
    steady = report(topics=(grown("steady"),))
    assert suggestions_from_feedback(steady, (article("kb-1"),), COVERED, TOPICS) == ()


def test_several_signs_make_one_suggestion() -> None:
    """An article is fixed once; worth is the largest sign's, for they overlap."""
    found = suggestions_from_feedback(
        report(
            articles=(figures("kb-1", helpful=Rate(5, 25, 0.089, 0.391)),),
            topics=(grown("growing"),),
        ),
        [article("kb-1")],
        COVERED,
        TOPICS,
    )
    assert [(s.article, s.worth, len(s.reasons)) for s in found] == [("kb-1", 10.0, 2)]


def test_the_order_of_the_input_does_not_matter() -> None:
    """Worth most first, ties by kind and question."""
    queries = (missed("alpha"), missed("beta"), missed("gamma", 9))
    one = suggestions_from_feedback(report(queries=queries), ())
    two = suggestions_from_feedback(report(queries=queries[::-1]), ())
    assert one == two
    assert [s.question for s in one] == ["gamma", "alpha", "beta"]


def passed(query: str, searches: int, clicked: int = 0) -> QueryFigures:
    """A query that always found something."""
    return QueryFigures(query, "en", searches, 0, clicked, followed=searches)


def test_results_that_nobody_opens_ask_for_words() -> None:
    """Five or more, surely opened less than half the time, and words that the article lacks."""
    said = replace(article("kb-1"), also_asked=("May I freeze the plan?",))
    for query, shelf, kinds in (
        (passed("freeze plan", 6), article("kb-1"), ["wording"]),
        (passed("freeze plan", 4), article("kb-1"), []),
        (passed("freeze plan", 9, clicked=4), article("kb-1"), []),
        (passed("freeze plan", 6), said, []),
    ):
        found = suggestions_from_feedback(report(queries=(query,)), [shelf], COVERED, TOPICS)
        assert [one.kind for one in found] == kinds
    found = suggestions_from_feedback(
        report(queries=(passed("freeze plan", 6),)), [article("kb-1")], COVERED, TOPICS
    )
    assert found[0].reasons[0].startswith("of 6 searches with results 6 opened none")
    assert found[0].proposals[0].reason == "in 6 visits its results were passed over"


def test_a_search_that_was_being_typed_says_nothing() -> None:
    """Its reader went on typing; the whole query counts."""
    both = report(queries=(passed("freeze", 9), passed("freeze plan", 6)))
    found = suggestions_from_feedback(both, [article("kb-1")], COVERED, TOPICS)
    assert [s.question for s in found] == ["freeze plan"]


def test_passed_over_results_raise_the_topic_that_has_no_article() -> None:
    """The results were of others: half of those who saw them are taken to write."""
    write = Suggestion("write", "t-pause", "?", (), 2, (), None, None, Worth(5.0), ("asked",))
    (found,) = boost((write,), report(queries=(passed("freeze plan", 6),)), TOPICS)
    assert found.worth == 8.0
    assert found.reasons[1].startswith("of 6 searches with results 6 opened none")


def test_harm_is_measured_against_similar_visits() -> None:
    """Only when the whole interval is above nothing; what was counted before it was mended is past."""
    bad = replace(
        figures("kb-1", Rate(30, 60, 0.377, 0.623)), base=Rate(10, 100, 0.05, 0.17),
        excess=Span(0.4, 0.25, 0.53), failed=30,
    )  # fmt: skip
    unsure = replace(bad, excess=Span(0.1, -0.02, 0.2))
    told = (
        "kb-1 was read in 60 visits, 30 of them then went on to a person: 40 points more often "
        "(95 %: 25 to 53) than in similar visits, 10 of 100"
    )
    (found,) = suggestions_from_feedback(report(articles=(bad,)), [article("kb-1")])
    assert found.reasons == (told,)
    assert found.worth == 24.0
    assert found.parts.interval == (15.0, 31.8)
    assert suggestions_from_feedback(report(articles=(unsure,)), [article("kb-1")]) == ()
    for failed, count in ((16, 0), (15, 1)):
        known = Known(mended={"kb-1": failed})
        again = suggestions_from_feedback(report(articles=(bad,)), [article("kb-1")], known=known)
        assert len(again) == count


def test_a_stale_article_is_to_be_fixed() -> None:
    """With the reason that its front matter gives."""
    stale = replace(article("kb-1"), status="stale", reason="newer replies say 7 days")
    (found,) = suggestions_from_feedback(report(), [stale], COVERED, TOPICS)
    assert found.reasons == ("kb-1 is stale: newer replies say 7 days",)
    assert found.command == "kbtool draft --update kb-1"
