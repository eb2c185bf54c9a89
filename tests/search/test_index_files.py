"""The index as files: built whole, opened safely, read while it is replaced."""

from __future__ import annotations

import errno
import gc
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kbtool.errors import IndexMissingError
from kbtool.search.impacts.rank import Ranker
from kbtool.search.impacts.reader import Shelf
from kbtool.search.index import DOCUMENTS, IMPACTS, Index, build_index, export
from kbtool.search.record.files import FOLDER
from kbtool.search.record.kept import read_documents
from tests.search.helpers import document, ids, sample_documents

TWO = [
    document("en-reset", "en", "How do I reset my password?", "Open Settings.", category="account"),
    document("tr-sifre", "tr", "Şifremi nasıl sıfırlarım?", "Ayarlar'da Şifre bölümünü açın."),
]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``."""
    every = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in every}


def test_what_an_index_holds(tmp_path: Path) -> None:
    """Its manifest, the impacts, the record and the articles it was built of, by language and id."""
    build_index(TWO[::-1], tmp_path / "index")
    there = contents(tmp_path / "index")
    assert {name.split("/")[0] for name in there} == {"index.json", IMPACTS, FOLDER, DOCUMENTS}
    assert {f"{IMPACTS}/en.kb", f"{IMPACTS}/tr.kb"} <= there.keys()
    assert read_documents(tmp_path / "index" / DOCUMENTS) == tuple(TWO)


def test_the_browser_gets_the_impacts_without_the_texts(tmp_path: Path) -> None:
    """The same bytes; the texts are on the pages already."""
    build_index(sample_documents(), tmp_path / "index")
    export(tmp_path / "index", tmp_path / "site" / "search", ("en",))
    impacts = contents(tmp_path / "index" / IMPACTS)
    texts = {name for name in impacts if name.partition("/")[2].startswith("t")}
    assert texts
    assert contents(tmp_path / "site/search") == {
        name: data for name, data in impacts.items() if name not in texts
    }


def test_a_language_without_articles_has_an_empty_index_for_the_browser(tmp_path: Path) -> None:
    """So that its file is no missing one; nothing is found in it."""
    build_index(TWO[:1], tmp_path / "index")
    export(tmp_path / "index", tmp_path / "search", ("en", "et"))
    empty = Shelf("et", lambda name: (tmp_path / "search" / name).read_bytes())
    assert Ranker(empty).rank("parool", 10).ranked == []


def test_input_order_and_hash_seed_do_not_matter(tmp_path: Path) -> None:
    """The same documents give the same impacts, byte by byte, in another process, too."""
    made = {}
    for seed, step in (("1", 1), ("2", -1)):
        code = (
            "from pathlib import Path\n"
            "from kbtool.search.index import build_index\n"
            "from tests.search.helpers import sample_documents\n"
            f"build_index(sample_documents()[::{step}], Path({str(tmp_path / seed)!r}))"
        )
        environment = {"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        made[seed] = contents(tmp_path / seed)
    for name in ("index.json", DOCUMENTS):
        assert made["1"][name] == made["2"][name]
    assert {n: d for n, d in made["1"].items() if n.startswith(IMPACTS)} == {
        n: d for n, d in made["2"].items() if n.startswith(IMPACTS)
    }


def test_an_index_is_built_only_into_an_empty_folder(tmp_path: Path) -> None:
    """What is there is never touched."""
    (tmp_path / "keep.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        build_index(TWO, tmp_path)
    assert contents(tmp_path) == {"keep.txt": b"mine"}


def test_no_index_says_what_to_do(tmp_path: Path) -> None:
    """A missing folder and an empty one."""
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(IndexMissingError) as caught:
            Index.open(folder)
        assert "kbtool build" in (caught.value.hint or "")


def test_a_damaged_index_says_what_to_do(tmp_path: Path) -> None:
    """Each file that ranks, cut short, emptied or removed: told when it is read, never a traceback."""
    folder = tmp_path / "index"
    build_index(TWO, folder)
    files = [folder / "index.json", *(p for p in (folder / IMPACTS).rglob("*") if p.is_file())]
    assert len(files) == 5  # a manifest and, of each language, one file that ranks and one of texts
    for file in files:
        data = file.read_bytes()
        for broken in (data[: len(data) // 2], b"", b"\x80" * len(data), None):
            if broken is None:
                file.unlink()
            else:
                file.write_bytes(broken)
            with pytest.raises(IndexMissingError) as caught:
                ask_all(folder)
            assert "kbtool build" in (caught.value.hint or "")
            file.write_bytes(data)
    ask_all(folder)


def ask_all(folder: Path) -> None:
    """Have every file of an index of ``TWO`` read."""
    with Index.open(folder) as index:
        assert ids(index, "password") == ["en-reset"]
        assert ids(index, "şifre") == ["tr-sifre"]


@pytest.mark.parametrize(
    "text", ["[]", "{}", "null", "\ud800", '{"format": 99, "languages": ["en", "tr"]}',
             '{"format": 2}', '{"format": 2, "languages": 1}', '{"format": 2, "languages": ["xx"]}'],
)  # fmt: skip
def test_a_manifest_that_is_not_ours(tmp_path: Path, text: str) -> None:
    """Another format, another shape, a language that is not there."""
    build_index(TWO, tmp_path / "index")
    (tmp_path / "index/index.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(IndexMissingError):
        Index.open(tmp_path / "index")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("limit", [0, 50, 500, 2_000, 8_000, 20_000, 50_000, 100_000])
def test_a_disk_that_refuses_is_told_by_its_own_error(tmp_path: Path, limit: int) -> None:
    """Wherever a write fails, the system's error comes out, not what Whoosh trips over after it.

    (A file size limit of the process stands in for the full disk.)
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        build_index(sample_documents(), tmp_path / "index")
    except OSError as error:
        assert error.errno == errno.EFBIG
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        gc.collect()


def test_an_open_index_outlives_a_swap(tmp_path: Path) -> None:
    """Readers keep their own whole view when the link moves on; opening again sees the new one."""
    build_index(TWO[:1], tmp_path / "one")
    build_index(TWO[1:], tmp_path / "two")
    link = tmp_path / "current"
    link.symlink_to("one")
    with Index.open(link) as before:
        (tmp_path / "next").symlink_to("two")
        (tmp_path / "next").replace(link)
        assert ids(before, "password") == ["en-reset"]
        assert ids(before, "şifre") == []
        for file in [p for p in (tmp_path / "one").rglob("*") if p.is_file()]:
            file.unlink()
        assert ids(before, "password") == ["en-reset"]  # read before
    with Index.open(link) as after:
        assert ids(after, "password") == []
        assert ids(after, "şifre") == ["tr-sifre"]


def test_an_index_taken_away_is_told(tmp_path: Path) -> None:
    """Nothing of it was read yet: a missing index, no half answer."""
    build_index(TWO[:1], tmp_path / "index")
    with Index.open(tmp_path / "index") as index:
        for file in [p for p in (tmp_path / "index").rglob("*") if p.is_file()]:
            file.unlink()
        with pytest.raises(IndexMissingError):
            index.search("password")


def test_one_index_a_thread_is_clean(tmp_path: Path) -> None:
    """Four threads with an index each get the same answers as one."""
    build_index(sample_documents(), tmp_path / "index")
    queries = ["battery", "batery", "lastik", "open the lock", "aku ei lae"]
    answers: list[list[object]] = []

    def ask() -> None:
        with Index.open(tmp_path / "index") as index:
            answers.append([index.search(query) for query in queries * 5])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert all(answer == answers[0] for answer in answers)
