"""A million registrations in the database: what pages, sign-ups, the admin and the periodic tasks cost then."""

import json
import sys
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from bench import fan_out, plans, seed, sign_ups
from bench.browser import Browser
from bench.measure import Work, once
from registrations.mailings import reminders
from registrations.models import Registration
from sessions.models import Occurrence, Season
from sessions.seasons import cloning
from tests.support.staff import sign_in

SEASONS, PEOPLE_A_SEASON = 20, 3850
PEOPLE_NOW = 2000
TIMES = 8
LISTS = {
    "registrations": "/admin/registrations/registration/",
    "registrations of a season": "/admin/registrations/registration/?season={season}",
    "search of a name": "/admin/registrations/registration/?q=many1-77",
    "participants": "/admin/registrations/participant/",
    "mails": "/admin/registrations/message/",
    "time slots": "/admin/online_sessions/occurrence/",
}


def run(servers, share) -> dict:
    """Milliseconds of CPU and of the clock: almost empty, with a million of past seasons, with 2,000 people now."""
    stages = {"almost_empty": seed_few, "million_in_past_seasons": lambda: seed_past(share)}
    stages["and_2000_people_in_each_session_now"] = lambda: seed_now(share)
    found = {}
    for name, fill in stages.items():
        fill()
        seed.analyse()
        found[name] = {"registrations": Registration.objects.count()} | _measure(servers)
        print(json.dumps({name: found[name]}), file=sys.stderr, flush=True)
    return found | {"slow_queries": _slow_queries()}


def _slow_queries() -> dict:
    """By list of the admin; for the pages of everybody, see the figures of the database."""
    season = Season.objects.get(slug=seed.COMING)
    client = sign_in(Client(headers={"host": "127.0.0.1"}), get_user_model().objects.get(username="bench"))
    paths = LISTS | {"programme": f"/seasons/{seed.COMING}/", "form": f"/sign-up/{seed.COMING}/"}
    found = {
        name: plans.slow(lambda path=path: client.get(path.format(season=season.pk))) for name, path in paths.items()
    }
    return found | {"reminders": plans.slow(lambda: reminders.post_due(now=timezone.now()))}


def seed_few():
    season = Season.objects.get(slug=seed.COMING)
    seed.people(season, 20, slots=seed.first_slots(season).values(), tag="few", with_mails=True)


def seed_past(share):
    """Copies of the season of 2020, each with so many people in every session, all with their mails."""
    for number in range(1, SEASONS + 1):
        season = _season(number)
        at = datetime(2000 + number, 9, 1, tzinfo=UTC)
        slots = seed.first_slots(season).values()
        seed.people(season, int(PEOPLE_A_SEASON * share), slots=slots, tag=f"many{number}-", with_mails=True, at=at)


def seed_now(share):
    season = Season.objects.get(slug=seed.COMING)
    slots = seed.first_slots(season).values()
    seed.people(season, int(PEOPLE_NOW * share), slots=slots, tag="now", with_mails=True)


def _season(number) -> Season:
    source = Season.objects.get(slug=seed.PAST)
    start = date(2000 + number, 9, 1)
    return cloning.clone(
        source=source, slug=f"past-{number}", starting=start, now=timezone.now(), title="Past", publish=True
    )


def _measure(servers) -> dict:
    season = Season.objects.get(slug=seed.COMING)
    slots = seed.first_slots(season)
    person = season.participants.filter(mailbox__startswith="few").first()
    visitor, staff = Browser(servers.port), _staff(servers)
    pages = {
        "programme": (visitor, f"/seasons/{seed.COMING}/"),
        "session": (visitor, next(iter(slots)).get_absolute_url()),
        "form": (visitor, f"/sign-up/{seed.COMING}/"),
        "feed": (visitor, f"/seasons/{seed.COMING}/calendar.ics"),
        "own feed": (visitor, f"/calendars/{person.feed_key}/calendar.ics"),
        "my season": (visitor, f"/my/{person.key}/"),
    }
    pages |= {f"admin: {name}": (staff, path.format(season=season.pk)) for name, path in LISTS.items()}
    works = [Work(name, "", _asking(browser, path), times=TIMES) for name, (browser, path) in pages.items()]
    works += sign_ups.works(servers, slots, 5)[:1]
    return {work.name: _said(servers, work) for work in works} | {"reminder run": _reminders()}


def _said(servers, work) -> dict:
    work.run(1)
    sample = once(servers, work)
    return {"cpu_ms": sample.all_cpu, "database_ms": sample.cpu["database"], "clock_ms": sample.clock}


def _asking(browser, path):
    def run(number):
        for _ in range(number):
            answer = browser.get(path)
            assert answer.status == 200, (path, answer.status)

    return run


def _staff(servers) -> Browser:
    users = get_user_model().objects
    user = users.filter(is_superuser=True).first() or users.create_superuser("bench", password=None)
    client = sign_in(Client(), user)
    browser = Browser(servers.port)
    browser.cookies["sessionid"] = client.cookies["sessionid"].value
    return browser


def _reminders() -> dict:
    """The periodic task of each minute when nothing is due, and one that posts: before a slot with 20 people."""
    started = timezone.now()
    reminders.post_due(now=started)
    idle = timezone.now() - started
    slot = _slot_in_an_hour()
    started = timezone.now()
    posted = reminders.post_due(now=started)
    took = timezone.now() - started
    Occurrence.objects.filter(pk=slot.pk).update(called_off_at=timezone.now())
    return {"idle_clock_ms": 1000 * idle.total_seconds(), "clock_ms": 1000 * took.total_seconds(), "posted": posted}


def _slot_in_an_hour() -> Occurrence:
    tag = f"soon{Occurrence.objects.count()}-"
    slot = fan_out.slot_with_people(20, tag)
    start = timezone.now() + timedelta(minutes=55)
    slot.starts_at, slot.ends_at = start, start + timedelta(hours=1)
    slot.save(update_fields=["starts_at", "ends_at"])
    return slot
