"""A strict little reader of HTML: what is not closed where it should be is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link"})


@dataclass(slots=True)
class Node:
    """An element with its attributes (names in lower case) and its children in their order."""

    tag: str
    attributes: dict[str, str | None]
    children: list[Node | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """This element and all below it, as they stand on the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child

    def all(self, tag: str, kind: str | None = None) -> list[Node]:
        """The elements of a tag, those of one class when it is given."""
        return [
            node
            for node in self
            if node.tag == tag and (kind is None or kind in (node["class"] or "").split())
        ]

    def one(self, tag: str, kind: str | None = None) -> Node:
        """The only element of a tag and class."""
        (found,) = self.all(tag, kind)
        return found

    def __getitem__(self, name: str) -> str | None:
        return self.attributes.get(name)

    def number(self, name: str) -> float:
        """An attribute that is a number."""
        return float(self.attributes[name] or "")

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)


def parse(html: str) -> Node:
    """The page or fragment below one root. Fails on an end tag without its start, or the reverse."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], [node.tag for node in reader.open[1:]]
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"<{tag}> repeats an attribute"
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")
