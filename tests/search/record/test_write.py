"""Writing the record: whole or not at all, the same bytes, damage seen."""

from __future__ import annotations

import errno
import gc
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.errors import IndexMissingError
from kbtool.search.parts import parts_of
from kbtool.search.record.read import Record
from kbtool.search.record.write import write_record
from tests.search.helpers import document
from tests.search.record.helpers import DOCUMENTS, found, written


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    """In any order, in any process, with any hash seed."""
    write_record(parts_of(DOCUMENTS), tmp_path / "one")
    write_record(parts_of(DOCUMENTS[::-1]), tmp_path / "two")
    code = (
        "import sys; from pathlib import Path\n"
        "from kbtool.search.parts import parts_of\n"
        "from kbtool.search.record.write import write_record\n"
        "from tests.search.record.helpers import DOCUMENTS\n"
        "write_record(parts_of(DOCUMENTS), Path(sys.argv[1]))"
    )
    seeded = os.environ | {"PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "three")], check=True, env=seeded)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two") == _bytes(tmp_path / "three")


def test_equal_documents_give_the_same_bytes(tmp_path: Path) -> None:
    """Whether or not their fields share an object: a document read back from JSON shares none, and a
    short article's body is the very text that is its summary.
    """
    text = "".join(["Wait ", "a day."])
    shared = replace(document("kb-1", "en", "Slow", text), summary=text)
    apart = replace(shared, summary="".join(["Wait ", "a day."]))
    assert shared == apart
    assert shared.body is shared.summary and apart.body is not apart.summary
    write_record(parts_of([shared]), tmp_path / "one")
    write_record(parts_of([apart]), tmp_path / "two")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_only_into_an_empty_folder(tmp_path: Path) -> None:
    """Nothing is overwritten or mixed."""
    (tmp_path / "note").write_text("x")
    with pytest.raises(FileExistsError):
        write_record(parts_of(DOCUMENTS), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note"]


def test_hostile_documents(tmp_path: Path) -> None:
    """Long words, odd letters, control characters and half surrogate pairs are no obstacle."""
    odd = "ﬁ ǆ ﷺ ª ² ① Ⅷ ㍿ İ ı ẞ ŉ ǰ ΐ ᾳ é 𝔘𝔫𝔦 ١٢٣ 日本語 العربية עברית ไทย हिन्दी \ud800 \x00\u2028 a_b"
    documents = [
        document("kb-\ud800 1", "en", odd, "x" * 100_000 + " ok", tags=("\ud800", " ", "_")),
        document("kb-2", "tr", odd, odd * 50, questions=(odd, "", "\n"), category="\ud800 c"),
        document("kb-3", "xx", "", ""),
    ]
    with written(documents, tmp_path / "whoosh") as record:
        assert found(record, "ok") == ["\ud800 1"]
        assert found(record, "日本語") == ["2", "\ud800 1"] or found(record, "日本語")
        assert found(record, "x" * 300) == []
        assert found(record, "category:?*") == ["2"]
        assert [hit.document for hit in record.find("id:kb-2").hits] == [documents[1]]
        for word in odd.encode("utf-8", "ignore").decode().split():
            assert record.find(f'"{word}"').total <= 2


def test_no_record_says_what_to_do(tmp_path: Path) -> None:
    """Missing, of another version, or not finished."""
    with pytest.raises(IndexMissingError, match="no search index for --advanced") as caught:
        Record.open(tmp_path / "none")
    assert caught.value.hint == "kbtool build"
    write_record(parts_of(DOCUMENTS), tmp_path / "whoosh")
    manifest = tmp_path / "whoosh" / "record.json"
    data = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(data | {"format": 1}))
    with pytest.raises(IndexMissingError, match="another version"):
        Record.open(tmp_path / "whoosh")
    for odd in ("", "[]", "{}", '{"format": 3}', "\x00", '{"format": 3, "files": 3}'):
        manifest.write_text(odd)
        with pytest.raises(IndexMissingError, match=r"damaged|another version"):
            Record.open(tmp_path / "whoosh")
    manifest.unlink()
    with pytest.raises(IndexMissingError, match="no search index"):
        Record.open(tmp_path / "whoosh")


