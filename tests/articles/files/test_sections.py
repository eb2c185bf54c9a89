"""Headings with their anchors, sections with their hashes."""

from __future__ import annotations

from kbtool.articles.files.sections import TITLE, TOP, fingerprint, headings, sections
from kbtool.model import Article

BODY = """Top.

# Steps

One.

## Steps ##

```
# no heading
```

Kilit açılmıyor mu?
---

Yazın. {#x}

### Own {#own-id .big}
"""
ARTICLE = Article("kb-1", "T", "tr", "published", None, BODY, "tr/x.md")


def test_headings_have_the_sites_anchors_levels_and_lines() -> None:
    """Equal ones are numbered; both ways to write them count; code does not."""
    assert [(h.anchor, h.level, h.line) for h in headings(BODY, "tr")] == [
        ("steps", 1, 3), ("steps_1", 2, 7), ("kilit-acilmiyor-mu", 2, 13), ("own-id", 3, 18),
    ]  # fmt: skip


def test_each_section_ends_where_the_next_one_begins() -> None:
    """The top has no heading; one section's change changes one hash."""
    names = [section.name for section in sections(ARTICLE)]
    assert names == [TOP, "steps", "steps_1", "kilit-acilmiyor-mu", "own-id"]
    other = Article("kb-1", "T", "tr", "published", None, BODY.replace("One.", "Two."), "tr/x.md")
    before, after = dict(fingerprint(ARTICLE)), dict(fingerprint(other))
    assert [name for name in before if before[name] != after[name]] == ["steps"]
    assert next(iter(before)) == TITLE
