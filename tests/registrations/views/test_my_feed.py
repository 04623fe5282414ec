"""The calendar with one person's sessions."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from registrations import links
from registrations.calendar import itip, my_feed
from registrations.enrolment import enrolment
from registrations.models import Message, Registration
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.calendars import calendar_part, read_mail, seen_by_ics, seen_by_vobject, text_of
from tests.support.registrations.signing_up import NOW, register
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

CHANGED_AT = datetime(2030, 8, 1, tzinfo=UTC)


@pytest.fixture
def person():
    return ParticipantFactory(season__title="Season 5", season__changed_at=CHANGED_AT)


@pytest.fixture
def registration(person):
    return registered(person, session__title="Emissions")


def registered(person, status=Registration.Status.CONFIRMED, **slot):
    slot = OccurrenceFactory(session__season=person.season, **slot)
    return RegistrationFactory(participant=person, occurrence=slot, status=status, revised_at=CHANGED_AT)


def feed_of(person):
    return my_feed.of(my_feed.behind(person.feed_key))


def entries(person):
    return seen_by_vobject(feed_of(person).text)


def address(person) -> str:
    return f"/calendars/{person.feed_key}/calendar.ics"


def test_entry_is_that_of_the_download_without_alarm_and_says_that_it_follows(person, registration):
    text = feed_of(person).text

    [download] = seen_by_vobject(itip.publish([registration]))
    copy = "This entry is a copy. It is not updated automatically; our mails tell you about every change."
    follows = "This entry is updated automatically, when your calendar program looks for changes."
    changes = {"alarms": [], "description": download["description"].replace(copy, follows)}
    assert seen_by_vobject(text) == seen_by_ics(text) == [download | changes]
    assert follows in changes["description"]
    assert download["uid"] == registration.uid


def test_head_names_the_calendar_and_gives_no_address_of_it(person, registration):
    head, _, _ = feed_of(person).text.partition("BEGIN:VEVENT")

    assert head.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Minamata Online//Sessions//EN",
        "CALSCALE:GREGORIAN",
        "NAME:My sessions of Season 5",
        "X-WR-CALNAME:My sessions of Season 5",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "",
    ]


def test_it_holds_what_the_person_is_in_and_nobody_elses(person, registration):
    called_off = registered(person, session__title="Gold", called_off_at=CHANGED_AT)
    registered(person, session__title="Waiting", status=Registration.Status.WAITLISTED)
    registered(person, session__title="Cancelled", status=Registration.Status.CANCELLED)
    RegistrationFactory(occurrence__session__season=person.season, occurrence__session__title="Somebody else")

    found = {(entry["uid"], entry["summary"], entry["status"]) for entry in entries(person)}

    assert found == {
        (registration.uid, "Emissions", "CONFIRMED"),
        (called_off.uid, "Called off: Gold", "CANCELLED"),
    }


def test_no_address_but_the_organizers_and_no_key_but_the_joins(person, registration):
    text = feed_of(person).text.replace("\r\n ", "")

    assert registration.join_key in text
    secrets = [person.email, person.name, person.key, person.feed_key, person.stop_key]
    assert [secret for secret in secrets if secret in text] == []


def test_moved_slot_moves_the_one_entry_under_the_sequence_of_its_mail():
    slot = OccurrenceFactory()
    [registration] = register(slot)
    [before] = entries(registration.participant)

    times = {"starts_at": slot.starts_at + timedelta(hours=3), "ends_at": slot.ends_at + timedelta(hours=3)}
    changes.reschedule(occurrence_id=slot.pk, now=NOW, **times)

    [after] = entries(registration.participant)
    assert after == before | times | {"sequence": before["sequence"] + 1}
    [invited] = seen_by_vobject(text_of(calendar_part(read_mail(Message.objects.get(kind="confirmation")))))
    assert (invited["uid"], invited["sequence"]) == (before["uid"], before["sequence"])


def test_cancelling_takes_the_entry_out_and_is_a_change():
    [registration] = register(OccurrenceFactory())
    person = registration.participant

    enrolment.cancel(registration_id=registration.pk, now=NOW + timedelta(days=1))

    feed = feed_of(person)
    assert "BEGIN:VEVENT" not in feed.text
    assert feed.changed_at == NOW + timedelta(days=1)


def test_changed_at_is_the_last_change_of_season_slots_and_registrations(person):
    moments = [feed_of(person).changed_at]
    registration = registered(person, changed_at=CHANGED_AT + timedelta(days=1))
    moments.append(feed_of(person).changed_at)
    Registration.objects.filter(pk=registration.pk).update(revised_at=CHANGED_AT + timedelta(days=2))
    moments.append(feed_of(person).changed_at)

    assert moments == [CHANGED_AT + timedelta(days=number) for number in range(3)]


def test_person_without_sessions_has_an_empty_calendar_and_who_erased_their_details_none(person):
    feed = feed_of(person)
    type(person).objects.update(anonymised_at=CHANGED_AT)

    assert [component.name for component in Calendar.from_ical(feed.text).subcomponents] == ["VTIMEZONE"]
    assert (feed.changed_at, feed.language) == (CHANGED_AT, "en")
    with pytest.raises(type(person).DoesNotExist):
        my_feed.behind(person.feed_key)


# Its address


def test_address_opens_the_calendar_and_no_other_key_does(client, person, registration):
    keys = [person.key, person.stop_key, registration.join_key, str(person.pk), "x", "a%00b", "-" * 500]

    answers = [client.get(f"/calendars/{key}/calendar.ics") for key in keys]

    assert client.get(address(person)).status_code == 200
    assert links.own_feed(person) == f"http://localhost:8081{address(person)}"
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {client.get("/my/nobody/").content}
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    assert client.get(f"/my/{person.feed_key}/").status_code == 404


def test_feed_asks_the_database_the_same_for_one_and_for_three(client, person, django_assert_num_queries):
    for _ in range(2):
        registered(person)
        with django_assert_num_queries(1):
            client.get(address(person))
        registered(person)


def etag_of(client, person):
    return {"If-None-Match": client.get(address(person))["ETag"]}


def test_calendar_is_made_once_for_all_who_ask_whether_it_changed(person, registration):
    made = []

    def mark(feed):
        made.append(feed)
        return len(made)

    marks = [my_feed.mark_of(my_feed.behind(person.feed_key), mark) for _ in range(2)]

    assert (marks, made) == ([1, 1], [feed_of(person)])


def test_who_came_since_the_last_change_is_told_so(client, person, registration):
    long_ago = CHANGED_AT - timedelta(days=9999)
    for row in (registration, registration.occurrence, person.season):
        field = "revised_at" if row is registration else "changed_at"
        type(row).objects.update(**{field: long_ago})
    since = {"If-Modified-Since": client.get(address(person))["Last-Modified"]}
    asked = [client.get(address(person), headers=since).status_code]

    Registration.objects.update(sequence=7, revised_at=long_ago + timedelta(days=1))

    asked.append(client.get(address(person), headers=since).status_code)
    assert asked == [304, 200]


def test_who_has_it_already_is_told_so_with_one_question(client, person, registration, django_assert_num_queries):
    has_it = etag_of(client, person)
    assert client.get(address(person), headers=has_it).status_code == 304

    with django_assert_num_queries(1):
        again = client.get(address(person), headers=has_it)

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", has_it["If-None-Match"])
    assert again["Cache-Control"] == "max-age=600, private"


CHANGES = {
    "title": lambda r: type(r.session).objects.update(title="Another"),
    "summary": lambda r: type(r.session).objects.update(summary="Another"),
    "season": lambda r: type(r.session.season).objects.update(title="Season 6"),
    "rehearsal": lambda r: type(r.session.season).objects.update(is_rehearsal=True),
    "start": lambda r: type(r.occurrence).objects.update(starts_at=r.occurrence.starts_at - timedelta(hours=1)),
    "end": lambda r: type(r.occurrence).objects.update(ends_at=r.occurrence.ends_at + timedelta(hours=1)),
    "called off": lambda r: type(r.occurrence).objects.update(called_off_at=CHANGED_AT),
    "sequence": lambda r: Registration.objects.update(sequence=7),
    "revised": lambda r: Registration.objects.update(revised_at=CHANGED_AT + timedelta(days=1)),
    "cancelled": lambda r: Registration.objects.update(status="cancelled"),
    "one more": lambda r: registered(r.participant),
    "other link": lambda r: Registration.objects.update(join_key="B" * 24),
    "other uid": lambda r: Registration.objects.update(uid="other@minamata.test"),
}


@pytest.mark.parametrize("change", first_always(CHANGES, 2))
def test_mark_is_another_one_after_every_change_that_the_feed_shows(client, person, registration, change):
    before, has_it = feed_of(person).text, etag_of(client, person)
    client.get(address(person), headers=has_it)

    CHANGES[change](registration)

    assert feed_of(person).text != before
    assert client.get(address(person), headers=has_it).status_code == 200


# My season


def test_my_season_offers_the_calendar_and_a_new_address(client, person):
    page = client.get(f"/my/{person.key}/").text

    assert f'readonly value="http://localhost:8081{address(person)}"' in page
    assert f'href="webcal://localhost:8081{address(person)}"' in page
    assert f'href="/my/{person.key}/new-calendar-address/"' in page


def test_entry_that_takes_place_offers_forms_of_calendars_with_its_door(client, person, registration):
    called_off = registered(person, session__title="Gold", called_off_at=CHANGED_AT)

    pages = [f"/my/{person.key}/{seat.session.slug}/calendar/" for seat in (registration, called_off)]
    text, of_called_off = [client.get(page).text for page in pages]

    links = re.findall(r'<a href="(\S+)" rel="noreferrer">([^<]+)</a>', text)
    by_hand = {name: url for url, name in links if registration.join_key in url}
    assert list(by_hand) == ["Google Calendar", "Outlook.com", "Office 365", "Yahoo"]
    assert all(f"%2Fjoin%2F{registration.join_key}%2F" in url for url in by_hand.values())
    assert text.count("calendar.google.com/calendar/render") == 1
    assert "calendar.google.com" not in of_called_off


def test_mails_name_the_address():
    slot, other = OccurrenceFactory(), OccurrenceFactory()
    other.session.season = slot.session.season
    other.session.save()
    [alone] = register(slot)
    together = register(slot, other, email="zoe@example.net")

    for registration, kind in ((alone, "confirmation"), (together[0], "summary")):
        mail = read_mail(Message.objects.get(kind=kind))
        text, html = (mail.get_body((subtype,)).get_content() for subtype in ("plain", "html"))
        feed = links.own_feed(registration.participant)
        assert feed in text.splitlines()
        assert f'href="{feed}"' in html
