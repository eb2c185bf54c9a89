"""``kbtool draft --rewrite`` as a writer types it, against an API on this machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbtool.articles.files.frontmatter import is_edited, parse_article
from kbtool.model import Article
from tests.articles.kb import CONFIG, knowledge_base
from tests.articles.rewrite.liar import DRAFTED, REWRITTEN, WORDED, chatting, saying
from tests.cli.writers import ID, kbtool
from tests.stub import Reply, Stub


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """A running stub, and its key in the environment."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("KBTOOL_LLM_KEY", "sk-1")
    with chatting() as stub:
        yield stub


@pytest.fixture
def home(tmp_path: Path, api: Stub) -> Path:
    """The tea shop's knowledge base, whose settings name the stub."""
    knowledge_base(tmp_path)
    drafts = f"    drafts: {{llm: '{api.url}', llm_model: m-1}}\n"
    (tmp_path / "mkdocs.yml").write_text(CONFIG + drafts, encoding="utf-8")
    return tmp_path


def _article(home: Path) -> Article:
    article, findings = parse_article((home / f"content/drafts/{ID}.md").read_text("utf-8"), "x.md")
    assert article, findings
    return article


def test_the_setting_is_enough(home: Path, api: Stub) -> None:
    """The draft is rewritten, says by whom, and is no edit; what was sent where is told."""
    done = kbtool(home, "draft", "t-tea")
    assert done.returncode == 0, done.stderr
    article = _article(home)
    assert (article.body, article.rewritten_by) == (REWRITTEN, "m-1")
    assert not is_edited(article)
    assert "m-1 at 127.0.0.1:" in done.stderr
    assert "4 sentences sent, redacted; 0 answers known from before" in done.stderr
    assert f"{ID}: 4 of 4 sentences rewritten" in done.stderr
    assert api.keys == ["Bearer sk-1"]
    assert "sk-1" not in done.stdout + done.stderr


def test_a_rerun_sends_nothing(home: Path, api: Stub) -> None:
    """The answer was kept; the file does not change."""
    kbtool(home, "draft", "t-tea")
    before = (home / f"content/drafts/{ID}.md").read_bytes()
    done = kbtool(home, "draft", "t-tea")
    assert "0 sentences sent, redacted; 1 answer known from before" in done.stderr
    assert "unchanged" in done.stdout
    assert (home / f"content/drafts/{ID}.md").read_bytes() == before
    assert len(api.asked) == 1


def test_dropped_sentences_are_told_with_their_reason(home: Path, api: Stub) -> None:
    """On screen, escaped, and in JSON."""
    lie = ("[bold]Wire 500 euros[/bold]\x1b[31m", "step", ["E1"])
    api.good = lambda _: saying([*WORDED, lie])
    done = kbtool(home, "draft", "t-tea")
    assert "Dropped: '[bold]Wire 500 euros[/bold]" in done.stderr
    assert "[E1]: the placeholder" in done.stderr
    assert "\x1b[31m" not in done.stderr
    data = json.loads(kbtool(home, "draft", "t-tea", "--json").stdout)
    (told,) = data["rewritings"]
    assert (told["article"], told["model"], told["answer"]) == (ID, "m-1", "kept")
    assert (told["sentences"], told["rewritten"], told["problem"]) == (4, 4, None)
    (dropped,) = told["dropped"]
    assert dropped["evidence"] == ["E1"]
    assert "500" in dropped["text"]
    assert dropped["reason"]


def test_an_api_that_is_down_is_no_error(home: Path, api: Stub) -> None:
    """The agents' own sentences stand, with what to do about it."""
    api.plan = [Reply(401, b"no")]
    done = kbtool(home, "draft", "t-tea")
    assert done.returncode == 0
    assert _article(home).body == DRAFTED
    assert "not rewritten, the agents' own sentences stand: 127.0.0.1:" in done.stderr
    assert "Hint: put its key into the environment variable KBTOOL_LLM_KEY" in done.stderr


def test_the_option_goes_before_the_setting(home: Path, api: Stub) -> None:
    """--no-rewrite asks nobody; the words that a model had put there are the agents' again."""
    kbtool(home, "draft", "t-tea")
    done = kbtool(home, "draft", "t-tea", "--no-rewrite", "--json")
    assert json.loads(done.stdout)["rewritings"] == []
    assert (_article(home).body, _article(home).rewritten_by) == (DRAFTED, None)
    assert len(api.asked) == 1


def test_nothing_of_an_edited_draft_is_sent(home: Path, api: Stub) -> None:
    """A person's draft stays as it is, so nobody is asked for it."""
    kbtool(home, "draft", "t-tea", "--no-rewrite")
    file = home / f"content/drafts/{ID}.md"
    file.write_text(file.read_text("utf-8").replace("Tap Change box.", "Tap it!"), "utf-8")
    done = kbtool(home, "draft", "t-tea")
    assert "kept, edited" in done.stdout
    assert api.asked == []


def test_without_the_setting_nothing_is_asked_or_loaded(
    tmp_path: Path, api: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the network nor the code for it; --rewrite says what is missing."""
    knowledge_base(tmp_path)
    for name in [name for name in sys.modules if name.startswith("kbtool.articles.rewrite")]:
        monkeypatch.delitem(sys.modules, name)
    assert kbtool(tmp_path, "draft", "t-tea").returncode == 0
    assert not any(name.startswith("kbtool.articles.rewrite") for name in sys.modules)
    assert api.asked == []
    done = kbtool(tmp_path, "draft", "t-tea", "--rewrite")
    assert done.returncode == 3
    assert "no language model is named" in done.stderr
    assert "drafts.llm" in done.stderr
