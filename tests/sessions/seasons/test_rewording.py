"""Saving what is in calendar entries: in the admin, and from a season file."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from registrations.mail import composing, ordering
from registrations.mail.exceptions import Overtaken
from registrations.models import Registration
from sessions.models import Occurrence, Season
from sessions.seasons import rewording
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.calendars import calendar_part, read_mail, seen_by_vobject, text_of
from tests.support.registrations.changes import move
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.sessions.admin_pages import add_slot, edit_session, page, sent_by

pytestmark = pytest.mark.django_db

BEFORE, NOW = datetime(2020, 8, 1, tzinfo=UTC), datetime(2025, 9, 2, 10, 30, tzinfo=UTC)


@pytest.fixture
def slot():
    return OccurrenceFactory(changed_at=BEFORE, sequence=4, session__season__changed_at=BEFORE)


@pytest.fixture
def registration(slot):
    return RegistrationFactory(occurrence=slot, sequence=2, revised_at=BEFORE)


def entry(slot):
    return Occurrence.objects.values_list("sequence", "changed_at").get(pk=slot.pk)


def own_entry(registration):
    return Registration.objects.values_list("sequence", "revised_at").get(pk=registration.pk)


def season_changed(slot) -> bool:
    return Season.objects.get(pk=slot.session.season_id).changed_at > BEFORE


def test_new_title_renews_the_public_entry_and_the_personal_one(slot, registration):
    cancelled = RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED, revised_at=BEFORE)
    other = OccurrenceFactory(changed_at=BEFORE)

    rewording.session_saved(session=slot.session, changed=["title"], now=NOW)

    assert entry(slot) == (5, NOW)
    assert own_entry(registration) == (3, NOW)
    assert own_entry(cancelled) == (0, BEFORE)
    assert entry(other) == (0, BEFORE)


def test_what_no_entry_says_renews_none_but_the_season_was_changed(slot, registration):
    rewording.session_saved(session=slot.session, changed=["is_published", "partners"], now=NOW)

    assert (entry(slot), own_entry(registration)) == ((4, BEFORE), (2, BEFORE))
    assert Season.objects.get(pk=slot.session.season_id).changed_at == NOW


@pytest.mark.parametrize("field", ["summary", "access"])
def test_whatever_else_an_entry_says_of_its_session_renews_it(slot, registration, field):
    rewording.session_saved(session=slot.session, changed=[field], now=NOW)

    assert (entry(slot), own_entry(registration)) == ((5, NOW), (3, NOW))


@pytest.mark.parametrize("field", ["title", "is_rehearsal"])
def test_words_of_the_season_renew_all_its_entries(slot, registration, field):
    rewording.season_saved(season=slot.session.season, changed=[field], now=NOW)

    assert (entry(slot), own_entry(registration)) == ((5, NOW), (3, NOW))


def test_differing_words_are_found_by_comparing(slot, registration):
    season, other = slot.session.season, OccurrenceFactory(session__season=slot.session.season, changed_at=BEFORE)
    before = rewording.words(season.slug)
    season.sessions.filter(pk=slot.session_id).update(summary="Emissions to air")

    rewording.renew_differing(season, before, now=NOW)

    assert (entry(slot), own_entry(registration), entry(other)) == ((5, NOW), (3, NOW), (0, BEFORE))


# Mails that wait meanwhile


def retitle(slot):
    slot.session.title = "Emissions to air"
    slot.session.save()
    rewording.session_saved(session=slot.session, changed=["title"], now=NOW)


def test_mail_that_waits_takes_the_new_title_and_its_sequence_along(slot, registration, smtp_server):
    change = move(slot)
    retitle(slot)

    send_waiting_mails()

    [mail] = change.messages.all()
    [entry] = seen_by_vobject(text_of(calendar_part(read_mail(mail))))
    assert (mail.status, entry["summary"], entry["sequence"]) == ("sent", "Emissions to air", 4)
    assert own_entry(registration) == (4, NOW)


def test_mail_that_a_worker_has_claimed_before_the_new_title_is_sent_all_the_same(slot, registration):
    [mail] = claimed(move(slot))
    retitle(slot)

    problems = composing.prepare_all([mail], now=NOW)

    [entry] = seen_by_vobject(text_of(calendar_part(read_mail(mail))))
    assert (problems, entry["summary"], entry["sequence"]) == ({}, "Emissions to air", 4)


def test_mail_of_the_time_before_stays_superseded(slot, registration):
    overtaken = claimed(move(slot))
    move(slot)
    retitle(slot)

    problems = composing.prepare_all(overtaken, now=NOW)

    assert [type(problem) for problem in problems.values()] == [Overtaken]


def claimed(change):
    change.messages.update(due_at=NOW)
    return ordering.claim([mail.pk for mail in change.messages.all()], now=NOW, lease=timedelta(minutes=1))


# The admin


def test_title_typed_in_the_admin_renews_the_entry(admin_client, slot):
    started_at = timezone.now()

    edit_session(admin_client, slot.session, title="Emissions to air")

    sequence, changed_at = entry(slot)
    assert sequence == 5
    assert changed_at >= started_at


def test_form_that_is_saved_unchanged_renews_no_entry(admin_client, slot):
    edit_session(admin_client, slot.session)

    assert entry(slot) == (4, BEFORE)


@pytest.mark.parametrize("changes", [{"access": "invitation"}, {"occurrences__0__DELETE": "on"}])
def test_change_in_the_form_of_a_session_changes_its_season(admin_client, slot, changes):
    edit_session(admin_client, slot.session, **changes)

    assert season_changed(slot)


def test_added_slot_changes_the_season(admin_client, slot):
    add_slot(admin_client, slot.session, "2030-11-05", "09:00", "10:00")

    assert slot.session.occurrences.count() == 2
    assert season_changed(slot)


@pytest.mark.parametrize("model", ["session", "occurrence"])
def test_deletion_changes_the_season(admin_client, slot, model):
    pk = slot.session_id if model == "session" else slot.pk

    admin_client.post(page(f"{model}_delete", pk), {"post": "yes"})

    assert not Occurrence.objects.exists()
    assert season_changed(slot)


def test_name_of_a_stream_changes_the_season(admin_client, slot):
    address = page("season_change", slot.session.season_id)

    admin_client.post(address, sent_by(admin_client.get(address)) | {"streams-0-title": "Science"})

    slot.session.stream.refresh_from_db()
    assert slot.session.stream.title == "Science"
    assert season_changed(slot)
    assert entry(slot) == (4, BEFORE)


def test_name_of_the_season_typed_in_the_admin_renews_the_entries(admin_client, slot):
    address = page("season_change", slot.session.season_id)

    admin_client.post(address, sent_by(admin_client.get(address)) | {"title": "Season 6"})

    assert entry(slot)[0] == 5
