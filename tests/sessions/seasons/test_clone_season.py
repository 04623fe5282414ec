"""The command `clone_season`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sessions.models import Season
from tests.factories import OccurrenceFactory, SeasonFactory

pytestmark = pytest.mark.django_db


def clone_season(*arguments) -> str:
    output = StringIO()
    call_command("clone_season", *arguments, stdout=output)
    return output.getvalue()


def test_rehearsal_is_made_and_announced():
    OccurrenceFactory(session__season__slug="2020")

    output = clone_season("2020", "--slug=2030", "--starting=2030-09-10", "--title=Practice", "--rehearsal")

    season = Season.objects.get(slug="2030")
    assert (season.title, season.is_rehearsal) == ("Practice", True)
    assert season.is_published is False
    assert output.startswith("Practice (2030), ")
    assert "  1 session" in output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["2021", "--slug=2030", "--starting=2030-09-10"], "There is no season '2021'; there are: 2020"),
        (["2020", "--slug=2020", "--starting=2030-09-10"], "There is a season with the slug '2020' already."),
        (["2020", "--slug=2030", "--starting=10.9.2030"], "'10.9.2030' is not a date written as YYYY-MM-DD"),
        (["2020", "--slug=2030", "--starting=9999-12-31"], "the year is not between 2000 and 2100"),
    ],
)
def test_what_cannot_be_copied_is_a_clear_error(arguments, reason):
    SeasonFactory(slug="2020")

    with pytest.raises(CommandError, match=reason):
        clone_season(*arguments)

    assert Season.objects.count() == 1
