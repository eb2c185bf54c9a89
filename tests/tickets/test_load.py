"""Files into redacted tickets: everything counted in bounded memory, by one process or several."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kbtool.config import Settings, load_settings
from kbtool.errors import InputError, StoreError
from kbtool.model import Rejected
from kbtool.tickets import load as load_module
from kbtool.tickets.load import Loader, LoadResult, Refused, Words, plans_for
from kbtool.tickets.store import TicketRow


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base without anything in it."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\nsite_url: https://x.example/\n", encoding="utf-8"
    )
    return load_settings(tmp_path)


def zendesk(number: int, **more: object) -> dict[str, object]:
    """A ticket with a question and an answer."""
    asked = {"id": 1, "author_id": 7, "public": True, "plain_body": f"How do I lock bike {number}?"}
    answer = {
        "id": 2, "author_id": 3, "author_name": "Hannah Cole", "public": True,
        "plain_body": "Press the button.\n\nHannah",
    }  # fmt: skip
    return {
        "id": number, "subject": "Lock", "status": "closed", "requester_id": 7,
        "created_at": "2026-01-05T10:00:00Z", "comments": [asked, answer], **more,
    }  # fmt: skip


def loaded(
    settings: Settings, path: Path, workers: int = 1
) -> tuple[list[tuple[TicketRow, int]], LoadResult]:
    """All rows of a file and what was told of it."""
    loader = Loader(settings, workers=workers)
    rows = [row for batch in loader.rows(plans_for(settings, [path])) for row in batch]
    return rows, loader.result()


def written(settings: Settings, *lines: object, name: str = "t.jsonl") -> Path:
    """A file of JSON lines; texts are written as they are."""
    path = settings.root / name
    text = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_words_beyond_the_bound_are_counted_together() -> None:
    """A file with a different word on every line takes no more memory, and loses no count."""
    words = Words()
    for n in range(load_module.WORDS_KEPT + 50):
        words.add(f"word {n}")
    words.add("word 3")
    counted = words.ordered()
    assert counted[0] == ("word 3", 2)
    assert counted[-1] == ("others", 50)
    assert sum(count for _, count in counted) == load_module.WORDS_KEPT + 51


def test_rejected_records_beyond_the_bound_are_counted_by_reason() -> None:
    """Reasons that differ only in a number or an id are one reason."""
    refused = Refused()
    for n in range(load_module.REJECTED_KEPT + 500):
        refused.add(Rejected("t", n, f"belongs to ticket T-{n}, which is not in the tickets"))
        refused.add(Rejected("t", n, f"{n} cells, the header has 5"))
    assert len(refused.kept) == load_module.REJECTED_KEPT
    assert refused.reasons.ordered() == (
        ("belongs to …, which is not in the tickets", 1_500),
        ("… cells, the header has …", 1_500),
    )


def test_several_processes_give_what_one_gives(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same rows in the same order, and the same counts."""
    monkeypatch.setattr(load_module, "_WORTH_WORKERS", 10)
    monkeypatch.setattr(load_module, "_BATCH", 7)
    tickets = [zendesk(n, status="odd" if n % 5 == 0 else "closed") for n in range(60)]
    path = written(settings, *tickets, "no json", {"subject": "no id", **zendesk(1), "id": None})
    alone, together = loaded(settings, path), loaded(settings, path, workers=2)
    assert together == alone
    assert len(alone[0]) == 60
    assert alone[1].unknown_statuses == (("odd", 12),)
    assert alone[1].rejected_count == 2


def test_processes_end_with_the_one_that_began_them(settings: Settings) -> None:
    """Killed without a chance to tidy up, an import leaves no process behind."""
    path = written(settings, *(zendesk(n) for n in range(400)))
    code = (
        "import sys; from pathlib import Path\n"
        "from kbtool.config import load_settings\n"
        "from kbtool.tickets import load\n"
        "if __name__ == '__main__':\n"
        "    load._WORTH_WORKERS, load._BATCH = 1, 20\n"
        "    settings = load_settings(Path(sys.argv[1]))\n"
        "    plans = load.plans_for(settings, [Path(sys.argv[2])])\n"
        "    rows = load.Loader(settings, workers=2).rows(plans)\n"
        "    next(rows); print('at work', flush=True); sys.stdin.read()\n"
    )
    script = settings.root / "script.py"
    script.write_text(code, encoding="utf-8")
    command = [sys.executable, str(script), str(settings.root), str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"at work\n"
        parent.kill()
    for _ in range(100):
        try:
            os.killpg(parent.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(parent.pid, signal.SIGKILL)
    pytest.fail("processes were left behind")


def test_a_process_that_dies_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The import ends with an error; nothing hangs."""
    monkeypatch.setattr(load_module, "_WORTH_WORKERS", 1)
    monkeypatch.setattr(load_module, "_BATCH", 5)
    path = written(settings, *(zendesk(n) for n in range(500)))
    rows = Loader(settings, workers=2).rows(plans_for(settings, [path]))
    next(rows)
    for child in multiprocessing.active_children():
        child.kill()
    with pytest.raises(StoreError, match="stopped from outside"):
        list(rows)


def test_broken_files_cost_only_what_is_broken(settings: Settings) -> None:
    """A byte order mark, Windows line ends, NULs, depth, a very long line."""
    deep = '{"id": 5, "x": ' + "[" * 100_000 + "]" * 100_000 + "}"
    lines = [
        "\ufeff" + json.dumps(zendesk(1)), json.dumps(zendesk(2)).replace("Lock", "Lo\0ck"), deep,
        '{"id": 6, "subject": "' + "x" * 8_100_000 + '"}', "", json.dumps(zendesk(3)),
    ]  # fmt: skip
    path = settings.root / "t.jsonl"
    path.write_bytes("\r\n".join(lines).encode())
    rows, result = loaded(settings, path)
    assert [(row.id, place) for row, place in rows] == [("1", 0), ("2", 1), ("3", 4)]
    assert [(r.line, r.reason) for r in result.rejected] == [
        (3, "JSON that cannot be read: nested too deeply"),
        (4, "line longer than 8,000,000 characters"),
    ]
    assert "t.jsonl: 1 NUL characters dropped" in result.notes


def test_a_file_that_changes_between_the_passes_stops_the_import(settings: Settings) -> None:
    """What the survey saw would not be what is stored."""
    path = written(settings, *(zendesk(n) for n in range(3)))
    plans = plans_for(settings, [path])
    written(settings, *(zendesk(n) for n in range(9)))
    with pytest.raises(InputError, match="changed while it was read"):
        list(Loader(settings).rows(plans))


def test_agents_of_the_last_ticket_are_known_in_the_first(settings: Settings) -> None:
    """Names are gathered from all tickets before the first is redacted."""
    first = zendesk(1)
    first["comments"][0]["plain_body"] = "Hannah Cole said I should ask here. How do I lock it?"  # type: ignore[index]  # a list of comments
    first["comments"][1]["author_name"] = None  # type: ignore[index]  # the same
    rows, _ = loaded(settings, written(settings, first, *(zendesk(n) for n in range(2, 500))))
    assert "[name] said" in rows[0][0].record
    assert "Hannah" not in "".join(row.record for row, _ in rows)
