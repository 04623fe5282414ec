"""A focal point signs up a delegation: all or none, known or unknown, and who is named says yes themselves."""

import pytest

from registrations.delegations import delegation
from registrations.delegations.members import Named
from registrations.enrolment import enrolment, refusals
from registrations.models import Delegation, Message, Participant, Registration
from registrations.people import consent
from registrations.people.preferences import MAIL_PREFERENCES
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.races import race
from tests.support.registrations.delegations import (
    OWNS,
    POINT,
    ask,
    confirm,
    mails,
    mime,
    person,
    press,
    sign_up,
    words,
)
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


# Who is in


def test_everybody_has_a_seat_in_every_slot():
    first = OccurrenceFactory()
    second = OccurrenceFactory(session__season=first.session.season)

    made = sign_up(first, second)

    names = {"Omar Said", "李小龙", "Juma Kiptoo", "Ana M."}
    assert {(r.participant.name, r.occurrence_id) for r in made} == {(n, s.pk) for n in names for s in (first, second)}
    assert Registration.objects.confirmed().count() == 8
    assert Participant.objects.count() == 5


def test_who_stays_is_behind_the_mailbox_of_the_focal_point_and_confirmed():
    sign_up(OccurrenceFactory())

    who = person("Omar Said")
    assert (who.email, who.named_by, who.confirmed_at) == (POINT, person("Focal Point"), NOW)
    assert who.calendar_entries == "none"
    assert [getattr(who, each.column) for each in MAIL_PREFERENCES.values()] == [False] * len(MAIL_PREFERENCES)
    assert (who.organisation, who.country, who.timezone) == ("Ministry of Environment", "404", "Africa/Nairobi")


def test_who_has_an_address_is_not_confirmed_and_gets_no_entry_yet():
    sign_up(OccurrenceFactory())

    who = person("Juma Kiptoo")
    assert (who.email, who.named_by, who.confirmed_at) == ("juma@example.org", person("Focal Point"), None)
    assert [registration.entry_was_mailed for registration in who.registrations.all()] == [False]


def test_address_of_the_focal_point_in_other_letters_means_to_stay():
    sign_up(OccurrenceFactory(), named=[Named("Omar Said", "Focal.Point@MINISTRY.example")])

    assert person("Omar Said").confirmed_at == NOW
    assert mails("named") == []


def test_focal_point_takes_part_like_everybody_who_signs_up():
    slot = OccurrenceFactory()

    sign_up(slot, takes_part=True)

    assert person("Focal Point").registrations.get().entry_was_mailed
    assert mails() == [
        ("confirmation", POINT),
        ("delegation", POINT),
        ("named", "ana@example.org"),
        ("named", "juma@example.org"),
    ]


def test_too_few_seats_for_all_means_none_for_anybody():
    roomy = OccurrenceFactory()
    tight = OccurrenceFactory(session__season=roomy.session.season, capacity=3)

    with pytest.raises(refusals.NoSeatLeft) as refusal:
        sign_up(roomy, tight)

    assert refusal.value.occurrence_ids == {tight.pk}
    assert (Registration.objects.count(), Participant.objects.count(), len(mails())) == (0, 0, 0)


@pytest.mark.parametrize(("capacity", "takes_part", "fits"), [(4, False, True), (4, True, False), (5, True, True)])
def test_focal_point_needs_a_seat_only_when_taking_part(capacity, takes_part, fits):
    slot = OccurrenceFactory(capacity=capacity)

    try:
        made = len(sign_up(slot, takes_part=takes_part))
    except refusals.NoSeatLeft:
        made = 0

    assert made == (4 + takes_part if fits else 0)


def test_closed_slot_takes_nobody():
    with pytest.raises(refusals.RegistrationClosed):
        sign_up(OccurrenceFactory(called_off_at=NOW))


def test_full_slot_answers_alike_for_known_and_unknown_people():
    known = RegistrationFactory(
        participant__name="Juma Kiptoo", participant__email="juma@example.org", occurrence=OccurrenceFactory(capacity=1)
    )

    with pytest.raises(refusals.NoSeatLeft):
        sign_up(known.occurrence, named=[OWNS[0]])


def test_known_person_keeps_their_details_and_what_they_said():
    slot = OccurrenceFactory()
    known = ParticipantFactory(
        season=slot.session.season, name="Juma Kiptoo", email="juma@example.org", organisation="University"
    )

    sign_up(slot, named=[OWNS[0]])

    after = person("Juma Kiptoo")
    assert (after.pk, after.organisation, after.named_by, after.confirmed_at) == (
        *(known.pk, "University", None, known.confirmed_at),
    )
    assert mails() == [("confirmation", "juma@example.org"), ("delegation", POINT)]
    assert after.registrations.get().entry_was_mailed


def test_known_person_who_has_all_of_it_hears_of_it_once_and_the_focal_point_learns_nothing():
    slot = OccurrenceFactory()
    sign_up(slot, named=OWNS, email="first@example.org", now=NOW)
    confirm(person("Juma Kiptoo"))
    Message.objects.all().delete()

    made = sign_up(slot, named=OWNS)

    assert made == []
    assert mails() == [("delegation", POINT), ("named", "ana@example.org"), ("named", "juma@example.org")]
    text = words("plain", kind="delegation")
    assert all(name in text for name in ("Juma Kiptoo", "Ana M.", "We have written to each of them."))


