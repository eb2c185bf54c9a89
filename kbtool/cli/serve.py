"""``kbtool serve``: the site, its search and its event collector in one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kbtool.cli.common import out, safe, settings_for

if TYPE_CHECKING:
    from kbtool.config import Settings
    from kbtool.server.run import Serving


@click.command("serve")
@click.option("--host", help="Address to listen on; 0.0.0.0 for every one of this machine.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one."
)
def command(host: str | None, port: int | None) -> None:
    """Serve the help centre, its search and its event collector until Ctrl-C.

    A new build is shown at once, without a restart. Events are acknowledged only when they are
    safe on the disk; no address of a reader is stored or logged.

    \b
    Examples:
      kbtool serve
      kbtool serve --host 0.0.0.0 --port 80
    """
    from kbtool.server.run import serve

    settings = settings_for()
    serve(
        settings,
        host=host if host is not None else settings.server.host,
        port=port if port is not None else settings.server.port,
        on_ready=lambda serving: _announce(settings, serving),
    )


def _announce(settings: Settings, serving: Serving) -> None:
    """Say what is served and where, as soon as it is."""
    languages = ", ".join(settings.languages)
    out().print(f"{safe(settings.site_name)} is at [bold]{safe(serving.address)}[/bold]")
    out().print(f"{serving.articles} articles in {languages}; release {safe(serving.release)}")
    if serving.agent:
        out().print(f"agents sign in at [bold]{safe(serving.agent)}[/bold]")
    out().print("Ctrl-C stops it.", style="dim")
    out().file.flush()
