"""How full time slots are, at the staff's desk, and what more capacity does to who waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.mail import batches
from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page
from tests.support.sessions.desks import two_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    """Four of five places taken, two people wait, and one of two came to the session before."""
    slot = OccurrenceFactory(capacity=5)
    RegistrationFactory.create_batch(4, occurrence=slot)
    RegistrationFactory.create_batch(2, occurrence=slot, status="waitlisted")
    before = OccurrenceFactory(session__season=slot.session.season, starts_at=timezone.now() - timedelta(days=2))
    RegistrationFactory(occurrence=before, joined_at=before.starts_at)
    RegistrationFactory(occurrence=before)
    return slot


def cell(response, pk, name):
    """What is in a column of the list, in the row of this object."""
    row = response.text.split(f"/{pk}/change/")[1].partition("</tr>")[0]
    return row.split(f'class="field-{name}')[1].partition("</td>")[0].partition(">")[2]


@pytest.mark.parametrize("name", ["occurrence", "session"])
def test_lists_warn_and_show_who_waits_and_how_many_will_come(admin_client, slot, name):
    response = admin_client.get(page(f"{name}_changelist"))

    shown = cell(response, slot.pk if name == "occurrence" else slot.session.pk, "seats")
    assert shown == (
        '4 of 5<br><strong class="licence-warning">Nearly full: 80 %</strong><br>'
        '<span class="quiet">2 people wait</span><br><span class="quiet">about 2 will come</span><br>'
    )


@pytest.mark.parametrize("name", ["occurrence", "session"])
def test_forms_say_it_in_full_and_what_to_do(admin_client, slot, name):
    pk = slot.pk if name == "occurrence" else slot.session.pk

    shown = admin_client.get(page(f"{name}_change", pk)).text

    assert "4 of 5 (80 %)<br>2 people wait<br>" in shown
    assert "About 2 people will come: 50 % of those registered came to the sessions so far." in shown
    assert "80 % of the places or more are in use." in shown


def test_unknown_rate_is_said_to_be_unknown(admin_client):
    slot = OccurrenceFactory(capacity=5)

    shown = admin_client.get(page("occurrence_change", slot.pk)).text

    assert "is not known yet in this season" in shown
    assert "licence-warning" not in shown


def test_slot_that_is_over_or_called_off_warns_no_more(admin_client):
    now = timezone.now()
    for slot in ({"called_off_at": now}, {"starts_at": now - timedelta(days=1)}):
        RegistrationFactory(occurrence=OccurrenceFactory(capacity=1, **slot))

    shown = admin_client.get(page("occurrence_changelist")).text

    assert shown.count("1 of 1") == 2
    assert "licence-warning" not in shown


@pytest.mark.parametrize("name", ["occurrence_changelist", "session_changelist"])
def test_lists_have_one_number_of_queries(admin_client, django_assert_max_num_queries, name):
    counts = []

    for more in (1, 2):
        for _slot in range(more):
            RegistrationFactory(occurrence=OccurrenceFactory(capacity=1))
        with django_assert_max_num_queries(14) as captured:
            admin_client.get(page(name))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_form_of_a_session_has_one_number_of_queries(admin_client, slot, django_assert_max_num_queries):
    counts = []

    for hours in (3, 6):
        with django_assert_max_num_queries(60) as captured:
            admin_client.get(page("session_change", slot.session.pk))
        counts.append(len(captured))
        OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=hours), capacity=3)

    assert counts[0] == counts[1]


def confirmed(name, row, **changes):
    """The answer to the form once the six people who are registered are confirmed."""
    desk, _other = two_at(name, row)
    desk.save(**changes)
    return desk.save(**dict([desk.answer.context["effects_entry"]]), confirm="x", people="6", **changes)


def test_more_capacity_in_the_form_of_the_session_moves_people_up_and_says_so(slot):
    response = confirmed("session_change", slot.session, occurrences__0__capacity="6")

    assert said(response)[0] == "2 people moved up from the waiting list and are told by mail."
    assert Registration.objects.confirmed().filter(occurrence=slot).count() == 6
    assert Message.objects.filter(kind="promoted").count() == 2


def test_seats_for_many_are_given_by_the_worker_and_the_form_says_so(slot, monkeypatch):
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 1)

    response = confirmed("session_change", slot.session, occurrences__0__capacity="6")

    assert said(response)[0] == (
        "2 people move up from the waiting list and are told by mail. This takes a moment: the number of people who "
        "wait shows how far it is."
    )
    assert Registration.objects.confirmed().filter(occurrence=slot).count() == 5


def test_no_limit_in_the_form_of_the_slot_moves_everybody_up(slot):
    response = confirmed("occurrence_change", slot, capacity="")

    assert said(response)[0] == "2 people moved up from the waiting list and are told by mail."
    assert not Registration.objects.waiting().exists()


def test_page_that_calls_a_slot_off_counts_who_waits_too(admin_client, slot):
    shown = admin_client.get(page("occurrence_call_off", slot.pk)).text

    assert "6 people will be told by mail." in shown
    assert "2 of them are on the waiting list: their mails have no calendar entry." in shown


def test_page_that_calls_a_slot_off_shows_the_mail_of_who_waits_where_nobody_has_a_seat(admin_client):
    slot = RegistrationFactory(status="waitlisted", occurrence__capacity=0).occurrence

    shown = admin_client.get(page("occurrence_call_off", slot.pk)).text

    assert "for which you are on the waiting list" in shown
    assert "this person has no seat yet" in shown
