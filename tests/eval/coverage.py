"""How well coverage finds the article that answers a topic, and how sure it may be.

Usage: python -m tests.eval.coverage FOLDER [FOLDER …]

A folder holds exports and a labels.json with ``tickets`` (id → topic or null) and
``existing_articles`` (``id``, ``topic``, a ``title`` or one a language, perhaps ``body`` and
``url``). "demo" is the sample help centre. The topics are the labelled ones, so that only coverage
is measured. Each is asked with all articles, and again without its own, when any answer is wrong.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.mining.describing.labels import Labels
from kbtool.mining.questions.question import Question, question
from kbtool.model import PUBLIC, Article, Coverage, Ticket, Topic
from kbtool.resources import bundled
from kbtool.suggest.coverage import cover, family
from kbtool.workflows.import_tickets import load_tickets
from tests.mining.samples import members_of

SMALLEST = 3
GONE = frozenset({"deleted", "gone"})
DEMO_ARTICLES = {
    "kb-1001": "flat-tyre",
    "kb-1002": "cancel-subscription",
    "kb-1003": "company-invoice",
    "kb-1004": "delivery-change",
    "kb-1005": "battery-charging",
    "kb-1006": "stolen-bike",
    "kb-1007": "swap-size",
    "kb-1008": "referral-credit",
}
HERE = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Labelled:
    """Topics as people labelled them, the articles there are, and which answers which."""

    name: str
    topics: tuple[Topic, ...]
    """Their ids are the labels."""
    articles: tuple[Article, ...]
    answers: Mapping[str, str]
    """Topic of each family of articles."""
    linked: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Score:
    """Counts of answers; ``sure`` holds (confidence, right) of each."""

    right: int
    wrong: int
    missed: int
    sure: tuple[tuple[float, bool], ...] = ()

    @property
    def precision(self) -> float:
        """Share of the answers that are right; 1 without any."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the topics with an article that got it; 1 where there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def brier(self) -> float:
        """Mean square of confidence less truth (Brier 1950): 0 is perfect, 0.25 knows nothing."""
        return sum((c - right) ** 2 for c, right in self.sure) / max(len(self.sure), 1)


def measure(found: Labelled, *, links: bool, held_out: bool = True) -> Score:
    """The score with or without the agents' links."""
    linked = found.linked if links else {}
    right = wrong = missed = 0
    sure: list[tuple[float, bool]] = []
    for articles, own in _shelves(found, held_out):
        answers = cover([t for t in found.topics if own in (None, t.id)], articles, linked)
        there = {found.answers.get(family(a)) for a in articles}
        for topic in found.topics:
            if own not in (None, topic.id):
                continue
            answer = answers.get(topic.id)
            hit = answer is not None and _topic_of(answer, found) == topic.id
            right += hit
            wrong += answer is not None and not hit
            missed += topic.id in there and not hit
            if answer is not None:
                sure.append((answer.confidence, hit))
    return Score(right, wrong, missed, tuple(sure))


def _shelves(found: Labelled, held_out: bool) -> Iterator[tuple[list[Article], str | None]]:
    """All articles for all topics; then for each topic with an article all others."""
    yield list(found.articles), None
    for topic in sorted(set(found.answers.values())) if held_out else ():
        yield [a for a in found.articles if found.answers.get(family(a)) != topic], topic


def _topic_of(answer: Coverage, found: Labelled) -> str | None:
    article = next(a for a in found.articles if a.id == answer.article)
    return found.answers.get(family(article))


