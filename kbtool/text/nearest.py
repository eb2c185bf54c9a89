"""What a mistyped name may have meant."""

from __future__ import annotations

from collections.abc import Iterable

MOST_LISTED = 30


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``did you mean 'port'?``, or what there is to choose from; for the hint of an error."""
    from difflib import get_close_matches  # here, because most names are not mistyped

    names = list(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    more = ", …" if len(names) > MOST_LISTED else ""
    return f"known: {', '.join(names[:MOST_LISTED])}{more}" if names else "there are none yet"
