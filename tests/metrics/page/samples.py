"""Reports as people get them: a rich one of a year, one of a new help centre, one made to harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kbtool.intervals import newcombe, rate
from kbtool.model import (
    ArticleFigures,
    BrokenLink,
    ContactFigures,
    Effect,
    Effects,
    Holdout,
    LanguageFigures,
    MonthFigures,
    PeriodFigures,
    Pooled,
    QueryFigures,
    Rate,
    Report,
    SearchFigures,
    SourceFigures,
    Span,
    TopicFigures,
    TopicHandling,
)

HOSTILE = (
    "</style><script>alert(1)</script><img src=x onerror=alert(1)> \"'--><svg/onload=alert(1)>"
    " ]]> &lt; \u202eevil\u2066 \x00\x1b[31m \ud800 javascript:alert(1) =cmd|' /C calc'!A0 "
)
LONG = "Bataryam-neden-şarj-olmuyor" * 60
BEGIN = date(2025, 11, 24)
END = date(2026, 11, 23)
SINCE = datetime(2025, 11, 24, tzinfo=UTC)
UNTIL = datetime(2026, 11, 23, tzinfo=UTC)
QUESTIONS = (
    "How do I pause my plan while I am on holiday?", "My bike has a flat tyre, what now?",
    "The app does not find my bike", "How do I change the delivery date of my e-bike?",
    "Aküm neden şarj olmuyor?", "Where is my invoice?", "Kuidas ma tellimuse tühistan?",
    "Can I swap my bike for another size?", "The lock does not open with my phone",
    "How long is the range of the battery in winter?", "I moved: how do I change my address?",
    "Is theft insured, and what do I have to send to the insurer when it happens on holiday?",
)  # fmt: skip
NONE = rate(0, 0, 20)


def share(numerator: int, denominator: int) -> Rate:
    """A share as the report makes them, with 20 as the least denominator."""
    return rate(numerator, denominator, 20)


def weeks(count: int = 52) -> tuple[PeriodFigures, ...]:
    """Weeks with a season, a slow rise, and a last one of three days."""
    found = []
    for n in range(count):
        wave = (n * 7) % 13
        views = 640 + 9 * n + 17 * wave
        days = 3 if n == count - 1 else 7
        part = days / 7
        found.append(
            PeriodFigures(
                BEGIN + timedelta(weeks=n), days, int(views * part), int(views * part * 0.62),
                int((210 + 3 * n + 5 * wave) * part), int((41 - n // 3 + wave) * part),
                int((20 + wave) * part), int((9 + wave // 2) * part), int((96 - n // 2) * part),
                int((12 + n // 4) * part), int((58 - n // 3) * part),
                int((152 - n + 3 * wave) * part),
            )
        )  # fmt: skip
    return tuple(found)


def effects() -> Effects:
    """Ten estimates, two topics below a gate, and all in one."""
    topics = []
    for n, question in enumerate(QUESTIONS[:10]):
        value = -0.52 + 0.07 * n
        spread = 0.13 + 0.015 * n
        span = Span(value, max(value - spread * 0.8, -0.97), value + spread * 1.3)
        topics.append(
            Effect(
                f"t-{n:08x}", question, f"kb-10{n:02d}", BEGIN + timedelta(weeks=9 + n * n // 4),
                78, 30 - n, 14.5 - n, span, Span(-value * 150, -span.high * 150, -span.low * 150),
                0.22 + 0.02 * n,
                Span(value + 0.06, span.low + 0.06, span.high + 0.06) if n == 2 else None,
                n in (1, 4, 6),
            )
        )  # fmt: skip
    short = ("9 of 13 weeks since the article",)
    few = ("3.1 of 5 tickets a week before the article", "41 of 52 weeks before the article")
    late = BEGIN + timedelta(weeks=43)
    topics += [
        Effect("t-0000000a", QUESTIONS[10], "kb-1010", late, 78, 9, 6.2, missing=short),
        Effect("t-0000000b", QUESTIONS[11], "kb-1011", late, 41, 20, 3.1, missing=few),
    ]
    return Effects(
        date(2024, 9, 2), date(2026, 11, 16), 23, tuple(topics),
        Pooled(10, Span(-0.24, -0.34, -0.13), Span(612, 330, 880), Span(41.3, 22.4, 60.2), 0.14,
               Span(-0.22, -0.33, -0.1), 3, None),
        saved=Span(330.4, 179.2, 481.6), currency="EUR",
        notes=("2026-04-13: new app released (entered by the team)",),
    )  # fmt: skip


def articles() -> tuple[ArticleFigures, ...]:
    """Twelve, the one to mend first at the top; the last was read by few."""
    found = []
    for n, question in enumerate(QUESTIONS):
        visits = 900 // (n + 1) + 8
        contacts, base = visits // (4 + n), share(410, 3100)
        low, high = newcombe(contacts, visits, base.numerator, base.denominator)
        beyond = contacts / visits - base.numerator / base.denominator
        enough = visits >= 100
        found.append(
            ArticleFigures(
                f"kb-10{n:02d}", question, "tr" if n == 4 else "et" if n == 6 else "en",
                int(visits * 1.3), visits, visits // 3, share(visits // 16, visits // 9),
                share(contacts, visits), 14 - n, share(max(9 - n, 0), 14 - n), reused=n % 3,
                failed=contacts + 4, base=base, excess=Span(beyond, low, high) if enough else None,
                read=share(visits // 2, visits), reach=share(visits, 21_400),
                reasons=(("unclear", 7 - n // 2), ("not-what-i-needed", 2)) if n < 6 else (),
            )
        )  # fmt: skip
    return tuple(found)


def handling() -> tuple[TopicHandling, ...]:
    """All tickets, then topics; one with next to nothing known."""
    every = TopicHandling(
        None, "", 6_912, 6_120, share(3_980, 6_120), share(301, 6_900), 7.4, 1.62, share(812, 1_004)
    )
    topics = [
        TopicHandling(
            f"t-{n:08x}", question, 420 - 33 * n, 400 - 33 * n, share(280 - 22 * n, 400 - 33 * n),
            share(12, 420 - 33 * n), 5.5 + n, 1.3 + n / 10, share(40 - 3 * n, 50 - 4 * n),
        )
        for n, question in enumerate(QUESTIONS[:11])
    ]  # fmt: skip
    last = TopicHandling("t-0000000b", QUESTIONS[11], 9, 4, share(1, 4), NONE, None, None, NONE)
    return (every, *topics, last)


def months() -> tuple[MonthFigures, ...]:
    """A year of tickets."""
    names = ["2025-11", "2025-12", *(f"2026-{n:02d}" for n in range(1, 12))]
    return tuple(
        MonthFigures(
            name, 610 - 9 * n, 402 - 8 * n, 580 - 9 * n, 540 - 9 * n, 25 - n,
            (("question", 400 - 9 * n), ("problem", 180), ("", 30)),
        )
        for n, name in enumerate(names)
    )  # fmt: skip


def contact(tickets: int = 6_912, linked: int = 4_300) -> ContactFigures:
    """A year at the contact page, some of it without suggestions by lot."""
    on, off = share(1_490, 2_410), share(188, 268)
    low, high = newcombe(188, 268, 1_490, 2_410)
    gap = 188 / 268 - 1_490 / 2_410
    difference = Span(gap, low, high)
    avoided = Span(gap * 2_410, low * 2_410, high * 2_410)
    steps = (("open", 4_312), ("typed", 3_120), ("shown", 2_678), ("opened", 1_204),
             ("solved", 731), ("handoff", 2_466))  # fmt: skip
    return ContactFigures(
        steps, share(698, 4_312), share(1_820, 4_312), share(linked, tickets),
        holdout=Holdout(on, off, difference, avoided, detectable=0.072),
    )  # fmt: skip


def rich() -> Report:
    """A report in which everything is known."""
    series = weeks()
    queries = (
        QueryFigures("pause plan", "en", 88, 61, 14, 19, followed=24),
        QueryFigures("aküyü şarj et", "tr", 40, 38, 1, 11, followed=2),
        QueryFigures("raha tagasi", "et", 22, 22, 0, 4),
        QueryFigures("helmet size", "en", 51, 0, 6, 0, followed=49),
        QueryFigures("invoice", "en", 140, 0, 122, 0, followed=138),
    )
    topics = tuple(
        TopicFigures(
            f"t-{n:08x}", question, tuple((m.month, 40 - 2 * n + (k * 5) % 9) for k, m in
            enumerate(months())), f"kb-10{n:02d}" if n < 10 else None,
        )
        for n, question in enumerate(QUESTIONS)
    )  # fmt: skip
    return replace(
        empty(),
        since=SINCE,
        first_event=SINCE + timedelta(hours=7),
        events=98_410,
        excluded=(("bot", 41_022), ("staff", 903), ("prefetch", 512)),
        without_visitor=3_120,
        views=sum(week.views for week in series),
        visits=sum(week.visits for week in series),
        searches=sum(week.searches for week in series),
        search_without_result=share(2_104, 15_300),
        search_click_through=share(8_806, 13_196),
        helpful=share(1_344, 1_960),
        contacts_after_view=share(2_466, 21_400),
        confirmed=share(1_602, 21_400),
        potential=share(17_011, 21_400),
        no_deflection=share(2_787, 21_400),
        unknown_visits=3_011,
        taken_back=144,
        open_visits=310,
        contacts_opened=4_610,
        contacts_solved=760,
        contacts_handed_off=2_502,
        link_rate=share(1_830, 6_120),
        resolving_links=share(1_490, 1_830),
        reopened_links=share(91, 1_790),
        reuse_rate=share(402, 6_120),
        gone_links=(("kb-0901", 12),),
        broken_links=(BrokenLink("en/old/page/", 4, UNTIL - timedelta(days=9), SINCE, "zd:81"),),
        articles=articles(),
        queries=queries,
        queries_left_out=31,
        topics=topics,
        series=series,
        contact=contact(),
        search=SearchFigures(share(7_902, 15_300), share(2_230, 15_300), share(3_950, 15_300)),
        self_service=3.1,
        reasons=(("unclear", 132), ("not-what-i-needed", 61), ("outdated", 18)),
        handling=handling(),
        months=months(),
        languages=(
            LanguageFigures("en", 4_210, 11_900, 1_204, 30_210, 31, 4),
            LanguageFigures("tr", 1_904, 2_600, 711, 5_004, 9, 26),
            LanguageFigures("et", 798, 800, 189, 1_802, 12, 23),
        ),
        sources=(
            SourceFigures("server", "events", 31_000, BEGIN, END),
            SourceFigures("log", "events", 5_002, BEGIN, END - timedelta(days=80), ("searches", "votes")),
            SourceFigures("plausible", "aggregate", 1_014, BEGIN, BEGIN + timedelta(days=60), ("visits",)),
        ),
        effects=effects(),
    )  # fmt: skip


def slim(report: Report) -> Report:
    """The same with a few of everything: enough to see each kind of mark, and quick to look at."""
    effects = report.effects
    few = effects and replace(effects, topics=(*effects.topics[:2], *effects.topics[-1:]))
    return replace(
        report,
        effects=few,
        series=report.series[-4:],
        articles=report.articles[:2],
        handling=report.handling[:3],
        months=report.months[-2:],
        topics=tuple(replace(one, months=one.months[-3:]) for one in report.topics[:2]),
    )


def empty() -> Report:
    """The report of a help centre in which nothing has happened yet."""
    return Report(
        since=None, until=UNTIL, window_days=7, min_count=20, first_event=None, events=0,
        excluded=(), without_visitor=0, views=0, visits=0, searches=0, search_without_result=NONE,
        search_click_through=NONE, helpful=NONE, contacts_after_view=NONE, confirmed=NONE,
        potential=NONE, no_deflection=NONE, unknown_visits=0, taken_back=0, open_visits=0,
        contacts_opened=0, contacts_solved=0, contacts_handed_off=0, link_rate=NONE,
        resolving_links=NONE, reuse_rate=NONE, gone_links=(), broken_links=(), articles=(),
        queries=(), queries_left_out=0, topics=(),
    )  # fmt: skip


def young() -> Report:
    """A report of a few weeks: most shares and all estimates are below their gates."""
    missing = ("6 of 52 weeks of tickets before the articles", "2 of 8 topics without an article")
    whole = rich()
    return replace(
        whole,
        since=UNTIL - timedelta(weeks=3),
        views=51,
        visits=19,
        helpful=share(2, 3),
        confirmed=share(1, 19),
        potential=share(15, 19),
        no_deflection=share(3, 19),
        articles=whole.articles[-1:],
        series=weeks(3),
        topics=(),
        handling=(),
        months=(),
        languages=(),
        contact=replace(
            contact(40, 6),
            steps=(("open", 31), ("typed", 12), ("shown", 9), ("opened", 4), ("solved", 2), ("handoff", 8)),
            explicit=share(2, 31),
            implicit=share(4, 31),
            holdout=Holdout(share(5, 9), share(1, 1), None, None, needed=1_850),
        ),
        effects=Effects(date(2026, 10, 5), date(2026, 11, 16), 2, (), missing=missing),
    )  # fmt: skip


def everywhere(text: str) -> Report:
    """The rich report with every text in it replaced by this one."""
    whole = rich()
    assert whole.effects
    return replace(
        whole,
        excluded=((text, 3),),
        gone_links=((text, 2),),
        reasons=((text, 3),),
        broken_links=(BrokenLink(text, 1, None, None, text),),
        articles=tuple(
            replace(one, title=text, reasons=((text, 1),)) for one in whole.articles[:2]
        ),
        queries=tuple(replace(one, query=text, lang="xx") for one in whole.queries[:4]),
        topics=tuple(replace(one, question=text) for one in whole.topics[:3]),
        handling=tuple(replace(one, question=text) for one in whole.handling[:3]),
        months=tuple(replace(one, natures=((text, 3),)) for one in whole.months[:3]),
        sources=tuple(replace(one, name=text, lacks=(text,)) for one in whole.sources[:2]),
        effects=replace(
            whole.effects,
            topics=tuple(
                replace(one, question=text, missing=(text,) if one.missing else ())
                for one in whole.effects.topics
            ),
            notes=(text,),
            currency=text,
        ),
    )
