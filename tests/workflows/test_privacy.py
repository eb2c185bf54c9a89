"""No personal data and no internal word leaves the tickets: the whole loop on the demo's tickets.

``tests/data/demo-labels.json`` lists the canaries: names, numbers, addresses, passwords and
internal remarks that stand in the demo tickets and must stand nowhere else. ``planted`` adds
personal data in unusual forms, which not even the database may hold.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from kbtool.articles.draft.render import CONFLICT, CONFLICT_END
from kbtool.articles.files.store import read_articles
from kbtool.cli.main import VERBS
from kbtool.config import Settings, load_settings
from kbtool.db import reading
from kbtool.errors import ContentError
from kbtool.events.logs.read import read_all
from kbtool.mining.memory.store import read_topics
from kbtool.workflows.build import build
from kbtool.workflows.demo import prepare_demo
from kbtool.workflows.draft import draft
from kbtool.workflows.import_tickets import import_tickets
from kbtool.workflows.review import publish
from kbtool.workflows.suggest import suggest
from tests.cli.writers import Done, kbtool
from tests.server.conftest import running
from tests.workflows import planted

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LABELS = json.loads((Path(__file__).parents[1] / "data" / "demo-labels.json").read_text("utf-8"))
PLANTED = "planted.jsonl"


PERSONAL = frozenset(planted.CANARIES)
"""Those that are nowhere at all. Agents' internal remarks are stored, and shown with a ticket."""
CANARIES = PERSONAL | frozenset(LABELS["canaries"])
TEAM = {"kalça ameliyatı"}
"""What customers tell of themselves and no detector can know: shown with a topic's tickets to those
who decide about it, and still in no draft.
"""


def _in(text: str, canaries: Iterable[str] = CANARIES) -> set[str]:
    """Those that stand in a text as words."""
    there = (one for one in canaries if one in text)  # much quicker than one large pattern
    return {one for one in there if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text)}


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo's tickets imported, every topic drafted, all drafts published, the site built."""
    base = prepare_demo(tmp_path_factory.mktemp("demo") / "kb")
    settings = load_settings(base.root)
    (base.root / PLANTED).write_text(planted.export(), encoding="utf-8")
    files = [base.root / name for name in (*base.exports, PLANTED)]
    import_tickets(settings, files, now=NOW, fresh_key=b"k" * 32)
    (base.root / "planted.log").write_text(planted.log(), encoding="utf-8")
    for file in files[:-1]:
        file.unlink()
    topics = suggest(settings, now=NOW).topics
    drafted = draft(settings, [topic.id for topic in topics], now=NOW, min_requesters=3)
    assert len(drafted.drafts) >= 8
    _settle_conflicts(settings)
    assert _publish_all(settings) >= 8
    build(settings, strict=False, now=NOW)
    return settings


def _settle_conflicts(settings: Settings) -> None:
    """Do what hurries a careless person would: keep every side, drop the markers, and put all
    drafts into review by hand.
    """
    for file in (settings.content_dir / "drafts").glob("*.md"):
        text = file.read_text("utf-8").replace(CONFLICT_END, "").replace(CONFLICT, "")
        file.write_text(text.replace("status: draft\n", "status: review\n", 1), encoding="utf-8")


def _publish_all(settings: Settings) -> int:
    """Publish what may be published; how many articles that are."""
    articles, _ = read_articles(settings.content_dir)
    wanted = {article.path: article.id for article in articles if article.status == "review"}
    while wanted:
        try:
            return len(publish(settings, list(wanted.values()), by="Test", now=NOW))
        except ContentError as error:
            refused = {finding.file for finding in error.findings}
            assert refused & wanted.keys(), error.findings
            wanted = {path: id_ for path, id_ in wanted.items() if path not in refused}
    return 0


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    files = [file for file in sorted(folder.resolve().rglob("*")) if file.is_file()]
    assert files
    for file in files:
        text = unescape(file.read_bytes().decode("utf-8", "replace"))
        yield file, " ".join(text.split())  # YAML folds long texts


