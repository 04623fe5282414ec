"""The list of people with 100,000 registrations in a season: its first page, filters and search; milliseconds."""

import time

from django.contrib.auth import get_user_model
from django.test import Client

from bench import seed
from registrations.models import Participant, Registration
from sessions.models import Season
from tests.support.staff import sign_in

REGISTRATIONS, TRIES = 100_000, 5
LIST, PARTICIPANTS = "/admin/registrations/registration/", "/admin/registrations/participant/"
PAGES = {
    "list": LIST,
    "list of a season": f"{LIST}?season={{season}}",
    "list of a region": f"{LIST}?region=002",
    "search of a name": f"{LIST}?q=many77",
    "search of three words": f"{LIST}?q=ministry+77+person",
    "search that finds nobody": f"{LIST}?q=zzz",
    "search of a participant": f"{PARTICIPANTS}?q=many77",
    "start page": "/admin/",
    "box of the start page": "/admin/find/?q=many77",
    "post": "/admin/registrations/message/post/",
}


def run(servers, share) -> dict:
    season = Season.objects.get(slug=seed.COMING)
    slots = list(seed.first_slots(season).values())
    seed.people(season, int(REGISTRATIONS * share) // len(slots), slots=slots, tag="many", with_mails=True)
    seed.analyse()
    user = get_user_model().objects.create_superuser("bench-people", password=None)
    client = sign_in(Client(headers={"host": "127.0.0.1"}), user)
    found = {"registrations": Registration.objects.count(), "people": Participant.objects.count()}
    return found | {name: _least(client, path.format(season=season.pk)) for name, path in PAGES.items()}


def _least(client, path) -> float:
    """By the clock, of some tries after one that warms up."""
    times = []
    for _try in range(TRIES + 1):
        started = time.perf_counter()
        assert client.get(path).status_code == 200, path
        times.append(1000 * (time.perf_counter() - started))
    return min(times[1:])
