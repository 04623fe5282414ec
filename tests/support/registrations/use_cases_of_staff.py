"""What staff do to slots, sessions and the season while others are at work, and what the worker makes of it."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.contrib import admin
from django.db import transaction

from registrations import publishing
from registrations.attendance import importing, matching
from registrations.enrolment import waiting_list
from registrations.figures import keeping, storing
from registrations.mail import settling
from registrations.models import AttendanceReport, ClearedSuspect, Mailbox, Message, Participant
from registrations.rescheduling import changes, preparing
from registrations.seat_removals import clearing
from registrations.transfers import moving, outlook, taking_back
from sessions.admin.occurrence import OccurrenceAdmin
from sessions.admin.page_text import PageTextAdmin
from sessions.admin.season import SeasonAdmin
from sessions.admin.session import SessionAdmin
from sessions.models import Occurrence, PageText, Part, Season, Session
from sessions.models.parts import alone
from sessions.seasons import loading, rewording, translating
from sessions.seasons.load_report import Act
from sessions.seasons.season_file.entries import SeasonEntry, SessionEntry, SlotEntry
from sessions.seasons.translating import New
from tests.support.registrations.attendance import file, join
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.world import KNOWN, in_letters


def move(world, number, who):
    slot, day = world.slots[3 * (number % 2)], datetime(2030, 11, 1, 7, tzinfo=UTC) + timedelta(days=number)
    changes.reschedule(occurrence_id=slot.pk, starts_at=day, ends_at=day + timedelta(hours=1), now=NOW)


def arrange_parts(world, number, who):
    """A second part, which moves each time; its people's mails carry an entry for each."""
    slot, hour = Occurrence.objects.get(pk=world.slots[5].pk), timedelta(hours=1)
    first, start = alone(slot)[0], slot.starts_at + timedelta(days=1) + number * timedelta(hours=2)
    second = Part(2 if slot.parts else 0, start, start + hour)
    changes.arrange(occurrence_id=slot.pk, parts=[first, second], now=NOW)


def call_off_and_hold(world, number, who):
    act = changes.call_off if number % 2 else changes.revive
    act(occurrence_id=world.slots[2].pk, now=NOW)


def take_back(world, number, who):
    for change in world.slots[3 * (number % 2)].changes.order_by("-pk")[:1]:
        changes.take_back(change_id=change.pk, now=NOW)


def send_now(world, number, who):
    move(world, number, who)
    for change in world.slots[3 * (number % 2)].changes.order_by("-pk")[:1]:
        changes.send_now(change_id=change.pk, now=NOW)


def read_a_report(world, number, who):
    """About one slot of a session or the other; every other time an older one is undone."""
    slot = world.slots[3 * (number % 2)]
    times = slot.starts_at, slot.ends_at
    for report in AttendanceReport.objects.in_force().filter(occurrence=slot)[: number % 3]:
        importing.undo(report_id=report.pk, by=None, now=NOW)
    emails = [*(world.person(name).email for name in KNOWN), "nobody@example.org"]
    joins = [join(30, email, slot=times) for email in emails]
    importing.take(
        occurrence_id=slot.pk,
        files=[file(f"{who}{number}")],
        visitors=matching.visitors(joins, slot),
        decisions={},
        by=None,
        now=NOW,
    )


def settle_failures(world, number, who):
    """Of mails and mailboxes; half of them are then opened again."""
    failures = {"mails": _ids(Message), "mailboxes": _ids(Mailbox), "by": None}
    settling.settle(**failures, now=NOW)
    if number % 2:
        settling.open_again(**failures)


def mark_people_as_real(world, number, who):
    """Everybody; every other time they are then listed again."""
    people = {"participant_ids": _ids(Participant), "likeness": ClearedSuspect.Likeness.ORGANISATION, "by": None}
    clearing.clear(**people, now=NOW)
    if number % 2:
        clearing.list_again(**people)


def _ids(model) -> list[int]:
    return list(model.objects.values_list("pk", flat=True))


def prepare_mails(world, number, who):
    """Of a change just made, too: one slot has more people than are prepared at once."""
    move(world, number, who)
    for change_id in preparing.unprepared():
        preparing.prepare(change_id=change_id, now=NOW, seconds=0)


def store_and_publish_figures(world, number, who):
    now = datetime(2031, 1, 10, tzinfo=UTC) + timedelta(microseconds=1000 * number + who)
    storing.store(season_id=world.season.pk, now=now)
    if number == 3:
        keeping.make_final(world.season)
        keeping.publish(world.season, now=now)


def publish_figures_and_take_them_back(world, number, who):
    if number % 2:
        keeping.take_back(world.season, now=NOW)
    else:
        keeping.publish(world.season, now=NOW)


def change_the_capacity(world, number, who):
    _change_the_capacity(world, None if number % 4 else 40)