@pytest.mark.parametrize("place", ["content_dir", "site_dir", "index_dir"])
def test_no_canary_leaves_the_tickets(loop: Settings, place: str) -> None:
    """None of the canaries stands in an article, a draft, a page or the search index."""
    found = {
        canary: file.name for file, text in _texts(getattr(loop, place)) for canary in _in(text)
    }
    assert found == {}


@pytest.mark.parametrize("place", ["site_dir", "index_dir"])
def test_evidence_stays_in_content(loop: Settings, place: str) -> None:
    """Ticket ids, topics, reviewers and the rest of the evidence reach neither site nor index."""
    ids = "|".join(re.escape(id_) for id_ in LABELS["tickets"])
    telling = re.compile(
        rf"(?<![\w-])(?:{ids})(?![\w-])|\bt-[0-9a-f]{{8}}\b|drafted_sha256|evidence:"
    )
    drafts = "".join(text for _, text in _texts(loop.content_dir))
    assert telling.search(drafts), "the drafts must hold evidence, or this proves nothing"
    found = {
        match[0] for _, text in _texts(getattr(loop, place)) for match in telling.finditer(text)
    }
    assert found == set()


def test_planted_tickets_are_part_of_the_drafts(loop: Settings) -> None:
    """Else it would prove nothing that their canaries are not in them."""
    articles, _ = read_articles(loop.content_dir)
    refs = [ref for article in articles for one in article.evidence for ref in one.sources]
    numbers = [9_900 + n for n, _ in enumerate(planted.PLANTED, start=1)]
    assert sum(any(f":{n}/" in ref for ref in refs) for n in numbers) >= len(numbers) / 3


def test_nothing_planted_is_stored(loop: Settings) -> None:
    """Neither in the database nor beside it, in whichever field or row it stood."""
    found = {
        canary: file.name for file, text in _texts(loop.state_dir) for canary in _in(text, PERSONAL)
    }
    assert found == {}


PRINTED = {
    "import": ["import planted.jsonl", "import planted.jsonl --json",
               "import planted.jsonl --sniff", "import planted.jsonl --sniff --json"],
    "suggest": ["suggest", "suggest --json", "suggest --history"],
    "topics": ["topics list", "topics list --json", "topics history", "topics show EACH",
               "topics show EACH --json", "topics assign planted.jsonl",
               "topics assign planted.jsonl --json"],
    "draft": ["draft TOPIC --min-requesters 3 --dry-run",
              "draft TOPIC --min-requesters 3 --dry-run --json"],
    "review": ["review", "review --json", "review ARTICLE"],
    "explain": ["explain ARTICLE", "explain ARTICLE --json"],
    "check": ["check", "check --json"],
    "search": ["search unlock", "search password --json", "search kilit", "search parool"],
    "hits": ["hits import planted.log --dry-run", "hits import planted.log --json",
             "hits import planted.log"],
    "metrics": ["metrics", "metrics --json"],
    "forget": ["forget zendesk:9901 --content --dry-run",
               "forget zendesk:9901 --content --dry-run --json"],
}  # fmt: skip
"""What reports; EACH stands for each topic, TOPIC and ARTICLE for some."""
SOME = 2
SHOWN = ["tickets list --limit 999", "tickets list --limit 999 --json", "tickets macros",
         "tickets macros --json", "tickets show TICKET --cuts", "tickets show TICKET --json"]  # fmt: skip
"""Shows tickets, internal remarks included."""
SILENT = {"init", "publish", "archive", "reject", "build", "serve", "demo", "tickets"}
"""Verbs that report ids and counts, or are held by other tests here."""


def _lines(loop: Settings, lines: Iterable[str]) -> Iterator[tuple[str, Done]]:
    """Each command line, for all topics, articles and planted tickets, with what it printed."""
    articles, _ = read_articles(loop.content_dir)
    with reading(loop.database) as connection:
        topics = [topic.id for topic in read_topics(connection)]
    named = {
        "EACH": topics,
        "TOPIC": topics[:SOME],
        "ARTICLE": [article.id for article in articles if article.evidence][:SOME],
        "TICKET": [f"zendesk:{9_900 + n}" for n, _ in enumerate(planted.PLANTED, start=1)],
    }
    for line in lines:
        name = next((name for name in named if name in line), "")
        for id_ in named.get(name, [""]):
            typed = line.replace(name, id_) if name else line
            yield typed, kbtool(loop.root, *typed.split())


