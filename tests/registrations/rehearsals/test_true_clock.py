"""What goes by the true time while the clock of a rehearsal moves: limits, sign-in, claims, forms, the audit log."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registrations import tasks
from registrations.models import ClockMove, Message, Registration, StaffAction
from registrations.rehearsals import moving
from sessions.clocks import moment
from sessions.models import Season
from tests.factories import MessageFactory, OccurrenceFactory
from tests.support import staff
from tests.support.registrations.sign_up_form import filled_in, typed
from tests.support.sessions import admin_pages

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Longer than any limit, claim or sign-in lasts.
FAR = 60 * DAY


@pytest.fixture
def slot():
    return OccurrenceFactory(session__season__is_rehearsal=True, starts_at=timezone.now() + 90 * DAY)


@pytest.fixture
def season(slot):
    return slot.session.season


def begin_move(season, *, by=None) -> ClockMove:
    season.refresh_from_db()
    return moving.begin(season_id=season.pk, to=moment.of(season) + FAR, seen=season.clock_ahead, by=by)


def move_far(season, *, by=None):
    move = begin_move(season, by=by)
    tasks.move_clock(move.pk)
    assert is_far(season)


def is_far(season) -> bool:
    return Season.objects.get(pk=season.pk).clock_ahead > FAR - HOUR


def is_now(at: datetime) -> bool:
    return abs(at - timezone.now()) < HOUR


# Limits


def test_mailbox_that_has_had_its_mails_waits_for_a_true_hour(client, slot, season):
    def send(number):
        sent = typed(slot, name=f"Amina {'x' * number}", submission=f"form-{number}")
        return client.post(reverse("sign_up:form", args=[season.slug]), sent)

    before = [send(number).status_code for number in range(4)]
    move_far(season)
    refused = send(5)

    assert [*before, refused.status_code] == [302, 302, 302, 302, 429]
    assert 3000 < int(refused["Retry-After"]) <= 3601


def test_form_that_comes_too_fast_comes_too_fast_however_far_the_clock_went(client, slot, season, settings):
    settings.SIGN_UP_SECONDS = 3000
    address = reverse("sign_up:form", args=[season.slug])
    opened = client.get(address)
    move_far(season)

    client.post(address, filled_in(opened, **typed(slot)))

    assert not Registration.objects.exists()


# Sign-in of staff


def test_password_and_second_factor_hold_as_long_as_they_do(client, season):
    owner = User.objects.create_superuser("owner", password=staff.PASSWORD)
    TOTP.activate(owner, staff.SECRET)
    client.post(staff.SIGN_IN, {"login": "owner", "password": staff.PASSWORD, "next": "/admin/"})
    client.post(staff.SECOND_STEP, {"code": staff.code()})
    sensitive = reverse("mfa_generate_recovery_codes")
    before = client.get(sensitive).status_code

    move_far(season, by=owner)
    tasks.drop_old_sign_ins()

    pages = ["/admin/", reverse("admin:online_sessions_season_clock", args=[season.pk]), sensitive]
    assert (before, [client.get(page).status_code for page in pages]) == (200, [200, 200, 200])


def test_code_of_the_app_is_that_of_the_true_time(season):
    TOTP.activate(User.objects.create_superuser("owner", password=staff.PASSWORD), staff.SECRET)
    move_far(season)

    def sign_in(code):
        client = Client()
        client.post(staff.SIGN_IN, {"login": "owner", "password": staff.PASSWORD, "next": "/admin/"})
        client.post(staff.SECOND_STEP, {"code": code})
        return client.get("/admin/").status_code

    assert [sign_in(staff.code(steps=int(FAR.total_seconds()) // 30)), sign_in(staff.code())] == [302, 200]


# What workers hold


def test_mail_that_a_worker_has_claimed_is_its_own_for_a_true_minute(smtp_server, season):
    leased_until = timezone.now() + HOUR / 72
    claimed = MessageFactory(status="sending", leased_until=leased_until, attempts=1)
    move_far(season)

    tasks.relay()

    claimed.refresh_from_db()
    assert (claimed.status, claimed.leased_until, claimed.attempts) == (Message.Status.SENDING, leased_until, 1)
    assert smtp_server.mails == []


def test_mail_of_a_real_season_that_waits_for_its_time_goes_on_waiting(smtp_server, season):
    MessageFactory(due_at=timezone.now() + HOUR)
    move_far(season)

    tasks.relay()

    assert (Message.objects.unsent().count(), smtp_server.mails) == (1, [])


def test_clock_that_a_worker_moves_is_left_to_it_however_far_it_has_come(season):
    move = begin_move(season)
    ClockMove.objects.update(leased_until=timezone.now() + moving.LEASE)
    Season.objects.set_ahead(season.pk, FAR - DAY)

    assert moving.unfinished() == []
    assert not moving.go_on(move_id=move.pk, seconds=1)
    assert not is_far(season)

    ClockMove.objects.update(leased_until=timezone.now())
    tasks.move_clock(move.pk)
    assert is_far(season)
    assert is_now(ClockMove.objects.get().ended_at)


# Forms and answers


def test_form_that_was_open_while_the_clock_moved_is_taken(slot, season):
    address, browser = reverse("sign_up:form", args=[season.slug]), Client(enforce_csrf_checks=True)
    opened = browser.get(address)
    move_far(season)

    sent = browser.post(address, filled_in(opened, **typed(slot, submission=None)))

    assert (sent.status_code, Registration.objects.count()) == (302, 1)
    ends = parsedate_to_datetime(browser.cookies["csrftoken"]["expires"])
    assert is_now(ends - timedelta(seconds=int(browser.cookies["csrftoken"]["max-age"])))


def test_answer_is_never_from_the_future(client, slot, season):
    move_far(season)

    feed = client.get(reverse("sessions:season_feed", args=[season.slug]))

    assert parsedate_to_datetime(feed["Last-Modified"]) <= timezone.now()


# Audit log


def test_audit_log_says_when_staff_did_it(client, slot, season):
    owner = User.objects.create_superuser("owner")
    staff.sign_in(client, owner)
    move_far(season, by=owner)

    page = admin_pages.page("occurrence_call_off", slot.pk)
    client.post(page, admin_pages.confirmed(client.get(page), people=0))

    done = StaffAction.objects.values_list("action", "made_at")
    assert [action for action, _at in done.order_by("pk")] == ["clock-moved", "called-off"]
    assert [action for action, at in done if not is_now(at)] == []
