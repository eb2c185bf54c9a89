"""What a client may send, and the name of everything else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.events.parse import (
    AUTOMATED,
    CONTACT,
    FIELDS,
    MAX_QUERY,
    REASONS,
    SHAPES,
    Known,
    RefusedError,
    Sender,
    clean_query,
    event_fields,
    parse_event,
)
from kbtool.events.reading import DWELLS, SCROLLS
from kbtool.model import Event

NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
KNOWN = Known({"kb-1", "kb-2"}, ("en", "tr"), lambda text: text.replace("a@b.example", "[email]"))
SENDER = Sender("0123456789abcdef", None)

TOKEN = "kbv-23456789abcd"
GOOD: list[dict[str, Any]] = [
    {"id": "v1", "kind": "view"},
    {"id": "v2", "kind": "view", "article": "kb-1", "lang": "en"},
    {"id": "s1", "kind": "search", "query": "lastik", "results": 0, "lang": "tr"},
    {"id": "s2", "kind": "search", "query": "tyer", "results": 3, "corrected": "tyre"},
    {"id": "c1", "kind": "click", "article": "kb-2", "query": "tyre", "position": 1, "results": 3},
    {"id": "o1", "kind": "vote", "article": "kb-1", "value": "no"},
    {"id": "k1", "kind": "contact", "value": "open", "article": "kb-1"},
    {"id": "k2", "kind": "contact", "value": "solved"},
    {"id": "k-_3", "kind": "contact", "value": "handoff", "query": None, "position": None},
    {"id": "k4", "kind": "contact", "value": "handoff", "token": TOKEN},
    {"id": "k5", "kind": "contact", "value": "shown", "results": 0},
    {"id": "k6", "kind": "contact", "value": "opened", "article": "kb-1", "position": 2},
    {"id": "k7", "kind": "contact", "value": "solved", "article": "kb-1", "source": "widget"},
    {"id": "o2", "kind": "vote", "article": "kb-1", "value": "no", "reason": "outdated"},
    {"id": "o3", "kind": "vote", "article": "kb-1", "value": "no", "text": "eksik bir adım var"},
    {"id": "v3", "kind": "view", "source": "widget"},
    {"id": "v4", "kind": "view", "article": "kb-1", "dwell": 0, "scroll": 0},
    {"id": "v5", "kind": "view", "article": "kb-1", "dwell": 600, "scroll": 100},
    {"id": "k8", "kind": "contact", "value": "typed", "arm": "off"},
    {"id": "k9", "kind": "contact", "value": "handoff", "arm": "on", "token": TOKEN},
]
BAD: list[tuple[object, str]] = [
    (None, "not-an-event"),
    ([], "not-an-event"),
    ("view", "not-an-event"),
    ({"kind": "view"}, "bad-id"),
    ({"id": "", "kind": "view"}, "bad-id"),
    ({"id": "x" * 65, "kind": "view"}, "bad-id"),
    ({"id": "a b", "kind": "view"}, "bad-id"),
    ({"id": "a\n", "kind": "view"}, "bad-id"),
    ({"id": 7, "kind": "view"}, "bad-id"),
    ({"id": "a"}, "unknown-kind"),
    ({"id": "a", "kind": "link"}, "unknown-kind"),
    ({"id": "a", "kind": ["view"]}, "unknown-kind"),
    ({"id": "a", "kind": "view", "visitor": "x"}, "unknown-field"),
    ({"id": "a", "kind": "view", "excluded": "bot"}, "unknown-field"),
    ({"id": "a", "kind": "vote", "value": "yes"}, "missing-field"),
    ({"id": "a", "kind": "search", "query": "x"}, "missing-field"),
    ({"id": "a", "kind": "view", "value": "yes"}, "unexpected-field"),
    ({"id": "a", "kind": "view", "article": "kb-9"}, "unknown-article"),
    ({"id": "a", "kind": "view", "article": ["kb-1"]}, "unknown-article"),
    ({"id": "a", "kind": "view", "lang": "xx"}, "unknown-lang"),
    ({"id": "a", "kind": "search", "query": "x" * 201, "results": 1}, "bad-query"),
    ({"id": "a", "kind": "search", "query": " \n", "results": 1}, "bad-query"),
    ({"id": "a", "kind": "search", "query": "\ud800", "results": 1}, "bad-query"),
    ({"id": "a", "kind": "search", "query": 5, "results": 1}, "bad-query"),
    ({"id": "a", "kind": "search", "query": "x", "results": 1, "corrected": 5}, "bad-corrected"),
    ({"id": "a", "kind": "view", "corrected": "x"}, "unexpected-field"),
    ({"id": "a", "kind": "search", "query": "x", "results": -1}, "bad-results"),
    ({"id": "a", "kind": "search", "query": "x", "results": True}, "bad-results"),
    ({"id": "a", "kind": "search", "query": "x", "results": 1.0}, "bad-results"),
    ({"id": "a", "kind": "click", "article": "kb-1", "query": "x", "position": 0}, "bad-position"),
    ({"id": "a", "kind": "click", "article": "kb-1", "query": "x", "position": 101}, "bad-position"),
    ({"id": "a", "kind": "vote", "article": "kb-1", "value": "maybe"}, "bad-value"),
    ({"id": "a", "kind": "contact", "value": "yes"}, "bad-value"),
    ({"id": "a", "kind": "contact", "value": ["open"]}, "bad-value"),
    ({"id": "a", "kind": "contact"}, "missing-field"),
    ({"id": "a", "kind": "contact", "value": "shown"}, "missing-field"),
    ({"id": "a", "kind": "contact", "value": "open", "results": 3}, "unexpected-field"),
    ({"id": "a", "kind": "contact", "value": "open", "token": TOKEN}, "unexpected-field"),
    ({"id": "a", "kind": "contact", "value": "handoff", "token": "kbv-oil1"}, "bad-token"),
    ({"id": "a", "kind": "contact", "value": "handoff", "token": TOKEN + "\n"}, "bad-token"),
    ({"id": "a", "kind": "vote", "article": "kb-1", "value": "yes", "reason": "wrong"},
     "unexpected-field"),
    ({"id": "a", "kind": "vote", "article": "kb-1", "value": "no", "reason": "rude"}, "bad-reason"),
    ({"id": "a", "kind": "vote", "article": "kb-1", "value": "no", "reason": []}, "bad-reason"),
    ({"id": "a", "kind": "vote", "article": "kb-1", "value": "no", "text": " \n"}, "bad-text"),
    ({"id": "a", "kind": "vote", "article": "kb-1", "value": "no", "text": "x" * 501}, "bad-text"),
    ({"id": "a", "kind": "view", "text": "x"}, "unexpected-field"),
    ({"id": "a", "kind": "view", "source": "phone"}, "bad-source"),
    ({"id": "a", "kind": "view", "dwell": 7}, "bad-dwell"),
    ({"id": "a", "kind": "view", "dwell": 86_400}, "bad-dwell"),
    ({"id": "a", "kind": "view", "dwell": "10"}, "bad-dwell"),
    ({"id": "a", "kind": "view", "dwell": False}, "bad-dwell"),
    ({"id": "a", "kind": "view", "dwell": 10, "scroll": 33}, "bad-scroll"),
    ({"id": "a", "kind": "vote", "article": "kb-1", "value": "yes", "dwell": 10},
     "unexpected-field"),
    ({"id": "a", "kind": "view", "arm": "on"}, "unexpected-field"),
    ({"id": "a", "kind": "contact", "value": "open", "arm": "left"}, "bad-arm"),
    ({"id": "a", "kind": "contact", "value": "typed", "query": "how"}, "unexpected-field"),
    ({"id": "a", "kind": "view", "automated": 0}, "bad-automated"),
    ({"id": "a", "kind": "view", "automated": True}, "bad-automated"),
]  # fmt: skip


@pytest.mark.parametrize("data", GOOD, ids=lambda d: d["id"])
def test_good_events_are_taken_as_they_are(data: dict[str, Any]) -> None:
    """Each field arrives, time and sender come from the server, absent fields are None."""
    event = parse_event(data, at=NOW, sender=SENDER, known=KNOWN)
    assert (event.at, event.visitor, event.excluded) == (NOW, SENDER.visitor, None)
    kept = [name for name in FIELDS if name != AUTOMATED]
    assert {name: getattr(event, name) for name in kept} == dict.fromkeys(kept) | data


@pytest.mark.parametrize("data", GOOD, ids=lambda d: d["id"])
def test_an_event_in_an_address_is_the_same_event(data: dict[str, Any]) -> None:
    """Numbers are numbers again; an empty field is none."""
    given = {name: value for name, value in data.items() if value is not None}
    query = urlencode(given | {"reason": ""}) if "reason" not in given else urlencode(given)
    assert event_fields(query) == given


@pytest.mark.parametrize("query", ["id=%ff", "&".join("a=b" for _ in range(30))])
def test_an_address_that_is_no_event_is_refused(query: str) -> None:
    """Letters that are no UTF-8, and more fields than there are."""
    with pytest.raises(RefusedError) as refused:
        event_fields(query)
    assert refused.value.reason == "not-an-event"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_address_is_an_event_or_a_named_refusal(query: str) -> None:
    """A line of a log holds what anybody wrote into it."""
    try:
        event = parse_event(event_fields(query), at=NOW, sender=SENDER, known=KNOWN)
    except RefusedError as error:
        assert error.reason
    else:
        assert event.id


def test_a_browser_that_a_program_steers_is_not_counted() -> None:
    """It is stored with that reason and nothing to join it by, unless another rule came first."""
    data = GOOD[0] | {"automated": 1}
    event = parse_event(data, at=NOW, sender=SENDER, known=KNOWN)
    assert (event.visitor, event.excluded) == (None, AUTOMATED)
    event = parse_event(data, at=NOW, sender=Sender(None, "staff"), known=KNOWN)
    assert event.excluded == "staff"


@pytest.mark.parametrize(("data", "reason"), BAD)
def test_everything_else_is_refused_by_name(data: object, reason: str) -> None:
    """The reason says what was wrong, from a closed set of words."""
    with pytest.raises(RefusedError) as refused:
        parse_event(data, at=NOW, sender=SENDER, known=KNOWN)
    assert refused.value.reason == reason


def test_queries_are_redacted_and_tidied() -> None:
    """What was typed and what was searched instead: one line each, redacted, not too long."""
    typed, instead = " my\x00mial\n a@b.example ", "my  mail a@b.example"
    data = {"id": "a", "kind": "search", "query": typed, "results": 1, "corrected": instead}
    event = parse_event(data, at=NOW, sender=SENDER, known=KNOWN)
    assert (event.query, event.corrected) == ("my mial [email]", "my mail [email]")
    long = {"id": "a", "kind": "search", "query": "a@b.example " * 16, "results": 1}
    growing = Known((), (), lambda text: text.replace("a@b.example", "[a long placeholder]"))
    query = parse_event(long, at=NOW, sender=SENDER, known=growing).query
    assert query is not None
    assert len(query) <= MAX_QUERY


def test_what_a_voter_wrote_is_redacted_and_tidied() -> None:
    """One line without addresses, as long as it may be; line ends of a form count once."""
    data = {"id": "a", "kind": "vote", "article": "kb-1", "value": "no"}
    said = parse_event(
        data | {"text": "Mail me\r\n\x07at a@b.example "}, at=NOW, sender=SENDER, known=KNOWN
    )
    assert said.text == "Mail me at [email]"
    longest = "x\r\n" * 250
    text = parse_event(data | {"text": longest}, at=NOW, sender=SENDER, known=KNOWN).text
    assert text == ("x " * 250).rstrip()


def test_an_excluded_sender_stays_excluded() -> None:
    """The rule that caught the request is kept with the event."""
    event = parse_event(GOOD[0], at=NOW, sender=Sender(None, "bot"), known=KNOWN)
    assert (event.visitor, event.excluded) == (None, "bot")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
NEARLY = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["a", "b-1", "", "é"]) | JSON,
        "kind": st.sampled_from([*SHAPES, "link"]) | JSON,
        "article": st.sampled_from(["kb-1", "kb-9"]) | JSON,
        "lang": st.sampled_from(["en", "xx"]) | JSON,
        "query": st.text(st.characters(), max_size=210) | JSON,
        "results": st.integers(-1, 5) | JSON,
        "position": st.integers(-1, 105) | JSON,
        "value": st.sampled_from(["yes", "no", *CONTACT]) | JSON,
        "reason": st.sampled_from(REASONS) | JSON,
        "text": st.text(st.characters(), max_size=600) | JSON,
        "token": st.just(TOKEN) | JSON,
        "source": st.just("widget") | JSON,
        "dwell": st.sampled_from(DWELLS) | JSON,
        "scroll": st.sampled_from(SCROLLS) | JSON,
        "arm": st.sampled_from(["on", "off"]) | JSON,
        "automated": st.just(1) | JSON,
        "extra": JSON,
    },
)


@given(NEARLY | JSON)
def test_any_input_is_an_event_or_a_named_refusal(data: object) -> None:
    """Nothing a client can send raises anything else, and what is taken can be stored as UTF-8."""
    try:
        event = parse_event(data, at=NOW, sender=SENDER, known=KNOWN)
    except RefusedError as error:
        assert error.reason
    else:
        assert isinstance(event, Event)
        assert event.article in (None, "kb-1", "kb-2")
        for name in Event.__slots__:
            str(getattr(event, name)).encode("utf-8")


@given(st.text(st.characters(), max_size=300))
def test_cleaning_a_query_twice_changes_nothing(text: str) -> None:
    """A clean query is its own clean form, and is printable on one line."""
    once = clean_query(text)
    assert clean_query(once) == once
    assert len(once) <= MAX_QUERY
    assert once.splitlines() in ([once], [])
