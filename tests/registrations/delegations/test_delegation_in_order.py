"""The list in a focal point's mail is that of the moment at which it leaves."""

import pytest
from django.utils import timezone

from registrations import links
from registrations.delegations.members import Named
from registrations.enrolment import enrolment
from registrations.models import Message
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory
from tests.support.registrations.delegation_trouble import (
    TROUBLES,
    a_slot,
    mails_to,
    minutes,
    move,
    named,
    sign_up_and_leave_the_first_mail,
    stays,
    words,
)
from tests.support.registrations.delegations import POINT
from tests.support.registrations.mail_trouble import Person, everything_leaves, in_days, refuse_at_first, relay
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return a_slot()


@pytest.mark.parametrize("trouble", first_always(TROUBLES))
@pytest.mark.parametrize("action", [Person.is_called_off, Person.cancels])
def test_focal_point_hears_last_that_nothing_is_left(smtp_server, slot, action, trouble):
    person = stays(slot)
    trouble(smtp_server)
    action(person)

    everything_leaves()

    [mail] = mails_to(smtp_server, POINT)
    assert mail["Subject"].startswith(("Called off", "You cancelled"))
    assert words(mail).startswith("Dear OMAR Said")
    assert "somebody, probably you, signed up" in words(mail)
    assert links.my_season(person.registration.participant) in words(mail)


@pytest.mark.parametrize("trouble", first_always(TROUBLES, 3))
def test_mail_to_the_focal_point_has_the_present_time(smtp_server, slot, trouble):
    before = minutes(stays(slot).slot.starts_at)
    trouble(smtp_server)
    move(slot)

    everything_leaves()

    said = words(mails_to(smtp_server, POINT)[-1])
    assert "You have signed up the people below" in said
    assert (minutes(slot.starts_at) in said, before in said) == (True, False)
    assert "OMAR Said" in said


def test_focal_point_of_people_with_addresses_alone_hears_that_it_was_called_off(smtp_server, slot):
    person = named(slot)
    refuse_at_first(smtp_server)
    person.is_called_off()

    everything_leaves()

    [mail] = mails_to(smtp_server, POINT)
    assert "This time slot is called off." in words(mail)
    assert "Juma Kiptoo" in words(mail)


def test_change_that_staff_take_back_leaves_the_mail_to_the_focal_point_as_it_was(smtp_server, slot):
    person = named(slot)
    refuse_at_first(smtp_server)
    person.is_called_off()
    Message.objects.filter(kind="delegation").update(due_at=timezone.now())
    relay()
    assert mails_to(smtp_server, POINT) == []

    changes.take_back(change_id=slot.changes.get().pk, now=timezone.now())
    Message.objects.filter(kind="delegation").update(due_at=timezone.now())
    relay()

    [mail] = mails_to(smtp_server, POINT)
    assert "called off" not in words(mail)


def test_focal_point_does_not_hear_what_somebody_with_an_address_did(smtp_server, slot):
    person = named(slot)
    refuse_at_first(smtp_server)
    person.cancels()

    everything_leaves()

    [mail] = mails_to(smtp_server, POINT)
    assert "Juma Kiptoo" in words(mail)
    assert "Mercury" in words(mail)


def test_mail_to_the_focal_point_says_who_has_another_time_slot_and_leaves_out_who_has_none(smtp_server, slot):
    other = OccurrenceFactory(session=slot.session, starts_at=in_days(14).replace(minute=47))
    staying = [Named("Omar Said"), Named("Ana Lima"), Named("Wanjiru Maina")]
    made = sign_up_and_leave_the_first_mail(slot, named=staying)
    omar, ana, _wanjiru = sorted(made, key=lambda each: [who.name for who in staying].index(each.participant.name))
    refuse_at_first(smtp_server)
    enrolment.change_occurrence(registration_id=omar.pk, occurrence_id=other.pk, now=timezone.now())
    enrolment.cancel(registration_id=ana.pk, now=timezone.now())

    everything_leaves()

    [mail] = [mail for mail in mails_to(smtp_server, POINT) if mail["Subject"].startswith("You signed up 2 people")]
    said = words(mail)
    assert ("Omar Said" in said, "Ana Lima" in said, "Wanjiru Maina" in said) == (True, False, True)
    assert said.partition("About this mail")[0].count("Mercury") == 2
    assert said.index("Omar Said") < said.index(":47") < said.index("Wanjiru Maina")
