"""The errors kbtool raises on purpose.

KbError                  could not do it (exit code 3)
├── ConfigError          mkdocs.yml or its extra.kbtool is wrong; lists every problem at once
├── InputError           a file given by the user cannot be used at all
├── StoreError           the database is newer, locked or damaged
├── ContentError         content/ has errors that block the command; carries the findings
├── NotFoundError        a ticket, topic or article that does not exist
├── StateError           the article's state does not allow this step
├── BuildError           the site could not be built; the old one is untouched
├── IndexMissingError    there is no search index yet
├── ApiError             an API on another machine gave no answer that can be used
├── EncoderError         questions could not be turned into vectors of meaning
└── ServeError           the server could not start (port in use)

Exit codes: 0 fine, 1 the answer is "no", 2 usage (Click's own), 3 could not do it, 4 a bug.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbtool.model import Finding


class ExitCode(IntEnum):
    """Exit codes of every command."""

    OK = 0
    NO = 1
    USAGE = 2
    FAILED = 3
    BUG = 4


class KbError(Exception):
    """Something the user can mend. ``hint`` says how, in one sentence."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(KbError):
    """The settings are wrong."""


class InputError(KbError):
    """A file given by the user cannot be used at all."""


class StoreError(KbError):
    """The database cannot be used."""


class ContentError(KbError):
    """``content/`` has errors that block the command."""

    def __init__(
        self, message: str, *, findings: Sequence[Finding] = (), hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.findings = tuple(findings)


class NotFoundError(KbError):
    """A ticket, topic or article that does not exist."""


class StateError(KbError):
    """The article's state does not allow this step."""


class BuildError(KbError):
    """The site could not be built; the old one is untouched."""


class IndexMissingError(KbError):
    """There is no search index yet, or it cannot be read."""


class ApiError(KbError):
    """An API on another machine gave no answer that can be used."""


class EncoderError(KbError):
    """Questions could not be turned into vectors of meaning; the run without them still works."""


class ServeError(KbError):
    """The server could not start."""


_TELLING = (AttributeError, ImportError, NameError, RecursionError, NotImplementedError, OSError)
"""Errors of the interpreter and the system, whose texts name code and files, never values."""
_FRAME = re.compile(r'(?m)^ *File "[^"\n]*", line \d+, in \S+$')


def trace_of(error: BaseException) -> str:
    """Where a bug happened, for logs and reports: its traceback without what may quote a ticket.

    The texts of most errors are left out, for many hold the value that was wrong. Causes are
    named below what they led to.
    """
    return "\nfrom\n".join(f"{_frames(one)}{_told(one)}" for one in _causes(error, set()))


def _causes(error: BaseException | None, seen: set[int]) -> Iterator[BaseException]:
    """The error, those it holds when it is a group, and what it came of."""
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        for one in getattr(error, "exceptions", ()):
            yield from _causes(one, seen)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(error: BaseException) -> str:
    """Its frames; those of another process stand in its text."""
    import traceback  # here, because every command would pay for it

    own = "".join(traceback.format_tb(error.__traceback__))
    far = _FRAME.findall(str(error)) if type(error).__name__ == "_RemoteTraceback" else []
    return own + "".join(f"{line}\n" for line in far)


def _told(error: BaseException) -> str:
    name = type(error).__qualname__
    if isinstance(error, (KbError, *_TELLING)):
        return f"{name}: {error}"
    return f"{name} (its text is left out: it may quote a ticket)" if str(error) else name
