"""How many questions a page asks the database: with few and many sessions, seasons and registrations."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import seed
from sessions.models import Season

MORE_SESSIONS, MORE_PEOPLE = 117, 200


def compare(person, slots) -> list[dict]:
    """Counts before and after there are ten times as many sessions and 200 people more in each."""
    season = Season.objects.get(slug=seed.COMING)
    paths = _paths(person, next(iter(slots)))
    few = {name: _count(path) for name, path in paths.items()}
    seed.copies_of_sessions(season, MORE_SESSIONS)
    seed.people(season, MORE_PEOPLE, slots=seed.first_slots(season).values(), tag="crowd")
    many = {name: _count(path) for name, path in paths.items()}
    return [{"page": name, "few": few[name], "many": many[name]} for name in paths]


def _paths(person, session) -> dict[str, str]:
    return {
        "programme": f"/seasons/{seed.COMING}/",
        "session": session.get_absolute_url(),
        "sign-up form": f"/sign-up/{seed.COMING}/",
        "feed of the season": f"/seasons/{seed.COMING}/calendar.ics",
        "own feed": f"/calendars/{person.feed_key}/calendar.ics",
        "my season": f"/my/{person.key}/",
        "seasons": "/seasons/",
    }


def _count(path) -> int:
    client = Client(headers={"host": "127.0.0.1"})
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return len(captured)
