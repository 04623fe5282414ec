"""The whole season of 2020 is rehearsed, from its opening to the erasing, by its own clock and the tasks of beat."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from registrations import tasks
from registrations.enrolment import enrolment
from registrations.models import ClockMove, Message, Participant, Registration
from registrations.rehearsals import moving
from registrations.rescheduling import changes
from sessions.clocks import moment
from sessions.models import Occurrence, Season
from tests.factories import MaterialFactory, RegistrationFactory
from tests.support.paths import ROOT
from tests.support.registrations.announcing import announce
from tests.support.registrations.changes import move as move_slot
from tests.support.registrations.circulars import draft, send
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PEOPLE = ["Amina Otieno", "Ben Okafor", "Carla Ruiz", "Dao Linh"]


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


def boxed(season) -> Counter:
    return Counter(Message.objects.filter(rehearsal=season).sent().values_list("kind", flat=True))


def told(season) -> Counter:
    """How often people were reminded of each of their slots, by registration and hours before: each once."""
    rows = Message.objects.filter(rehearsal=season, kind="reminder").exclude(status="dropped")
    return Counter(rows.values_list("registration", "known_starts_at", "hours_before"))


def test_from_opening_to_erasing(season, smtp_server):
    real = RegistrationFactory(occurrence__starts_at=timezone.now() + 400 * DAY)
    before = {model: list(model.objects.filter(**own).values()) for model, own in _of_real(real).items()}
    open_to_all = Occurrence.objects.filter(session__season=season, session__access="open")
    slots = list(open_to_all.select_related("session__season").in_order())
    firsts = [
        next(slot for slot in slots if slot.session_id == pk) for pk in dict.fromkeys(s.session_id for s in slots)
    ]
    people = _signed_up(season, firsts)
    Participant.objects.filter(season=season).update(wants_announcements=True)
    tasks.relay()
    seats = Registration.objects.confirmed().filter(session__season=season).count()
    assert boxed(season) == {"summary": people, "invitation": seats}

    # One of the two seats of the first slot comes free, and who waits moves up.
    waiting = Registration.objects.waiting().get(occurrence=firsts[0])
    move_to(season, firsts[0].starts_at - 5 * DAY)
    seated = Registration.objects.confirmed().filter(occurrence=firsts[0]).first()
    enrolment.cancel(registration_id=seated.pk, now=moment.of(season))
    # A slot is moved, another one called off, and everybody has a letter.
    change = move_slot(firsts[1], now=moment.of(season))
    changes.call_off(occurrence_id=firsts[2].pk, now=moment.of(season))
    send(draft(season, now=moment.of(season), sessions=(firsts[1].session_id,)), now=moment.of(season))
    move_to(season, firsts[0].starts_at - HOUR / 4)
    waiting.refresh_from_db()
    assert waiting.is_confirmed
    seats = Registration.objects.confirmed().filter(occurrence=firsts[1]).count()
    assert change.people == seats
    news = {"promoted": 1, "cancelled": 1, "rescheduled": seats, "circular": seats}
    assert boxed(season).items() >= news.items()

    # After the first session its recording is published.
    over = max(slot.ends_at for slot in slots if slot.session_id == firsts[0].session_id)
    move_to(season, over + HOUR)
    MaterialFactory(session=firsts[0].session, kind="recording", url="https://www.youtube.example/watch?v=1")
    announce(firsts[0].session, now=moment.of(season))
    last = max(slot.ends_at for slot in slots)
    move_to(season, last + DAY)
    held = Registration.objects.confirmed().filter(session__season=season, occurrence__called_off_at=None)
    assert set(told(season).values()) == {1}
    reminded = {key[0] for key in told(season)}
    assert reminded == set(held.values_list("pk", flat=True))
    assert boxed(season)["published"] == 2

    # Half a year later nobody is left, in this season alone; the figures are.
    assert Participant.objects.filter(season=season, anonymised_at=None).count() == people
    by_kind = boxed(season)
    move_to(season, moving.furthest(season) - 300 * DAY)
    assert not Participant.objects.filter(season=season, anonymised_at=None).exists()
    assert not Message.objects.filter(rehearsal=season, emptied_at=None).exists()
    assert season.figures.exists()
    assert boxed(season) == by_kind
    assert {model: list(model.objects.filter(**own).values()) for model, own in _of_real(real).items()} == before
    assert smtp_server.mails == []
    assert ClockMove.objects.filter(season=season, ended_at=None).count() == 0


def _of_real(registration):
    return {
        Participant: {"season": registration.session.season},
        Registration: {"session__season": registration.session.season},
        Message: {"rehearsal": None},
    }


def _signed_up(season, slots) -> int:
    """Two have the seats of the first slot, and a third waits for one; all have other sessions besides."""
    for number, name in enumerate(PEOPLE):
        first = slots[:1] if number < 3 else []
        register(
            *first,
            *slots[1:3],
            *slots[3 + number :: 4],
            name=name,
            email=f"person{number}@example.org",
            waits_for={slots[0].pk} if number == 2 else frozenset(),
            now=moment.of(season),
        )
    return len(PEOPLE)
