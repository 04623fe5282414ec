"""The command `load_season`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sessions.models import Season

pytestmark = pytest.mark.django_db

SEASON_2020 = "sessions/data/season-2020.toml"


def load_season(*arguments) -> str:
    output = StringIO()
    call_command("load_season", *arguments, stdout=output, no_color=True)
    return output.getvalue()


def test_first_load_tells_what_was_created():
    output = load_season(SEASON_2020)

    assert output.splitlines() == [
        "Minamata Online, Season 1 (2020)",
        "  season      1 created",
        "  streams     3 created",
        "  sessions    14 created",
        "  time slots  20 created",
    ]


def test_second_load_tells_that_nothing_changed():
    load_season(SEASON_2020)

    output = load_season(SEASON_2020)

    assert output.splitlines()[1:] == [
        "  season      1 unchanged",
        "  streams     3 unchanged",
        "  sessions    14 unchanged",
        "  time slots  20 unchanged",
        "Nothing was saved.",
    ]


def test_check_says_what_a_load_would_do_and_saves_nothing():
    output = load_season(SEASON_2020, "--check")

    assert output.splitlines()[-2:] == ["  time slots  20 created", "Nothing was saved."]
    assert not Season.objects.exists()


def test_season_that_is_there_is_compared_and_changed_by_options_only():
    load_season(SEASON_2020)
    Season.objects.update(title="Typed by staff")
    wanted = 'season "2020": title Typed by staff becomes Minamata Online, Season 1'

    compared, checked, done = (
        load_season(SEASON_2020, *more) for more in ([], ["--overwrite", "--check"], ["--overwrite"])
    )

    assert compared.endswith(f"Left alone:\n  {wanted}: only with --overwrite\nNothing was saved.\n")
    assert checked.endswith(f"Changed:\n  {wanted}\nNothing was saved.\n")
    assert done.endswith(f"Changed:\n  {wanted}\n")
    assert Season.objects.get().title == "Minamata Online, Season 1"


def test_file_with_mistakes_saves_nothing_and_names_them(tmp_path):
    file = tmp_path / "season.toml"
    file.write_text('[season]\nslug = "2030"\n')

    with pytest.raises(CommandError) as error:
        load_season(str(file))

    assert str(error.value).splitlines()[1:] == [
        "  line 1: stream: this key is missing",
        "  line 1: session: this key is missing",
        "  line 1: season: title: this key is missing",
    ]
    assert not Season.objects.exists()


@pytest.mark.parametrize(("octets", "reason"), [(b"\xff", "is not UTF-8 text"), (None, "cannot be read: No such file")])
def test_file_that_cannot_be_read_is_an_error(tmp_path, octets, reason):
    file = tmp_path / "season.toml"
    if octets:
        file.write_bytes(octets)

    with pytest.raises(CommandError, match=reason):
        load_season(str(file))
