"""The mail to somebody named tells of the moment at which it leaves, and nobody ends without it, or what it says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations import links
from registrations.delegations.members import Named
from registrations.enrolment import enrolment
from registrations.models import Message, Registration
from registrations.privacy import erasure
from registrations.rescheduling import changes
from tests.support.registrations.delegation_trouble import (
    JUMA,
    OUTAGES,
    TROUBLES,
    a_slot,
    another_slot,
    mails_to,
    minutes,
    move,
    named,
    sign_up_and_leave_the_first_mail,
    subjects,
    words,
)
from tests.support.registrations.delegations import confirm
from tests.support.registrations.mail_trouble import (
    Person,
    cut_at_first,
    everything_leaves,
    in_days,
    refuse_at_first,
    relay,
)
from tests.support.registrations.signing_up import register
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return a_slot()


@pytest.mark.parametrize("trouble", first_always(TROUBLES))
@pytest.mark.parametrize("action", [Person.is_called_off, Person.cancels])
def test_named_person_hears_last_that_it_does_not_take_place(smtp_server, slot, action, trouble):
    person = named(slot)
    trouble(smtp_server)
    action(person)

    everything_leaves()

    assert subjects(smtp_server, JUMA) in (["Called off"], ["You cancelled"])
    assert Message.objects.get(kind="named").status == Message.Status.DROPPED


@pytest.mark.parametrize("trouble", first_always(TROUBLES))
@pytest.mark.parametrize("action", [Person.is_called_off, Person.cancels, Person.is_moved])
def test_named_person_without_a_first_mail_finds_the_question_and_the_reason_in_the_next(
    smtp_server, slot, action, trouble
):
    person = named(slot)
    trouble(smtp_server)
    action(person)

    everything_leaves()

    [first, *_later] = mails_to(smtp_server, JUMA)
    for said in (words(first, "plain"), words(first, "html")):
        assert "Somebody has signed you up for" in said
        assert said.count(links.take_part(person.registration.participant)) == 1
        assert "because somebody gave us your address to sign you up for" in said
        assert "You signed up for" not in said


def test_named_person_who_had_the_first_mail_is_not_told_again(smtp_server, slot):
    person = named(slot)
    relay()
    person.is_called_off()

    everything_leaves()

    assert len(mails_to(smtp_server, JUMA)) == 2
    assert "Somebody has signed you up for" not in words(mails_to(smtp_server, JUMA)[1])


@pytest.mark.parametrize("trouble", first_always(TROUBLES))
def test_mail_to_somebody_named_has_the_present_time_and_the_name_as_it_was_typed(smtp_server, slot, trouble):
    before = minutes(named(slot).slot.starts_at)
    trouble(smtp_server)
    move(slot)

    everything_leaves()

    assert subjects(smtp_server, JUMA)[0].startswith("Moved to")
    said = words(mails_to(smtp_server, JUMA)[-1])
    assert "FOCAL Point has signed you up for" in said
    assert (minutes(slot.starts_at) in said, before in said) == (True, False)
    assert "Yes, I take part" in said


def test_mail_to_somebody_named_lists_what_is_left_and_what_is_called_off(smtp_server, slot):
    gold = another_slot(slot, starts_at=in_days(11))
    lead = another_slot(slot, starts_at=in_days(12), session__title="Lead")
    first, *_rest = sign_up_and_leave_the_first_mail(slot, gold, lead, named=[Named("Juma Kiptoo", JUMA)])
    refuse_at_first(smtp_server)
    changes.call_off(occurrence_id=gold.pk, now=timezone.now())
    enrolment.cancel(registration_id=first.pk, now=timezone.now())

    everything_leaves()

    said = words(mails_to(smtp_server, JUMA)[-1]).partition("About this mail")[0]
    assert "has signed you up for these 2 sessions" in said
    assert ("Mercury" in said, "Gold" in said, "Lead" in said) == (False, True, True)
    assert said.count("This time slot is called off.") == 1
    assert "Yes, I take part" in said


@pytest.mark.parametrize("trouble", first_always(OUTAGES))
def test_change_that_staff_take_back_leaves_the_mail_to_somebody_named_as_it_was(smtp_server, slot, trouble):
    person = named(slot)
    trouble(smtp_server)
    person.is_called_off()
    Message.objects.filter(kind="named").update(due_at=timezone.now())
    relay()
    assert mails_to(smtp_server, JUMA) == []

    changes.take_back(change_id=slot.changes.get().pk, now=timezone.now())
    everything_leaves()

    [mail] = mails_to(smtp_server, JUMA)
    assert "Yes, I take part" in words(mail)
    assert "called off" not in words(mail)


def test_mail_to_somebody_named_waits_as_long_as_the_news(smtp_server, slot):
    person = named(slot)
    refuse_at_first(smtp_server)
    person.is_moved()
    Message.objects.filter(kind="named").update(due_at=timezone.now())

    relay()

    news = Message.objects.get(kind="rescheduled", recipient=JUMA)
    waiting = Message.objects.get(kind="named")
    assert (waiting.due_at, waiting.attempts) == (news.due_at, 1)


def test_mail_to_somebody_named_does_not_list_what_came_later(smtp_server, slot):
    person = named(slot)
    refuse_at_first(smtp_server)
    register(another_slot(slot, starts_at=in_days(12)), email=JUMA, name="Juma Kiptoo", now=timezone.now())
    before = timezone.now() - timedelta(minutes=3)
    Message.objects.filter(kind="named").update(queued_at=before)
    Registration.objects.filter(pk=person.registration.pk).update(registered_at=before)

    everything_leaves()

    [mail] = [mail for mail in mails_to(smtp_server, JUMA) if "has signed you up for this" in words(mail)]
    assert ("Mercury" in words(mail), "Gold" in words(mail)) == (True, False)


def test_mail_to_somebody_named_who_says_yes_meanwhile_asks_no_more(smtp_server, slot):
    person = named(slot)
    refuse_at_first(smtp_server)
    confirm(person.registration.participant, now=timezone.now())

    everything_leaves()

    [mail] = [mail for mail in mails_to(smtp_server, JUMA) if "has signed you up for" in words(mail)]
    assert "Yes, I take part" not in words(mail)
    assert "nothing has changed" not in words(mail)
    assert not mail["Subject"].startswith("Please confirm")


def test_words_to_somebody_named_that_may_have_arrived_leave_again_as_they_were(smtp_server, slot):
    named(slot)
    cut_at_first(smtp_server)

    everything_leaves()

    [cut] = [mail for mail in smtp_server.cut if mail.rcpt_tos == (JUMA,)]
    [again] = [mail for mail in smtp_server.mails if mail.rcpt_tos == (JUMA,)]
    assert again.octets == cut.octets


def test_later_mail_about_somebody_known_does_not_repeat_an_earlier_list(smtp_server, slot):
    """They had their first mail about this session; that of another delegation is held up."""
    person = named(slot)
    relay()
    sign_up_and_leave_the_first_mail(
        another_slot(slot, starts_at=in_days(12)), named=[Named("Juma Kiptoo", JUMA)], email="other@example.org"
    )
    refuse_at_first(smtp_server)
    person.is_called_off()

    everything_leaves()

    [off] = [mail for mail in mails_to(smtp_server, JUMA) if mail["Subject"].startswith("Called off")]
    assert "Somebody has signed you up for" not in words(off)


def test_later_mail_has_the_question_when_only_an_earlier_list_has_left(smtp_server, slot):
    named(slot)
    relay()
    later = another_slot(slot, starts_at=in_days(12))
    sign_up_and_leave_the_first_mail(later, named=[Named("Juma Kiptoo", JUMA)], email="other@example.org")
    refuse_at_first(smtp_server)
    changes.call_off(occurrence_id=later.pk, now=timezone.now())

    everything_leaves()

    [off] = [mail for mail in mails_to(smtp_server, JUMA) if mail["Subject"].startswith("Called off")]
    assert "Somebody has signed you up for" in words(off)


def test_what_a_mail_was_written_from_goes_with_its_text(smtp_server, slot):
    person = named(slot)
    everything_leaves()
    focal = Message.objects.get(kind="delegation").participant

    erasure.erase(participant_id=focal.pk, now=timezone.now())
    erasure.erase(participant_id=person.registration.participant_id, now=timezone.now())

    kinds = Message.objects.filter(kind__in=["named", "delegation"])
    assert [mail.written_from for mail in kinds] == [{}, {}]
