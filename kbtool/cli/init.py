"""``kbtool init``: a new knowledge base in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from kbtool.cli.common import emit_json, json_option, now, out, safe


@click.command("init")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--language",
    "languages",
    metavar="CODE",
    multiple=True,
    help="A language of the help centre, the default one first; may be repeated (default: en).",
)
@click.option("--name", default="Help centre", show_default=True, help="Name of the help centre.")
@click.option(
    "--url",
    default="https://help.example.com/",
    show_default=True,
    help="Its full address; can be changed later in mkdocs.yml.",
)
@json_option
def command(
    directory: Path, languages: tuple[str, ...], name: str, url: str, as_json: bool
) -> None:
    """Make a new knowledge base in a folder.

    DIR gets mkdocs.yml with every setting explained, content/ with a first article, .gitignore.
    Nothing that exists is overwritten.

    \b
    Examples:
      kbtool init help
      kbtool init help --language en --language tr --name "Velmo Help"
    """
    from kbtool.workflows.init import init

    made = init(directory, languages=languages or ("en",), name=name, url=url, now=now())
    if as_json:
        emit_json({"format": 1, "root": made.root, "written": made.written})
        return
    for path in made.written:
        out().print(f"wrote {safe(made.root / path)}", soft_wrap=True)
    out().print("\nNext:", style="bold")
    out().print(f"  cd {safe(made.root)}", soft_wrap=True)
    out().print("  kbtool import TICKETS…   what your help desk exports")
    out().print("  kbtool suggest           what customers keep asking")
    out().print("  kbtool build && kbtool serve")
