"""What a delegation does to statistics and mailboxes."""

import pytest

from registrations.delegations.members import Named
from registrations.enrolment import enrolment, refusals
from registrations.mail.notices import delegations
from registrations.mailings import reminders
from registrations.models import Message, Registration
from registrations.seats import occupancy
from sessions.models import Session
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.calendars import read_mail
from tests.support.registrations.delegations import OWNS, POINT, STAYS, confirm, mails, mime, person, sign_up, words
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


# Statistics


def test_who_has_not_said_yes_holds_a_seat_and_counts_in_no_statistics(admin_client):
    slot = OccurrenceFactory(capacity=4, starts_at=NOW.replace(hour=8), ends_at=NOW.replace(hour=9))
    sign_up(slot, now=NOW.replace(hour=7))
    Registration.objects.filter(participant__name__in=["Omar Said", "Juma Kiptoo"]).update(joined_at=NOW)

    [season] = admin_client.get("/admin/online_sessions/season/").context["cl"].result_list

    assert season.confirmed == 2
    assert occupancy.show_up_rates({season.pk}, now=NOW) == {season.pk: 0.5}
    with pytest.raises(refusals.NoSeatLeft):
        sign_up(slot, named=[Named("One More")], now=NOW.replace(hour=7))


def test_reminders_go_to_who_said_yes():
    slot = OccurrenceFactory(starts_at=NOW.replace(day=20), ends_at=NOW.replace(day=20, hour=13))
    sign_up(slot, named=OWNS)
    confirm(person("Ana M."))
    Message.objects.update(sent_at=NOW, status="sent", due_at=NOW.replace(day=10))

    reminders.post_due(now=NOW.replace(day=19, hour=13))

    assert mails("reminder") == [("reminder", "ana@example.org")]


# The mails


def test_mail_to_the_focal_point_has_the_links_of_who_stays_and_of_nobody_else():
    sign_up(OccurrenceFactory(session__title="Mercury in rice"))

    for part in ("plain", "html"):
        text = words(part, kind="delegation")
        assert [person(who.name).key in text for who in STAYS] == [True, True]
        assert [person(who.name).key in text for who in OWNS] == [False, False]
        assert all(who.name in text for who in (*STAYS, *OWNS))
        assert "Mercury in rice" in text
    assert "You signed up 4 people for" in mime(kind="delegation")["Subject"]


def test_mail_to_somebody_named_says_who_for_what_and_where_to_answer():
    sign_up(OccurrenceFactory(session__title="Mercury in rice"))

    for part in ("plain", "html"):
        text = " ".join(words(part, recipient="juma@example.org").split())
        assert "Focal Point" in text
        assert "has signed you up for this session" in text
        assert "Mercury in rice" in text
        assert f"/my/{person('Juma Kiptoo').key}/take-part/" in text
        assert person("Focal Point").key not in text
        assert "Nairobi, UTC+3" in text
    assert mime(recipient="juma@example.org")["Subject"].startswith("Please confirm: you were signed up for")
    assert [part.get_content_type() for part in mime(recipient="juma@example.org").walk()] == [
        *("multipart/alternative", "text/plain", "text/html"),
    ]


def test_later_mails_about_who_stays_go_to_the_focal_point_with_the_name_in_them():
    made = sign_up(OccurrenceFactory(), named=[STAYS[0]])

    enrolment.cancel(registration_id=made[0].pk, now=NOW)

    assert mails("cancelled") == [("cancelled", POINT)]
    assert words("plain", kind="cancelled").startswith("Dear Omar Said,")


def test_list_of_a_delegation_is_written_for_a_session_that_has_become_by_invitation():
    registration = RegistrationFactory(occurrence__session__access=Session.Access.INVITATION)
    slot, person = registration.occurrence, registration.participant
    typed = delegations.typed([slot], [("Omar", person)], [], has_mail=True)
    staying = [delegations.with_link("Omar", person, now=NOW)]

    mail = delegations.delegation(person, [slot], staying, typed, now=NOW)

    assert slot.session.title in read_mail(mail).get_body(("plain",)).get_content()
