"""How well links and hidden reuse are found in agents' replies: precision and recall by form.

Usage: python -m tests.eval.links

Labelled replies are made from the sample help centre's articles (English, Turkish, Estonian), put
into a Zendesk export and imported as any other: reading, cleaning, redaction and detection are all
measured. The unit is a reply and an article.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kbtool.addresses import page_address
from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import Settings
from kbtool.config.settings import TicketSettings
from kbtool.db import reading, writing
from kbtool.events.store import REPLIES, read_events
from kbtool.model import Article
from kbtool.resources import bundled
from kbtool.site.plan.store import remember_published
from kbtool.workflows.import_tickets import import_tickets
from tests.eval.replies import NEGATIVES, OTHER_LINKS, OWN_WORDS, PASTES, sentences_of

SITE = "https://help.velmo.example/"
FORMER = ("https://velmo.example/yardim/", "https://velmo.zendesk.example/")
SENT = "2026-11-20T10:00:00Z"
NOW = datetime(2026, 11, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """One labelled ticket with one reply."""

    form: str
    text: str
    link: str | None = None
    reuse: str | None = None
    html: bool = False
    by: str = "agent"
    public: bool = True
    sent: str = SENT


@dataclass(frozen=True)
class Score:
    """Counts of (reply, article) pairs."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def plus(self, found: str | None, expected: str | None) -> Score:
        """With one reply more."""
        hit = found is not None and found == expected
        return Score(
            self.right + hit,
            self.wrong + (found is not None and not hit),
            self.missed + (expected is not None and not hit),
        )


def _safelink(url: str) -> str:
    wrapped = quote(url, safe="")
    return (
        f"https://nam02.safelinks.protection.outlook.com/?url={wrapped}&data=05%7C02%7Ceva%40kiri.example"
        "%7C8f2a1c&sdata=aB3dE5fG7h%3D&reserved=0"
    )


LinkForm = Callable[[Article], str]
PLAIN: dict[str, LinkForm] = {
    "permalink": lambda a: f"{SITE}a/{a.id}/",
    "without slash, http": lambda a: f"http://help.velmo.example/a/{a.id}",
    "www, upper case, port": lambda a: f"HTTPS://WWW.Help.Velmo.Example:443/a/{a.id}/",
    "page": lambda a: SITE + page_address(a),
    "page, index.html, anchor": lambda a: f"{SITE}{page_address(a)}index.html#step-2",
    "tracking": lambda a: f"{SITE}a/{a.id}/?utm_source=desk&utm_medium=mail&gclid=Cj0KCQ&mc_eid=9f",
    "escaped tracking": lambda a: f"{SITE}a/{a.id}/?utm_source=desk&amp;mc_cid=7&amp;mc_eid=9f#top",
    "Markdown": lambda a: f"[{a.title}]({SITE}a/{a.id}/)",
    "Markdown, text is the link": lambda a: f"[{SITE}a/{a.id}/]({SITE}a/{a.id}/)",
    "angle brackets": lambda a: f"<{SITE}a/{a.id}/>",
    "bold": lambda a: f"**{SITE}a/{a.id}/**",
    "in brackets, full stop": lambda a: f"this article ({SITE}a/{a.id}/).",
    "comma after it": lambda a: f"{SITE}a/{a.id}, and tell me how it went",
    "no scheme": lambda a: f"help.velmo.example/a/{a.id}",
    "percent-encoded": lambda a: f"{SITE}a/{a.id.replace('-', '%2D')}/",
    "encoded twice": lambda a: f"{SITE}a/{a.id.replace('-', '%252D')}/",
    "google": lambda a: (
        f"https://www.google.com/url?q={SITE}a/{a.id}/&sa=D&source=editors&ust=17000"
    ),
    "safelinks": lambda a: _safelink(f"{SITE}a/{a.id}/"),
    "urldefense v3": lambda a: f"https://urldefense.com/v3/__{SITE}a/{a.id}/__;!!Kq9!xY_z$",
    "urldefense v2": lambda a: (
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__help.velmo.example_a_"
        f"{a.id.replace('-', '-2D')}_&d=DwMFaQ&c=eu&e="
    ),
    "renamed page": lambda a: f"{SITE}{a.lang}/help/{a.id}-old/",
    "page moved between builds": lambda a: f"{SITE}{a.lang}/moved/{a.id}",
    "former help centre": lambda a: f"https://velmo.example/yardim/a/{a.id}/",
    "Zendesk Guide": lambda a: (
        f"https://velmo.zendesk.example/hc/en-us/articles/{_number(a)}-A-later-title?source=search"
    ),
}
MARKUP: dict[str, LinkForm] = {
    "HTML": lambda a: f'<a href="{SITE}a/{a.id}/">{a.title}</a>',
    "HTML, tracking": lambda a: f'<a href="{SITE}a/{a.id}/?utm_source=x&amp;mc_eid=1">here</a>',
    "HTML, safelinks": lambda a: (
        f'<a href="{_safelink(SITE + page_address(a)).replace("&", "&amp;")}" originalsrc="x">here</a>'
    ),
    "HTML, bare": lambda a: f"<div>{SITE}a/{a.id}/</div>",
}


