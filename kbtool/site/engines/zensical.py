"""Zensical, as a child process: the only file that knows it.

It makes of the same staged files and templates what MkDocs makes. What is a hook there has another
way here: articles are cleaned by our Markdown extension, which the child loads, and every template
is wrapped on its way so that what it prints is escaped. Zensical's own theme, search and site map
are left out; of what it leaves behind only the pages are kept.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from kbtool.errors import BuildError
from kbtool.model import Finding
from kbtool.site.engines.dialect import anchors, extensions
from kbtool.site.engines.job import Facts, Job, own_theme
from kbtool.site.engines.mkdocs import version as engine_version

WORK = "zensical"
"""The folder beside the staged files where the child works: it wants all below one root."""
READABLE = frozenset({".html", ".svg", ".txt", ".xml"})
"""Files of a theme that a template may include; Zensical would copy all others for every batch."""
_CONFIG = "zensical.yml"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CHATTER = re.compile(r"Build (?:started|finished)|No issues found|^\s*$")
_REASON = re.compile(r"[\w.]*(?:Error|Exception): ")
"""The line of a traceback that says why."""
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_BREAKS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON takes as it is and YAML does not."""


def version() -> str:
    """What renders, with all that has a say in the HTML. Raises BuildError when it is missing."""
    _check_installed()
    return f"zensical {metadata.version('zensical')} {engine_version()}"


def render(job: Job, facts: Facts, rendered: Callable[[], None]) -> tuple[Finding, ...]:
    """Render every staged page; what Zensical warned of comes back.

    ``rendered`` is called for each page when all are there: the child tells nothing on its way.
    Raises BuildError in Zensical's own words when it gave up or left a page out, and when it is
    not installed; OSError (disk full) and KeyboardInterrupt pass through.
    """
    _check_installed()
    work = job.docs_dir.parent / WORK
    shutil.rmtree(work, ignore_errors=True)
    try:
        pages = _lay_out(job, facts, work)
        told = _run(job, work)
        for page in pages:
            _take(job, work, page)
            rendered()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return tuple(Finding("warning", "engine", f"{job.lang}/", 1, text, None) for text in told)


def _check_installed() -> None:
    if find_spec("zensical") is None:
        raise BuildError("Zensical is not installed", hint='run: pip install "kbtool[zensical]"')


def _lay_out(job: Job, facts: Facts, work: Path) -> list[Path]:
    """Write what the child reads; the staged pages, relative to ``docs_dir``, come back."""
    pages = sorted(path.relative_to(job.docs_dir) for path in job.docs_dir.rglob("*.md"))
    for page in pages:
        place = work / "docs" / page
        place.parent.mkdir(parents=True, exist_ok=True)
        text = (job.docs_dir / page).read_text(encoding="utf-8")
        place.write_text(_plain_front_matter(text), encoding="utf-8", newline="\n")
    own = own_theme(job.root, facts, job.theme_dir)
    _overlay(work / "theme", [*([own] if own else ()), job.theme_dir])
    _overlay(work / "theme" / ".icons", [*([own / ".icons"] if own else ()), _icons()])
    text = yaml.dump(_options(job, facts), allow_unicode=True, sort_keys=False)
    (work / _CONFIG).write_text(text, encoding="utf-8")
    return pages


def _plain_front_matter(text: str) -> str:
    """``text`` with its front matter as JSON.

    Zensical reads YAML 1.2 where MkDocs reads 1.1: to one ``1e3`` is a number, to the other a text.
    JSON says the same to both.
    """
    found = _FRONT.match(text)
    if found is None:
        return text
    header = json.dumps(yaml.load(found[1], Loader=yaml.CSafeLoader), ensure_ascii=False)
    safe = _BREAKS.sub(lambda one: f"\\u{ord(one[0]):04x}", header)
    return f"---\n{safe}\n---\n{text[found.end() :]}"


