"""How a row of the outbox becomes a mail: one function a kind, from the state at this moment."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from registrations.calendar import itip, told
from registrations.mail import conditions, kinds, notices
from registrations.mail.exceptions import Outdated
from registrations.mail.notices import delegations, seats
from registrations.mail.notices.certificates import certificate
from registrations.mail.notices.circulars import circular
from registrations.mail.notices.invitations import invitation_changed, personal_invitation
from registrations.mail.notices.mailbox import own_links
from registrations.mail.notices.next_season import next_season
from registrations.mail.notices.staff import staff_invitation, staff_password
from registrations.mail.registration_mails import people_listed
from registrations.models import Certificate, Message, Participant, Registration, not_sent
from registrations.people import staff
from sessions.clocks import moment
from sessions.materials import material_groups
from sessions.models import Occurrence, Season
from sessions.seasons import season_days

# How long after a season its people can have their links sent again.
LINKS_AFTER_SEASON_DAYS = 180
SAY_CALLED_OFF = kinds.names(lambda kind: kind.says_called_off)


def _of_registration(compose):
    """For kinds that need nothing of their row."""

    def composer(message, now):
        return compose(_registration(message), now=now)

    return composer


def _registration(message):
    registration = message.registration
    registration.lacks_first_mail = message.lacks_first
    return registration


def _confirmation(message, now) -> Message:
    registration = _registration(message)
    [mail] = notices.confirmation(registration.participant, [registration], now=now)
    return mail


def _slot_changed(message, now) -> Message:
    return notices.slot_changed(_registration(message), previous=_known_slot(message), now=now)


def _slot_changed_by_staff(message, now) -> Message:
    return notices.slot_changed_by_staff(_registration(message), previous=_known_slot(message), now=now)


def _rescheduled(message, now) -> Message:
    return notices.rescheduled(_registration(message), previous=_known_slot(message), now=now)


def _parts_changed(message, now) -> Message:
    return notices.parts_changed(_registration(message), previous=_known_slot(message), now=now)


def _part_entry(message, now) -> Message:
    registration = message.registration
    if message.part not in told.differing(registration, moment.of(registration.session.season)):
        raise Outdated(not_sent.ENTRY_IS_RIGHT)
    return notices.part_entry(registration, message.part, now=now)


def _revived(message, now) -> Message:
    return notices.revived(_registration(message), previous=_known_slot(message), now=now)


def _waiting_changed(message, now) -> Message:
    previous, was_called_off = _known_slot(message), message.knew_called_off
    return notices.waiting_changed(_registration(message), previous=previous, was_called_off=was_called_off, now=now)


def _reminder(message, now) -> Message:
    return notices.reminder(_of_known_part(message), message_id=message.message_id, now=now)


def _of_known_part(message):
    """The registration, about the part of its slot that the mail was posted for."""
    registration = message.registration
    stretch = registration.occurrence.stretch_at(message.known_starts_at)
    return itip.at(registration, stretch) if stretch.part else registration


def _reminders(message, now) -> Message:
    """Of the sessions about which it is still true, and not too late."""
    related = ["registration__participant", "registration__occurrence", "registration__session__season"]
    included = message.included.select_related(*related).order_by("known_starts_at", "pk")
    left = [_of_known_part(each) for each in included if conditions.are_met(each, now)]
    if not left:
        raise Outdated(not_sent.OTHER_TIMES)
    if len(left) == 1:
        return notices.reminder(left[0], message_id=message.message_id, now=now)
    return notices.reminders(left, message_id=message.message_id, now=now)


def _announcement(message, now) -> Message:
    if not material_groups.to_open(message.registration.session):
        raise Outdated(not_sent.NOTHING_TO_OPEN)
    return notices.announcement(message.registration, message_id=message.message_id, now=now)


def _summary(message, now) -> Message:
    """Of what the form brought, as far as the person still has it; after a yes, of all that they were named for."""
    person = message.participant
    active = person.registrations.active().select_related("participant", "occurrence", "session__season")
    registrations = list(active.filter(registered_at=message.queued_at) or active)
    _require_left(message, registrations)
    return notices.summary(person, registrations, now=now)


def _named(message, now) -> Message:
    """Of what the person had when they were named, as far as they still have it."""
    person = message.participant
    registrations = list(seats.active_of(person).filter(registered_at__lte=message.queued_at))
    _require_left(message, registrations)
    is_as_before = message.sequence == person.registrations.all().total_sequence()
    return delegations.named(person, registrations, by=message.written_from["by"], is_as_before=is_as_before, now=now)


def _delegation(message, now) -> Message:
    """Of the time slots as they are, and of those who stay with the focal point and still have something of it."""
    typed = message.written_from
    slots = list(Occurrence.objects.filter(pk__in=typed["slots"]).select_related("session__season"))
    own = _of_who_stays(message, slots)
    if not typed["owning"]:
        _require_left(message, [registration for registrations in own.values() for registration in registrations])
    staying = [_who_stays(name, own[pk], slots, now) for name, pk in typed["staying"] if pk in own]
    return delegations.delegation(message.participant, slots, staying, typed, now=now)


def _of_who_stays(message, slots) -> dict[int, list[Registration]]:
    """What they still have of the sessions of these slots, by person."""
    active = Registration.objects.active().filter(participant__in=people_listed(message))
    known = active.filter(session__in=[slot.session_id for slot in slots], registered_at__lte=message.queued_at)
    own = defaultdict(list)
    for registration in known.select_related("participant", "occurrence", "session__season"):
        own[registration.participant_id].append(registration)
    return own


def _who_stays(name, registrations, slots, now):
    is_changed = {registration.occurrence_id for registration in registrations} != {slot.pk for slot in slots}
    changed = registrations if is_changed else []
    return delegations.with_link(name, registrations[0].participant, changed, now=now)


def _require_left(message, registrations):
    """Raises Outdated when nothing is left, or later mails have said that all of it is called off."""
    later = Message.objects.sent().filter(kind__in=SAY_CALLED_OFF, registration__in=registrations, pk__gt=message.pk)
    informed = set(later.values_list("registration", flat=True))
    if all(each.occurrence.is_called_off and each.pk in informed for each in registrations):
        raise Outdated(not_sent.CANCELLED_OR_CALLED_OFF)


def _already_registered(message, now) -> Message:
    return notices.already_registered(message.participant, now=now)


def _links(message, now) -> Message:
    """Of real seasons, or of the rehearsal into whose box it goes."""
    asked = Season.objects.filter(pk=message.rehearsal_id) if message.rehearsal_id else Season.objects.real()
    recent = season_days.not_ended(asked, now=now, days=LINKS_AFTER_SEASON_DAYS)
    found = list(Participant.objects.behind(message.recipient, seasons=recent))
    if not found:
        raise Outdated(not_sent.NOBODY_REGISTERED)
    return own_links(found, message, now=now)


def _next_season(message, now) -> Message:
    return next_season(message.subscriber, message.announcement.season, message_id=message.message_id, now=now)


def _circular(message, now) -> Message:
    choice = message.choice
    about = {"about": choice.about, "is_over": choice.is_over}
    return circular(message.participant, choice.circular, **about, message_id=message.message_id, now=now)


def _certificate(message, now) -> Message:
    related = ["season", "session", "participant__season", "replaces"]
    standing = Certificate.objects.standing().exclude(number="").select_related(*related)
    found = standing.filter(pk=message.written_from["certificate"]).first()
    if found is None:
        raise Outdated(not_sent.NO_CERTIFICATE)
    return certificate(found, message_id=message.message_id, now=now)


def _personal_invitation(message, now) -> Message:
    return personal_invitation(message.invitation, message_id=message.message_id, now=now)


def _invitation_changed(message, now) -> Message:
    slots = list(message.invitation.session.occurrences.upcoming(now).in_order())
    previous = None if message.knew_called_off else _known_slot(message)
    known = {"message_id": message.message_id, "now": now, "reason": message.change.occurrence.reason}
    return invitation_changed(message.invitation, slots=slots, previous=previous, **known)


def _staff_invitation(message, now) -> Message:
    user = staff.present().filter(pk=message.written_from["user"], email=message.recipient).first()
    if user is None or not staff.is_invited(user):
        raise Outdated(not_sent.COLLEAGUE_CHANGED)
    return staff_invitation(user, by=message.written_from["by"], message_id=message.message_id, now=now)


def _staff_password(message, now) -> Message:
    users = staff.behind(message.recipient)
    if not users:
        raise Outdated(not_sent.NO_COLLEAGUE)
    return staff_password(message.recipient, users, message_id=message.message_id, now=now)


class _KnownSlot(NamedTuple):
    starts_at: datetime
    ends_at: datetime
    parts: tuple = ()


def _known_slot(message) -> _KnownSlot:
    return _KnownSlot(message.known_starts_at, message.known_ends_at, message.known_parts)


COMPOSERS = {
    "confirmation": _confirmation,
    "invitation": _of_registration(notices.invitation),
    "waitlisted": _of_registration(notices.waitlisted),
    "promoted": _of_registration(notices.promoted),
    "left_waiting_list": _of_registration(notices.left_waiting_list),
    "waiting_changed": _waiting_changed,
    "slot_changed": _slot_changed,
    "slot_changed_by_staff": _slot_changed_by_staff,
    "rescheduled": _rescheduled,
    "called_off": _of_registration(notices.called_off),
    "parts_changed": _parts_changed,
    "part_entry": _part_entry,
    "revived": _revived,
    "cancelled": _of_registration(notices.cancelled),
    "erased": _of_registration(notices.erased),
    "invitation_withdrawn": _of_registration(notices.invitation_withdrawn),
    "place_taken_away": _of_registration(notices.place_taken_away),
    "reminder": _reminder,
    "reminders": _reminders,
    "published": _announcement,
    "summary": _summary,
    "named": _named,
    "delegation": _delegation,
    "already_registered": _already_registered,
    "links": _links,
    "circular": _circular,
    "certificate": _certificate,
    "next_season": _next_season,
    "personal_invitation": _personal_invitation,
    "invitation_changed": _invitation_changed,
    "staff_invitation": _staff_invitation,
    "staff_password": _staff_password,
}
