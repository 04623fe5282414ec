"""What mails say, in text and HTML, on the clocks and in the language of their reader."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from registrations import links
from registrations.mail import notices
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SessionFactory
from tests.support.calendars import read_mail

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 9, 3, 8, 15, tzinfo=UTC)
AFTERNOON = {
    "starts_at": datetime(2030, 10, 10, 13, 0, tzinfo=UTC),
    "ends_at": datetime(2030, 10, 10, 14, 0, tzinfo=UTC),
}
NIGHT = {
    "starts_at": datetime(2030, 10, 10, 20, 0, tzinfo=UTC),
    "ends_at": datetime(2030, 10, 10, 21, 0, tzinfo=UTC),
}
CHANGES = {
    "slot_changed": lambda registration: notices.slot_changed(registration, previous=Occurrence(**NIGHT), now=NOW),
    "slot_changed_by_staff": lambda registration: notices.slot_changed_by_staff(
        registration, previous=Occurrence(**NIGHT), now=NOW
    ),
    "rescheduled": lambda registration: notices.rescheduled(registration, previous=Occurrence(**NIGHT), now=NOW),
    "cancelled": lambda registration: notices.cancelled(registration, now=NOW),
    "called_off": lambda registration: notices.called_off(registration, now=NOW),
    "confirmation": lambda registration: notices.confirmation(registration.participant, [registration], now=NOW)[0],
    "already_registered": lambda registration: notices.already_registered(registration.participant, now=NOW),
}


def test_one_registration_gives_one_invitation():
    registration = _registration(session__title="Emissions")

    [message] = notices.confirmation(registration.participant, [registration], now=NOW)

    assert (message.kind, message.dedupe_key) == ("confirmation", f"confirmation:{registration.uid}:0")
    assert message.subject == "Your registration: Emissions, Thu 10 Oct, 16:00 (UTC+3)"
    assert (message.participant, message.registration) == (registration.participant, registration)
    assert (message.recipient, message.queued_at, message.due_at) == (registration.participant.email, NOW, NOW)


def test_several_registrations_give_a_summary_and_an_invitation_each_in_order_of_time():
    person = ParticipantFactory()
    late, early = _of(person, days=7), _of(person, days=0)

    messages = notices.confirmation(person, [late, early], now=NOW)

    assert [message.dedupe_key for message in messages] == [
        f"summary:{early.uid}:0",
        f"invitation:{early.uid}:0",
        f"invitation:{late.uid}:0",
    ]
    assert messages[0].subject == "Your 2 registrations: the first on Thu 10 Oct, 16:00 (UTC+3)"


def test_confirmation_lists_what_the_person_has_already():
    person = ParticipantFactory()
    _of(person, days=7, session__title="Trade")
    _of(person, days=-60, session__title="Over")
    registration = _of(person, session__title="Emissions")

    [message] = notices.confirmation(person, [registration], now=NOW)

    listed = _text(message).partition("Other sessions for which you are registered")[2].partition("So that")[0]
    assert [line for line in listed.splitlines() if line] == [
        "1. Trade",
        "  Thursday 17 October 2030, 16:00–17:00, Nairobi, UTC+3 (your time)",
        "  Thursday 17 October 2030, 15:00–16:00, Geneva, UTC+2",
        "  Thursday 17 October 2030, 13:00–14:00, UTC",
    ]


def test_known_person_gets_the_list_of_their_sessions_once_an_hour():
    person = ParticipantFactory()
    _of(person, days=7, session__title="Trade")
    _of(person, days=-60, session__title="Waste")

    message = notices.already_registered(person, now=NOW)

    assert re.findall(r"^\d\. .*", _text(message), re.MULTILINE) == ["1. Waste", "2. Trade"]
    assert message.dedupe_key == notices.already_registered(person, now=NOW + timedelta(minutes=44)).dedupe_key
    assert message.dedupe_key != notices.already_registered(person, now=NOW + timedelta(minutes=45)).dedupe_key


def test_moved_session_says_new_time_old_time_and_that_it_is_night():
    registration = _registration(session__title="Emissions", occurrence=OccurrenceFactory(**NIGHT))

    message = notices.rescheduled(registration, previous=Occurrence(**AFTERNOON), now=NOW)

    assert message.subject.startswith("Moved to Thu 10 Oct, 23:00 (UTC+3): ")
    assert re.findall(r"^  .*your time.*", _text(message), re.MULTILINE) == [
        "  Thursday 10 October 2030, 23:00–00:00 (Friday), Nairobi, UTC+3 (your time)",
        "  Thursday 10 October 2030, 16:00–17:00, Nairobi, UTC+3 (your time)",
    ]
    assert "Please note: this is at night in your time (Nairobi, UTC+3)." in _text(message)


def test_moved_session_by_day_says_nothing_of_night():
    registration = _registration()

    message = notices.rescheduled(registration, previous=Occurrence(**NIGHT), now=NOW)

    assert "at night" not in _text(message)


@pytest.mark.parametrize("kind", ["rescheduled", "called_off"])
def test_another_slot_is_offered_when_there_is_one(kind):
    alone, session = _registration(), SessionFactory()
    OccurrenceFactory(session=session, **NIGHT)
    with_choice = _registration(occurrence=OccurrenceFactory(session=session, **AFTERNOON))

    texts = [_text(CHANGES[kind](registration)) for registration in (alone, with_choice)]

    assert [text.count("/time-slot/") for text in texts] == [0, 1]
    assert "Thursday 10 October 2030, 23:00–00:00 (Friday), Nairobi, UTC+3 (your time)" in texts[1]


def test_cancelled_registration_says_how_to_come_back():
    registration = _registration(session__title="Emissions")

    message = notices.cancelled(registration, now=NOW)

    assert message.subject == "You cancelled: Emissions, Thu 10 Oct, 16:00 (UTC+3)"
    assert f"register for the session again:\n{links.my_season(registration.participant)}\n" in _text(message)


@pytest.mark.parametrize("kind", CHANGES)
def test_every_time_is_given_on_three_clocks_in_text_and_html(kind):
    message = CHANGES[kind](_registration())

    for words in (_text(message), _words_of_html(message)):
        assert "Thursday 10 October 2030, 16:00–17:00" in words
        assert "Thursday 10 October 2030, 15:00–16:00, Geneva, UTC+2" in words
        assert "Thursday 10 October 2030, 13:00–14:00, UTC" in words


@pytest.mark.parametrize("kind", CHANGES)
def test_text_and_html_lead_to_the_same_addresses(kind):
    message = CHANGES[kind](_registration())

    in_text = set(re.findall(r"https?://\S+", _text(message)))

    assert in_text == set(re.findall(r'href="(.*?)"', _html(message)))
    assert links.my_season(message.participant) in in_text


@pytest.mark.parametrize("kind", CHANGES)
def test_rehearsal_is_named_first(kind):
    message = CHANGES[kind](_registration(session__season__is_rehearsal=True))

    assert message.subject.startswith("Rehearsal: ")
    assert _text(message).startswith("This is a rehearsal, not a real season.")
    assert _words_of_html(message).index("This is a rehearsal") < _words_of_html(message).index("Dear ")


@pytest.mark.parametrize("kind", CHANGES)
def test_title_is_escaped_in_html_and_plain_in_text(kind):
    message = CHANGES[kind](_registration(session__title="<b>Hg</b> & 'you'"))

    assert "<b>Hg</b> & 'you'\n" in _text(message)
    assert "<b>" not in _html(message)
    assert "&lt;b&gt;Hg&lt;/b&gt; &amp; &#x27;you&#x27;" in _html(message)


@pytest.mark.parametrize("kind", CHANGES)
def test_name_is_in_the_greeting_only(kind):
    message = CHANGES[kind](_registration(participant__name="Zoé Ñandú"))

    assert re.findall(".*Zoé Ñandú.*", _text(message)) == ["Dear Zoé Ñandú,"]
    assert _html(message).count("Zoé Ñandú") == 1


@pytest.mark.parametrize("kind", CHANGES)
def test_mail_speaks_the_language_of_its_reader(kind):
    registration = _registration(participant__language="fr")

    assert "jeudi 10 octobre 2030, 16:00–17:00" in _text(CHANGES[kind](registration))


def test_reader_on_the_clock_of_the_season_sees_two_clocks():
    registration = _registration(participant__timezone="Europe/Zurich")

    [message] = notices.confirmation(registration.participant, [registration], now=NOW)

    assert re.findall(r"^  .*", _text(message), re.MULTILINE) == [
        "  Thursday 10 October 2030, 15:00–16:00, Geneva, UTC+2 (your time)",
        "  Thursday 10 October 2030, 13:00–14:00, UTC",
    ]


@pytest.mark.parametrize("number", [2, 4])
def test_summary_needs_two_queries_whatever_its_length(django_assert_num_queries, number):
    person = ParticipantFactory()
    for days in range(number):
        _of(person, days=7 + days)
    registrations = [_of(person, days=-days) for days in range(number)]

    with django_assert_num_queries(2):
        messages = notices.confirmation(person, registrations, now=NOW)

    assert len(messages) == 1 + number


def _registration(**fields):
    slot = {} if "occurrence" in fields else {f"occurrence__{name}": value for name, value in AFTERNOON.items()}
    return RegistrationFactory(**slot | {_through_slot(name): value for name, value in fields.items()})


def _through_slot(name):
    return f"occurrence__{name}" if name.startswith("session__") else name


def _of(person, days=0, **fields):
    shift = timedelta(days=days)
    moments = {f"occurrence__{name}": moment + shift for name, moment in AFTERNOON.items()}
    season = {"occurrence__session__season": person.season}
    named = {_through_slot(name): value for name, value in fields.items()}
    return RegistrationFactory(participant=person, **moments, **season, **named)


def _text(message):
    return read_mail(message).get_body(("plain",)).get_content().replace("\r\n", "\n")


def _html(message):
    return read_mail(message).get_body(("html",)).get_content()


def _words_of_html(message):
    return re.sub("<.*?>", "", _html(message).partition("</style>")[2])
