"""Made help articles in plain English: unlike each other, with headings, steps, notes and links."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import yaml

from kbtool.articles.files.store import write_article
from kbtool.model import Article

SHELF = 25
"""Articles in a category."""
_THINGS = (
    "invoice", "parcel", "refund", "account", "password", "voucher", "subscription", "router",
    "battery", "charger", "printer", "label", "locker", "contract", "card", "meter", "ticket",
    "booking", "seat", "suitcase", "lamp", "kettle", "jacket", "saddle", "helmet", "camera",
    "backup", "folder", "report", "license", "domain", "mailbox", "calendar", "contact list",
)  # fmt: skip
_ACTS = (
    "change", "cancel", "return", "find", "print", "share", "renew", "block", "repair", "move",
    "download", "replace", "check", "merge", "export", "unlock", "order", "pause", "track", "close",
)  # fmt: skip
_PLACES = (
    "the app", "your account", "the shop", "the settings", "the billing page", "the web site",
    "the menu", "the confirmation mail", "the order list", "the help desk", "the start page",
)  # fmt: skip
_WHEN = (
    "on a working day", "within two weeks", "after the first payment", "before the trip",
    "once a month", "at any time", "when it has arrived", "on the same day", "at the weekend",
)  # fmt: skip
_WHY = (
    "it is broken", "the size is wrong", "you moved", "you lost it", "it came twice",
    "somebody else paid", "the colour is not right", "it does not start", "you no longer need it",
)  # fmt: skip


def make_articles(count: int, seed: int = 7) -> Iterator[Article]:
    """``count`` published English articles, the same for the same seed; up to 7,480 of them ask
    something of their own.
    """
    rng = random.Random(seed)
    for number in range(count):
        act, rest = _ACTS[number % len(_ACTS)], number // len(_ACTS)
        thing, place = _THINGS[rest % len(_THINGS)], _PLACES[rest // len(_THINGS) % len(_PLACES)]
        yield Article(
            id=f"kb-{number + 1001}",
            title=f"How do I {act} my {thing} in {place} {rng.choice(_WHEN)}?",
            lang="en",
            status="published",
            category=f"shelf-{number // SHELF}",
            body=_body(rng, number, count),
            path=f"en/shelf-{number // SHELF}/article-{number}.md",
            tags=(thing, act),
            also_asked=(f"{act} {thing} {place}",),
            updated=date(2026, 1, 1) + timedelta(days=rng.randrange(300)),
            reviewed_by="Hannah Cole",
        )


def _body(rng: random.Random, number: int, count: int) -> str:
    other = rng.randrange(count)
    link = f"../shelf-{other // SHELF}/article-{other}.md"
    parts = [
        _paragraph(rng, 3),
        f"## {rng.choice(_ACTS).capitalize()} it yourself",
        *(f"{step}. {_sentence(rng)}" for step in range(1, 6)),
        f'!!! note "Good to know"\n    {_sentence(rng)} {_sentence(rng)}',
        f"## When {rng.choice(_WHY)}",
        _paragraph(rng, 4),
        *(f"- **{rng.choice(_THINGS).capitalize()}**: {_sentence(rng)}" for _ in range(3)),
        f"See also [the other way]({link}). {_paragraph(rng, 2)}",
    ]
    return "\n\n".join(parts) + f"\n\nThis is article {number}.\n"


def _paragraph(rng: random.Random, sentences: int) -> str:
    return " ".join(_sentence(rng) for _ in range(sentences))


def _sentence(rng: random.Random) -> str:
    forms = (
        "Open {place} and {act} the {thing}.",
        "You can {act} the {thing} {when}.",
        "If {why}, we {act} the {thing} for you.",
        "The {thing} is in {place} {when}.",
        "We send the {thing} to you when {why}.",
        "Ask us to {act} the {thing}, and we tell you what to do next.",
    )
    return rng.choice(forms).format(
        place=rng.choice(_PLACES), act=rng.choice(_ACTS), thing=rng.choice(_THINGS),
        when=rng.choice(_WHEN), why=rng.choice(_WHY),
    )  # fmt: skip


def make_knowledge_base(root: Path, count: int) -> Path:
    """A knowledge base of ``count`` made articles, ready for ``kbtool build``."""
    root.mkdir(parents=True)
    shelves = {
        f"shelf-{number}": {"title": {"en": f"Shelf {number}"}}
        for number in range((count + SHELF - 1) // SHELF)
    }
    facts = {
        "site_name": "Bench", "site_url": "https://bench.example/",
        "extra": {"kbtool": {"languages": ["en"], "categories": shelves,
                             "contact": {"url": "https://bench.example/desk"}}},
    }  # fmt: skip
    (root / "mkdocs.yml").write_text(yaml.safe_dump(facts), encoding="utf-8")
    for article in make_articles(count):
        write_article(root / "content", article)
    return root
