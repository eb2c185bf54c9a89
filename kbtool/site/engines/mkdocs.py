"""MkDocs with Material, in process: the only file that knows them.

The engine renders what was staged and decides nothing: no navigation, no plugins, no search of
its own. It is given Markdown files and a folder and leaves HTML files there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbtool.errors import BuildError
from kbtool.model import Finding
from kbtool.site.engines.dialect import extensions
from kbtool.site.engines.job import Facts, Job, own_theme

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

RENDERERS = ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "Jinja2", "nh3")
"""Distributions that have a say in a page's HTML."""
READS_FILES = frozenset({"pymdownx.snippets", "pymdownx.b64", "markdown_include.include"})
"""Extensions that would copy any file of this machine into a page at an article's word."""
NAMED_MODULES = ("material.extensions.emoji", "pymdownx.emoji", "pymdownx.superfences")
"""Whose functions a setting may name (``!!python/name:…``); MkDocs' own loader runs any code."""
NOT_USED = ("plugins", "hooks", "nav", "extra_javascript", "extra_templates")
"""Settings of MkDocs that mean nothing here; saying so beats ignoring them."""


def read_facts(config_file: Path) -> Facts:
    """What the engine takes from ``mkdocs.yml``. Raises BuildError when it cannot be read."""
    import yaml
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    for name in NAMED_MODULES:
        import_module(name)
    try:
        with config_file.open("rb") as file:
            data = yaml_load(file, get_yaml_loader(yaml.FullLoader))
    except Exception as error:
        raise BuildError(f"{config_file}: {error}", hint="mend the settings") from error
    findings = [_unused(config_file, key) for key in NOT_USED if data.get(key)]
    extensions = []
    for entry in _entries(data.get("markdown_extensions")):
        if next(iter(entry)) in READS_FILES:
            findings.append(_unused(config_file, next(iter(entry))))
        else:
            extensions.append(entry)
    theme = data.get("theme")
    return Facts(
        theme=theme if isinstance(theme, dict) else {},
        extra=data.get("extra") or {},
        extensions=tuple(extensions),
        copyright=data.get("copyright"),
        stylesheets=tuple(str(path) for path in data.get("extra_css") or ()),
        findings=tuple(findings),
    )


def render(job: Job, facts: Facts, rendered: Callable[[], None]) -> tuple[Finding, ...]:
    """Render every staged page of one language; what MkDocs warned of comes back.

    ``rendered`` is called after each page. Raises BuildError with MkDocs' own words when it gave
    up; OSError (disk full) and KeyboardInterrupt pass through.
    """
    from mkdocs.commands.build import build

    with _captured_log() as log:
        try:
            config = _config(job, facts, rendered)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        except (SystemExit, Exception) as error:
            if isinstance(error, OSError) and error.errno:  # Jinja's TemplateNotFound has none
                raise
            raise _failed(job, error, log) from error
    return tuple(
        Finding("warning", "engine", f"{job.lang}/", 1, text, None)
        for level, text in log
        if level >= logging.WARNING
    )


