"""``kbtool demo``: the whole loop once, by the same commands a person types."""

from __future__ import annotations

import json
import shlex
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kbtool.cli.common import err, now, out, progress_bar, safe
from kbtool.errors import KbError, ServeError

DRAFTS = 6
FEW = 2
"""Drafts of --long, of topics with hundreds of tickets each."""
START_SECONDS = 30
REVIEWER = "Hannah Cole"
ASKING = "zendesk:51036"
"""A ticket of the sample that an article answers."""


REPORT = "report.html"


@click.command("demo")
@click.argument("directory", default=".demo", type=click.Path(path_type=Path, file_okay=False))
@click.option("--long", is_flag=True, help="Beside it, two years of tickets: what articles did.")
def command(directory: Path, long: bool) -> None:
    """Run the whole loop once on sample tickets.

    Makes a knowledge base of Velmo, a fictional e-bike subscription, in DIRECTORY (.demo), runs
    every step of the loop on it with real commands and real HTTP requests, and says what was
    made. Half a year of readers comes from an access log that it writes. Running it again starts
    afresh.

    --long makes up 17,000 tickets of two years, in which seven articles came out and took a known
    share of their questions' tickets away. It takes about three minutes of a processor.

    \b
    Examples:
      kbtool demo
      kbtool demo /tmp/velmo
      kbtool demo /tmp/velmo-long --long
    """
    from kbtool.workflows.demo import prepare_demo

    started = time.monotonic()
    base = prepare_demo(directory, now=now(), long=long)
    session = _Session(base.root)
    session.say("Import the tickets of two help desks", "import", *base.exports)
    session.say("What do customers keep asking?", "suggest", "--top", "12")
    session.say(
        "Draft answers from the agents' own replies", "draft", *_drafted(session, long=long)
    )
    published = _publish_one(session)
    session.say("Build the help centre", "build")
    session.say("Find an article as an agent does", "search", "bike", "won't", "unlock")
    session.say("Answer a whole ticket", "search", "--ticket", ASKING, "--limit", "1")
    _serve_readers(session)
    session.say("And half a year of readers, from a web server's log", "hits", "import", base.log)
    session.say("What did it do?", "metrics")
    session.say("The same as a page to look at and to send around", "metrics", "--html", REPORT)
    session.say("The loop closes: what came back changes what comes next", "suggest", "--top", "8")
    _tell_what_was_made(base.root, published, time.monotonic() - started)


class _Session:
    """Runs kbtool's own commands in the demo's folder and shows them as a person would type them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.step = 0

    def say(self, title: str, *words: str) -> None:
        """Show a heading and a command line, run it; a failing step ends the demo."""
        self.head(title)
        out().print(f"[bold green]$ kbtool {safe(shlex.join(words))}[/bold green]")
        out().file.flush()
        done = subprocess.run(self.line(*words), cwd=self.root, check=False)
        if done.returncode != 0:
            raise KbError(f"kbtool {shlex.join(words)} ended with {done.returncode}")

    def ask(self, *words: str) -> dict[str, object]:
        """What a command says with --json."""
        done = subprocess.run(
            self.line(*words, "--json"), cwd=self.root, check=False, stdout=subprocess.PIPE
        )
        if done.returncode != 0:
            raise KbError(f"kbtool {shlex.join(words)} ended with {done.returncode}")
        answer: dict[str, object] = json.loads(done.stdout)
        return answer

    def head(self, title: str) -> None:
        """A numbered heading."""
        self.step += 1
        out().print(f"\n[bold]{self.step}. {safe(title)}[/bold]")

    def line(self, *words: str) -> list[str]:
        """The command line that runs this very kbtool."""
        return [sys.executable, "-m", "kbtool", *words]


def _drafted(session: _Session, *, long: bool) -> tuple[str, ...]:
    """What to tell ``kbtool draft``; with ``long`` the topics themselves, for the best ones would
    have to be looked for among all tickets again.
    """
    if not long:
        return ("--top", str(DRAFTS))
    rows = session.ask("topics", "list")["topics"]
    assert isinstance(rows, list)  # noqa: S101 - our own format
    return tuple(row["topic"] for row in rows if row["article"] is None)[:FEW]


def _publish_one(session: _Session) -> str:
    """Publish the first draft that a person could: no conflict open, nothing personal."""
    waiting = session.ask("review")["articles"]
    assert isinstance(waiting, list)  # noqa: S101 - our own format
    ready = [row["id"] for row in waiting if not row["conflicts"] and row["lang"] == "en"]
    if not ready:
        raise KbError("no draft is ready to publish")
    session.say("Review a draft with its evidence", "review", ready[0])
    session.say("Publish it", "publish", ready[0], "--by", REVIEWER)
    return str(ready[0])


def _serve_readers(session: _Session) -> None:
    """Serve for a moment; readers search, read, vote and write to support over HTTP."""
    from kbtool.demo.readers import kinds, play

    session.head("Serve it for a moment; readers come")
    out().print("[bold green]$ kbtool serve --port 0[/bold green]")
    for kind in kinds():
        out().print(f"  {safe(kind)}", style="dim")
    with _served(session) as address, progress_bar() as progress:
        played = play(
            address, lambda: uuid.uuid4().hex, lambda done, all_: progress("Readers", done, all_)
        )
    out().print(
        f"{played.readers} readers and a crawler sent {played.requests} requests to {address}"
    )


@contextmanager
def _served(session: _Session) -> Iterator[str]:
    """A running ``kbtool serve`` on a free port; its address."""
    process = subprocess.Popen(
        session.line("serve", "--port", "0"),
        cwd=session.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield _address_of(process)
    except OSError as error:
        ended = process.poll()
        how = "is still running" if ended is None else f"ended with {ended}"
        raise ServeError(
            f"kbtool serve did not answer a reader ({error}); it {how}",
            hint=f"run kbtool serve in {session.root} to see why",
        ) from None
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    for line in process.stdout:
        for word in line.split():
            if word.startswith("http://"):
                return word
    raise ServeError("kbtool serve ended before it was ready", hint="run it by hand to see why")


def _tell_what_was_made(root: Path, published: str, seconds: float) -> None:
    shown = shlex.quote(str(root))
    out().print(f"\n[bold]The whole loop ran in {seconds:.0f} seconds.[/bold] It made, in {shown}:")
    made = [
        ("content/drafts/", "drafts waiting for a writer, with their evidence"),
        (f"content/ ({published})", "the published article"),
        ("site/", "the help centre; any web server can host it"),
        (REPORT, "the report: open it in a browser"),
        (".kbtool/", "tickets (redacted), events, search index"),
    ]
    for name, meaning in made:
        out().print(f"  {safe(name):28} {safe(meaning)}")
    program = _program()
    out().print("\nNext:")
    for line in (
        f"cd {shown}",
        f"{program} serve     # look at it: http://127.0.0.1:8000/",
        f"{program} suggest   # what to write next, and why",
        f"{program} review    # drafts that wait for you",
    ):
        out().print(f"  {safe(line)}", soft_wrap=True)
    err().file.flush()


def _program() -> str:
    """How to start this kbtool from a shell, also when its environment is not on the PATH."""
    if shutil.which("kbtool"):
        return "kbtool"
    script = Path(sys.argv[0]).absolute()
    if script.name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m kbtool"
    return shlex.quote(str(script))