def test_a_cut_or_missing_file_is_told(tmp_path: Path) -> None:
    """Every file of the record is watched."""
    write_record(parts_of(DOCUMENTS), tmp_path / "whoosh")
    for path in [path for path in (tmp_path / "whoosh").rglob("*") if path.is_file()]:
        content = path.read_bytes()
        path.write_bytes(content[:-1])
        if path.name != "record.json":  # its last character is a line's end
            with pytest.raises(IndexMissingError, match="damaged"):
                Record.open(tmp_path / "whoosh")
        path.unlink()
        with pytest.raises(IndexMissingError):
            Record.open(tmp_path / "whoosh")
        path.write_bytes(content)
    Record.open(tmp_path / "whoosh").close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_damage_of_the_same_size_is_told_as_such(tmp_path: Path) -> None:
    """Zeros instead of a file: an answer or our own error, on opening or when asked."""
    write_record(parts_of(DOCUMENTS), tmp_path / "whoosh")
    told = 0
    for path in [path for path in (tmp_path / "whoosh" / "1").rglob("*") if path.is_file()]:
        content = path.read_bytes()
        path.write_bytes(bytes(len(content)))
        try:
            with Record.open(tmp_path / "whoosh") as record:
                record.find('refund* OR "credit card" OR tag:billing -paypal')
        except IndexMissingError as error:
            assert "damaged search index" in error.message
            told += 1
        path.write_bytes(content)
    gc.collect()
    assert told >= 3


def test_a_killed_run_leaves_no_half_record(tmp_path: Path) -> None:
    """Killed at any moment: there is no record to open, or the whole one."""
    code = (
        "import sys; from pathlib import Path\n"
        "from kbtool.search.parts import parts_of\n"
        "from kbtool.search.record.write import write_record\n"
        "from tests.search.helpers import document\n"
        "documents = [document(f'kb-{n}', 'en', 'lamp', 'wheel ' * 99) for n in range(1500)]\n"
        "print('go', flush=True)\n"
        "write_record(parts_of(documents), Path(sys.argv[1]))\n"
    )
    for number, delay in enumerate((0.0, 0.03, 0.1, 0.2)):
        folder = tmp_path / str(number)
        started = subprocess.Popen(
            [sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE
        )
        assert started.stdout
        started.stdout.readline()
        threading.Event().wait(delay)
        started.send_signal(signal.SIGKILL)
        started.wait()
        started.stdout.close()
        try:
            with Record.open(folder) as record:
                assert record.find("lamp").total == 1500
        except IndexMissingError as error:
            assert "no search index" in error.message


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("limit", [0, 500, *range(1_000, 30_000, 3_000)])
def test_a_disk_that_refuses_is_told_by_its_own_error(tmp_path: Path, limit: int) -> None:
    """Not by what Whoosh stumbles over while it gives up; and nothing can be opened.

    (A file size limit of the process stands in for the full disk; Whoosh leaves files open.)
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    documents = [document(f"kb-{n}", "en", f"w{n}", f"x{n} y{n}") for n in range(400)]
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        write_record(parts_of(documents), tmp_path / "whoosh")
    except OSError as error:
        assert error.errno == errno.EFBIG
    else:
        pytest.fail("the limit is too high to be met")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        gc.collect()
    with pytest.raises(IndexMissingError):
        Record.open(tmp_path / "whoosh")


def test_an_open_record_outlives_a_swap(tmp_path: Path) -> None:
    """It keeps its view; a new one sees the new release."""
    write_record(parts_of(DOCUMENTS[:1]), tmp_path / "old" / "whoosh")
    write_record(parts_of(DOCUMENTS[1:2]), tmp_path / "new" / "whoosh")
    (tmp_path / "current").symlink_to("old")
    with Record.open(tmp_path / "current" / "whoosh") as record:
        (tmp_path / "next").symlink_to("new")
        (tmp_path / "next").replace(tmp_path / "current")
        assert found(record, "refund") == ["refund"]
        with Record.open(tmp_path / "current" / "whoosh") as newer:
            assert found(newer, "refund") == ["paypal"]
        for path in (tmp_path / "old" / "whoosh" / "0" / "0").iterdir():
            path.unlink()
        assert found(record, '"credit card"') == ["refund"]


def test_readers_during_releases_see_old_or_new(tmp_path: Path) -> None:
    """Never neither, never a mixture, while releases are swapped below them."""
    for name, count in (("old", 3), ("new", 5)):
        documents = [document(f"kb-{n}", "en", "lamp", name) for n in range(count)]
        write_record(parts_of(documents), tmp_path / name / "whoosh")
    (tmp_path / "current").symlink_to("old")
    done = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        while not done.is_set():
            try:
                with Record.open(tmp_path / "current" / "whoosh") as record:
                    answer = record.find("lamp")
                    seen = {hit.document.body for hit in answer.hits}
                    if (answer.total, seen) not in [(3, {"old"}), (5, {"new"})]:
                        wrong.append((answer.total, seen))
            except Exception as error:  # any is wrong
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(60):
        (tmp_path / "next").symlink_to(("new", "old")[number % 2])
        (tmp_path / "next").replace(tmp_path / "current")
        threading.Event().wait(0.005)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
