"""What a release was built of and what was said of it, so that the same is not built twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kbtool.model import Finding
from kbtool.site.releases.files import digest

NAME = "build.json"
_BESIDE = ("index", "hosting")
_FORMAT = 2


@dataclass(frozen=True, slots=True)
class Note:
    """A build in short."""

    made_of: str
    """The key of everything that it followed from, but for ``media``."""
    media: dict[str, str]
    """Path relative to content/ → digest of a file that pages show."""
    beside: dict[str, str]
    """Path relative to the release → size and time of change of each file beside the site."""
    pages: dict[str, int]
    """By language."""
    articles: dict[str, int]
    findings: tuple[Finding, ...]


def write_note(release: Path, note: Note) -> None:
    """Leave ``note`` in the release's folder. Raises OSError."""
    text = json.dumps({"format": _FORMAT, **asdict(note)}, ensure_ascii=False, indent=1)
    (release / NAME).write_text(text + "\n", encoding="utf-8", errors="surrogatepass")


def read_note(release: Path) -> Note | None:
    """The note of a release; None when it has none that can be read."""
    try:
        text = (release / NAME).read_text(encoding="utf-8", errors="surrogatepass")
        data: dict[str, Any] = json.loads(text)
        if data.pop("format") != _FORMAT:
            return None
        findings = tuple(Finding(**finding) for finding in data.pop("findings"))
        return Note(**data, findings=findings)
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return None


def media_digests(content_dir: Path, paths: Iterable[str]) -> dict[str, str]:
    """Path → digest of each file; one that cannot be read has an empty one."""
    return {path: _file_digest(content_dir / path) for path in sorted(set(paths))}


def marks_beside(release: Path) -> dict[str, str]:
    """Path → size and time of change of each file of the index and for web servers: they tell
    whether somebody damaged or removed one. Raises OSError when one goes meanwhile.
    """
    found = {}
    for folder in _BESIDE:
        for path in sorted(path for path in (release / folder).rglob("*") if path.is_file()):
            status = path.stat()
            found[path.relative_to(release).as_posix()] = f"{status.st_size} {status.st_mtime_ns}"
    return found


def _file_digest(file: Path) -> str:
    try:
        return digest(file.read_bytes())
    except OSError:
        return ""
