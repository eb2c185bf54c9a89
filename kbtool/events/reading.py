"""Whether an article was read: how long its page was looked at, and how much of it was seen. Pure.

The page's script sends both when the page is left, rounded down to a bucket, so that what is kept
tells nothing else about a reader.
"""

from __future__ import annotations

from kbtool.model import Event

DWELLS = (0, 10, 30, 60, 180, 600)
"""Seconds. Only time in which the page was in sight counts, not that of a tab in the background."""
SCROLLS = (0, 25, 50, 75, 100)
"""Per cent of the article's height that had come into sight."""
READ_SECONDS = 10
READ_PERCENT = 50
READ_SECONDS_ALONE = 30
"""An answer may stand in the first lines of a long article."""


def is_read(event: Event) -> bool | None:
    """Whether a view of an article was a reading: 30 seconds in sight, or 10 seconds and half of the
    article seen.

    None when that is not known: its end was never told (no JavaScript, the widget, a browser that
    was killed), or the event is no view of an article. Leave those out of a share, never count
    them as "no".
    """
    if event.kind != "view" or event.article is None or event.dwell is None:
        return None
    if event.dwell >= READ_SECONDS_ALONE:
        return True
    return event.dwell >= READ_SECONDS and (event.scroll or 0) >= READ_PERCENT
