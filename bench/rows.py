"""What runs by itself and what staff open, with the registrations of 1, 10 and 100 seasons in one season.

Milliseconds by the clock, the least of some tries.
"""

import time

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from bench import seed
from registrations import last_runs
from registrations.enrolment import enrolment
from registrations.enrolment.applicant import Applicant, ChosenSlots, Details
from registrations.mail import delivery, health
from registrations.mailings import reminders
from registrations.models import Message, Registration
from registrations.people.consent import Consent
from registrations.people.preferences import USUAL
from sessions.models import Season
from tests.support.staff import sign_in

# 385 people with 13 sessions each are the registrations of a season.
PEOPLE, TIMES_A_SEASON, TRIES = 385, (1, 10, 100), 3
DESK = "/admin/registrations"
MAILS_AT_ONCE = 100


def run(servers, share) -> dict:
    season, found, there = Season.objects.get(slug=seed.COMING), {}, 0
    for times in TIMES_A_SEASON:
        people = int(PEOPLE * times * share)
        slots = seed.first_slots(season).values()
        seed.people(season, people - there, slots=slots, tag=f"rows{times}-", with_mails=True)
        seed.analyse()
        there = people
        rows = {"registrations": Registration.objects.count(), "mails": Message.objects.count()}
        found[f"{times} x"] = rows | {name: _least(work) for name, work in _works(season).items()}
    return found


def _works(season) -> dict:
    client, slot = _staff(), next(iter(seed.first_slots(season).values()))
    return {
        "state of the post (/readyz)": lambda: health.report(timezone.now()),
        "last runs (/readyz)": lambda: last_runs.report(timezone.now()),
        "mails that are due (each 5 s)": lambda: delivery.due(MAILS_AT_ONCE),
        "reminders (each minute)": lambda: reminders.post_due(now=timezone.now()),
        "one sign-up, its locks held": lambda: _register(season, slot),
        "list of registrations": lambda: _opened(client, f"{DESK}/registration/"),
        "list of mails": lambda: _opened(client, f"{DESK}/message/"),
        "search of a name": lambda: _opened(client, f"{DESK}/registration/?q=rows1-77"),
    }


def _least(work) -> float:
    return min(_milliseconds(work) for _ in range(TRIES))


def _milliseconds(work) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def _opened(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _register(season, slot):
    """As the view does after the form was checked; the slot is locked for nearly all of it."""
    address = f"rows-{time.time_ns()}@example.net"
    details = Details("Amina Otieno", "Ministry", "404", "party", "en", "Africa/Nairobi", "")
    applicant = Applicant(address, details, Consent("1", "I agree."), USUAL)
    enrolment.register(
        season=season, applicant=applicant, chosen=ChosenSlots([slot.pk]), submission=address, now=timezone.now()
    )


def _staff() -> Client:
    users = get_user_model().objects
    user = users.filter(username="bench").first() or users.create_superuser("bench", password=None)
    return sign_in(Client(headers={"host": "127.0.0.1"}), user)
