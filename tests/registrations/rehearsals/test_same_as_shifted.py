"""A rehearsal that is ahead says on every page what the same season says whose dates lie so much earlier.

A page that asked for the true time would tell of a season that has not begun.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from registrations.models import Registration
from sessions.models import Season
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SessionFactory, StreamFactory
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# The same days of the week, and the same hours in summer and winter.
AHEAD = 364 * DAY
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# How long after the present moment of the season each session begins.
BEGINS = {"coming": 3 * DAY, "near": HOUR / 2, "held now": -HOUR / 6, "just over": -2 * HOUR, "over": -9 * DAY}
DATES = {
    "closed": {"registration_closes_at": -HOUR},
    "not open": {"registration_opens_at": 2 * DAY},
    "opened": {"registration_opens_at": -HOUR},
}


def made(now, ahead):
    """The season as it is at the moment `now` of it."""
    stream = StreamFactory(season__is_rehearsal=True, season__title="Tried", title="Stream", slug="stream")
    season = stream.season
    days = {"starts_on": (now - 30 * DAY).date(), "ends_on": (now + 30 * DAY).date()}
    Season.objects.filter(pk=season.pk).update(changed_at=now - DAY, **days)
    Season.objects.set_ahead(season.pk, ahead)
    person = ParticipantFactory(season=season, name="Amina Otieno", email="amina@example.org")
    sessions = {title: {} for title in BEGINS} | DATES
    for title, fields in sessions.items():
        moments = {name: now + after for name, after in fields.items()}
        session = SessionFactory(season=season, stream=stream, title=title, slug=title.replace(" ", "-"), **moments)
        starts_at = now + BEGINS.get(title, 10 * DAY)
        slot = OccurrenceFactory(session=session, starts_at=starts_at, ends_at=starts_at + HOUR, changed_at=now - DAY)
        if title in BEGINS:
            RegistrationFactory(occurrence=slot, participant=person, registered_at=now - 20 * DAY)
    season.refresh_from_db()
    return season, person


def pages_of_people(season, person):
    yield season.get_absolute_url()
    yield f"{season.get_absolute_url()}poster/"
    yield f"/sign-up/{season.slug}/"
    yield f"/sign-up/{season.slug}/delegation/"
    for session in season.sessions.order_by("pk"):
        yield session.get_absolute_url()
    names = ("my_season", "mails", "own_data", "questions", "details")
    yield from (reverse(f"registrations:{name}", args=[person.key]) for name in names)
    for registration in Registration.objects.filter(participant=person).select_related("session").order_by("pk"):
        own = [person.key, registration.session.slug]
        yield from (reverse(f"registrations:{name}", args=own) for name in ("own_session", "change_slot", "cancel"))
        yield reverse("registrations:join", args=[registration.join_key])


def pages_of_staff(season, person):
    of_season = ("overview", "timetable", "figures", "change", "store_figures", "publish")
    yield from (reverse(f"admin:online_sessions_season_{name}", args=[season.pk]) for name in of_season)
    yield f"{reverse('admin:registrations_registration_changelist')}?season={season.pk}"
    yield reverse("admin:registrations_participant_change", args=[person.pk])
    yield reverse("admin:registrations_participant_address", args=[person.pk])
    yield f"{reverse('admin:online_sessions_session_changelist')}?season__id__exact={season.pk}"
    for session in season.sessions.order_by("pk")[::2]:
        yield from (
            reverse(f"admin:online_sessions_session_{name}", args=[session.pk]) for name in ("change", "announce")
        )
        slot = session.occurrences.get()
        names = ("change", "move", "call_off")
        yield from (reverse(f"admin:online_sessions_occurrence_{name}", args=[slot.pk]) for name in names)
        yield reverse("admin:registrations_occurrence_telephone", args=[slot.pk])


def said(client, path, season) -> tuple[int, str]:
    """Status and words of a page, without dates, keys and the time of the rehearsal."""
    answer = client.get(path)
    html = re.sub(r"<(script|style|svg|head)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    html = re.sub(r"<p class=\"(notice is-warning|help)\">\s*In this rehearsal.*?</p>", " ", html, flags=re.DOTALL)
    # Of a page before that led back.
    html = re.sub(r"<ul class=\"messagelist\">.*?</ul>", " ", html, flags=re.DOTALL)
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).replace(season.slug, "SEASON")
    text = re.sub(rf"\d{{1,2}} ({MONTHS})[a-z]*( \d{{4}})?|\d{{4}}-\d\d-\d\d|({MONTHS})[a-z]* \d{{4}}", "DATE", text)
    text = re.sub(r"[\w-]{20,}|\b\d\d?:\d\d(:\d\d)?\b|\(\d+ octets\)", "", text)
    return answer.status_code, " ".join(text.split())


@pytest.mark.parametrize("pages", [pages_of_people, pages_of_staff])
def test_every_page_says_the_same(client, pages):
    if pages is pages_of_staff:
        sign_in(client, User.objects.create_superuser("owner"))
    now = timezone.now().replace(second=0, microsecond=0)
    ahead, true = made(now + AHEAD, AHEAD), made(now, timedelta())

    both = zip(pages(*ahead), pages(*true), strict=True)
    differing = {
        path: (one, other)
        for path, as_true in both
        if (one := said(client, path, ahead[0])) != (other := said(client, as_true, true[0]))
    }

    assert differing == {}