def _number(article: Article) -> str:
    return "3600" + "".join(c for c in article.id if c.isdigit()).zfill(8)


def articles() -> list[Article]:
    """The sample's articles, with an id that looks like an order number and former addresses."""
    found = [a for a in read_articles(bundled("content"))[0] if a.status == "published"]
    odd = replace(found[0], id="velmo-10423", path=found[0].path)
    return [
        replace(
            a,
            updated=date(2026, 1, 5),
            former=(f"{a.lang}/help/{a.id}-old/", f"hc/en-us/articles/{_number(a)}-First-title"),
        )
        for a in (odd, *found[1:])
    ]


def cases(found: Sequence[Article]) -> Iterator[Case]:
    """All labelled replies; no chance in it."""
    turn = cycle(found)
    introductions = {
        "en": "Please see {}",
        "tr": "Buradan bakabilirsiniz: {}",
        "et": "Loe siit: {}",
    }
    for name, form in PLAIN.items():
        for article in (next(turn) for _ in range(5)):
            text = introductions[article.lang].format(form(article))
            yield Case(name, f"Hello,\n\n{text}\n\nHannah", article.id)
    for name, form in MARKUP.items():
        for article in (next(turn) for _ in range(5)):
            text = f"<p>Hello,</p><p>{introductions[article.lang].format(form(article))}</p><p>Hannah</p>"
            yield Case(name, text, article.id, html=True)
    for article in (next(turn) for _ in range(6)):
        text = f"I read {SITE}a/{article.id}/ and it does not help."
        yield Case("customer's link", text, by="customer")
        yield Case("internal note", f"Send him {SITE}a/{article.id}/", public=False)
        quoted = f"Done.\n\nOn Mon, 16 Nov 2026 at 09:12, Eva Kask <eva@kiri.example> wrote:\n> {SITE}a/{article.id}/"
        yield Case("quoted link", quoted)
    for article in (next(turn) for _ in range(3)):
        for name, other in OTHER_LINKS.items():
            yield Case(name, f"Look here: {other(article.id)}")
    yield from _reuse(found)


def _reuse(found: Sequence[Article]) -> Iterator[Case]:
    for name, (paste, is_html) in PASTES.items():
        for article in found:
            if text := paste(article):
                yield Case(name, text, None, article.id, html=is_html)
    for number, article in enumerate(found):
        whole = "\n".join(sentences_of(article))
        yield Case("pasted and linked", f"{whole}\n\n{SITE}a/{article.id}/", article.id)
        if number % 3 == 0:
            yield Case("from before the article", whole, sent="2025-12-20T10:00:00Z")
            yield Case("pasted into a note", whole, public=False)
            yield Case("one sentence only", max(sentences_of(article), key=len))
    yield from (Case("own words", text) for text in OWN_WORDS)
    yield from (Case("nothing alike", text) for text in NEGATIVES)


