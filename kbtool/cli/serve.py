"""``kbtool serve``: the site, its search and its event collector in one process."""

from __future__ import annotations

from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

import click

from kbtool.cli.common import err, now, out, safe, settings_for, show_error
from kbtool.plural import many

if TYPE_CHECKING:
    from kbtool.config import Settings
    from kbtool.errors import KbError
    from kbtool.server.run import Serving
    from kbtool.workflows.build import BuildResult


@click.command("serve")
@click.option("--host", help="Address to listen on; 0.0.0.0 for every one of this machine.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one."
)
@click.option(
    "--watch", is_flag=True, help="Build when a file is saved, and load open pages again."
)
def command(host: str | None, port: int | None, watch: bool) -> None:
    """Serve the help centre, its search and its event collector until Ctrl-C.

    A new build is shown at once, without a restart. Events are acknowledged only when they are
    safe on the disk; no address of a reader is stored or logged.

    With --watch the articles, mkdocs.yml and the theme are built whenever one is saved. An article
    with an error stops nothing: open pages say file and line until it is mended. Your own visits
    are then kept apart, as those of staff.

    \b
    Examples:
      kbtool serve
      kbtool serve --watch
      kbtool serve --host 0.0.0.0 --port 80
    """
    settings = settings_for()
    host = host if host is not None else settings.server.host
    port = port if port is not None else settings.server.port
    if watch:
        from kbtool.workflows.watch import watch as serve_watching

        serve_watching(settings, host=host, port=port, clock=now, told=_Teller(settings))
    else:
        from kbtool.server.run import serve
        from kbtool.workflows.served_report import measure_now

        ready, measured = partial(_announce, settings), partial(measure_now, settings)
        serve(settings, host=host, port=port, on_ready=ready, measure=measured)


class _Teller:
    """Says a line for each build, or what is wrong."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._begun = perf_counter()

    def ready(self, serving: Serving) -> None:
        """Say what is served and where."""
        _announce(self._settings, serving)

    def begun(self) -> None:
        """Look at the clock."""
        self._begun = perf_counter()

    def built(self, built: BuildResult) -> None:
        """Say how many pages were rendered, and the time it took."""
        seconds = perf_counter() - self._begun
        every = sum(number for _, number in built.pages)
        done = f"{built.rendered} of {many(every, 'page')} rendered"
        what = f"built, {done}" if built.is_new else "nothing changed"
        warnings = f"; {many(len(built.findings), 'warning')}" if built.findings else ""
        out().print(f"{now():%H:%M:%S} UTC {what}, {seconds:.1f} s{warnings}")
        out().file.flush()

    def failed(self, error: KbError) -> None:
        """Say what is wrong, and that the old site stays."""
        show_error(error)
        err().print("The site stays as it was; save again to build.", style="dim")


def _announce(settings: Settings, serving: Serving) -> None:
    """Say what is served and where, as soon as it is."""
    languages = ", ".join(settings.languages)
    out().print(f"{safe(settings.site_name)} is at [bold]{safe(serving.address)}[/bold]")
    out().print(f"{serving.articles} articles in {languages}; release {safe(serving.release)}")
    if serving.agent:
        out().print(f"agents sign in at [bold]{safe(serving.agent)}[/bold]")
        out().print(f"the report is at [bold]{safe(serving.address)}report/[/bold] (same token)")
    out().print("Ctrl-C stops it.", style="dim")
    out().file.flush()