def _overlay(target: Path, folders: Sequence[Path]) -> None:
    """Fill ``target`` with what is in ``folders``; of the same name, the first one's is taken."""
    target.mkdir(parents=True, exist_ok=True)
    entries: dict[str, list[Path]] = {}
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            is_read = path.is_dir() or path.suffix in READABLE
            if is_read and path.name != ".icons":
                entries.setdefault(path.name, []).append(path)
    for name, paths in entries.items():
        place = target / name
        if ".icons" in place.parts and (len(paths) == 1 or not paths[0].is_dir()):
            place.symlink_to(paths[0].resolve())  # some 10,000 icons, of which few are read
        elif paths[0].is_dir():
            _overlay(place, [path for path in paths if path.is_dir()])
        elif paths[0].suffix == ".html":
            place.write_text(_escaping(paths[0]), encoding="utf-8")
        else:
            place.symlink_to(paths[0].resolve())


def _escaping(template: Path) -> str:
    """A template that escapes what it prints: texts of people are never HTML. Zensical itself
    escapes nothing.
    """
    text = template.read_text(encoding="utf-8")
    return "{% autoescape true %}" + text + "{% endautoescape %}"


def _icons() -> Path:
    """Material's icons, which both engines show."""
    place = find_spec("material")
    if place is None or place.origin is None:
        raise BuildError("mkdocs-material is not installed", hint="install kbtool again")
    return Path(place.origin).parent / "templates" / ".icons"


def _options(job: Job, facts: Facts) -> dict[str, Any]:
    return {
        "site_name": job.name,
        "site_url": job.url,
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": True,
        "exclude_docs": "!/templates/",  # Zensical hides a folder of that name as MkDocs does
        "theme": {
            "name": None,
            "custom_dir": "theme",
            "language": job.lang,
            "font": False,
            "static_templates": [],
        },
        "extra": _data({**facts.extra, "kb": job.context}),
        "plugins": [],
        "validation": {"invalid_links": False, "invalid_link_anchors": False},
        "markdown_extensions": [
            _named(one, job.lang) for one in extensions(job.lang, facts.extensions)
        ],
    }


def _named(extension: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """An extension as a file can name it: our anchors by the function that makes them."""
    ((name, options),) = extension.items()
    is_ours = name == "toc" and getattr(options.get("slugify"), "func", None) is anchors(lang).func
    if is_ours:
        made = {"object": f"{anchors.__module__}.{anchors.__name__}", "kwds": {"lang": lang}}
        options = {**options, "slugify": made}
    return {name: options}


def _data(value: Any) -> Any:
    """Plain data: what Zensical can read."""
    if isinstance(value, Mapping):
        return {str(key): _data(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_data(one) for one in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _run(job: Job, work: Path) -> list[str]:
    """Run the child; the lines that it said, but for its chatter."""
    command = [sys.executable, "-P", "-m", "zensical", "build", "--config-file", _CONFIG]
    ended = subprocess.run(  # noqa: S603 - nothing of a user's text is in the command
        command, cwd=work, capture_output=True, text=True, errors="replace", check=False
    )
    said = _ANSI.sub("", f"{ended.stdout}\n{ended.stderr}").splitlines()
    lines = [line.strip() for line in said if not _CHATTER.search(line)]
    if ended.returncode != 0:
        reasons = [line for line in lines if _REASON.match(line)]
        raise _failed(job, reasons[-1] if reasons else f"it ended with {ended.returncode}")
    return lines


def _take(job: Job, work: Path, page: Path) -> None:
    """Move the HTML of a page to where MkDocs would have left it."""
    made = (work / "site" / page).with_suffix(".html")
    if not made.is_file():
        raise _failed(job, f"Zensical left out {page.parent.as_posix()}/")
    place = job.site_dir / page.with_suffix(".html")
    place.parent.mkdir(parents=True, exist_ok=True)
    made.replace(place)


def _failed(job: Job, told: str) -> BuildError:
    return BuildError(
        f"the pages in {job.lang} could not be rendered by Zensical: {told}",
        hint="templates and markdown_extensions must be ones it knows; or build with mkdocs",
    )
