"""What we say: one function a kind of mail turns a registration into mails for the outbox."""

from functools import partial

from django.utils.translation import override

from registrations import links
from registrations.calendar import itip
from registrations.mail.notices import feedback, seats
from registrations.mail.notices.about import about, change
from registrations.mail.notices.letters import Letter, calendar_message_id, message, random_message_id
from registrations.mail.notices.parts import part_entry as part_entry
from registrations.mail.notices.parts import part_entry_key as part_entry_key
from registrations.mail.notices.parts import part_entry_message_id as part_entry_message_id
from registrations.mail.notices.parts import parts_changed as parts_changed
from registrations.mail.notices.reminders import reminder as reminder
from registrations.mail.notices.reminders import reminders as reminders
from registrations.mail.notices.waiting_list import left_waiting_list as left_waiting_list
from registrations.mail.notices.waiting_list import waiting_changed as waiting_changed
from registrations.mail.notices.waiting_list import waitlisted as waitlisted
from sessions import marked
from sessions.materials import material_groups


def confirmation(participant, registrations, *, now, is_new=False):
    """The mails after a sign-up, in the order in which to send them. Who `is_new` has nothing besides it.

    One registration: one mail that is itself the invitation. Several: a summary, and under it one invitation each,
    because calendars take one event from a mail (RFC 5546 3.2.2). Who wants no entries by mail gets the first mail
    only, and no entry comes before there is a seat.
    """
    if len(registrations) == 1:
        [registration] = registrations
        if registration.is_waiting:
            return [waitlisted(registration, now=now)]
        return [_one(registration, now, also=_besides(participant, registrations, now, is_new))]
    in_order = seats.in_order(registrations)
    mail = _summary(participant, in_order, now, also=_besides(participant, registrations, now, is_new), is_new=is_new)
    invited = [registration for registration in in_order if registration.entry_was_mailed]
    return [mail, *(_invitation(registration, mail.message_id, now) for registration in invited)]


def summary(participant, registrations, *, now):
    """The first mail after a sign-up for several sessions, when they are other ones than at its posting."""
    in_order = seats.in_order(registrations)
    also = seats.upcoming_besides(registrations, participant, now)
    return _summary(participant, in_order, now, also=also)


def invitation(registration, *, now):
    """The calendar entry of somebody who chose only later to have it by mail."""
    return _invitation(registration, calendar_message_id(registration, 0), now)


def promoted(registration, *, now):
    """A seat came free for somebody who waited: the first mail with the entry."""
    context = {"other_slots": seats.other_slots(registration, now)}
    return change("promoted", registration, itip.REQUEST, now, context)


def already_registered(participant, *, now):
    """The list of what the person has; the same mail within one hour is posted once."""
    letter = Letter(
        kind="already_registered",
        key=f"{participant.pk}:{now:%Y%m%d%H}",
        participant=participant,
        season=participant.season,
        now=now,
        message_id=random_message_id(),
        context={"seats": seats.all_of(participant, now)},
        sequence=participant.registrations.all().total_sequence(),
    )
    return message(letter)


def slot_changed(registration, *, previous, now):
    """The person chose another slot: the entry moves. `previous` is the old slot."""
    return _slot_changed("slot_changed", registration, previous, now)


def slot_changed_by_staff(registration, *, previous, now):
    """Staff moved the person to another slot: the entry moves. `previous` is the old slot."""
    return _slot_changed("slot_changed_by_staff", registration, previous, now)


def _slot_changed(kind, registration, previous, now):
    context = {"previous": seats.clocks(previous, registration)}
    mail = change(kind, registration, itip.REQUEST, now, context)
    mail.known_starts_at, mail.known_ends_at, mail.known_parts = previous.starts_at, previous.ends_at, previous.parts
    return mail


def rescheduled(registration, *, previous, now):
    """Staff moved the slot: the entry moves. `previous` has the old `starts_at` and `ends_at`."""
    context = {
        "previous": seats.clocks(previous, registration),
        "other_slots": seats.other_slots(registration, now),
    }
    return change("rescheduled", registration, itip.REQUEST, now, context)


def cancelled(registration, *, now):
    """The person cancelled: the entry goes."""
    context = {"also": seats.upcoming_besides([registration], registration.participant, now)}
    return change("cancelled", registration, itip.CANCEL, now, context)


def erased(registration, *, now):
    """The person erased their data, and with it what was to come: the entry goes, and no personal link is left."""
    context = {"sign_up_url": partial(links.sign_up, registration.session.season)}
    return change("erased", registration, itip.CANCEL, now, context)