def tickets(made: Sequence[Case]) -> Iterator[dict[str, Any]]:
    """The cases as lines of a Zendesk export."""
    for number, case in enumerate(made, start=1):
        asked = {
            "id": number * 10, "author_id": 600, "author_role": "end-user", "author_name": "Eva Kask",
            "public": True, "created_at": "2025-12-01T08:00:00Z", "plain_body": "How does that work?",
        }  # fmt: skip
        answer = asked | {"id": number * 10 + 1, "public": case.public, "created_at": case.sent}
        if case.by == "agent":
            answer |= {"author_id": 7101, "author_role": "agent", "author_name": "Hannah Cole"}
        answer["html_body" if case.html else "plain_body"] = case.text
        if case.html:
            del answer["plain_body"]
        yield {
            "id": number, "subject": "A question", "description": "How does that work?",
            "status": "closed", "requester": {"id": 600, "name": "Eva Kask", "email": "eva@kiri.example"},
            "created_at": "2025-12-01T08:00:00Z", "updated_at": SENT,
            "metric_set": {"solved_at": SENT}, "comments": [asked, answer],
        }  # fmt: skip


def measure(root: Path) -> dict[str, dict[str, Score]]:
    """Import the cases into ``root`` and compare: task → form → score."""
    shown = articles()
    made = list(cases(shown))
    settings = Settings(
        root=root, config_file=root / "mkdocs.yml", site_name="Velmo Help", site_url=SITE,
        languages=("en", "tr", "et"),
        tickets=TicketSettings(help_centre_urls=FORMER, product_words=("Velmo",)),
    )  # fmt: skip
    for article in shown:
        write_article(settings.content_dir, article)
    with writing(settings.database) as connection:
        moved = [(f"{a.lang}/moved/{a.id}/", a.id, a.lang) for a in shown]
        remember_published(connection, moved, date(2026, 1, 5))
    export = root / "tickets.jsonl"
    export.write_text("".join(json.dumps(t) + "\n" for t in tickets(made)), encoding="utf-8")
    result = import_tickets(settings, [export], now=NOW, fresh_key=b"k" * 32)
    if result.saved is None or result.saved.new != len(made):
        raise RuntimeError("the export was not imported whole")
    with reading(settings.database) as connection:
        events = list(read_events(connection, kinds=REPLIES))
    return _compared(made, {(e.kind, e.value): e.article for e in events if e.article})


def _compared(
    made: Sequence[Case], found: dict[tuple[str, str | None], str | None]
) -> dict[str, dict[str, Score]]:
    scores: dict[str, dict[str, Score]] = {"link": {}, "reuse": {}}
    for number, case in enumerate(made, start=1):
        for task, expected in (("link", case.link), ("reuse", case.reuse)):
            got = found.get((task, f"zendesk:{number}"))
            if got or expected:
                scores[task][case.form] = scores[task].get(case.form, Score()).plus(got, expected)
    return scores


def total(scores: dict[str, Score]) -> Score:
    """All forms together."""
    sums = Counter[str]()
    for score in scores.values():
        sums.update(right=score.right, wrong=score.wrong, missed=score.missed)
    return Score(sums["right"], sums["wrong"], sums["missed"])


def main() -> int:
    """Print a table for each task."""
    write = sys.stdout.write
    write(f"{len(list(cases(articles())))} labelled replies\n")
    with tempfile.TemporaryDirectory() as folder:
        for task, scores in measure(Path(folder)).items():
            write(
                f"\n{task:<28} {'right':>6} {'wrong':>6} {'missed':>7} {'prec.':>6} {'recall':>7}\n"
            )
            for name, s in (*scores.items(), ("all", total(scores))):
                write(
                    f"{name:<28} {s.right:>6} {s.wrong:>6} {s.missed:>7} {s.precision:>6.3f} {s.recall:>7.3f}\n"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
