"""The page on which somebody chooses their mails, and what other pages promise accordingly."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import NextSeasonSubscriber, Participant
from registrations.people.preferences import Preferences, wanted_leads
from tests.factories import NextSeasonSubscriberFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.messages import said

pytestmark = pytest.mark.django_db
MAIL, SUBSCRIPTION, NONE = Participant.CalendarEntries


@pytest.fixture
def person():
    return ParticipantFactory()


def address(person, page="mails"):
    return reverse(f"registrations:{page}", args=[person.key])


def held(person, **fields):
    """A registration for a slot three days from now."""
    slot = OccurrenceFactory(session__season=person.season, starts_at=timezone.now() + timedelta(days=3))
    return RegistrationFactory(participant=person, occurrence=slot, **fields)


def test_my_season_says_in_words_what_the_person_gets(client, person):
    mails = client.get(address(person, "my_season")).context["page"].mails

    assert mails.calendar == "An invitation by mail for each session."
    assert [(choice.title, choice.now) for choice in mails.choices] == [
        ("Reminders", "3 days, 1 day and 1 hour before each session."),
        ("Recordings and slides", "We do not tell you."),
        ("Certificates", "We tell you when one is ready."),
        ("Next season", "We do not tell you when it opens."),
    ]


@pytest.mark.parametrize(
    ("stored", "ticked", "wanted"),
    [
        ({"unwanted_leads": [72]}, True, [24, 1]),
        ({"unwanted_leads": []}, True, [72, 24, 1]),
        ({"wants_reminders": False, "unwanted_leads": [72, 24, 1]}, True, [24, 1]),
        ({"unwanted_leads": [72]}, False, []),
    ],
)
def test_page_of_the_version_before_has_one_tick_for_all_reminders(client, person, stored, ticked, wanted):
    Participant.objects.update(**stored)
    sent = {"calendar_entries": MAIL, **({"wants_reminders": "on"} if ticked else {})}

    client.post(address(person), sent)

    assert wanted_leads(Participant.objects.get()) == wanted


@pytest.mark.parametrize("field", fields(Preferences), ids=lambda field: field.name)
def test_my_season_says_something_else_for_each_choice(client, person, field):
    before = client.get(address(person, "my_season")).text

    others = {"calendar_entries": NONE, "unwanted_leads": [72]}
    Participant.objects.update(**{field.name: others.get(field.name, not field.default)})

    says_something_else = client.get(address(person, "my_season")).text != before
    assert says_something_else, "say it in MAIL_PREFERENCES, people/preferences.py"


@pytest.mark.parametrize(
    ("hours", "words", "labels"),
    [
        (
            "48, 36, 2",
            "2 days, 36 hours and 2 hours before each session.",
            ["2 days before each session", "36 hours before each session", "2 hours before each session"],
        ),
        ("1", "1 hour before each session.", ["1 hour before each session"]),
        ("none", "This season sends no reminders.", []),
    ],
)
def test_reminders_are_those_of_the_season(client, person, hours, words, labels):
    person.season.reminder_hours = hours
    person.season.save()

    pages = [client.get(address(person, page)) for page in ("my_season", "mails")]

    assert words in pages[0].text
    offered = [label for _hours, label in pages[1].context["form"].fields["reminders"].choices]
    assert offered == labels
    assert [label for label in labels if label not in pages[1].text] == []


def test_page_shows_the_choice_and_that_the_service_is_always_on(client):
    person = ParticipantFactory(calendar_entries=SUBSCRIPTION, wants_announcements=True, wants_reminders=False)

    page = client.get(address(person))

    form = page.context["form"]
    assert [choice.data["value"] for choice in form["calendar_entries"] if choice.data["selected"]] == [SUBSCRIPTION]
    assert (form["reminders"].value(), form["wants_announcements"].value()) == ([], True)
    assert '<input type="checkbox" checked disabled>' in page.text


def test_choice_is_stored_and_the_answer_says_what_comes(client, person):
    person.calendar_entries = NONE
    person.save()
    held(person, entry_was_mailed=False)

    response = client.post(address(person), {"calendar_entries": MAIL, "wants_announcements": "on"})

    person.refresh_from_db()
    assert (response.status_code, response.url) == (302, address(person, "my_season"))
    assert (person.calendar_entries, person.wants_reminders, person.wants_announcements) == (MAIL, False, True)
    assert said(response) == ["Your choice is saved.", "A mail with 1 calendar entry is on its way."]


def test_page_says_before_and_after_that_entries_in_the_calendar_stay(client, person):
    held(person), held(person)
    words = "2 entries that our mails have put in your calendar stay there and follow every change."

    before = client.get(address(person))
    after = client.post(address(person), {"calendar_entries": NONE})

    assert words in before.text
    assert said(after) == ["Your choice is saved.", words]


@pytest.mark.parametrize(
    ("known", "ticked", "stored", "words"),
    [
        ([], [72, 24, 1], (True, []), "3 days, 1 day and 1 hour before each session."),
        ([72], [24, 1], (True, [72]), "1 day and 1 hour before each session."),
        ([72], [1], (True, [72, 24]), "1 hour before each session."),
        ([72, 24, 1], [72], (True, [24, 1]), "3 days before each session."),
        # A lead that the season does not offer at the moment stays unwanted.
        ([48], [72, 24, 1], (True, [48]), "3 days, 1 day and 1 hour before each session."),
        ([72], [], (False, [72, 24, 1]), "No reminders."),
    ],
)
def test_each_reminder_is_chosen_for_itself(client, person, known, ticked, stored, words):
    Participant.objects.update(unwanted_leads=known)

    client.post(address(person), {"calendar_entries": MAIL, "reminders": ticked})

    person.refresh_from_db()
    assert (person.wants_reminders, person.unwanted_leads) == stored
    assert f"<dd>{words}</dd>" in client.get(address(person, "my_season")).text


def test_page_ticks_the_reminders_that_the_person_gets(client, person):
    Participant.objects.update(unwanted_leads=[72])

    form = client.get(address(person)).context["form"]

    assert [choice.data["selected"] for choice in form["reminders"]] == [False, True, True]


def test_lead_that_staff_add_reaches_who_wants_reminders_and_nobody_who_wants_none(client):
    wants, wants_none = ParticipantFactory(), ParticipantFactory()
    client.post(address(wants), {"calendar_entries": MAIL, "reminders": [24]})
    client.post(address(wants_none), {"calendar_entries": MAIL})

    for person in (wants, wants_none):
        person.refresh_from_db()
    assert (wants.wants_reminder(48), wants_none.wants_reminder(48)) == (True, False)


def test_choice_in_a_season_without_reminders_keeps_what_was_chosen_before(client):
    person = ParticipantFactory(unwanted_leads=[72], season__reminder_hours="none")

    client.post(address(person), {"calendar_entries": NONE})

    person.refresh_from_db()
    assert (person.wants_reminders, person.unwanted_leads) == (True, [72])


@pytest.mark.parametrize("sent", ["48", "x", "1" * 5_000])
def test_reminder_that_the_season_does_not_offer_is_an_error_beside_the_boxes(client, person, sent):
    response = client.post(address(person), {"calendar_entries": MAIL, "reminders": [sent]})

    person.refresh_from_db()
    assert response.status_code == 422
    assert [problem.anchor for problem in response.context["problems"]] == ["reminders"]
    assert 'aria-describedby="reminders-error"' in response.text
    assert (person.wants_reminders, person.unwanted_leads) == (True, [])


@pytest.mark.parametrize("sent", ["letter", "a\x00b", "x" * 10_000])
def test_choice_that_does_not_exist_is_an_error_beside_the_field_and_changes_nothing(client, person, sent):
    response = client.post(address(person), {"calendar_entries": sent, "wants_announcements": "on"})

    person.refresh_from_db()
    assert response.status_code == 422
    assert [problem.anchor for problem in response.context["problems"]] == ["calendar-entries"]
    assert "Please choose one of the three." in response.text
    assert (person.calendar_entries, person.wants_announcements) == (MAIL, False)


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_the_button_changes_the_choice(client, person, method):
    getattr(client, method)(address(person), {"calendar_entries": NONE})

    person.refresh_from_db()
    assert (person.calendar_entries, person.wants_reminders) == (MAIL, True)


@pytest.mark.parametrize(
    ("was_mailed", "words"),
    [(True, "takes the entry out of your calendar"), (False, "We send you a mail that says so.")],
)
def test_page_of_cancelling_promises_only_what_the_mail_does(client, person, was_mailed, words):
    registration = held(person, entry_was_mailed=was_mailed)
    path = reverse("registrations:cancel", args=[person.key, registration.session.slug])

    page, answer = client.get(path), client.post(path)

    assert words in page.text
    assert ("calendar" in said(answer)[-1]) == was_mailed


# The next season


def test_tick_puts_the_mailbox_on_the_list_and_no_tick_takes_it_off(client, person):
    wanted = {"calendar_entries": MAIL, "wants_next_season": "on"}

    answers = []
    for sent in (wanted, {"calendar_entries": MAIL}):
        client.post(address(person), sent)
        pages = [client.get(address(person, page)) for page in ("mails", "my_season")]
        now = pages[1].context["page"].mails.choices[-1].now
        answers.append((pages[0].context["form"]["wants_next_season"].value(), str(now)))

    assert answers == [(True, "We tell you when it opens."), (False, "We do not tell you when it opens.")]
    assert not NextSeasonSubscriber.objects.exists()


def test_page_says_beside_the_tick_what_is_kept_and_how_it_ends(client, person):
    text = client.get(address(person)).text

    assert "Tell me when the next season opens" in text
    assert "after your other details are removed" in text
    assert "no season was announced for 3 years" in text


def test_choice_that_is_refused_changes_nothing_on_the_list(client, person):
    client.post(address(person), {"calendar_entries": "letter", "wants_next_season": "on"})

    assert not NextSeasonSubscriber.objects.exists()


def test_pages_of_data_and_of_erasing_name_it_where_it_is_so(client, person):
    pages = [address(person, page) for page in ("own_data", "erase")]
    before = [client.get(page).text for page in pages]
    NextSeasonSubscriberFactory(mailbox=person.mailbox)

    after = [client.get(page).text for page in pages]

    words = ["We tell your mailbox when it opens.", "not told any more when the next season opens"]
    assert [said in text for said, text in zip(words, before, strict=True)] == [False, False]
    assert [said in text for said, text in zip(words, after, strict=True)] == [True, True]


@pytest.mark.parametrize(
    ("comes", "asked", "is_offered"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_my_season_offers_the_next_one_when_nothing_of_this_one_is_to_come(client, person, comes, asked, is_offered):
    if comes:
        held(person)
    if asked:
        NextSeasonSubscriberFactory(mailbox=person.mailbox)

    text = client.get(address(person, "my_season")).text

    assert ("Tell me when the next season opens" in text) == is_offered