def _change_the_capacity(world, capacity):
    with transaction.atomic():
        OccurrenceAdmin(Occurrence, admin.site).lock(world.slots[0].pk)
        changes.change_capacity(occurrence_id=world.slots[0].pk, capacity=capacity, now=NOW)


def give_seats(world, number, who):
    """To more than get one at once: they wait while the slot is full, and then it has room for all."""
    slot = Occurrence.objects.get(pk=world.slots[0].pk)
    _change_the_capacity(world, slot.taken or 1)
    for letter in "abc":
        name = f"Waits {letter}{in_letters(number)} {who}"
        register(slot, name=name, email=f"waits{letter}{number}-{who}@example.org", waits_for={slot.pk})
    _change_the_capacity(world, None)
    for slot_id in waiting_list.to_seat(now=NOW):
        waiting_list.seat(occurrence_id=slot_id, now=NOW, seconds=0)


def rename_the_season(world, number, who):
    with transaction.atomic():
        SeasonAdmin(Season, admin.site).lock(world.season.pk)
        Season.objects.filter(pk=world.season.pk).update(title=f"Season {number}")
        rewording.season_saved(season=world.season, changed={"title"}, now=NOW)


def translate(world, number, who):
    """The season on even numbers, else a session: the one renews entries of all sessions, the other its own."""
    owner = world.first if number % 2 else world.season
    key = f"{owner._meta.model_name}-{owner.pk}-title"
    translating.store(owner=owner, new=[New(key, "ar", f"{who} {number}", "")], now=NOW)


def publish_and_withdraw(world, number, who):
    model, row = (Season, world.season) if number % 2 else (Session, world.first)
    with suppress(publishing.AlreadySo, publishing.OtherNumber):
        publishing.withdraw(model, pk=row.pk, people=publishing.people_registered(row), now=NOW)
    with suppress(publishing.AlreadySo):
        publishing.publish(model, pk=row.pk, now=NOW)


def open_a_session(world, number, who):
    Session.objects.filter(pk=world.first.pk).update(registration_closes_at=NOW)
    with suppress(publishing.AlreadySo):
        publishing.open_registration(season_id=world.season.pk, sessions=[world.first.pk], now=NOW)


def rename_a_session(world, number, who):
    with transaction.atomic():
        SessionAdmin(Session, admin.site).lock(world.second.pk)
        Session.objects.filter(pk=world.second.pk).update(title=f"Session {number}")
        rewording.session_saved(session=world.second, changed={"title"}, now=NOW)


def write_about_the_site(world, number, who):
    with transaction.atomic():
        PageTextAdmin(PageText, admin.site).lock(PageText.objects.get_or_create(page="about")[0].pk)
        PageText.objects.update(text=f"About {number}")


def load_the_season(world, number, who):
    loading.load(entry=_entry(world, f"Session {number}"), now=NOW, allowed=frozenset(Act))


def _entry(world, title) -> SeasonEntry:
    """The world as it is, with another title for the last session."""
    in_order = world.season.sessions.order_by("pk").select_related("stream")
    sessions = [SessionEntry(each.slug, each.stream.slug, {}, _planned(each), None, None) for each in in_order]
    sessions[-1].fields["title"] = title
    dates = {"starts_on": world.season.starts_on, "ends_on": world.season.ends_on}
    return SeasonEntry(world.season.slug, dates, {world.first.stream.slug: {}}, sessions)


def _planned(session) -> list[SlotEntry]:
    return [SlotEntry(slot.starts_at, slot.ends_at, {}) for slot in session.occurrences.in_order()]


def move_people(world, number, who):
    """Everybody of one slot of the first session to the other, and back."""
    here, target = world.slots[0], Occurrence.objects.select_related("session__season").get(pk=world.slots[3].pk)
    here, target = (here, target) if number % 2 else (target, Occurrence.objects.get(pk=here.pk))
    ids = list(here.registrations.active().values_list("pk", flat=True))
    shown = moving.plan(ids, target, now=NOW).fingerprint
    with suppress(moving.ChangedMeanwhile):
        return moving.move(registration_ids=ids, occurrence_id=target.pk, shown=shown, by=None, now=NOW)


def move_people_and_take_it_back(world, number, who):
    """While somebody waits for a seat that comes free, and where some have heard of it."""
    if transfer := move_people(world, number, who):
        target = transfer.occurrence
        Occurrence.objects.filter(pk=target.pk).update(capacity=1)
        name, email = f"Waits {who} {in_letters(number)}", f"waits{who}-{number}@example.org"
        register(target, name=name, email=email, waits_for={target.pk})
        if number % 2:
            transfer.messages.update(attempts=1)
        shown = outlook.of(transfer, now=NOW).fingerprint
        taking_back.take_back(transfer_id=transfer.pk, shown=shown, by=None, now=NOW)
