"""The contact form: on to the help desk with a visit token, or the question to its webhook.

The question is never stored here and never logged.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kbtool.config import Settings
from kbtool.errors import KbError
from kbtool.events.parse import ARMS, clean_query
from kbtool.events.visitor import network_part
from kbtool.handoff import TOKEN, desk_address, mail_address, new_token
from kbtool.server.collect.recording import (
    AGAIN,
    REFUSED_HEADER,
    Recorder,
    RequestRefusedError,
    read_form,
)
from kbtool.server.contact.webhook import Pace, Webhook
from kbtool.server.headers import NO_STORE
from kbtool.server.releases import Release
from kbtool.site.pages.strings import Strings

MAX_BYTES = 48 * 1024
MAX_QUESTION = 4_000
"""Characters; theme/contact.html allows 3,000, in which a form sends each line end as two."""
MAX_SUGGESTED = 20
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,189}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the contact form was sent with, as far as it makes sense."""

    question: str
    email: str | None
    lang: str
    article: str | None
    """The article the reader came from."""
    visit: str
    suggested: tuple[str, ...]
    """Articles he opened from the form."""
    source: str | None
    arm: str | None
    """Which arm of the holdout the reader's tab was in, where one draws lots."""

    def values(self) -> dict[str, str]:
        """What the help desk's address is filled with."""
        return {
            "visit": self.visit,
            "article": self.article or "",
            "lang": self.lang,
            "question": self.question,
        }


class ContactRoutes:
    """``POST api/contact``. A reader who needs a person is let through whatever else fails."""

    def __init__(
        self,
        settings: Settings,
        recorder: Recorder,
        release: Callable[[], Release],
        strings: Mapping[str, Strings],
        choose: Callable[[str], str] = secrets.choice,
    ) -> None:
        self._settings = settings
        self._recorder = recorder
        self._release = release
        self._strings = strings
        self._choose = choose
        webhook = settings.contact.webhook
        self._webhook = Webhook(webhook) if webhook else None
        self._pace = Pace()

    def routes(self) -> list[Route]:
        """Its route."""
        return [Route("/api/contact", self.contact, methods=["POST"])]

    def close(self) -> None:
        """Finish what is on its way to the webhook."""
        if self._webhook:
            self._webhook.close()

    async def contact(self, request: Request) -> Response:
        """``value`` is ``search`` (on to the results) or ``handoff`` (on to a person).

        With a webhook the question is posted there: on to thanks or, when that fails, to the other
        ways; a script that accepts JSON gets 204 or 502 instead.
        """
        self._recorder.check_origin(request)
        form = await read_form(request, MAX_BYTES)
        asked = self._asked(form)
        if form.get("value") == "search":
            query = urlencode({"q": clean_query(asked.question)})
            return _see_other(f"../{asked.lang}/search/?{query}", {})
        if self._webhook:
            return await self._post(request, self._webhook, asked)
        headers = await self._record(request, asked)
        return _see_other(self._desk(asked) or f"../{asked.lang}/contact/", headers)

    async def _post(self, request: Request, webhook: Webhook, asked: Asked) -> Response:
        if not asked.question:
            raise RequestRefusedError("no-question")
        sender = network_part(self._recorder.client(request))
        if not self._pace.allows(sender, self._recorder.now()):
            raise RequestRefusedError("too-often")
        sent = await webhook.send(
            {
                "id": self._recorder.new_id(),
                "question": asked.question,
                "email": asked.email,
                "lang": asked.lang,
                "article": asked.article,
                "visit": asked.visit,
                "suggested": list(asked.suggested),
            }
        )
        headers = await self._record(request, asked) if sent else {}
        if "application/json" in request.headers.get("accept", ""):
            return Response(status_code=204 if sent else 502, headers=NO_STORE | headers)
        return _see_other(
            f"../{asked.lang}/contact/?{AGAIN}#{'sent' if sent else 'failed'}", headers
        )

    async def _record(self, request: Request, asked: Asked) -> dict[str, str]:
        """Record the hand-off; the headers to answer with say when that was not possible."""
        given = {
            "id": self._recorder.new_id(), "kind": "contact", "value": "handoff",
            "token": asked.visit, "article": asked.article, "lang": asked.lang,
            "source": asked.source, "arm": asked.arm,
        }  # fmt: skip
        try:
            refused = await self._recorder.record(request, self._release(), [given])
        except KbError:
            return {REFUSED_HEADER: "not-stored"}
        return {REFUSED_HEADER: refused[0]} if refused else {}

    def _desk(self, asked: Asked) -> str | None:
        contact = self._settings.contact
        if contact.url:
            return desk_address(contact.url, asked.values())
        if contact.email:
            subject = str(self._strings[asked.lang]["mail_subject"])
            return mail_address(contact.email, subject, asked.values())
        return None

    def _asked(self, form: Mapping[str, Any]) -> Asked:
        """What was sent; an unknown language, article or token counts as none."""
        lang, email = form.get("lang", ""), form.get("email", "").strip()
        articles = self._release().articles
        visit, question = form.get("visit", ""), _readable(form.get("question", ""))
        if email and not _EMAIL.fullmatch(email):
            raise RequestRefusedError("bad-email")
        if len(question) > MAX_QUESTION:
            raise RequestRefusedError("too-large")
        suggested = [one for one in form.get("suggested", "").split(",") if one in articles]
        return Asked(
            question=question,
            email=email or None,
            lang=lang if lang in self._settings.languages else self._settings.default_language,
            article=form.get("article") if form.get("article") in articles else None,
            visit=visit if TOKEN.fullmatch(visit) else new_token(self._choose),
            suggested=tuple(dict.fromkeys(suggested))[:MAX_SUGGESTED],
            source=form.get("source"),
            arm=form.get("arm") if form.get("arm") in ARMS else None,
        )


def _readable(text: str) -> str:
    """Lines of text without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _see_other(address: str, headers: dict[str, str]) -> Response:
    """On to another page, by GET; relative unless it is the help desk's."""
    return RedirectResponse(address, 303, NO_STORE | headers)
