"""The report of a running server: for whom, how fresh, and what a browser may do with it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from kbtool.config import Settings
from kbtool.errors import StoreError
from kbtool.metrics.page import style
from kbtool.model import Report
from kbtool.page import policy
from kbtool.server.pages.live import Live
from kbtool.server.reports.measuring import KEPT, MOST_PAGES, Measuring
from tests.metrics.page.samples import empty, rich
from tests.server.conftest import Running, make_knowledge_base, running

TOKEN = "a-token-for-all-agents"


class Measured:
    """Gives a report and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[datetime | None] = []
        self.fails = False

    def __call__(self, since: datetime | None, now: datetime) -> Report:
        self.asked.append(since)
        if self.fails:
            raise StoreError("the database is busy", hint="wait")
        return replace(rich() if since is None else empty(), since=since, until=now)


@pytest.fixture(scope="module")
def measured() -> Measured:
    return Measured()


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, built_index: Path, measured: Measured
) -> Iterator[Running]:
    """A knowledge base with a token, and a report that is quickly measured."""
    settings = make_knowledge_base(tmp_path_factory.mktemp("report"), built_index)
    with running(settings, agent_token=TOKEN, measure=measured) as found:
        yield found


@pytest.fixture
def site(served: Running, measured: Measured) -> Running:
    """The same, asked by a stranger; what was measured is too old."""
    served.http.cookies.clear()
    served.clock.now += KEPT
    measured.asked.clear()
    measured.fails = False
    return served


def sign_in(site: Running, **form: str) -> httpx.Response:
    """What a browser gets that sends the form of the report's own address."""
    origin = f"http://127.0.0.1:{site.port}"
    form = {"token": TOKEN, "page": "report"} | form
    return site.http.post("/api/agent/sign-in", data=form, headers={"origin": origin})


def test_without_a_token_there_is_no_report(
    shared: Running, settings: Settings, measured: Measured
) -> None:
    """The ordinary 404 of an address that never existed."""
    page = shared.http.get("/report/")
    assert (page.status_code, page.text) == (404, shared.http.get("/nowhere/").text)
    with running(settings, measure=measured) as found:
        assert found.http.get("/report/").status_code == 404


def test_a_stranger_gets_the_form_and_no_number(site: Running, measured: Measured) -> None:
    """Nothing is measured for him; robots are turned away, nothing is kept."""
    page = site.http.get("/report/?since=30d")
    assert page.status_code == 200
    assert 'name="page" value="report"' in page.text
    assert "avoided" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert measured.asked == []


def test_the_agents_token_opens_it(site: Running, measured: Measured) -> None:
    """Signing in leads back to the report and the period that was asked for."""
    answer = sign_in(site, query="since=30d")
    assert (answer.status_code, answer.headers["location"]) == (303, "../../report/?since=30d")
    page = site.http.get("/report/")
    assert page.status_code == 200
    assert "41 tickets a month" in page.text
    assert "Velmo Help" in page.text
    assert measured.asked == [None]


def test_the_form_leads_nowhere_else(site: Running) -> None:
    """What it names is one of two pages."""
    for page in ("https://evil.example", "//evil.example", "../x", ""):
        assert sign_in(site, page=page).headers["location"] == "../../agent/"
    wrong = sign_in(site, token="wrong-wrong-wrong")
    assert 'name="page" value="report"' in wrong.text


def test_it_may_load_and_run_nothing(site: Running) -> None:
    """The policy of the header is the page's own, so that its style holds."""
    sign_in(site)
    page = site.http.get("/report/")
    assert page.headers["content-security-policy"] == f"{policy(style())}; frame-ancestors 'none'"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert page.headers["x-content-type-options"] == "nosniff"


def test_it_is_measured_again_after_some_minutes(site: Running, measured: Measured) -> None:
    """Until then the same page is given again; each period has its own."""
    sign_in(site)
    first = site.http.get("/report/").text
    assert site.http.get("/report/").text == first
    assert site.http.get("/report/?since=30d").status_code == 200
    site.clock.now += KEPT
    assert site.http.get("/report/").text != first
    today = site.clock.now.replace(hour=0, minute=0, second=0, microsecond=0)
    assert measured.asked == [None, today - timedelta(days=30), None]


def test_a_day_that_is_none_is_refused(site: Running, measured: Measured) -> None:
    """With what would be right; nothing is measured."""
    sign_in(site)
    answer = site.http.get("/report/?since=soon<script>")
    assert answer.status_code == 400
    assert "write 2026-11-01, or 30d" in answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert measured.asked == []


def test_a_measurement_that_fails_is_not_kept(site: Running, measured: Measured) -> None:
    """503 with when to come back; the next request measures again."""
    sign_in(site)
    measured.fails = True
    answer = site.http.get("/report/")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    measured.fails = False
    assert site.http.get("/report/").status_code == 200
    assert len(measured.asked) == 2


def test_the_address_without_its_slash_leads_on(site: Running) -> None:
    """Below a sub-path, too; with its query."""
    answer = site.http.get("/report?since=30d")
    assert (answer.status_code, answer.headers["location"]) == (301, "./report/?since=30d")


def test_reading_the_report_counts_nothing(site: Running) -> None:
    """It is no hit of the help centre."""
    before = len(site.events())
    sign_in(site)
    site.http.get("/report/")
    assert len(site.events()) == before


def test_a_page_that_follows_builds_puts_no_script_into_it(
    settings: Settings, measured: Measured
) -> None:
    """``--watch`` adds its script to the help centre's pages; the report may run none."""
    live = Live(settings.current_release)
    with running(settings, agent_token=TOKEN, live=live, measure=measured) as found:
        sign_in(found)
        assert "<script" in found.http.get("/en/").text
        assert "<script" not in found.http.get("/report/").text


class Slow:
    """A measurement that waits until it is let go."""

    def __init__(self) -> None:
        self.begun = 0
        self.go = threading.Event()

    def __call__(self, since: datetime | None) -> str:
        self.begun += 1
        assert self.go.wait(10)
        return f"{since}"


def test_many_who_ask_at_once_wait_for_one_measurement() -> None:
    """Who goes away meanwhile does not stop it for the others."""
    slow = Slow()

    async def ask() -> list[str]:
        measuring = Measuring(slow, lambda: datetime(2026, 11, 22, tzinfo=UTC))
        tasks = [asyncio.create_task(measuring.page(None)) for _ in range(5)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        slow.go.set()
        pages = await asyncio.gather(*tasks[1:])
        measuring.close()
        return pages

    assert asyncio.run(ask()) == ["None"] * 4
    assert slow.begun == 1


def test_only_some_periods_are_remembered() -> None:
    """Who asks for ever new ones fills no memory."""
    begun: list[datetime | None] = []

    def make(since: datetime | None) -> str:
        begun.append(since)
        return "page"

    async def ask() -> None:
        now = datetime(2026, 11, 22, tzinfo=UTC)
        measuring = Measuring(make, lambda: now)
        days = [now - timedelta(days=n) for n in range(MOST_PAGES + 1)]
        for day in (*days, days[-1], days[0]):
            await measuring.page(day)
        measuring.close()
        assert begun == [*days, days[0]]

    asyncio.run(ask())
