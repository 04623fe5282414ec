"""Staff find two people who are one, compare them, and merge them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from registrations.corrections import merge_plan
from registrations.models import Message, Participant, Registration
from registrations.rescheduling import changes
from sessions.clocks import moment
from sessions.clocks.dates import in_geneva
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.messages import said
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return register(OccurrenceFactory(session__title="Mercury in air"), email="amina@ministry.example")[0].participant


@pytest.fixture
def lost(kept):
    slot = OccurrenceFactory(session__season=kept.season, session__title="Mercury in fish")
    return register(slot, email="amina@old.example", organisation="Museum")[0].participant


def page(person):
    return reverse("admin:registrations_participant_merge", args=[person.pk])


def send(client, kept, lost, **typed):
    plan = merge_plan.of(kept, lost, now=moment.now())
    stays = dict.fromkeys(plan.differing, "kept") | {"organisation": "lost"}
    usual = {"other": lost.pk, "shown": plan.fingerprint, "is_one": "on"} | stays
    return client.post(page(kept), usual | typed)


def test_person_s_page_leads_there(officer, kept):
    assert page(kept) in officer.get(reverse("admin:registrations_participant_change", args=[kept.pk])).text


def test_who_has_the_same_name_is_proposed_and_others_are_found(officer, kept, lost):
    other = ParticipantFactory(season=kept.season, name="Zoë Müller", search_text="zoe muller")
    elsewhere = ParticipantFactory(name="Zoë Müller", search_text="zoe muller")

    assert officer.get(page(kept)).context["found"] == [lost]
    assert officer.get(page(kept), {"q": "zoe"}).context["found"] == [other]
    assert elsewhere.season != kept.season


def test_both_are_shown_side_by_side_and_nothing_is_done(officer, kept, lost):
    shown = officer.get(page(kept), {"other": lost.pk})

    assert shown.status_code == 200
    for words in ("Mercury in fish", "amina@old.example", "Museum", "comes to the person who stays"):
        assert words in shown.text
    assert f"{page(lost)}?other={kept.pk}" in shown.text
    assert lost.registrations.active().exists()


def test_button_merges(officer, kept, lost):
    answer = send(officer, kept, lost)

    kept.refresh_from_db()
    assert said(answer) == ["The two are one person now.", "Both mailboxes are told by mail."]
    assert (kept.organisation, kept.registrations.active().count()) == ("Museum", 2)
    assert Participant.objects.get(pk=lost.pk).anonymised_at


def test_button_pressed_twice_says_that_they_are_one(officer, kept, lost):
    send(officer, kept, lost)

    assert said(officer.post(page(kept), {"other": lost.pk}))[-1] == "The two are one person already."
    assert said(officer.post(page(kept), {"other": kept.pk}))[-1].endswith("Nothing was changed.")


def test_only_mailboxes_that_are_told_are_named(officer, kept):
    bare = [ParticipantFactory(season=kept.season, email=f"{name}@example.org") for name in "abc"]

    told = "The mailbox of the person who stays is told by mail. The other one hears nothing."
    assert said(send(officer, kept, bare[0]))[-1] == told
    assert said(send(officer, bare[1], bare[2]))[-1] == "No mail is sent, because neither of them has a registration."


def test_one_mailbox_of_both_is_one(officer, kept):
    slot = OccurrenceFactory(session__season=kept.season)
    lost = register(slot, email=kept.email, name="Amina O.")[0].participant

    answer = send(officer, kept, lost)

    assert said(answer)[-1] == "Their mailbox is told by mail."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"is_one": ""}, "Tick this if both are the same person."),
        ({"organisation": ""}, "Choose which one stays."),
        ({"organisation": "x\x00"}, "errorlist"),
        ({"shown": "old"}, "Something of the two has changed."),
    ],
)
def test_bad_input_is_said_and_nothing_is_done(officer, kept, lost, typed, words):
    shown = send(officer, kept, lost, **typed)

    assert shown.status_code == 200
    assert words in shown.text
    assert lost.registrations.active().exists()


@pytest.mark.parametrize("other", ["", "x", "0", "-1", "9" * 30])
def test_nobody_is_merged_with_nobody(officer, kept, other):
    assert officer.get(page(kept), {"other": other}).status_code == 200
    assert officer.post(page(kept), {"other": other, "is_one": "on"}).status_code == 302


def test_who_cannot_stay_is_said(officer, kept, lost):
    Participant.objects.filter(pk=kept.pk).update(confirmed_at=None)

    shown = officer.get(page(kept), {"other": lost.pk})

    assert "Keep the other one." in shown.text
    assert "Merge the two" not in shown.text


def _of_two_in_one_session(kept, lost):
    register(kept.registrations.get().occurrence, email=lost.email)


def _of_one_with_nothing(kept, lost):
    Registration.objects.filter(participant=lost).delete()


def _of_one_whose_session_is_over(kept, lost):
    Registration.objects.filter(participant=kept).delete()
    over = moment.now() - timedelta(days=2)
    Occurrence.objects.filter(registrations__participant=lost).update(starts_at=over, ends_at=over + timedelta(hours=1))


def _of_two_with_nothing(kept, lost):
    Registration.objects.filter(participant__in=[kept, lost]).delete()


@pytest.mark.parametrize(
    ("make", "to_lost", "to_kept", "mails"),
    [
        (None, "gets 1 mail,", "gets the mails of a sign-up", (1, 1)),
        (_of_two_in_one_session, "gets 2 mails, one for each", "gets the mails of a sign-up", (2, 1)),
        (_of_one_with_nothing, "no registration to come.", "gets one mail, with all", (0, 1)),
        (_of_one_whose_session_is_over, "no registration to come.", "gets one mail, with all", (0, 1)),
        (_of_two_with_nothing, "no registration to come.", "neither of them has a registration.", (0, 0)),
    ],
)
def test_page_says_which_mails_leave_and_these_leave(officer, kept, lost, make, to_lost, to_kept, mails):
    if make:
        make(kept, lost)
    Message.objects.all().delete()

    shown = officer.get(page(kept), {"other": lost.pk}).context["mails"]

    send(officer, kept, lost)
    left = [Message.objects.filter(recipient=address).count() for address in (lost.email, kept.email)]
    assert ([words in sentence for words, sentence in zip((to_lost, to_kept), shown, strict=True)], left) == (
        [True, True],
        list(mails),
    )


def test_while_a_change_waits_the_page_says_until_when(officer, kept, lost):
    change = changes.call_off(occurrence_id=lost.registrations.get().occurrence_id, now=moment.now())

    shown, refused = officer.get(page(kept), {"other": lost.pk}), send(officer, kept, lost)

    until = f"You can do this after {in_geneva(change.mails_leave_at)}."
    assert until in shown.text
    assert until in refused.text
    assert "Merge the two" not in shown.text
    assert Participant.objects.filter(pk=lost.pk, anonymised_at=None).exists()
