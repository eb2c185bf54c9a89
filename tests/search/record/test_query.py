"""The agents' query language: what is read, what is told, what never happens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.record.query import (
    MAX_DEPTH,
    MAX_LEAVES,
    MAX_LENGTH,
    MAX_NOTES,
    MAX_PHRASE,
    AllOf,
    AnyOf,
    Filter,
    Node,
    Not,
    Words,
    parse_query,
)


def _told(node: Node | None) -> str:
    """A tree in one line: ``&(a |(b "c d"))``, ``-`` for not, ``*`` for a beginning."""
    match node:
        case None:
            return ""
        case Words(text, field, phrase, prefix):
            shown = f'"{text}"' if phrase else text
            return (f"{field}:" if field else "") + shown + "*" * prefix
        case Filter(field, text, prefix):
            return f"{field}={text}" + "*" * prefix
        case Not(inner):
            return "-" + _told(inner)
        case AllOf(nodes):
            return "&(" + " ".join(map(_told, nodes)) + ")"
        case AnyOf(nodes):
            return "|(" + " ".join(map(_told, nodes)) + ")"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("refund", "refund"),
        ("refund card", "&(refund card)"),
        ("refund AND card", "&(refund card)"),
        ("a b OR c", "|(&(a b) c)"),
        ("a (b OR c)", "&(a |(b c))"),
        ("a OR b OR c", "|(a b c)"),
        ("a or b and c not d", "&(a or b and c not d)"),
        ('"credit card" -paypal', '&("credit card" -paypal)'),
        ("a NOT b", "&(a -b)"),
        ("NOT NOT a", "a"),
        ("--a", "-a"),
        ("-(a OR b) c", "&(-|(a b) c)"),
        ('-"a b"', '-"a b"'),
        ("cance*", "cance*"),
        ("title:refund", "title:refund"),
        ("Title: refund", "title:refund"),
        ('asked:"where is"', 'questions:"where is"'),
        ("also_asked:where", "questions:where"),
        ("title:(a OR -b)", "|(title:a -title:b)"),
        ("title:(a body:b)", "&(title:a body:b)"),
        ("-title:a", "-title:a"),
        ("tag:billing, x", "&(tag=billing x)"),
        ('tag:"money back"', "tag=money back"),
        ("tags:bil* category:pay lang:tr id:kb-1", "&(tag=bil* category=pay lang=tr id=kb-1)"),
        ("tag:c++", "tag=c++"),
        ("“credit card”", '"credit card"'),
        ("„Konto gesperrt“ «mot clé»", '&("Konto gesperrt" "mot clé")'),
        ("e-mail 14:30 don't", "&(e-mail 14:30 don't)"),
        ("https://help.example/a", "//help.example/a"),
        ("a a a", "a"),
        ("(((a)))", "a"),
        ("a - b & c ?", "&(a b c)"),
        ('title:refund AND "credit card" -paypal tag:billing',
         '&(title:refund "credit card" -paypal tag=billing)'),
    ],
)  # fmt: skip
def test_what_is_understood(text: str, tree: str) -> None:
    """Every form of the language, and nothing to tell."""
    query = parse_query(text)
    assert _told(query.node) == tree
    assert query.notes == ()


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        ('"credit card', '"credit card"', "a quotation mark is not closed"),
        ("(a OR b", "|(a b)", "a bracket is not closed"),
        ("a) OR b", "|(a b)", "a closing bracket has no opening one"),
        ("a OR", "a", "OR needs something on both sides"),
        ("OR", "", "OR needs something on both sides"),
        ("AND a", "a", "AND needs something on both sides"),
        ("a AND AND b", "&(a b)", "AND needs something on both sides"),
        ("a NOT", "a", "need something after them"),
        ("a title:", "a", "need something after them"),
        ("NOT OR a", "a", "need something after them"),
        ("a ()", "a", "nothing to look for in brackets"),
        ("error:404 a", "&(error 404 a)", "there is no field error"),
        ("re*und", "re*und", "* counts at the end"),
        ("a *", "a", "* has no letters or digits"),
        ("a 🙂", "a", "🙂 has no letters or digits"),
        ("refnd~2", "refnd", "~2 has no meaning"),
        ('"a b"~3', '"a b"', "~3 has no meaning"),
        ("a^4.5", "a", "^4.5 has no meaning"),
        ("a" * (MAX_LENGTH + 1), "a" * MAX_LENGTH, "only the first 1000 characters"),
        ("(" * 20 + "a" + ")" * 20, "a", "brackets within more than 16"),
    ],
)
def test_what_is_not_understood_is_told(text: str, tree: str, note: str) -> None:
    """It is read as well as can be, and the notes say what was not."""
    query = parse_query(text)
    assert _told(query.node) == tree
    assert any(note in told for told in query.notes), query.notes


def test_no_more_than_can_be_looked_for() -> None:
    """Words and phrases have their limits, and passing them is told."""
    many = parse_query(" ".join(f"w{number}" for number in range(100)))
    assert isinstance(many.node, AllOf)
    assert len(many.node.nodes) == MAX_LEAVES
    assert "only the first 32 words" in many.notes[0]
    long = parse_query('"' + "a " * 100 + '"')
    assert isinstance(long.node, Words)
    assert len(long.node.text.split()) == MAX_PHRASE
    assert "words of a phrase" in long.notes[0]


def _depth(node: Node | None) -> int:
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            return 1 + max(map(_depth, nodes))
        case Not(inner):
            return _depth(inner)
    return 0


PIECES = st.sampled_from(
    ["(", ")", '"', "“", "-", "NOT ", " OR ", " AND ", "*", "title:", "tag:", "x:", " ", "a", "é",
     "ı", "🙂", "\u202e", "\x00", "\ud800", "~2", "^", "\n", "5", "https://", "_"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=80).map("".join)))
def test_any_text_is_a_query(text: str) -> None:
    """Nothing raises; trees and notes are bounded; the same text gives the same query."""
    query = parse_query(text)
    assert query == parse_query(text)
    assert len(query.notes) <= MAX_NOTES
    assert _depth(query.node) <= 2 * (MAX_DEPTH + 1)
    assert _told(query.node) or query.node is None


WORDS = st.lists(st.sampled_from(["ab", "cd", "ef"]), min_size=1, max_size=4)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_either_of_all(groups: list[list[str]]) -> None:
    """AND binds stronger than OR, whatever is typed between them."""
    tight = parse_query(" OR ".join(" ".join(group) for group in groups))
    spelled = parse_query(" OR ".join("(" + " AND ".join(group) + ")" for group in groups))
    assert tight == spelled
