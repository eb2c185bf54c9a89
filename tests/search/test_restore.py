"""A damaged index made anew from the documents kept beside it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool.config import Settings
from kbtool.errors import IndexMissingError
from kbtool.model import SearchHit
from kbtool.search.index import DOCUMENTS, Index, build_index
from kbtool.search.record.files import FOLDER
from kbtool.search.record.read import Record
from kbtool.search.restore import asked, restore_index, seen, silent
from tests.search.helpers import document


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of enough articles for several shards of texts."""
    made = tmp_path_factory.mktemp("built") / "index"
    texts = [document(f"kb-{n}", "en", f"Part {n}", f"Telly number {n}.") for n in range(20)]
    build_index(texts, made)
    return made


@pytest.fixture
def settings(tmp_path: Path, built: Path) -> Settings:
    """A knowledge base with one release."""
    made = Settings(
        root=tmp_path,
        config_file=tmp_path / "mkdocs.yml",
        site_name="Help",
        site_url="https://help.example/",
        languages=("en",),
    )
    release = made.releases_dir / "1"
    shutil.copytree(built, release / "index")
    made.current_release.symlink_to(release)
    return made


def find(query: str) -> Callable[[Path], tuple[SearchHit, ...]]:
    """A question to the index of a folder."""

    def ask(directory: Path) -> tuple[SearchHit, ...]:
        with Index.open(directory) as index:
            return index.search(query).hits

    return ask


def contents(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def cut(path: Path) -> None:
    """Take the second half of a file away."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def old_format(path: Path) -> None:
    """Write the number of another version."""
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 1}))


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("index.json", cut),
        ("index.json", old_format),
        ("index.json", Path.unlink),
        ("impacts/en.kb", cut),
        ("impacts/en.*/t0", Path.unlink),
        ("impacts/en.*/t0", cut),
    ],
)
def test_whatever_is_damaged_the_answer_comes(
    settings: Settings, name: str, damage: Callable[[Path], None]
) -> None:
    """Also when it shows only while an answer is put together; afterwards nothing is said."""
    index = settings.index_dir.resolve()
    whole = contents(index)
    (found,) = index.glob(name)
    damage(found)
    lines: list[str] = []
    assert asked(settings, find("part 3"), lines.append)[0].id == "kb-3"
    assert len(lines) == 1
    assert contents(index) == whole
    assert asked(settings, find("part 4"), lines.append)[0].id == "kb-4"
    assert len(lines) == 1
    assert {path.name for path in index.parent.iterdir()} == {"index", "index.lock"}


def test_a_damaged_record_is_made_anew(settings: Settings) -> None:
    """What --advanced asks is restored with the rest."""
    shutil.rmtree(settings.index_dir / FOLDER)

    def ask(directory: Path) -> int:
        with Record.open(directory / FOLDER) as record:
            return record.find("telly").total

    assert asked(settings, ask, silent) == 20


def test_synonyms_count_again(settings: Settings) -> None:
    """As in a build: those that stand in content/ now."""
    folder = settings.content_dir / "synonyms"
    folder.mkdir(parents=True)
    (folder / "en.yaml").write_text("- [telly, goggle box]\n")
    assert asked(settings, find("goggle"), silent) == ()
    cut(settings.index_dir / "index.json")
    assert len(asked(settings, find("goggle box"), silent)) == 10


@pytest.mark.parametrize("damage", [cut, Path.unlink])
def test_without_whole_documents_the_error_stays(
    settings: Settings, damage: Callable[[Path], None]
) -> None:
    """Nothing is guessed: what the index said, with the command that helps; nothing is changed."""
    index = settings.index_dir.resolve()
    damage(index / DOCUMENTS)
    cut(index / "index.json")
    before = contents(index)
    lines: list[str] = []
    with pytest.raises(IndexMissingError, match="damaged search index") as caught:
        asked(settings, find("part"), lines.append)
    assert caught.value.hint == "kbtool build"
    assert lines == []
    assert contents(index) == before


def test_nothing_was_ever_built(settings: Settings) -> None:
    """No folder is made."""
    settings.current_release.unlink()
    with pytest.raises(IndexMissingError, match="no search index"):
        asked(settings, find("part"), silent)
    assert not settings.current_release.exists()


def test_an_index_of_a_newer_version_is_left_alone(settings: Settings) -> None:
    """Two versions that restore in turn would never end."""
    path = settings.index_dir / "index.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 999}))
    with pytest.raises(IndexMissingError, match="newer kbtool"):
        asked(settings, find("part"), silent)


def test_a_place_that_cannot_be_taken_is_told(settings: Settings) -> None:
    """A folder where the lock belongs: the index stays as it was."""
    index = settings.index_dir.resolve()
    cut(index / "index.json")
    index.with_name("index.lock").mkdir()
    before = contents(index)
    with pytest.raises(IndexMissingError, match="nor made anew"):
        asked(settings, find("part"), silent)
    assert contents(index) == before


@pytest.mark.parametrize("stage", ["half made", "between the renames"])
def test_a_killed_run_leaves_something_to_begin_with(settings: Settings, stage: str) -> None:
    """The old index stays, or stands aside, with its documents."""
    index = settings.index_dir.resolve()
    cut(index / "index.json")
    aside = index.with_name("index.new")
    (aside / "impacts").mkdir(parents=True)
    (aside / "impacts" / "en.kb").write_bytes(b"half")
    if stage == "between the renames":
        index.rename(index.with_name("index.old"))
    assert asked(settings, find("part 3"), silent)[0].id == "kb-3"
    assert {path.name for path in index.parent.iterdir()} == {"index", "index.lock"}


def test_only_one_of_many_makes_it_anew(settings: Settings) -> None:
    """The others wait for the lock and find the work done."""
    index = settings.index_dir.resolve()
    cut(index / "index.json")
    lines: list[str] = []
    damaged, start = seen(index), threading.Barrier(4)
    results: list[bool] = []

    def restore() -> None:
        start.wait()
        results.append(restore_index(index, damaged, settings, lines.append))

    threads = [threading.Thread(target=restore) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (results, len(lines)) == ([True] * 4, 1)
    assert find("part 3")(index)[0].id == "kb-3"


def test_a_reader_that_has_it_open_goes_on(settings: Settings) -> None:
    """The folder that takes the old one's place holds the same files."""
    index = settings.index_dir.resolve()
    with Index.open(index) as reader:
        assert restore_index(index, seen(index), settings, silent)
        assert reader.search("part 3").hits[0].id == "kb-3"
