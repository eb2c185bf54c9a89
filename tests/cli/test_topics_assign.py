"""``kbtool topics assign`` with exports."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.writers import kbtool
from tests.mining.samples import ASKED


def test_a_folder_and_files_that_belong_together_are_read_once(tmp_path: Path) -> None:
    """Tickets and their comments given as two files, or as their folder, are placed once each."""
    kbtool(tmp_path, "init", ".")
    with (tmp_path / "tickets.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "created_at", "subject", "description", "reply", "agent", "status"))
        for n, (_, text, reply) in enumerate(line for lines in ASKED.values() for line in lines):
            rows.writerow((n, "2026-03-01 10:00", "", text, reply, "Ann Lee", "closed"))
    kbtool(tmp_path, "suggest", "tickets.csv")
    _, text, _ = next(iter(ASKED.values()))[0]
    folder = tmp_path / "export"
    folder.mkdir()
    ticket = {
        "id": 7, "number": "7", "title": "A loan", "state": "closed", "article_ids": [1],
        "article_count": 1, "create_article_type": "email", "created_at": "2026-05-01T10:00:00Z",
    }  # fmt: skip
    article = {
        "id": 1, "ticket_id": 7, "sender": "Customer", "type": "email", "internal": False,
        "body": text, "content_type": "text/plain", "created_at": "2026-05-01T10:00:00Z",
    }  # fmt: skip
    (folder / "tickets.json").write_text(json.dumps([ticket]), "utf-8")
    (folder / "articles.json").write_text(json.dumps([article]), "utf-8")
    for words in (("export",), ("export/tickets.json", "export/articles.json")):
        done = kbtool(tmp_path, "topics", "assign", *words, "--json")
        (row,) = json.loads(done.stdout)["tickets"]
        assert row["ticket"].endswith(":7")
        assert row["topic"]
