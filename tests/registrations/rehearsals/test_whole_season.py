"""The whole season of 2020 is rehearsed, from its opening to the erasing, by its own clock and the tasks of beat."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from registrations import tasks
from registrations.certificates import deserving, issuing
from registrations.enrolment import enrolment
from registrations.models import ClockMove, Feedback, Message, Participant, Registration
from registrations.people.preferences import leads_at_first
from registrations.rehearsals import moving
from registrations.rescheduling import changes
from sessions.clocks import moment
from sessions.models import Occurrence, Season, Session
from tests.factories import MaterialFactory, RegistrationFactory
from tests.support.paths import ROOT
from tests.support.registrations.announcing import announce
from tests.support.registrations.changes import move as move_slot
from tests.support.registrations.circulars import draft, send
from tests.support.registrations.sign_up_form import typed
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# As many as are needed for anybody to read what they think of a session.
PEOPLE = ["Amina Otieno", "Ben Okafor", "Carla Ruiz", "Dao Linh", "Elena Petrova"]
KINDS = {
    *("summary", "invitation", "promoted", "cancelled", "rescheduled", "called_off", "circular", "published"),
    *("certificate", "reminder"),
}
MEETING = "https://meet.example/j/123"


@pytest.fixture
def season():
    call_command("load_season", str(ROOT / "sessions" / "data" / "season-2020.toml"), verbosity=0)
    starting = (timezone.now() + 14 * DAY).date()
    call_command("clone_season", "2020", "--slug=tried", f"--starting={starting}", "--rehearsal", "--publish")
    return Season.objects.get(slug="tried")


def move_to(season, at):
    """As staff who press the button, and beat; what its task asks of the worker is done here, turn by turn."""
    season.refresh_from_db()
    move = moving.begin(season_id=season.pk, to=at, seen=season.clock_ahead, by=None)
    while moving.under_way(season):
        tasks.relay()
        tasks.move_clock(move.pk)
    season.refresh_from_db()
    assert at <= moment.of(season) < at + timedelta(minutes=5)


def test_from_opening_to_erasing(client, season, smtp_server):
    real = RegistrationFactory(occurrence__starts_at=timezone.now() + 400 * DAY)
    before = _rows_of_real(real)
    slots = list(_open_to_all(season))
    firsts = _first_of_each_session(slots)

    registration_opens(client, season, slots)
    sign_up(client, season, firsts)
    news_of_slots_is_told(season, *firsts[:3])
    recording_is_published(season, firsts[0], max(s.ends_at for s in slots if s.session_id == firsts[0].session_id))
    door_opens(client, season, firsts[1])
    people_say_what_they_think(client, season, firsts[1])
    certificates = certificates_are_issued(season, firsts[1])
    everybody_was_reminded(season, max(slot.ends_at for slot in slots))
    people_are_erased(season)

    the_check_holds_without_them(client, certificates)
    assert _rows_of_real(real) == before
    assert smtp_server.mails == []
    assert not ClockMove.objects.filter(season=season, ended_at=None).exists()


def registration_opens(client, season, slots):
    opens_at = moment.of(season) + 2 * DAY
    Session.objects.filter(season=season).update(registration_opens_at=opens_at)
    before = client.get(_form(season)).text
    client.post(_form(season), typed(*slots[:1]))
    nobody = Registration.objects.filter(session__season=season).count()

    move_to(season, opens_at)

    assert ("Registration has not opened yet." in before, nobody) == (True, 0)
    assert "Registration has not opened yet." not in client.get(_form(season)).text


def sign_up(client, season, slots):
    """Two have the seats of the first slot, and a third waits for one; all have other sessions besides."""
    for number, name in enumerate(PEOPLE):
        chosen = [*(slots[:1] if number < 3 else []), *slots[1:3], *slots[3 + number :: 5]]
        person = {"name": name, "email": f"person{number}@example.org"}
        if number == 0:
            sent = client.post(_form(season), typed(*chosen, **person))
            assert sent.url.endswith("/check-your-mail/")
        else:
            waits_for = {slots[0].pk} if number == 2 else frozenset()
            register(*chosen, **person, waits_for=waits_for, now=moment.of(season))
    Participant.objects.filter(season=season).update(wants_announcements=True)
    tasks.relay()

    assert boxed(season) == {"summary": len(PEOPLE), "invitation": len(held(season))}


def news_of_slots_is_told(season, first, second, third):
    """A seat comes free, and who waits moves up; a slot is moved, another called off, and everybody has a letter."""
    move_to(season, first.starts_at - 5 * DAY)
    before, waiting = boxed(season), Registration.objects.waiting().get(occurrence=first)
    seated = Registration.objects.confirmed().filter(occurrence=first).first()
    enrolment.cancel(registration_id=seated.pk, now=moment.of(season))
    change = move_slot(second, now=moment.of(season))
    changes.call_off(occurrence_id=third.pk, now=moment.of(season))
    send(draft(season, now=moment.of(season), sessions=(second.session_id,)), now=moment.of(season))

    move_to(season, first.starts_at - HOUR / 4)

    waiting.refresh_from_db()
    everybody = len(PEOPLE)
    assert (waiting.is_confirmed, change.people) == (True, everybody)
    of_slots = {"promoted": 1, "cancelled": 1, "rescheduled": everybody, "called_off": everybody}
    assert since(before, season) == of_slots | {"circular": everybody}


def recording_is_published(season, slot, over):
    move_to(season, over + HOUR)
    before = boxed(season)
    MaterialFactory(session=slot.session, kind="recording", url="https://www.youtube.example/watch?v=1")
    announce(slot.session, now=moment.of(season))

    move_to(season, over + 3 * HOUR)

    assert since(before, season) == {"published": 2}


def door_opens(client, season, slot):
    """At the time to which it was moved."""
    slot.refresh_from_db()
    Occurrence.objects.filter(pk=slot.pk).update(meeting_url=MEETING)
    doors = [reverse("registrations:join", args=[each.join_key]) for each in held(season) if each.occurrence == slot]
    move_to(season, slot.starts_at - HOUR)
    closed = [client.post(door).status_code for door in doors]

    move_to(season, slot.starts_at - HOUR / 6)

    assert closed == [302] * len(PEOPLE)
    assert [MEETING in client.post(door).text for door in doors] == [True] * len(PEOPLE)
    joined = Registration.objects.filter(occurrence=slot).exclude(joined_at=None)
    assert {each.joined_at > slot.starts_at - HOUR / 4 for each in joined} == {True}


def people_say_what_they_think(client, season, slot):
    """Not before it is over; and nobody reads it before the form has closed."""
    people = [each.participant for each in held(season) if each.occurrence == slot]
    forms = [reverse("registrations:feedback", args=[person.key, slot.session.slug]) for person in people]
    for form in forms:
        client.post(form, {"useful": "very"})
    assert not Feedback.objects.exists()

    move_to(season, slot.ends_at + HOUR)
    sent = [client.post(form, {"useful": "very"}).status_code for form in forms]
    sealed = Feedback.objects.get(session=slot.session)

    move_to(season, slot.ends_at + (season.feedback_days + 2) * DAY)

    opened = Feedback.objects.get(session=slot.session)
    assert (sent, sealed.opened_on, sealed.counts) == ([302] * len(PEOPLE), None, {})
    assert (opened.answers, opened.counts) == (len(PEOPLE), {"useful": [len(PEOPLE), 0, 0, 0]})


def certificates_are_issued(season, slot) -> list[tuple[str, str]]:
    """To all who came in by their door; their numbers and names."""
    before, now = boxed(season), moment.of(season)
    seen = issuing.fingerprint(deserving.candidates(season, slot.session, now=now))
    known = {"session": slot.session, "people": len(PEOPLE), "seen": seen, "now": now, "by": None}
    issuing.issue(season_id=season.pk, **known)

    move_to(season, now + HOUR)

    assert since(before, season) == {"certificate": len(PEOPLE)}
    return list(season.certificates.values_list("number", "name"))


def everybody_was_reminded(season, over):
    """Of each of their slots, at each time that they have chosen, and once."""
    move_to(season, over + DAY)

    rows = Message.objects.filter(rehearsal=season, kind__startswith="reminder").exclude(status="dropped")
    told = Counter(rows.values_list("registration", "known_starts_at", "hours_before"))
    leads = leads_at_first(season)
    assert told == {(each.pk, each.occurrence.starts_at, hours): 1 for each in held(season) for hours in leads}
    assert boxed(season)["reminder"] == len(told)
    assert boxed(season).keys() == KINDS


def people_are_erased(season):
    """Half a year later nobody is left, in this season alone; the figures are."""
    assert Participant.objects.filter(season=season, anonymised_at=None).count() == len(PEOPLE)
    mails = boxed(season)

    move_to(season, moving.furthest(season) - 300 * DAY)

    assert not Participant.objects.filter(season=season, anonymised_at=None).exists()
    assert not Message.objects.filter(rehearsal=season, emptied_at=None).exists()
    assert season.figures.exists()
    assert boxed(season) == mails


def the_check_holds_without_them(client, certificates):
    number, name = certificates[0]
    [said, other] = [
        client.post(reverse("sign_up:check"), {"number": number, "name": each}).text for each in (name, "A")
    ]

    assert ("Number and name match" in said, "Number and name match" in other) == (True, False)


def boxed(season) -> Counter:
    return Counter(Message.objects.filter(rehearsal=season).sent().values_list("kind", flat=True))


def since(before, season) -> dict:
    """The mails that came into the box meanwhile, by kind; reminders come besides."""
    came = boxed(season) - before
    return {kind: mails for kind, mails in came.items() if not kind.startswith("reminder")}


def held(season) -> list[Registration]:
    """The seats in slots that were not called off."""
    seats = Registration.objects.confirmed().filter(session__season=season, occurrence__called_off_at=None)
    return list(seats.select_related("occurrence", "participant"))


def _form(season):
    return reverse("sign_up:form", args=[season.slug])


def _open_to_all(season):
    slots = Occurrence.objects.filter(session__season=season, session__access="open")
    return slots.select_related("session__season").in_order()


def _first_of_each_session(slots) -> list[Occurrence]:
    found = {}
    for slot in slots:
        found.setdefault(slot.session_id, slot)
    return list(found.values())


def _rows_of_real(registration) -> dict:
    season = registration.session.season
    own = {Participant: {"season": season}, Registration: {"session__season": season}, Message: {"rehearsal": None}}
    return {model: list(model.objects.filter(**where).values()) for model, where in own.items()}
