"""An archive is whole in its folder, or what was there before stays."""

import errno
import os

import pytest

from sessions.archive import folder, programme
from sessions.archive.exceptions import CannotArchive
from sessions.archive.making import Making
from sessions.models import Season
from tests.factories import SeasonFactory, SessionFactory
from tests.support.sessions.archives import NOW
from tests.support.sessions.uploads import files_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_languages")]


@pytest.fixture(autouse=True)
def season():
    return SessionFactory(season__slug="small", slug="air", title="Air").season


def write(target, slug="small", making=Making):
    folder.write(making(programme.of(slug, now=NOW)), target)


class FullDisk(Making):
    """What the system says when nothing more fits, after the first file."""

    def entries(self):
        yield next(super().entries())
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_new_folder_has_the_archive_with_one_date_for_all_files(tmp_path):
    write(tmp_path / "a" / "kept")

    found = files_in(tmp_path / "a" / "kept")
    assert {"index.html", "ar/sessions/air.html", "assets/css/site.css", "data/season.json", "README.txt"} <= set(found)
    assert {os.stat(tmp_path / "a" / "kept" / name).st_mtime for name in found} == {1919721600.0}
    assert os.listdir(tmp_path / "a") == ["kept"]


def test_older_archive_of_the_season_makes_place_for_the_new_one(tmp_path):
    write(tmp_path / "kept")
    Season.objects.update(title="Renamed")

    write(tmp_path / "kept")

    assert "Renamed" in (tmp_path / "kept" / "index.html").read_text()
    assert os.listdir(tmp_path) == ["kept"]


@pytest.mark.parametrize("stranger", ["notes.txt", "sessions/mine.html"])
def test_folder_with_a_file_of_somebody_else_stays_as_it_is(tmp_path, stranger):
    write(tmp_path)
    (tmp_path / stranger).write_text("mine")
    before = files_in(tmp_path)

    with pytest.raises(CannotArchive, match=f"has files that are of no archive of this season: {stranger}"):
        write(tmp_path)

    assert files_in(tmp_path) == before


def test_archive_of_another_season_stays(tmp_path):
    write(tmp_path / "kept")
    SeasonFactory(slug="other")

    with pytest.raises(CannotArchive, match="of no archive of this season: MANIFEST"):
        write(tmp_path / "kept", slug="other")


def test_full_disk_leaves_the_older_archive_and_nothing_half_made(tmp_path):
    write(tmp_path / "kept")
    before = files_in(tmp_path)

    with pytest.raises(CannotArchive, match=r"The disk of .*kept is full: nothing was kept"):
        write(tmp_path / "kept", making=FullDisk)

    assert files_in(tmp_path) == before


def test_place_where_nothing_can_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("mine")

    with pytest.raises(CannotArchive, match="file is a file: name a folder, or add --zip"):
        write(tmp_path / "file")
    with pytest.raises(CannotArchive, match=r"Not a directory. Nothing was kept"):
        write(tmp_path / "file" / "inside")
