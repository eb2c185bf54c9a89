"""Effects of articles, from tickets in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import log
from pathlib import Path

import numpy as np
import pytest

from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import Settings
from kbtool.config.settings import MetricSettings
from kbtool.db import reading, writing
from kbtool.metrics.effect.desk import Desk
from kbtool.mining.memory.store import read_topics, save_topics
from kbtool.model import Article, Coverage, Effects, Ticket, Topic, Twin
from kbtool.workflows.effects import effects_of
from tests.metrics.effect.simulate import MONDAY, make_pool
from tests.metrics.test_links import ticket
from tests.suggest.samples import topic
from tests.tickets.stored import save_tickets

NOW = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Five articles that halve their topics, and fourteen topics without one."""
    return make_pool(np.random.default_rng(21), log(0.5), articles=5, controls=14, hard=False)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, desk: Desk) -> Settings:
    """A knowledge base with the desk's tickets, topics and articles."""
    root = tmp_path_factory.mktemp("kb")
    made = Settings(
        root=root,
        config_file=root / "mkdocs.yml",
        site_name="Help",
        site_url="https://help.example/",
    )
    kept: list[Ticket] = [_ticket("oldest", MONDAY - timedelta(days=1))]
    topics: list[Topic] = []
    for name, counts in desk.counts.items():
        days = [MONDAY + timedelta(weeks=w) for w, n in enumerate(counts) for _ in range(n)]
        own = [_ticket(f"{name}-{n}", day) for n, day in enumerate(days)]
        topics.append(replace(topic(name), tickets=tuple(t.key for t in own)))
        kept.extend(own)
    kept.append(_ticket("newest", MONDAY + timedelta(weeks=desk.length)))
    with writing(made.database) as connection:
        save_tickets(connection, kept)
        save_topics(connection, topics, NOW)
    return made


def _ticket(id_: str, day: date) -> Ticket:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return replace(ticket(id_, solved=None), created_at=at, messages=())