@pytest.mark.parametrize("verb", PRINTED)
def test_no_verb_prints_a_canary(loop: Settings, verb: str) -> None:
    """On both streams, as text and as JSON; rejected rows and their reasons included."""
    for typed, done in _lines(loop, PRINTED[verb]):
        assert done.returncode in (0, 1), f"{typed}: {done.stderr}"
        told = " ".join(f"{done.stdout} {done.stderr}".split())
        found = _in(told)
        assert (typed, found - (TEAM if verb in ("suggest", "topics") else set())) == (typed, set())


def test_no_shown_ticket_holds_what_was_planted(loop: Settings) -> None:
    """Not in what was cut from it either."""
    for typed, done in _lines(loop, SHOWN):
        assert done.returncode == 0, f"{typed}: {done.stderr}"
        told = " ".join(f"{done.stdout} {done.stderr}".split())
        assert (typed, _in(told, PERSONAL)) == (typed, set())


def test_reports_in_html_hold_no_canary(loop: Settings, tmp_path: Path) -> None:
    """Those of suggest, of explain and of metrics."""
    article = next(a for a in read_articles(loop.content_dir)[0] if a.evidence)
    shown = (("suggest", "--html"), ("explain", article.id, "--html"), ("metrics", "--html"))
    for n, typed in enumerate(shown):
        file = tmp_path / f"{n}.html"
        done = kbtool(loop.root, *typed, str(file))
        assert done.returncode == 0, done.stderr
        text = " ".join(unescape(file.read_text("utf-8")).split())
        assert _in(text) <= TEAM


def test_a_log_leaves_no_reader_behind(loop: Settings) -> None:
    """Neither who he was nor what he should not have typed: not on the screen, not in the store."""
    done = kbtool(loop.root, "hits", "import", "planted.log", "--json")
    assert done.returncode == 0, done.stderr
    kept = b"".join(f.read_bytes() for f in loop.state_dir.glob("kb.db*")).decode(
        "utf-8", "replace"
    )
    told = f"{done.stdout} {done.stderr}"
    assert [one for one in planted.LOG_CANARIES if one in told or one in kept] == []
    with reading(loop.database) as connection:
        found = [e.query for e in read_all(connection, kinds={"search"}) if e.query]
    assert any("[phone]" in query for query in found)


def test_no_verb_is_left_out() -> None:
    """A new verb says here what it prints."""
    assert set(VERBS) == set(PRINTED) | SILENT


def test_the_server_answers_and_logs_without_canaries(
    loop: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever is searched for; what a reader types is logged nowhere and stored redacted."""
    typed = [one.canaries[0] for one in planted.PLANTED]
    for name in ("kbtool", "uvicorn"):
        caplog.set_level(logging.DEBUG, name)
    with running(loop) as site:
        for path in (
            "/sitemap.xml",
            "/llms.txt",
            "/articles.json",
            "/healthz",
            "/api/search?q=unlock",
        ):
            assert _in(unescape(site.http.get(path).text)) == set()
        for number, text in enumerate(typed):
            hits = site.http.get("/api/search", params={"q": text, "limit": 50}).json()["results"]
            assert _in(json.dumps(hits, ensure_ascii=False)) == set()
            site.http.get("/en/search/", params={"q": text})
            event = {"kind": "search", "id": f"planted-{number:020}", "lang": "en", "results": 0,
                     "query": f"my password is {text}"}  # fmt: skip
            sent = site.http.post("/api/events", json=event)
            assert sent.status_code == 204, sent.headers
    ours = ("kbtool", "uvicorn")
    told = [record.getMessage() for record in caplog.records if record.name.startswith(ours)]
    assert told
    assert _in(" ".join(told), PERSONAL) == set()