def test_button_pressed_again_changes_nothing():
    slot = OccurrenceFactory(capacity=4)
    asked = ask(slot)
    press(asked)

    again = press(asked)

    assert (again, Registration.objects.count(), len(mails())) == ([], 4, 3)


def test_button_signs_up_nobody_once_all_that_was_typed_is_erased():
    slot = OccurrenceFactory()
    asked = ask(slot)
    Delegation.objects.all().delete()

    with pytest.raises(delegation.Expired):
        press(asked)

    assert Registration.objects.count() == 0


# Races


@pytest.mark.django_db(transaction=True)
def test_delegations_race_for_the_last_places_and_one_is_in_whole():
    slot = OccurrenceFactory(capacity=6)

    def act(number):
        named = [Named(f"Person {number} {letter}") for letter in "ABCD"]
        try:
            return len(sign_up(slot, named=named, email=f"point{number}@example.org"))
        except refusals.NoSeatLeft:
            return 0

    answers = race(6, act)

    assert sum(answers) == 4
    assert Registration.objects.confirmed().count() == 4
    assert len(mails("delegation")) == 1


@pytest.mark.django_db(transaction=True)
def test_double_click_is_one_delegation():
    asked = ask(OccurrenceFactory(capacity=4))

    race(6, lambda _number: press(asked))

    assert (Registration.objects.count(), len(mails())) == (4, 3)


@pytest.mark.django_db(transaction=True)
def test_form_sent_six_times_at_once_is_one_mail_to_the_focal_point():
    slot = OccurrenceFactory()

    race(6, lambda _number: ask(slot, submission="form-1"))

    assert list(Message.objects.values_list("kind", "recipient")) == [("please_confirm", POINT)]


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_delegations_that_name_the_same_people_in_any_order_never_wait_for_each_other_for_ever():
    slots = [OccurrenceFactory()]
    slots += [OccurrenceFactory(session__season=slots[0].session.season) for _ in range(5)]
    people = [Named(f"Person {number}", f"person{number}@example.org") for number in range(6)]

    def act(number):
        named = people if number % 2 else people[::-1]
        return len(sign_up(slots[number], named=named, email=f"point{number}@example.org"))

    answers = race(6, act)

    assert answers == [6] * 6
    assert Participant.objects.filter(name__startswith="Person").count() == 6


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_focal_points_who_name_each_other_never_wait_for_each_other_for_ever():
    slots = [OccurrenceFactory()]
    slots += [OccurrenceFactory(session__season=slots[0].session.season) for _ in range(5)]
    addresses = [f"point{number}@example.org" for number in range(6)]

    def act(number):
        named = [Named("Focal Point", address) for address in addresses if address != addresses[number]]
        return len(sign_up(slots[number], named=named, email=addresses[number], takes_part=True))

    assert race(6, act) == [6] * 6
    assert Participant.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_yes_said_six_times_at_once_is_said_once():
    sign_up(OccurrenceFactory(), named=[OWNS[0]])
    who = Participant.objects.select_related("season").get(name="Juma Kiptoo")

    answers = race(6, lambda _number: confirm(who))

    assert sorted(answers) == [False] * 5 + [True]
    assert mails("confirmation") == [("confirmation", "juma@example.org")]


# Saying yes


def test_yes_counts_the_person_stores_their_agreement_and_brings_the_entry():
    sign_up(OccurrenceFactory(), named=[OWNS[0]])

    confirm(person("Juma Kiptoo"), now=NOW.replace(hour=13))

    who = person("Juma Kiptoo")
    assert (who.confirmed_at, who.consented_at, who.consent_version) == (*(NOW.replace(hour=13),) * 2, consent.VERSION)
    assert who.registrations.get().entry_was_mailed
    calendar = next(part for part in mime(kind="confirmation").walk() if part.get_content_type() == "text/calendar")
    assert "METHOD:REQUEST" in calendar.get_content()


def test_yes_to_several_sessions_brings_a_summary_and_their_entries():
    first = OccurrenceFactory()
    sign_up(first, OccurrenceFactory(session__season=first.session.season), named=[OWNS[0]])

    confirm(person("Juma Kiptoo"))

    kinds = [kind for kind, recipient in mails() if recipient == "juma@example.org"]
    assert kinds == ["invitation", "invitation", "named", "summary"]


def test_yes_after_cancelling_everything_sends_nothing():
    [registration] = sign_up(OccurrenceFactory(), named=[OWNS[0]])
    enrolment.cancel(registration_id=registration.pk, now=NOW)

    assert confirm(person("Juma Kiptoo"))

    assert mails("confirmation") == []


def test_yes_of_who_chose_no_entries_brings_none():
    sign_up(OccurrenceFactory(), named=[OWNS[0]])
    Participant.objects.update(calendar_entries="none")

    confirm(person("Juma Kiptoo"))

    assert not person("Juma Kiptoo").registrations.get().entry_was_mailed
