"""An archive as one file that is made while it is written."""

import zipfile

import pytest

from sessions.archive import programme, zip_file
from sessions.archive.exceptions import CannotArchive
from sessions.archive.making import Making
from tests.factories import SeasonFactory, SessionFactory
from tests.support.sessions.archives import NOW, archive_of
from tests.support.sessions.uploads import material_with_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_languages")]


@pytest.fixture(autouse=True)
def season(media):
    session = SessionFactory(season__slug="small", slug="air", title="Air")
    material_with_file(session=session, content=b"%PDF" + bytes(3_000_000))
    return session.season


def making(slug="small"):
    return Making(programme.of(slug, now=NOW))


def test_zip_has_the_files_of_the_archive_in_one_folder(tmp_path):
    zip_file.write(making(), tmp_path / "small.zip")

    with zipfile.ZipFile(tmp_path / "small.zip") as file:
        assert file.testzip() is None
        assert {name: file.read(name) for name in file.namelist()} == {
            f"minamata-small/{path}": content for path, content in archive_of("small").items()
        }


def test_pieces_are_small_and_together_the_same_octets_each_time(tmp_path):
    pieces = list(zip_file.octets(making()))

    assert max(map(len, pieces)) < 600_000
    zip_file.write(making(), tmp_path / "small.zip")
    assert (tmp_path / "small.zip").read_bytes() == b"".join(pieces)


def test_older_zip_of_the_season_is_replaced_and_no_other_file(tmp_path):
    path = tmp_path / "kept.zip"
    zip_file.write(making(), path)
    zip_file.write(making(), path)
    SeasonFactory(slug="other")

    for mine, slug in ((path.read_bytes(), "other"), (b"mine", "small")):
        path.write_bytes(mine)
        with pytest.raises(CannotArchive, match="is there already, and is no archive of this season"):
            zip_file.write(making(slug), path)
        assert path.read_bytes() == mine
    assert [each.name for each in tmp_path.glob("*.zip")] == ["kept.zip"]
