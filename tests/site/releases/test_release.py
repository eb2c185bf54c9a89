"""A release is shown whole or not at all."""

from __future__ import annotations

import errno
import multiprocessing
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kbtool.config import Settings
from kbtool.errors import BuildError
from kbtool.site.releases.release import KEEP, Release, new_release
from tests.site.conftest import NOW


def fill(release: Release, text: str) -> None:
    for folder in (release.site, release.index):
        folder.mkdir()
        (folder / "index.html").write_text(text)


def accept(_: Path) -> None:
    """An index that opens."""


def publish(settings: Settings, text: str, minutes: int = 0) -> str:
    with new_release(settings, NOW + timedelta(minutes=minutes)) as release:
        fill(release, text)
        release.publish(["index.html"], accept)
    return release.id


def shown(settings: Settings) -> str:
    return (settings.site_dir / "index.html").read_text()


def test_a_published_release_is_shown(settings: Settings) -> None:
    """site → .kbtool/current/site → the release; what was staged is gone."""
    id_ = publish(settings, "one")
    assert id_ == "20261121-120000-1"
    assert shown(settings) == "one"
    assert settings.site_dir.readlink() == Path(".kbtool/current/site")
    assert settings.current_release.readlink() == Path("releases") / id_
    assert sorted(p.name for p in (settings.releases_dir / id_).iterdir()) == ["index", "site"]


def test_two_releases_in_one_second_have_two_names(settings: Settings) -> None:
    """SOURCE_DATE_EPOCH stops the clock; releases still do not meet."""
    assert publish(settings, "one") != publish(settings, "two")
    assert shown(settings) == "two"


def test_old_releases_go_and_the_current_one_stays(settings: Settings) -> None:
    """The newest five by the time they were made, whatever the clock said."""
    ids = []
    for n in range(KEEP + 3):
        ids.append(publish(settings, str(n), minutes=-n))
        os.utime(settings.releases_dir / ids[-1], ns=(n, n))
    last = publish(settings, "last", minutes=-99)
    kept = {path.name for path in settings.releases_dir.iterdir()}
    assert kept == {last, *ids[-(KEEP - 1) :]}
    assert shown(settings) == "last"


def full_disk(_: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "index/segment")


def interrupted(_: Path) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("trouble", "raises"), [(full_disk, BuildError), (interrupted, KeyboardInterrupt)]
)
def test_trouble_leaves_the_old_release_and_no_rubbish(
    settings: Settings, trouble: Callable[[Path], None], raises: type[BaseException]
) -> None:
    """A full disk is said in words with a hint; Ctrl-C goes on; the old site is untouched."""
    publish(settings, "old")
    with pytest.raises(raises) as caught, new_release(settings, NOW) as release:
        fill(release, "new")
        release.publish(["index.html"], trouble)
    assert shown(settings) == "old"
    assert [p.name for p in settings.releases_dir.iterdir()] == ["20261121-120000-1"]
    if isinstance(caught.value, BuildError):
        assert "No space left" in caught.value.message
        assert caught.value.hint == "free some space and build again"


def test_a_site_that_lacks_a_page_is_not_shown(settings: Settings) -> None:
    """Missing and empty files are named."""
    publish(settings, "old")
    with (
        pytest.raises(BuildError, match=r"lacks en/index\.html, robots\.txt"),
        new_release(settings, NOW) as release,
    ):
        fill(release, "new")
        (release.site / "robots.txt").touch()
        release.publish(["index.html", "en/index.html", "robots.txt"], accept)
    assert shown(settings) == "old"


def test_rubbish_of_a_killed_build_is_cleared(settings: Settings) -> None:
    """kill -9 leaves a half folder; the next build removes it."""
    half = settings.releases_dir / "20200101-000000-1.tmp"
    half.mkdir(parents=True)
    (half / "x").touch()
    publish(settings, "one")
    assert not half.exists()


def test_a_folder_named_site_of_the_users_own_is_kept(settings: Settings) -> None:
    """Refused before anything is done, with a hint."""
    settings.site_dir.mkdir()
    (settings.site_dir / "mine.txt").touch()
    with pytest.raises(BuildError, match="of your own") as caught:
        publish(settings, "one")
    assert "move it away" in str(caught.value.hint)
    assert (settings.site_dir / "mine.txt").exists()
    assert not settings.state_dir.exists()


def test_a_foreign_link_named_site_is_kept(settings: Settings, tmp_path: Path) -> None:
    """A link that leads elsewhere is not ours to replace."""
    (tmp_path / "web").mkdir()
    settings.site_dir.symlink_to("web")
    with pytest.raises(BuildError, match="of your own"):
        publish(settings, "one")
    assert settings.site_dir.readlink() == Path("web")


def _build_elsewhere(settings: Settings, told: multiprocessing.SimpleQueue[str]) -> None:
    try:
        publish(settings, "second")
        told.put("built")
    except BuildError as error:
        told.put(error.message)


def test_two_builds_at_once_do_not_meet(settings: Settings) -> None:
    """The second, in another process, is refused while the first goes on."""
    context = multiprocessing.get_context("spawn")
    told = context.SimpleQueue()
    with new_release(settings, NOW) as release:
        other = context.Process(target=_build_elsewhere, args=(settings, told))
        other.start()
        message = told.get()
        other.join()
        fill(release, "first")
        release.publish(["index.html"], accept)
    assert "another build" in message
    assert shown(settings) == "first"


def test_a_reader_never_sees_a_half_site(settings: Settings) -> None:
    """Each look at the link while releases change finds a whole release."""
    publish(settings, "0")
    seen = set()
    for n in range(1, 6):
        with new_release(settings, NOW + timedelta(minutes=n)) as release:
            fill(release, str(n))
            seen.add(shown(settings))
            release.publish(["index.html"], accept)
        seen.add(shown(settings))
    assert seen == {str(n) for n in range(6)}
