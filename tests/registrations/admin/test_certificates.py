"""The pages on which staff issue certificates, and see what became of them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from registrations.certificates import issuing, numbers
from registrations.models import Certificate, Participant, Registration
from sessions.models import Speaker
from tests.factories import OccurrenceFactory
from tests.support import staff
from tests.support.registrations.certificates import MINUTE, STARTS_AT, certificate_of, held, was_there

pytestmark = pytest.mark.django_db
BEGAN = timezone.now() - timedelta(days=2)


@pytest.fixture
def slot():
    slot = held(session__title="Mercury in air")
    type(slot).objects.filter(pk=slot.pk).update(starts_at=BEGAN, ends_at=BEGAN + timedelta(hours=1))
    slot.refresh_from_db()
    was_there(slot, participant__name="Ana")
    was_there(slot, 29, participant__name="Bo")
    was_there(slot, 0, participant__name="Cyn")
    was_there(slot, participant__name="भारती देवी")
    return slot


def page(name, row):
    return reverse(f"admin:registrations_{name}", args=[row.pk])


def people_page(slot):
    return page("session_certificates", slot.session)


def issue(client, slot, people="1"):
    shown = client.get(people_page(slot)).context["confirm"]
    return client.post(people_page(slot), {"seen": shown.initial["seen"], "people": people}, follow=True)


def certificate(slot):
    return certificate_of(slot.registrations.get(participant__name="Ana"), now=timezone.now())


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_everybody_is_on_the_page_with_the_reason(officer, slot):
    groups = officer.get(people_page(slot)).context["groups"]

    assert [(each["heading"], each["number"], [str(who) for who, _why in each["rows"]]) for each in groups] == [
        ("Get one", "1 person", ["Ana"]),
        ("Cannot get one: the name cannot be printed", "1 person", ["भारती देवी"]),
        ("Get none: were there too short", "1 person", ["Bo"]),
        ("Get none: were not there", "1 person", ["Cyn"]),
    ]
    remarks = [why for each in groups for _who, why in each["rows"]]
    assert remarks[0] == "45 minutes"
    assert remarks[1].startswith("No font has: भ ")
    assert remarks[2] == "29 of the 30 minutes that it takes"


def test_number_of_people_issues_them_and_a_button_takes_them_back(officer, slot):
    issued = issue(officer, slot)
    assert said(issued)[0] == "The certificates are issued."
    assert Certificate.objects.get().name == "Ana"

    [shown] = issued.context["issues"]
    back = officer.post(people_page(slot), {"take_back": shown["pk"]}, follow=True)

    assert said(back) == ["Taken back: 1 person gets no certificate and hears nothing."]
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("people", ["", "2"])
def test_wrong_number_issues_nothing(officer, slot, people):
    response = issue(officer, slot, people)

    assert "Nothing was issued" in response.text
    assert not Certificate.objects.exists()


def test_whoever_was_seen_is_who_gets_one(officer, slot):
    seen = officer.get(people_page(slot)).context["confirm"].initial["seen"]
    slot.registrations.filter(participant__name="Bo").update(attended_seconds=60 * MINUTE)

    response = officer.post(people_page(slot), {"seen": seen, "people": "1"})

    assert said(response) == [
        "Meanwhile other people would get one, or with other minutes. Nothing was issued. Please look again."
    ]
    assert not Certificate.objects.exists()


def test_session_to_come_can_have_none(officer):
    slot = held()
    was_there(slot)

    response = officer.get(people_page(slot))

    assert response.context["confirm"] is None
    assert "Not yet: its last time slot ends on 8 October 2030." in response.text


def test_whoever_is_too_early_hears_until_when_one_waits(officer, slot):
    shown = officer.get(people_page(slot)).context["confirm"]
    OccurrenceFactory(session=slot.session, starts_at=STARTS_AT, ends_at=STARTS_AT + timedelta(hours=1))

    issued = officer.post(people_page(slot), {"seen": shown.initial["seen"], "people": "1"}, follow=True)
    for_speaker = officer.get(page("session_certificate_of_speaker", slot.session), follow=True)

    until = "Not yet: its last time slot ends on 8 October 2030."
    assert (said(issued), said(for_speaker)) == ([until], [until])


def test_season_page_leads_to_each_session_that_was_held(officer, slot):
    certificate(slot)

    rows = officer.get(page("season_certificates", slot.session.season)).context["rows"]

    assert [(row.title, row.standing) for row in rows] == [("The season as a whole", "0"), ("Mercury in air", "1")]


def test_season_that_goes_on_says_until_when_and_a_session_that_is_over_does_not_wait(officer, slot):
    OccurrenceFactory(session__season=slot.session.season, starts_at=timezone.now() + timedelta(days=9))

    rows = officer.get(page("season_certificates", slot.session.season)).context["rows"]

    assert rows[0].state.startswith("Not yet: its last time slot ends on ")
    assert [row.state for row in rows[1:]] == ["Over: certificates can be issued."]


def test_season_page_leads_to_the_certificates_of_a_session(officer, slot):
    found = certificate(slot)
    other_season = certificate_of(was_there(held()))
    row = officer.get(page("season_certificates", slot.session.season)).context["rows"][1]

    listed = officer.get(row.listed)

    assert list(listed.context["cl"].queryset) == [found]
    assert found.season != other_season.season


@pytest.mark.parametrize("typed", ["ana", "number"])
def test_list_finds_by_name_and_by_number(officer, slot, typed):
    found = certificate(slot)
    other = certificate_of(was_there(held()))

    text = numbers.shown(found.number).lower() if typed == "number" else typed
    response = officer.get(reverse("admin:registrations_certificate_changelist"), {"q": text})

    assert list(response.context["cl"].queryset) == [found]
    assert found != other


def test_number_is_found_though_its_person_is_erased(officer, slot):
    found = certificate(slot)
    number = found.number
    Certificate.objects.update(number="", name="", participant=None)

    response = officer.get(reverse("admin:registrations_certificate_changelist"), {"q": number})

    assert list(response.context["cl"].queryset) == [found]
    assert "Erased. Who has both can still check it." in officer.get(page("certificate_change", found)).text


def test_start_page_leads_to_what_is_not_true_any_more(officer, slot):
    found = certificate(slot)
    sentence = "1 certificate says something else than is known now."
    assert sentence not in officer.get(reverse("admin:index")).text

    Participant.objects.filter(name="Ana").update(name="Anna")

    assert sentence in officer.get(reverse("admin:index")).text
    doubtful = officer.get(reverse("admin:registrations_certificate_changelist"), {"state": "doubtful"})
    assert list(doubtful.context["cl"].queryset) == [found]
    assert officer.get(page("certificate_change", found)).context["doubts"] == [
        "It says “Ana”. The person’s name on certificates is “Anna” now."
    ]


def test_it_is_withdrawn_with_a_reason_and_not_without(officer, slot):
    found = certificate(slot)
    refused = officer.post(page("certificate_change", found), {"withdraw": "", "reason": ""})
    assert "Write why it is withdrawn." in refused.text

    officer.post(page("certificate_change", found), {"withdraw": "", "reason": "Somebody else was there"})

    found.refresh_from_db()
    assert (found.reason, found.withdrawn_by.username) == ("Somebody else was there", "officer")


def test_it_can_be_replaced_only_if_something_differs(officer, slot):
    found = certificate(slot)
    address = page("certificate_change", found)
    as_today = "It says what it would say if it were issued today: there is nothing to replace."

    shown = officer.get(address)
    assert as_today in shown.text
    assert 'name="replace"' not in shown.text

    type(slot.session).objects.update(title="Mercury in the air")
    shown = officer.get(address)
    assert as_today not in shown.text
    assert 'name="replace"' in shown.text


def test_who_deserves_none_any_more_is_offered_no_new_one(officer, slot):
    found = certificate(slot)
    Registration.objects.update(attended_seconds=0)

    shown = officer.get(page("certificate_change", found))

    assert 'name="replace"' not in shown.text
    assert "nothing to replace" not in shown.text


def test_it_is_replaced(officer, slot):
    found = certificate(slot)
    Participant.objects.filter(name="Ana").update(certificate_name="Ana María")

    shown = officer.get(page("certificate_change", found)).context["shown"]
    response = officer.post(page("certificate_change", found), {"replace": "", "shown": shown}, follow=True)

    assert response.context["certificate"].name == "Ana María"

    Participant.objects.filter(name="Ana").update(certificate_name="भारती")
    address = page("certificate_change", response.context["certificate"])
    shown = officer.get(address).context["shown"]
    again = officer.post(address, {"replace": "", "shown": shown})
    assert again.status_code == 302
    assert Certificate.objects.standing().count() == 1


def test_speaker_is_typed_and_can_be_given_another_name(officer, slot):
    Speaker.objects.create(session=slot.session, name="Zoë Ortiz")
    address = page("session_certificate_of_speaker", slot.session)
    assert "Zoë Ortiz" in officer.get(address).text
    typed = {"name": "Zoë Ortiz", "email": "zoe@example.org", "language": "es"}

    issued = officer.post(address, typed, follow=True)
    assert list(officer.post(address, typed).context["form"].errors) == ["name"]
    renamed = officer.post(issued.redirect_chain[-1][0], {"rename": "", "name": "Zoë Ortíz"}, follow=True)

    assert renamed.context["certificate"].name == "Zoë Ortíz"
    assert Certificate.objects.standing().count() == 1


@pytest.mark.parametrize("wrong", [{"email": "zoe"}, {"name": ""}, {"name": "भारती"}, {"language": "xx"}])
def test_wrong_entries_of_a_speaker_are_said_beside_the_field(officer, slot, wrong):
    typed = {"name": "Zoë", "email": "zoe@example.org", "language": "es"} | wrong

    response = officer.post(page("session_certificate_of_speaker", slot.session), typed)

    assert list(response.context["form"].errors) == list(wrong)
    assert not Certificate.objects.exists()


def test_who_may_only_see_acts_on_nothing(client, slot):
    found = certificate(slot)
    user = User.objects.create_user("luis", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_certificate"))
    viewer = staff.sign_in(client, user)

    assert viewer.get(page("certificate_change", found)).context["withdraw"] is None
    for address, sent in (
        (page("certificate_change", found), {"replace": ""}),
        (people_page(slot), {"people": "1"}),
    ):
        assert viewer.post(address, sent).status_code == 403


def test_list_takes_as_many_questions_for_three_as_for_one(officer, slot, django_assert_max_num_queries):
    counts = []
    for more in (1, 2):
        for _each in range(more):
            certificate_of(was_there(held()))
        with django_assert_max_num_queries(12) as asked:
            officer.get(reverse("admin:registrations_certificate_changelist"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_slot_that_begins_otherwise_is_said(officer, slot):
    found = certificate(slot)
    issuing_page = people_page(slot)
    type(slot).objects.filter(pk=slot.pk).update(starts_at=STARTS_AT - timedelta(days=9000))

    [sentence] = officer.get(page("certificate_change", found)).context["doubts"]

    assert sentence.startswith("The time slot is at another time now: Mercury in air")
    assert issuing.is_over(slot.session.season, slot.session, now=timezone.now())
    assert officer.get(issuing_page).status_code == 200
