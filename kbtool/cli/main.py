"""The ``kbtool`` command: verbs in the order of the loop, each loaded only when it is run."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn

import click

from kbtool import __version__
from kbtool.errors import ContentError, ExitCode, KbError, trace_of

VERBS = {
    "init": ("init", "Make a new knowledge base in a folder."),
    "import": ("import_", "Read tickets from help-desk exports; only redacted text is stored."),
    "tickets": ("tickets", "Look at the stored tickets, and at what agents send again and again."),
    "suggest": ("suggest", "Show what customers keep asking and what to do about it."),
    "topics": ("topics", "Look at the topics: what became of each, and where a ticket belongs."),
    "draft": ("draft", "Write drafts of articles from the agents' own answers."),
    "review": ("review", "List what waits for a person, or show one with its evidence."),
    "explain": ("explain", "Show what each sentence of an article rests on."),
    "publish": ("publish", "Publish reviewed drafts, or say that articles are still right."),
    "archive": ("archive", "Withdraw an article; its addresses say what became of it."),
    "reject": ("reject", "Reject a draft, a topic, a line or a suggestion, and remember why."),
    "check": (
        "check",
        "Check the articles: links, doubles, contradictions, translations, privacy.",
    ),
    "build": ("build", "Build the help centre and its search index from content/."),
    "serve": ("serve", "Serve the help centre, its search and its event collector until Ctrl-C."),
    "search": ("search", "Find an article and its link, ready to paste into a reply."),
    "hits": (
        "hits",
        "Count readers of a site that another server serves: from its logs, or another counter's "
        "exports.",
    ),
    "metrics": ("metrics", "Report what the help centre did, with counts and intervals."),
    "forget": ("forget", "Remove a person's tickets for good, and say what relied on them."),
    "demo": ("demo", "Run the whole loop once on sample tickets."),
}
INTERRUPTED = 130
"""What shells report after Ctrl-C."""


class LazyGroup(click.Group):
    """Lists its verbs without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of the loop."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, imported now."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f"kbtool.cli.{VERBS[cmd_name][0]}").command
        assert isinstance(command, click.Command)  # noqa: S101 - a module without one is a bug
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with their one-line help."""
        with formatter.section("Commands"):
            formatter.write_dl([(verb, text) for verb, (_, text) in VERBS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kbtool")
def cli() -> None:
    """Turn resolved support tickets into a help centre that measurably removes tickets.

    The loop: import → suggest → draft → review → publish → build → serve → metrics → suggest.

    \b
    Examples:
      kbtool init help && cd help
      kbtool import ../tickets.jsonl
      kbtool suggest
    """


def main() -> NoReturn:
    """Run the command line; every error ends in a message and the documented exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_run())


def _run() -> int:
    try:
        result = cli.main(standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nStopped; what was finished is kept, nothing is half done.", err=True)
        return INTERRUPTED
    except ContentError as error:
        _show(error)
        return ExitCode.NO
    except KbError as error:
        _show(error)
        return ExitCode.FAILED
    except SystemExit:  # how Click and rich end when the reader went away: `kbtool … | head`
        return ExitCode.OK
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"Error: {place}{error.strerror or error}", err=True)
        return ExitCode.FAILED
    except Exception as error:
        click.echo(trace_of(error), err=True)
        click.echo("This is a bug in kbtool; please report it with the lines above.", err=True)
        return ExitCode.BUG
    return result if isinstance(result, int) else ExitCode.OK


def _show(error: KbError) -> None:
    from kbtool.cli.common import show_error  # here, because it loads more than --help needs

    show_error(error)
