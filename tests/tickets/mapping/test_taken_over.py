"""``<<`` in a mapping: keys taken over from another place of it, as YAML 1.1 has it."""

from __future__ import annotations

import pytest

from kbtool.errors import InputError
from kbtool.tickets.mapping.parse import parse_mapping

BASE = "ticket: {id: id}\nmessages:\n  - &one {each: 'a[]', text: body, role: {value: agent}}\n"


def test_keys_are_taken_over_unless_given_anew() -> None:
    """A block takes what another has; its own keys win, and the first one stays as it is."""
    first, second = parse_mapping(BASE + "  - {<<: *one, each: 'b[]'}\n", "m.yaml").messages
    assert (first.each, second.each) == ("a[]", "b[]")
    assert first.fields == second.fields


def test_a_mistake_in_what_was_taken_over_is_told() -> None:
    """The place of a mistake is that of the block, the line that of the key."""
    text = BASE.replace("value: agent", "value: nobody") + "  - {<<: *one, each: 'b[]'}\n"
    with pytest.raises(InputError, match=r"m.yaml:3: messages\[1\].role"):
        parse_mapping(text, "m.yaml")


def test_what_takes_over_itself_has_an_end() -> None:
    """A loop of anchors is refused or read, but not followed for ever."""
    with pytest.raises(InputError):
        parse_mapping("ticket: &t {<<: *t}\nmessages: [{text: a}]\n", "m.yaml")
