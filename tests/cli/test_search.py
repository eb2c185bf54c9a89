"""``kbtool search`` as an agent types it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from kbtool.cli.clipboard import copy_text, osc52
from kbtool.cli.main import main
from kbtool.search.index import build_index
from tests.search.helpers import document

CONFIG = """\
site_name: Help
site_url: https://help.example/
extra:
  kbtool:
    languages: [en, tr]
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of three articles."""
    documents = [
        document(
            "kb-1", "en", "How do I [cancel]?", "Cancel\x1b[31m in the app. " * 20, tags=("b-1",)
        ),
        document("kb-2", "en", "Where is my order?", "You can cancel it, too."),
        document("kb-3", "tr", "Nasıl iptal ederim?", "İptal düğmesine basın."),
    ]
    made = tmp_path_factory.mktemp("built") / "index"
    build_index(documents, made)
    return made


@pytest.fixture
def base(tmp_path: Path, built: Path) -> Path:
    """The folder of a knowledge base that was built."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    shutil.copytree(built, tmp_path / ".kbtool" / "releases" / "1" / "index")
    (tmp_path / ".kbtool" / "current").symlink_to("releases/1")
    return tmp_path


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


Run: TypeAlias = Callable[..., Done]


@pytest.fixture
def run(base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``kbtool search`` in the knowledge base, without any clipboard tool unless one is given."""
    monkeypatch.chdir(base)
    monkeypatch.setenv("COLUMNS", "80")

    def search(*arguments: str, path: str = "/nonexistent") -> Done:
        monkeypatch.setenv("PATH", path)
        monkeypatch.setattr("sys.argv", ["kbtool", "search", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        return Done(int(caught.value.code or 0), *capsys.readouterr())

    return search


def test_ranked_with_snippet_and_link(run: Run) -> None:
    """Number, title, where, snippet, permanent link; nothing that could act on the terminal."""
    done = run("cancel")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0] == " 1  How do I [cancel]?  en"
    assert "    https://help.example/a/kb-1/" in lines
    assert done.stdout.index("kb-1") < done.stdout.index("kb-2")
    assert "\x1b" not in done.stdout
    assert max(map(len, lines)) <= 80


def test_a_plain_search_does_without_what_only_building_needs(base: Path) -> None:
    """Neither numpy nor Whoosh is imported: they take longer than the search itself."""
    code = (
        "import sys; from kbtool.cli.main import main; sys.argv = ['kbtool', 'search', 'cancel']\n"
        "try: main()\n"
        "finally: print(sorted({'numpy', 'whoosh'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=base, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr.splitlines()[-1:]) == (0, ["[]"]), done.stderr
    assert "kb-1" in done.stdout


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("url", "https://help.example/a/kb-1/"),
        ("markdown", r"[How do I \[cancel\]?](https://help.example/a/kb-1/)"),
        ("html", '<a href="https://help.example/a/kb-1/">How do I [cancel]?</a>'),
    ],
)
def test_only_links(run: Run, form: str, first: str) -> None:
    """One a line, nothing else on stdout, in the form asked for."""
    done = run("cancel", "--link", form)
    assert done.stdout.splitlines()[0] == first
    assert len(done.stdout.splitlines()) == 2
    assert run("cancel", "--link", form, "-n", "1").stdout == first + "\n"


def test_json(run: Run) -> None:
    """A versioned object with full links; marked snippet pieces."""
    data = json.loads(run("İPTAL", "--json", "--lang", "tr").stdout)
    assert (data["format"], data["query"], data["lang"], data["count"]) == (1, "İPTAL", "tr", 1)
    (result,) = data["results"]
    assert result["id"] == "kb-3"
    assert result["permalink"] == "https://help.example/a/kb-3/"
    assert ["İptal", True] in result["snippet"]


def test_a_tag_narrows_words(run: Run) -> None:
    """Only articles with it; in the JSON and in what is said when there is none."""
    data = json.loads(run("cancel", "--tag", "b-1", "--json").stdout)
    assert (data["tag"], [hit["id"] for hit in data["results"]]) == ("b-1", ["kb-1"])
    done = run("cancel", "--tag", "c")
    assert (done.returncode, done.stdout) == (1, "")
    assert "No article found in c for: cancel" in done.stderr


def test_a_correction_is_told_and_can_be_refused(run: Run) -> None:
    """What was searched, what was typed and how to insist; on stderr, in JSON a field."""
    done = run("odrer", "\x1b[2J", "--link", "url")
    assert (done.returncode, done.stdout) == (0, "https://help.example/a/kb-2/\n")
    assert done.stderr.startswith("Showing results for: order ")
    assert done.stderr.endswith("(instead of: odrer �[2J; --as-typed searches what you typed)\n")
    done = run("odrer", "--json")
    assert (json.loads(done.stdout)["corrected"], done.stderr) == ("order", "")
    done = run("odrer", "--as-typed", "--json")
    assert (done.returncode, json.loads(done.stdout)["corrected"]) == (1, None)
    assert "Showing results" not in run("order").stderr


def test_a_damaged_index_is_made_anew(base: Path, run: Run) -> None:
    """The answer comes with a line on stderr, and the next one without."""
    for name in ("impacts/en.kb", "whoosh/record.json"):
        (base / ".kbtool" / "current" / "index" / name).write_bytes(b"cut off")
        for arguments in (["order"], ["--advanced", "order"]):
            done = run(*arguments, "--link", "url")
            assert (done.returncode, done.stdout) == (0, "https://help.example/a/kb-2/\n")
        assert "made anew" not in run("order").stderr + run("--advanced", "order").stderr


def test_no_hits_is_exit_code_1(run: Run) -> None:
    """Nothing on stdout, what to try on stderr; JSON stays JSON."""
    done = run("zzzz")
    assert (done.returncode, done.stdout) == (1, "")
    assert "No article found for: zzzz" in done.stderr
    done = run("iptal", "--lang", "en")
    assert done.returncode == 1
    assert "There is one in tr" in done.stderr
    done = run("zzzz", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["results"] == []


def test_no_index_is_exit_code_3(base: Path, run: Run) -> None:
    """The hint is the command that builds one."""
    (base / ".kbtool" / "current").unlink()
    done = run("cancel")
    assert (done.returncode, done.stdout) == (3, "")
    assert "kbtool build" in done.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["x", "-n", "0"], ["x", "--link", "pdf"], ["x", "--copy", "0"]]
)
def test_wrong_usage_is_exit_code_2(run: Run, arguments: list[str]) -> None:
    """Click's own code."""
    assert run(*arguments).returncode == 2


def test_copy_without_a_tool_prints_the_link(run: Run) -> None:
    """It says so, and the link is the last line of stdout."""
    done = run("cancel", "--copy", "2")
    assert done.returncode == 0
    assert "No clipboard tool" in done.stderr
    assert done.stdout.splitlines()[-1] == "https://help.example/a/kb-2/"


def test_copy_uses_the_first_tool_that_works(run: Run, tmp_path: Path) -> None:
    """A tool that fails is passed over; the link arrives in the form asked for."""
    tools = tmp_path / "tools"
    tools.mkdir()
    _tool(tools / "wl-copy", "exit 1")
    _tool(tools / "xclip", f'/bin/cat > "{tmp_path}/taken"')
    done = run("cancel", "--copy", "1", "--link", "markdown", path=str(tools))
    assert "Copied with xclip" in done.stderr
    taken = (tmp_path / "taken").read_text()
    assert taken == r"[How do I \[cancel\]?](https://help.example/a/kb-1/)"


def test_copy_of_a_result_that_is_not_there(run: Run) -> None:
    """Nothing is copied, exit code 1."""
    done = run("cancel", "--copy", "9")
    assert done.returncode == 1
    assert "there are 2 results" in done.stderr


def test_windows_gets_its_own_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """clip.exe reads UTF-16; anything else would lose Turkish and Estonian letters."""
    _tool(tmp_path / "clip.exe", f'/bin/cat > "{tmp_path}/taken"')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert copy_text("ığõ") == "clip.exe"
    assert (tmp_path / "taken").read_bytes().decode("utf-16-le") == "ığõ"


def test_the_terminal_sequence_holds_only_base64() -> None:
    """OSC 52 with the text encoded: a title cannot end the sequence."""
    assert osc52("\x07ı") == "\x1b]52;c;B8Sx\x07"


NEEDLESS = (
    "kbtool.model.articles", "kbtool.model.topics", "kbtool.search.record", "kbtool.search.synonyms",
    "kbtool.search.ticket_text", "kbtool.search.impacts.lexicon", "kbtool.search.impacts.shards",
    "kbtool.text.identify", "kbtool.text.thesaurus", "kbtool.tickets", "kbtool.server",
    "difflib", "hashlib", "html.entities", "jsonschema", "mkdocs", "numpy", "py3langid", "rich",
    "snowballstemmer", "sqlalchemy", "sqlite3", "starlette", "whoosh", "zoneinfo",
)  # fmt: skip
"""What an agent's words wait for in no case: each costs a millisecond or many."""


@pytest.mark.parametrize("words", ["cancel", "cancl", "nasıl iptal", "zzzz"])
def test_an_answer_loads_nothing_needless(base: Path, words: str) -> None:
    """Known words, a typo, another language, nothing found: none loads more than it asks."""
    code = (
        f"import sys; sys.argv=['kbtool','search',*{words.split()!r}]\n"
        "from kbtool.cli.main import _run\n_run()\n"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=base, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.splitlines()[-1].split()
    assert "kbtool.search.index" in loaded
    assert [name for name in NEEDLESS if name in loaded] == []


def _tool(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_pasted_ticket_is_answered(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The articles, then a reply in the ticket's language; quotes and greeting do not count."""
    paste(monkeypatch, "Merhaba,\n\nAboneliğimi nasıl iptal ederim?\n\n> Where is my order?\n")
    done = run("--ticket", "-")
    assert done.returncode == 0
    assert done.stdout.startswith(" 1  Nasıl iptal ederim?  tr")
    assert "Where is my order" not in done.stdout
    assert done.stdout.endswith(
        "Reply (tr), with the first article:\n\nYardım merkezimizdeki bu makale sorunuzu yanıtlıyor:\n"
        "Nasıl iptal ederim?\nhttps://help.example/a/kb-3/\n"
    )


@pytest.mark.parametrize(
    ("option", "printed"),
    [
        (("--reply", "text"), "This article in our help centre answers your question:\nWhere is"),
        (("--reply", "html"), "<p>This article in our help centre answers your question:<br><a"),
        (("--link", "markdown", "-n", "1"), "[Where is my order?](https://help.example/a/kb-2/)"),
    ],
)
def test_only_the_reply_or_the_link(
    run: Run, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...], printed: str
) -> None:
    """What a script or a clipboard wants, and nothing else."""
    paste(monkeypatch, "Where is my order, please?")
    assert run("--ticket", "-", "--lang", "en", *option).stdout.startswith(printed)


def test_a_ticket_as_json(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same object as the server's api/suggest."""
    paste(monkeypatch, "<p>Where is my <b>order</b>?</p>")
    data = json.loads(run("--ticket", "-", "--json").stdout)
    assert data["results"][0]["id"] == "kb-2"
    assert data["results"][0]["reply"]["text"].endswith("https://help.example/a/kb-2/")


def test_a_ticket_that_no_article_fits(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 1 and nothing on stdout, also for an empty one in broken UTF-8."""
    for text in ("zzzz qqqq", "", "\udcff\udcfe"):
        paste(monkeypatch, text)
        done = run("--ticket", "-")
        assert (done.returncode, done.stdout) == (1, "")
        assert "No article fits" in done.stderr


def test_an_unknown_ticket(run: Run) -> None:
    """Exit code 3; the name is shown as it was given."""
    done = run("--ticket", "zendesk:1")
    assert (done.returncode, done.stdout) == (3, "")
    assert "zendesk:1" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--ticket", "-", "word"), ("--ticket", "-", "--category", "x"), ("x", "--reply", "text")],
)
def test_options_that_do_not_go_together(run: Run, arguments: tuple[str, ...]) -> None:
    """A ticket asks alone; a reply answers a ticket."""
    assert run(*arguments).returncode == 2


def paste(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put ``text`` on standard input."""
    stdin = io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape")))
    monkeypatch.setattr("sys.stdin", stdin)
