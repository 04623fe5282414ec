"""The command `export_archive`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_languages")]


def export_archive(*arguments) -> str:
    output = StringIO()
    call_command("export_archive", *map(str, arguments), stdout=output)
    return output.getvalue()


@pytest.mark.parametrize(("options", "name"), [([], "kept"), (["--zip"], "kept.zip")])
def test_it_says_what_it_wrote_and_how_large_that_is(tmp_path, options, name):
    SessionFactory(season__slug="small", season__title="Small", season__is_rehearsal=True)

    first, second, third = export_archive("small", tmp_path / name, *options).splitlines()

    assert first.startswith("Small, as of ")
    assert second.startswith("  ")
    assert "14 pages, 6 calendars, 0 published files" in second
    assert third == "  It is a rehearsal, and each page says so."
    assert (tmp_path / name).exists()


def test_unknown_season_is_said_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="no published season 'nowhere': an archive has what everybody sees"):
        export_archive("nowhere", tmp_path / "kept")