def invitation_withdrawn(registration, *, now):
    """Staff withdrew the invitation that had brought the person in: the entry goes."""
    context = {"also": seats.upcoming_besides([registration], registration.participant, now)}
    return change("invitation_withdrawn", registration, itip.CANCEL, now, context)


def place_taken_away(registration, *, now):
    """Staff took the place away, in a time slot or on its waiting list: the entry goes. For one with its removal.

    Who is not told has no reason in it; the mail takes the entry out of their calendar.
    """
    removal = registration.removal
    context = {
        "was_waiting": registration.waiting_since is not None,
        "is_barred": registration.is_barred,
        "reason": removal.reason if removal and removal.is_told else "",
        "words": removal.words if removal and removal.is_told else "",
        "also": seats.upcoming_besides([registration], registration.participant, now),
    }
    return change("place_taken_away", registration, itip.CANCEL, now, context)


def place_refused(participant, slots, *, now):
    """Of sessions in which staff had taken the person's place away; the same mail within one hour is posted once."""
    numbers = "-".join(str(slot.session_id) for slot in slots)
    letter = Letter(
        kind="place_refused",
        key=f"{participant.pk}:{numbers}:{now:%Y%m%d%H}"[:150],
        participant=participant,
        season=participant.season,
        now=now,
        message_id=random_message_id(),
        context={"titles": [marked.words(slot.session, "title", participant.reads) for slot in slots]},
    )
    return message(letter)


def called_off(registration, *, now):
    """Staff called the slot off: the entry goes."""
    context = {"other_slots": seats.other_slots(registration, now)}
    return change("called_off", registration, itip.CANCEL, now, context)


def revived(registration, *, previous, now):
    """The slot takes place after all: the entry comes back. `previous` has the times that the person knew."""
    slot = registration.occurrence
    is_moved = (previous.starts_at, previous.ends_at, previous.parts) != (slot.starts_at, slot.ends_at, slot.parts)
    context = {"previous": seats.clocks(previous, registration) if is_moved else None}
    return change("revived", registration, itip.REQUEST, now, context)


def declined(registration, *, now, proposes_time=False, part=None):
    """The person's calendar declined our invitation, or proposed another time: do they want to cancel?

    `part` says which part of their slot it was about. Without a calendar part.
    """
    context = {"seat": seats.seat(registration, now), "other_slots": seats.other_slots(registration, now)}
    letter = Letter(
        kind="declined",
        key=f"{registration.uid}:{registration.sequence}",
        participant=registration.participant,
        season=registration.session.season,
        now=now,
        message_id=random_message_id(),
        context=context | {"proposes_time": proposes_time, "part": part},
        registration=registration,
        thread=calendar_message_id(registration, 0),
    )
    return message(letter)


def _besides(participant, registrations, now, is_new):
    return [] if is_new else seats.upcoming_besides(registrations, participant, now)


def _one(registration, now, *, also):
    context = {"has_other_slots": seats.has_other_slots(registration, now), "also": also}
    return message(about("confirmation", registration, itip.REQUEST, now, context))


def _summary(participant, registrations, now, *, also, is_new=False):
    first = registrations[0]
    letter = Letter(
        kind="summary",
        key=f"{first.uid}:{first.sequence}",
        participant=participant,
        season=first.session.season,
        now=now,
        message_id=random_message_id(),
        sequence=0 if is_new else participant.registrations.all().total_sequence(),
        context={
            "seats": [seats.seat(registration, now) for registration in registrations if registration.is_confirmed],
            "waiting": [seats.seat(registration, now) for registration in registrations if registration.is_waiting],
            "has_entry": any(registration.entry_was_mailed for registration in registrations),
            "also": also,
        },
    )
    return message(letter)


def _invitation(registration, summary_id, now):
    return message(about("invitation", registration, itip.REQUEST, now, {}, thread=summary_id))


def _has_answers(session) -> bool:
    """Asked once for all mails about the session that are written together."""
    if not hasattr(session, "has_answers"):
        session.has_answers = session.speaker_questions.published().exists()
    return session.has_answers


def announcement(registration, *, now, message_id=""):
    """To somebody who asked to hear: what can be opened on the page of their session."""
    with override(registration.participant.reads):
        groups = material_groups.to_open(registration.session)
        kinds = [group.words for group in groups]
    letter = Letter(
        kind="published",
        key=registration.uid,
        participant=registration.participant,
        season=registration.session.season,
        now=now,
        message_id=message_id or random_message_id(),
        context={
            "seat": seats.seat(registration, now),
            "material_groups": groups,
            "kinds": kinds,
            "has_answers": _has_answers(registration.session),
            "feedback": feedback.asking(registration, now),
        },
        registration=registration,
    )
    return message(letter)