def read_folder(folder: Path) -> Labelled:
    """Exports and labels of one folder. Raises OSError, KeyError when it holds something else."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    known = [a for a in labels["existing_articles"] if a.get("topic") and _is_live(a)]
    articles = [article for one in known for article in _articles(one)]
    answers = {one["id"]: one["topic"] for one in known}
    urls = {_address(one["url"]): one["id"] for one in known}
    languages = tuple(sorted(set((labels.get("lang") or labels.get("languages")).values())))
    exports = sorted(
        p
        for p in folder.rglob("*")
        if p.suffix in (".csv", ".json", ".jsonl") and p.name != "labels.json"
    )
    tickets = _tickets(folder, exports, languages)
    return _labelled(folder.name, tickets, labels["tickets"], articles, answers, urls)


def read_demo() -> Labelled:
    """The sample help centre and its tickets."""
    labels = json.loads((HERE / "tests/data/demo-labels.json").read_text(encoding="utf-8"))
    articles, _ = read_articles(bundled("content"))
    exports = [HERE / "kbtool/demo/tickets.jsonl", HERE / "kbtool/demo/piletid.csv"]
    tickets = _tickets(HERE, exports, ("en", "tr", "et"))
    urls = {f"a/{a.id}": a.id for a in articles}
    live = [a for a in articles if a.status in PUBLIC]
    return _labelled("demo", tickets, labels["tickets"], live, DEMO_ARTICLES, urls)


def _tickets(folder: Path, exports: Sequence[Path], languages: tuple[str, ...]) -> list[Ticket]:
    settings = Settings(
        folder, folder / "mkdocs.yml", "", "https://x.example/", languages=languages
    )
    with load_tickets(settings, exports) as loaded:
        return list(loaded.tickets())


def _labelled(
    name: str,
    tickets: Iterable[Ticket],
    truth: Mapping[str, str | None],
    articles: Sequence[Article],
    answers: Mapping[str, str],
    urls: Mapping[str, str],
) -> Labelled:
    groups: dict[str, list[Question]] = defaultdict(list)
    asked: list[Question] = []
    linked: dict[str, tuple[str, ...]] = {}
    for ticket in tickets:
        found = question(ticket)
        if found is None:
            continue
        asked.append(found)
        if topic := truth.get(ticket.id):
            groups[topic].append(found)
        sent = {urls[key] for link in found.links for key in _keys(link) if key in urls}
        if sent:
            linked[ticket.key] = tuple(sorted(sent))
    labels = Labels(asked)
    topics = [
        replace(labels.topic(group, members_of(group)), id=topic)
        for topic, group in sorted(groups.items())
        if len(group) >= SMALLEST
    ]
    kept = {id_: topic for id_, topic in answers.items() if topic in {t.id for t in topics}}
    return Labelled(name, tuple(topics), tuple(articles), kept, linked)


def _articles(one: Mapping[str, Any]) -> Iterator[Article]:
    titles = {key[6:]: text for key, text in one.items() if key.startswith("title_")}
    titles = titles or {one["lang"]: one["title"]}
    for lang, title in titles.items():
        first = lang == next(iter(titles))
        yield Article(
            id=one["id"] if first else f"{one['id']}-{lang}",
            title=title,
            lang=lang,
            status="published",
            category=None,
            body=one.get("body") or "",
            path=f"{lang}/{one['id']}.md",
            translation_of=None if first else one["id"],
        )


def _is_live(one: Mapping[str, Any]) -> bool:
    state = str(one.get("state") or one.get("status"))
    return not any(state.startswith(gone) for gone in GONE)


def _address(url: str) -> str:
    return url.partition("://")[2].rstrip("/.").lower()


def _keys(link: str) -> tuple[str, str]:
    """What an address may be known as: whole, or by its permanent end."""
    whole = _address(link)
    return whole, "/".join(whole.split("/")[-2:])


def main(arguments: Sequence[str]) -> int:
    """Print a line for each folder and each kind of sign."""
    if not arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    print(
        f"{'set':12} {'signs':14} {'right':>5} {'wrong':>5} {'missed':>6} {'prec.':>6} {'recall':>6} {'Brier':>6}"
    )
    for name in arguments:
        found = read_demo() if name == "demo" else read_folder(Path(name))
        for signs, links in (("links, words", True), ("words", False)):
            for shelf, held_out in (("", False), (" −own", True)):
                s = measure(found, links=links, held_out=held_out)
                print(
                    f"{found.name:12} {signs + shelf:14} {s.right:5} {s.wrong:5} {s.missed:6} {s.precision:6.2f}"
                    f" {s.recall:6.2f} {s.brier:6.3f}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
