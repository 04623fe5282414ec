"""Meeting addresses on the page of parts: typed, kept as secret as that of the slot, and told to nobody."""

import pytest
from django.core import mail
from django.urls import reverse

from registrations.models import Message, SlotChange, StaffAction
from sessions.admin.season_pages import overview
from sessions.clocks.wall_clock import as_typed
from sessions.models import Occurrence
from sessions.models.parts import with_times
from tests.factories import RegistrationFactory
from tests.support.messages import said
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.story_of_parts import DAY, HOUR, MORNING, slot_in_parts
from tests.support.sessions.admin_pages import edit_session, page
from tests.support.sessions.parts_page import FIRST, SECOND, arrange, preview, rows
from tests.support.staff import member

pytestmark = pytest.mark.django_db
URL, OTHER = "https://meet.example.org/secret-second", "https://meet.example.org/secret-other"


@pytest.fixture
def slot():
    slot = slot_in_parts(MORNING, MORNING + DAY)
    zone = slot.session.season.timezone
    slot.parts = tuple(with_times(part, *part.times, as_typed(*part.times, zone)) for part in slot.parts)
    slot.save()
    RegistrationFactory(occurrence=slot)
    return slot


def send(client, slot, *typed_rows):
    return client.post(page("occurrence_parts", slot.pk), rows(*typed_rows, stored=2), follow=True)


def stored(slot):
    slot.refresh_from_db()
    return slot.part_urls


def test_address_alone_is_saved_at_once_and_nobody_gets_a_mail(admin_client, slot):
    answer = send(admin_client, slot, FIRST, SECOND | {"url": URL})

    assert stored(slot) == {"2": URL}
    assert said(answer) == ["The meeting addresses of the parts are saved. Nobody gets a mail."]
    assert not Message.objects.exists()
    assert not SlotChange.objects.exists()


def test_page_shows_it_and_it_can_be_emptied(admin_client, slot):
    Occurrence.objects.update(part_urls={"2": URL})

    shown = admin_client.get(page("occurrence_parts", slot.pk)).content.decode()
    send(admin_client, slot, FIRST, SECOND | {"url": "", "url_before": URL})

    assert f'value="{URL}"' in shown
    assert stored(slot) == {}


def test_page_that_was_opened_before_a_colleague_typed_one_does_not_undo_it(admin_client, slot):
    Occurrence.objects.update(part_urls={"2": URL})

    send(admin_client, slot, FIRST | {"url": OTHER}, SECOND | {"url": "", "url_before": ""})

    assert stored(slot) == {"1": OTHER, "2": URL}


def test_address_typed_with_a_new_time_is_stored_when_the_new_time_is(admin_client, slot):
    later = SECOND | {"begins": "10:00", "ends": "11:00", "url": URL}
    preview(admin_client, slot, FIRST, later)
    before = stored(slot)

    arrange(admin_client, slot, FIRST, later, people=1)

    assert (before, stored(slot)) == ({}, {"2": URL})
    assert Message.objects.filter(kind="parts_changed").count() == 1
    send_waiting_mails()
    assert [sent.body for sent in mail.outbox if "secret" in sent.body] == []


def test_what_is_no_address_is_refused_beside_it_and_nothing_typed_is_lost(admin_client, slot):
    answer = preview(admin_client, slot, FIRST | {"url": OTHER}, SECOND | {"url": "ftp://files.example.org/"})

    shown = answer.content.decode()
    assert "Type an address that begins with https:// or http://." in shown
    assert f'value="{OTHER}"' in shown
    assert stored(slot) == {}


def test_staff_hear_that_people_find_no_way_in_when_the_only_address_is_emptied(admin_client, slot):
    Occurrence.objects.update(part_urls={"1": URL, "2": URL})

    answer = send(admin_client, slot, FIRST | {"url": URL, "url_before": URL}, SECOND | {"url": "", "url_before": URL})

    assert "has no meeting address any more: 1 person with a place finds no way into the meeting." in said(answer)[0]
    assert "9 October" in said(answer)[0]


def test_nobody_is_asked_about_the_address_of_the_slot_while_each_part_has_its_own(admin_client, slot):
    Occurrence.objects.update(part_urls={"1": URL, "2": URL}, meeting_url=OTHER)

    edit_session(admin_client, slot.session, occurrences__0__meeting_url="")

    slot.refresh_from_db()
    assert slot.meeting_url == ""


def test_audit_log_keeps_it_and_its_list_does_not_show_it(admin_client, slot):
    send(admin_client, slot, FIRST, SECOND | {"url": URL})

    action = StaffAction.objects.get()
    assert (action.action, action.before, action.after) == ("changed", {}, {"part_urls": {"2": URL}})
    shown = admin_client.get(reverse("admin:registrations_staffaction_changelist")).text
    assert ("kept secret" in shown, "secret-second" in shown) == (True, False)
    one = admin_client.get(reverse("admin:registrations_staffaction_change", args=[action.pk])).text
    assert f"2: {URL}" in one


@pytest.mark.parametrize("group", ["Viewer", "Registration officer"])
def test_who_only_looks_sees_it_nowhere(client, group, slot):
    Occurrence.objects.update(part_urls={"2": URL})
    member(client, group)

    pages = [page("occurrence_change", slot.pk), page("session_change", slot.session_id)]

    assert client.get(page("occurrence_parts", slot.pk)).status_code == 403
    assert [address for address in pages if "secret-second" in client.get(address).content.decode()] == []


def test_overview_asks_for_an_address_until_each_part_to_come_has_one(slot):
    def is_done():
        [row] = overview.rows(slot.session.season, now=MORNING - HOUR)
        return next(check.is_done for check in row.checks if check.label == "Meeting address")

    Occurrence.objects.update(part_urls={"2": URL})
    half = is_done()
    Occurrence.objects.update(part_urls={"1": OTHER, "2": URL})

    assert (half, is_done()) == (False, True)
