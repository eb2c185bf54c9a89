"""``/report/``: the page of ``kbtool metrics --html``, measured when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kbtool.days import read_day
from kbtool.metrics.page import render, style
from kbtool.model import Report
from kbtool.page import policy
from kbtool.server.agents.door import Door
from kbtool.server.agents.routes import PRIVATE
from kbtool.server.reports.measuring import Measuring

PERIODS: Mapping[str, str] = {
    "30 days": "?since=30d",
    "90 days": "?since=90d",
    "a year": "?since=365d",
    "all": "./",
}
"""Links to the same report: (name, address)."""

Measure: TypeAlias = Callable[[datetime | None, datetime], Report]
"""The report of everything since a time (None: from the beginning), as of now."""


class ReportRoutes:
    """The report for who is signed in; the agents' form for everybody else."""

    def __init__(
        self,
        site: str,
        door: Door,
        measure: Measure,
        clock: Callable[[], datetime],
        ask: Callable[[Request], Response],
    ) -> None:
        self._door = door
        self._clock = clock
        self._ask = ask
        self._measuring = Measuring(lambda since: _page(site, measure, since, clock()), clock)
        self._headers = PRIVATE | {
            "Content-Security-Policy": f"{policy(style())}; frame-ancestors 'none'",
            "Vary": "Cookie",
        }

    def routes(self) -> list[Route]:
        """Its routes."""
        return [Route("/report", self.moved), Route("/report/", self.page)]

    async def moved(self, request: Request) -> Response:
        """On to the address with its slash."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"./report/{query}", 301)

    async def page(self, request: Request) -> Response:
        """The report since ``?since=30d`` (or a day); without it, of everything."""
        if not self._door.is_agent(request):
            return self._ask(request)
        given = request.query_params.get("since", "")
        try:
            since = read_day(given, self._clock().date()) if given else None
        except ValueError as error:
            return PlainTextResponse(f"since: {error}\n", 400, PRIVATE)
        return HTMLResponse(await self._measuring.page(since), headers=self._headers)

    def close(self) -> None:
        """Let a running measurement end."""
        self._measuring.close()


def _page(site: str, measure: Measure, since: datetime | None, now: datetime) -> str:
    return render(measure(since, now), site, periods=tuple(PERIODS.items()))