def _article(id_: str, topic: str, published: date | None, **more: object) -> Article:
    made = Article(
        id=id_,
        lang="en",
        title=id_,
        body="Do it.\n",
        status="published",
        category="bike",
        path=f"en/bike/{id_}.md",
        topic=topic,
        published=published,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def _measured(
    settings: Settings, articles: list[Article], twins: dict[str, str] | None = None,
    words: dict[str, str] | None = None,
) -> Effects:  # fmt: skip
    """``twins`` are topics that ask nearly the same; ``words`` has articles by a topic that shares
    no more than words with them.
    """
    covered = [Coverage(a.topic or "", a.id, 1.0, "topic") for a in articles if a.topic]
    covered += [Coverage(other, article, 0.8, "text") for other, article in (words or {}).items()]
    with reading(settings.database) as connection:
        topics = read_topics(connection)
        near = twins or {}
        topics = tuple(
            replace(t, twins=(Twin(near[t.id], 0.9),)) if t.id in near else t for t in topics
        )
        return effects_of(connection, settings, topics, covered, articles)


def _busiest(desk: Desk) -> str:
    """The untouched topic with most tickets."""
    free = set(desk.counts) - {one.topic for one in desk.treated}
    return max(sorted(free), key=lambda topic: sum(desk.counts[topic]))


def _articles(desk: Desk) -> list[Article]:
    return [_article(one.article, one.topic, one.published) for one in desk.treated]


def test_what_is_stored_gives_what_was_put_in(settings: Settings, desk: Desk) -> None:
    """Half of the tickets of five topics: found, with a price in money."""
    priced = replace(settings, metrics=MetricSettings(ticket_cost=8.0, currency="EUR"))
    found = _measured(priced, _articles(desk))
    assert found.pooled is not None
    assert found.pooled.change.low < -0.5 < found.pooled.change.high < 0
    assert found.saved is not None
    assert found.currency == "EUR"
    assert found.saved.value == pytest.approx(8 * found.pooled.per_month.value)
    assert found.first_week == MONDAY
    assert 12 <= found.controls <= 14
    assert {one.topic for one in found.topics} == {one.topic for one in desk.treated}


def test_an_article_of_unknown_age_takes_its_topic_out(settings: Settings, desk: Desk) -> None:
    """Nobody knows since when it was touched: no estimate, and no control."""
    free = _busiest(desk)
    found = _measured(settings, [*_articles(desk), _article("kb-old", free, None)])
    assert found.controls == _measured(settings, _articles(desk)).controls - 1
    assert free not in {one.topic for one in found.topics}


def test_topics_of_one_article_and_its_translation_are_one(settings: Settings, desk: Desk) -> None:
    """Counted together, from the day on which the first of them came out."""
    first, second, *others = _articles(desk)
    early = (first.published or MONDAY) - timedelta(weeks=3)
    turkish = replace(second, lang="tr", translation_of=first.id, published=early)
    found = _measured(settings, [first, turkish, *others])
    (whole,) = (one for one in found.topics if one.also)
    assert {whole.topic, *whole.also} == {first.topic, second.topic}
    assert whole.published == early
    assert len(found.topics) == len(desk.treated) - 1
    alone = {one.topic: one.per_week for one in _measured(settings, [first, *others]).topics}
    assert whole.per_week > alone[first.topic or ""]


def test_shared_words_alone_make_no_topic_the_articles(settings: Settings, desk: Desk) -> None:
    """An article that names its topic is not held to answer another whose words it shares, which is
    no control either; a topic that asks nearly the same belongs to it.
    """
    articles, free = _articles(desk), _busiest(desk)
    plain, words = _measured(settings, articles), {free: articles[0].id}
    apart = _measured(settings, articles, words=words)
    assert apart.controls == plain.controls - 1
    assert [one.topic for one in apart.topics if one.also] == []
    assert {one.per_week for one in apart.topics} == {one.per_week for one in plain.topics}
    near = _measured(settings, articles, {articles[0].topic or "": free}, words)
    (whole,) = (one for one in near.topics if one.also)
    assert {whole.topic, *whole.also} == {articles[0].topic, free}
    unnamed = [replace(articles[0], topic=None), *articles[1:]]
    (by_words,) = (
        one for one in _measured(settings, unnamed, words=words).topics if one.topic == free
    )
    assert by_words.article == articles[0].id


def test_near_topics_are_counted_in_and_are_no_controls(settings: Settings, desk: Desk) -> None:
    """The miner's twins are the neighbours."""
    free = _busiest(desk)
    plain = _measured(settings, _articles(desk))
    found = _measured(settings, _articles(desk), {desk.treated[0].topic: free})
    by_topic = {one.topic: one for one in found.topics}
    assert by_topic[desk.treated[0].topic].with_neighbours is not None
    assert by_topic[desk.treated[1].topic].with_neighbours is None
    assert plain.pooled is not None
    assert plain.pooled.with_neighbours is None


def test_what_the_team_entered_is_heard(settings: Settings, desk: Desk) -> None:
    """A line of the settings takes a topic out and says why."""
    one = desk.treated[0]
    lines = (f"{one.published} Prices rise [{one.topic}]",)
    found = _measured(
        replace(settings, metrics=MetricSettings(disturbances=lines)), _articles(desk)
    )
    (touched,) = (effect for effect in found.topics if effect.topic == one.topic)
    assert touched.missing == (f"something else touched it: Prices rise ({one.published})",)


def test_what_was_entered_for_no_topic_is_told(settings: Settings, desk: Desk) -> None:
    """A slip in an id would go unheard; who meant all topics names none."""
    lines = ("2026-05-01 Prices rise [t-nowhere]",)
    found = _measured(
        replace(settings, metrics=MetricSettings(disturbances=lines)), _articles(desk)
    )
    assert found.notes == ("2026-05-01: Prices rise: no such topic: t-nowhere",)
    assert found.topics == _measured(settings, _articles(desk)).topics


def test_articles_from_files_do_as_well(settings: Settings, desk: Desk, tmp_path: Path) -> None:
    """The first day stands in the front matter."""
    for article in _articles(desk):
        write_article(tmp_path, article)
    read, findings = read_articles(tmp_path)
    assert findings == ()
    assert _measured(settings, list(read)) == _measured(settings, _articles(desk))
