"""Calendar objects of mails and downloads, as RFC 5545 and 5546 want them."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations import links
from registrations.calendar import itip
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.calendars import STANDARD_LINE, method_of, seen_by_ics, seen_by_vobject

pytestmark = pytest.mark.django_db
STAMP = datetime(2030, 9, 3, 8, 15, tzinfo=UTC)
CANCELLED = {"status": "cancelled", "cancelled_at": STAMP}
HOSTILE_NAMES = [
    "Zoé\r\nATTENDEE:mailto:eve@example.org",
    'Zoé "the Boss", PhD; MoE: Kenya',
    "Zoé\u202e\u2066\u2028\x85\x0b\x00 Ñandú",
    "^n^'\\n",
    "محمد علي",
    "王小明",
    "ก" * 200,
]


def test_request_is_read_alike_by_two_programs():
    registration = RegistrationFactory(
        sequence=2, occurrence__session__title="Emissions", occurrence__session__season__title="Season 5"
    )
    registration.participant.name, registration.participant.email = "Zoé Ñandú", "zoe@example.net"

    text = itip.request(registration, stamp=STAMP)

    assert (
        seen_by_vobject(text)
        == seen_by_ics(text)
        == [
            {
                "uid": registration.uid,
                "sequence": 2,
                "starts_at": registration.occurrence.starts_at,
                "ends_at": registration.occurrence.ends_at,
                "summary": "Emissions",
                "description": (
                    f"Join: {links.join(registration)}\n\nA session of Season 5.\n\n"
                    "No answer is needed. To change or cancel, use the link in your confirmation mail.\n\n"
                    "This entry is updated when we send you a mail about a change."
                ),
                "location": links.join(registration),
                "url": links.join(registration),
                "status": "CONFIRMED",
                "organizer": ("Minamata Online", "mailto:events@minamata.test"),
                "attendees": [("Zoé Ñandú", "mailto:zoe@example.net")],
                "alarms": [timedelta(minutes=-15)],
            }
        ]
    )


def test_request_is_stamped_with_its_own_moment_and_the_last_change():
    registration = RegistrationFactory(revised_at=datetime(2030, 9, 2, 10, 30, tzinfo=UTC))

    lines = itip.request(registration, stamp=STAMP).split("\r\n")

    assert lines[4] == "METHOD:REQUEST"
    assert [line for line in lines if line.startswith(("DTSTAMP", "LAST-MODIFIED"))] == [
        "DTSTAMP:20300903T081500Z",
        "LAST-MODIFIED:20300902T103000Z",
    ]


def test_attendee_is_asked_for_no_answer():
    registration = RegistrationFactory(participant__name="Zoé", participant__email="zoe@example.net")

    text = _unfolded(itip.request(registration, stamp=STAMP))

    assert (
        "\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN=Zoé:mailto:zoe@example.net\r\n"
    ) in text.replace('"', "")


def test_outlook_is_told_to_propose_no_other_time_and_files_have_no_such_line():
    registration = RegistrationFactory()
    invited, downloaded = itip.request(registration, stamp=STAMP), itip.publish([registration])

    assert "\r\nX-MICROSOFT-DISALLOW-COUNTER:TRUE\r\n" in invited
    assert "X-MICROSOFT" not in downloaded


def test_abstract_is_between_the_link_and_the_rest():
    slot = OccurrenceFactory(session__summary="Air.\n\nWater; soil.", session__season__title="Season 5")
    registration = RegistrationFactory(occurrence=slot)

    for text in (itip.request(registration, stamp=STAMP), itip.publish([registration])):
        [seen] = seen_by_ics(text)
        start = f"Join: {links.join(registration)}\n\nAir.\n\nWater; soil.\n\nA session of Season 5.\n\n"
        assert seen["description"].startswith(start)


def test_entry_takes_time_until_it_is_cancelled():
    registration = RegistrationFactory()

    assert "\r\nTRANSP:OPAQUE\r\n" in itip.request(registration, stamp=STAMP)
    assert "\r\nTRANSP:TRANSPARENT\r\n" in itip.cancel(registration, stamp=STAMP)


def test_cancel_takes_the_whole_event_away():
    registration = RegistrationFactory(sequence=1, **CANCELLED)

    text = itip.cancel(registration, stamp=STAMP)

    [seen] = seen_by_vobject(text)
    assert method_of(text) == "CANCEL"
    assert (seen["uid"], seen["sequence"], seen["status"]) == (registration.uid, 1, "CANCELLED")
    assert seen["starts_at"] == registration.occurrence.starts_at
    assert seen["attendees"] == [(registration.participant.name, f"mailto:{registration.participant.email}")]


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({}, "This time slot is called off."),
        (CANCELLED, "This registration was cancelled."),
    ],
)
def test_cancel_says_why_and_rings_no_alarm(state, reason):
    registration = RegistrationFactory(**state)

    [seen] = seen_by_vobject(itip.cancel(registration, stamp=STAMP))

    assert (seen["description"].split("\n\n")[-1], seen["alarms"]) == (reason, [])


def test_download_has_every_registration_and_no_attendee():
    person = ParticipantFactory()
    registrations = [RegistrationFactory(participant=person, sequence=number) for number in range(3)]

    text = itip.publish(registrations)

    assert method_of(text) == "PUBLISH"
    assert [(seen["uid"], seen["sequence"], seen["attendees"]) for seen in seen_by_vobject(text)] == [
        (registration.uid, registration.sequence, []) for registration in registrations
    ]
    assert person.email not in _unfolded(text)


def test_download_has_the_uid_of_the_mail():
    registration = RegistrationFactory()

    [downloaded] = seen_by_ics(itip.publish([registration]))
    [mailed] = seen_by_ics(itip.request(registration, stamp=STAMP))

    assert downloaded["uid"] == mailed["uid"] == registration.uid


def test_download_is_stamped_with_the_last_change_and_stays_the_same():
    registration = RegistrationFactory(revised_at=datetime(2030, 9, 2, 10, 30, tzinfo=UTC))

    text = itip.publish([registration])

    assert "\r\nDTSTAMP:20300902T103000Z\r\nLAST-MODIFIED:20300902T103000Z\r\n" in text
    assert itip.publish([registration]) == text


def test_download_of_a_called_off_slot_says_so():
    slot = OccurrenceFactory(session__title="Emissions", called_off_at=STAMP)

    [seen] = seen_by_vobject(itip.publish([RegistrationFactory(occurrence=slot)]))

    assert (seen["status"], seen["summary"]) == ("CANCELLED", "Called off: Emissions")


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_breaks_a_line_or_a_parameter(name):
    registration = RegistrationFactory(participant__email="zoe@example.net")
    registration.participant.name = name

    text = itip.request(registration, stamp=STAMP)

    lines = text.encode().split(b"\r\n")
    assert [line for line in lines if len(line) > STANDARD_LINE or b"\n" in line or b"\r" in line] == []
    assert [value for _name, value in seen_by_vobject(text)[0]["attendees"]] == ["mailto:zoe@example.net"]
    assert _unfolded(text).count("\r\nATTENDEE") == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Zoé, MoE; Kenya: Nairobi", "Zoé, MoE; Kenya: Nairobi"), ('Zoé "Z" Ñandú', "Zoé 'Z' Ñandú"), ("A\r\nB", "A B")],
)
def test_name_is_shown_as_it_is_but_for_double_quotes_and_line_ends(name, shown):
    registration = RegistrationFactory()
    registration.participant.name = name

    [seen] = seen_by_vobject(itip.request(registration, stamp=STAMP))

    assert [name for name, _address in seen["attendees"]] == [shown]


def test_entry_shows_neither_the_personal_page_nor_the_meeting_address():
    registration = RegistrationFactory(occurrence__meeting_url="https://meet.example.org/secret")

    text = _unfolded(itip.request(registration, stamp=STAMP))

    assert registration.participant.key not in text
    assert "meet.example.org" not in text


def test_text_is_made_without_a_query(django_assert_num_queries):
    registration = RegistrationFactory()

    with django_assert_num_queries(0):
        text = itip.request(registration, stamp=STAMP) + itip.publish([registration])

    assert text.count("BEGIN:VEVENT") == 2


def _unfolded(text):
    return text.replace("\r\n ", "")
