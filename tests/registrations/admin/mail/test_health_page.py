"""The page "Post" of the staff's desk."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from registrations import last_runs
from registrations.admin.mail import running as admin_running
from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from tests.factories import MessageFactory, RegistrationFactory
from tests.support import running
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/admin/registrations/message/post/"


def untold(**more):
    return RegistrationFactory(registered_at=timezone.now() - timedelta(hours=1), **more)


def failed_mail(**more):
    return MessageFactory(status="failed", last_error="SMTPRecipientsRefused: 550 no such user", **more)


def test_page_shows_states_failed_mails_with_reason_and_people_who_were_not_told(admin_client):
    mail, registration = failed_mail(), untold()

    page = admin_client.get(PAGE)

    assert page.context["states"][3] == ("failed", "failed", "1")
    [group] = page.context["failed"]
    assert [(each.address, each.words) for each in group.addresses] == [(mail.recipient, mail.last_error)]
    assert mail.recipient in page.text
    assert [row["name"] for row in page.context["lacking"]] == [registration.participant.name]


def test_page_shows_mailboxes_that_send_mails_back_but_no_failure_that_may_pass(admin_client):
    now = timezone.now()
    recording.record("ana@example.net", Verdict.BAD, "5.1.1", "550 5.1.1 User unknown", now=now)
    recording.record("joe@example.net", Verdict.SOFT, "5.2.2", "552 5.2.2 Mailbox full", now=now)

    page = admin_client.get(PAGE)

    assert [each.address for group in page.context["failed"] for each in group.addresses] == ["ana@example.net"]
    assert "550 5.1.1 User unknown" in page.text


def test_page_names_what_is_late(admin_client, monkeypatch):
    monkeypatch.setattr(last_runs, "_started", time.monotonic() - 3600)
    running.everything_ran()
    assert "too long" not in admin_client.get(PAGE).text

    running.ran(last_runs.BEAT, ago=timedelta(hours=3))
    running.ran(last_runs.RELAY, ago=timedelta(minutes=3))
    page = admin_client.get(PAGE)

    late = [(row["words"], row["seen"]) for row in page.context["runs"] if row["is_late"]]
    assert late == [
        ("The clock that starts everything else (Celery beat)", "3 hours ago"),
        ("Sending mails that are due", "3 minutes ago"),
    ]
    assert "The clock that starts everything else (Celery beat): last seen 3 hours ago, which is too long." in page.text


def test_page_of_a_site_that_has_just_started_calls_nothing_late(admin_client, monkeypatch):
    monkeypatch.setattr(last_runs, "_started", time.monotonic())

    rows = admin_client.get(PAGE).context["runs"]

    assert {(row["seen"], row["is_late"]) for row in rows} == {("never", False)}


def test_every_run_has_words(settings):
    assert set(admin_running.WORDS) == {last_runs.BEAT, last_runs.WORKER, *last_runs.LATE_AFTER}


def test_page_never_shows_personal_keys_or_texts(admin_client):
    registration = untold()
    octets = f"Link: {registration.join_key}".encode()
    failed_mail(registration=registration, participant=registration.participant, octets=octets)

    page = admin_client.get(PAGE).text

    assert registration.participant.name in page
    assert registration.join_key not in page
    assert registration.participant.key not in page


def test_page_without_anything_wrong_says_so(admin_client):
    page = admin_client.get(PAGE).text

    assert "No mail has failed, and no mailbox sends our mails back." in page
    assert "Everybody was told." in page
    assert "Mails are late." not in page


def test_who_may_only_look_sees_no_button(client):
    failed_mail()
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_message"))

    page = sign_in(client, viewer).get(PAGE).text

    assert "550 no such user" in page
    assert "Send again" not in page


def test_questions_are_as_many_for_three_rows_as_for_one(admin_client, django_assert_num_queries):
    def fill():
        failed_mail(registration=untold())

    fill()
    admin_client.get(PAGE)
    with django_assert_num_queries(17):
        admin_client.get(PAGE)
    fill()
    fill()
    with django_assert_num_queries(17):
        admin_client.get(PAGE)