class Hooks:
    """The places where we stand inside a MkDocs build. It has the shape of a plugin."""

    def __init__(self, rendered: Callable[[], None]) -> None:
        self._rendered = rendered

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Keep our pages; what else lies among them is not copied."""
        for file in list(files):
            if not file.is_documentation_page():
                files.remove(file)
        return files

    def on_post_page(self, output: str, page: Any, config: MkDocsConfig) -> str:
        """Count a page."""
        self._rendered()
        return output


def _options(job: Job, facts: Facts) -> dict[str, Any]:
    return {
        "site_name": job.name,
        "site_url": job.url,
        "docs_dir": str(job.docs_dir),
        "site_dir": str(job.site_dir),
        "use_directory_urls": True,
        "copyright": facts.copyright,
        "theme": {
            **{key: value for key, value in facts.theme.items() if key != "custom_dir"},
            "name": "material",
            "custom_dir": str(job.theme_dir),
            "font": False,
            "language": job.lang,
        },
        "extra": {**facts.extra, "kb": dict(job.context)},
        "plugins": [],
        "exclude_docs": "!/templates/",  # MkDocs hides a folder of that name; ours is a category
        "validation": {"links": {"not_found": "ignore", "unrecognized_links": "ignore"}},
        "markdown_extensions": extensions(job.lang, facts.extensions),
    }


def _config(job: Job, facts: Facts, rendered: Callable[[], None]) -> MkDocsConfig:
    """A checked configuration. It is built here rather than loaded from the user's file, so that
    only what ``Facts`` names has a say.
    """
    from mkdocs.config.defaults import MkDocsConfig

    config = MkDocsConfig(config_file_path=str(job.root / "mkdocs.yml"))
    config.load_dict(_options(job, facts))
    errors, warnings = config.validate()
    if errors:
        told = "; ".join(f"{key}: {error}" for key, error in errors)
        raise BuildError(f"mkdocs.yml: {told}", hint="mend these settings")
    for key, warning in warnings:
        logging.getLogger("mkdocs").warning("mkdocs.yml: %s: %s", key, warning)
    own = own_theme(job.root, facts, job.theme_dir)
    if own:
        config.theme.dirs.insert(0, str(own))
    config.theme.static_templates.clear()
    made = config.theme.get_env
    config.theme.get_env = partial(_environment, made)  # type: ignore[method-assign] # no hook is that early
    config.plugins["kbtool"] = Hooks(rendered)  # type: ignore[assignment] # it asks for no more
    return config


def _environment(made: Callable[[], Environment]) -> Environment:
    """What MkDocs renders templates with, made strict and quick.

    Everything a template prints is escaped: titles and summaries are text, never HTML. And MkDocs
    finds no scripts, styles and pictures in the themes to copy, since none is used: it would look
    through Material's fourteen thousand icons for them, once a language.
    """
    env = made()
    env.autoescape = True
    env.bytecode_cache = _compiled()
    assert env.loader is not None  # noqa: S101 - MkDocs gives it one
    env.loader.list_templates = list  # type: ignore[method-assign] # as its name says: none
    return env


@cache
def _compiled() -> BytecodeCache:
    """Templates compiled so far: every language, and every later build of this process, has the
    same ones.
    """
    from jinja2 import BytecodeCache

    class Memory(BytecodeCache):
        """The last text of each template, compiled."""

        def __init__(self) -> None:
            self._kept: dict[str, tuple[str, Any]] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            checksum, code = self._kept.get(bucket.key, ("", None))
            if checksum == bucket.checksum:
                bucket.code = code

        def dump_bytecode(self, bucket: Bucket) -> None:
            self._kept[bucket.key] = bucket.checksum, bucket.code

    return Memory()


def version() -> str:
    """What renders, with all that has a say in the HTML."""
    return " ".join(f"{name} {metadata.version(name)}" for name in RENDERERS)


def _failed(job: Job, error: BaseException, log: list[tuple[int, str]]) -> BuildError:
    if isinstance(error, BuildError):
        return error
    told = [text for level, text in log if level >= logging.ERROR]
    if not told or not isinstance(error, SystemExit):
        told.append(f"{type(error).__name__}: {error}")
    return BuildError(
        f"the pages in {job.lang} could not be rendered: " + "; ".join(told),
        hint="when you changed templates or markdown_extensions, undo that and build again",
    )


@contextmanager
def _captured_log() -> Iterator[list[tuple[int, str]]]:
    """Collect what MkDocs logs instead of letting it print."""
    records: list[tuple[int, str]] = []
    handler = _Collector(records)
    logger = logging.getLogger("mkdocs")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield records
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


class _Collector(logging.Handler):
    def __init__(self, records: list[tuple[int, str]]) -> None:
        super().__init__(logging.WARNING)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append((record.levelno, record.getMessage()))


def _entries(extensions: Any) -> Iterator[dict[str, Any]]:
    """Extensions one by one as ``{name: options}``, whichever way they are written."""
    if isinstance(extensions, dict):
        extensions = [{name: options} for name, options in extensions.items()]
    for entry in extensions or ():
        if isinstance(entry, str):
            yield {entry: {}}
        elif isinstance(entry, dict) and entry:
            name, options = next(iter(entry.items()))
            yield {str(name): options or {}}


def _unused(config_file: Path, key: str) -> Finding:
    return Finding(
        "warning", "setting-not-used", config_file.name, 1,
        f"{key} is not used: kbtool builds without it", "remove it from the file",
    )  # fmt: skip
