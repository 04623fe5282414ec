"""Mails tell of the state at their sending: they are written then, written anew, or dropped."""

from datetime import timedelta

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from registrations.mail import kinds
from registrations.mail.composers import COMPOSERS
from registrations.mail.exceptions import Outdated, Overtaken
from registrations.mail.kinds import State
from registrations.mail.notices import delegations
from registrations.mail.notices.letters import random_message_id, under
from registrations.mail.registration_mails import people_listed, telling_of
from registrations.models import (
    Invitation,
    Message,
    NextSeasonSubscriber,
    Participant,
    Registration,
    SeasonAnnouncement,
    SlotChange,
)
from registrations.people.preferences import MAIL_PREFERENCES
from registrations.seats import offers
from sessions.models import Session

# A mail that leaves so soon after its posting has the words of its posting.
FRESH = timedelta(minutes=1)


def prepare_all(messages, *, now) -> dict[int, Exception]:
    """Give claimed mails subject and octets, where they have none, or tell of another state than the present one.

    Returns by id what each of those that cannot be sent has raised: Outdated when nobody needs it any more, Overtaken
    when it is another one's turn; also for those that have octets and wait for another attempt.
    """
    _read_people(messages)
    problems = {}
    to_write = _each(messages, lambda message: _needs_words(message, now), problems)
    _read_sessions([message.registration for message in to_write if message.registration_id])
    if written := _each(to_write, lambda message: _write(message, now), problems):
        Message.objects.record_composed(written)
    return problems


def prepare(message, *, now):
    """`prepare_all` for one mail; raises what it returns."""
    for problem in prepare_all([message], now=now).values():
        raise problem


def _each(messages, act, problems) -> list[Message]:
    """Those for which `act` is true."""
    done = []
    for message in messages:
        try:
            if act(message):
                done.append(message)
        except Exception as problem:
            # Whatever is wrong with one mail, a template or a row that is gone, must not hold up the others.
            problems[message.pk] = problem
    return done


def _read_people(messages):
    registrations = Registration.objects.select_related("participant", "occurrence")
    about = [message for message in messages if message.registration_id]
    prefetch_related_objects(about, Prefetch("registration", registrations))
    prefetch_related_objects([message for message in messages if not message.registration_id], "participant")


def _read_sessions(registrations):
    """What these mails have in common, their session with its season and its slots, is read once for all of them."""
    sessions = Session.objects.select_related("season", "stream").prefetch_related("occurrences", "materials")
    prefetch_related_objects(registrations, Prefetch("session", sessions))


def _needs_words(message, now) -> bool:
    _require_wanted(message, now)
    tells_of_state = message.sequence is not None and not _person(message).anonymised_at
    has_changed = tells_of_state and message.sequence != _present_sequence(message)
    if has_changed:
        _require_turn(message)
        _require_no_news(message, now)
    if has_changed or not message.is_composed or kinds.of(message).counts_down:
        return True
    return tells_of_state and not message.may_have_left and (message.lacks_first or now - message.queued_at > FRESH)


def _write(message, now) -> bool:
    composed = COMPOSERS[message.kind](message, now)
    if message.may_have_left:
        # Other words under a Message-ID that may have arrived would be thrown away as a copy.
        message.message_id = random_message_id()
    message.subject, message.octets = composed.subject, under(composed, message.message_id)
    if message.sequence is not None:
        message.sequence = _present_sequence(message)
    return True


def _person(message):
    return message.registration.participant if message.registration_id else message.participant


def _present_sequence(message) -> int:
    kind = kinds.of(message)
    if kind.tells == State.LIST_OF_NAMED:
        return delegations.total_sequence(message.written_from)
    if kind.is_list:
        return message.participant.registrations.all().total_sequence()
    return message.registration.sequence


def _require_wanted(message, now):
    """Raises Outdated or Overtaken."""
    if message.expires_at and now > message.expires_at:
        raise Outdated(_("Too late: it would have come after its time."))
    if message.invitation_id:
        _require_open_invitation(message, now)
    if kinds.of(message).is_to_list:
        _require_on_list(message, now)
    person = _person(message)
    if person and person.anonymised_at and not kinds.of(message).is_last:
        raise Outdated(_("The person’s details were erased."))
    if message.registration_id:
        _require_fitting(message, message.registration, now)
    elif person:
        _require_preference(message, person)


def _require_open_invitation(message, now):
    # As it is now, not as it was when the mail was posted.
    invitation = message.invitation = Invitation.objects.select_related("session__season").get(pk=message.invitation_id)
    if invitation.withdrawn_at:
        raise Outdated(_("The invitation was withdrawn."))
    if _is_being_prepared(invitation):
        raise Overtaken
    if kinds.of(message).is_of_change:
        return _require_open_change(message, invitation, now)
    if not invitation.session.occurrences.upcoming(now).exists():
        raise Outdated(_("Too late: the session is over or was called off."))


def _require_on_list(message, now):
    """Of an announcement that holds, to a mailbox that still wants it and has not signed up; all as it is now."""
    standing = SeasonAnnouncement.objects.standing().filter(pk=message.announcement_id, season__is_published=True)
    announcement = message.announcement = standing.select_related("season").first()
    if announcement is None:
        raise Outdated(_("The announcement was taken back, or the season is not published any more."))
    if announcement.season.is_rehearsal or not offers.is_open(announcement.season, now):
        raise Outdated(_("Nobody can sign up for the season any more."))
    subscriber = message.subscriber = NextSeasonSubscriber.objects.filter(pk=message.subscriber_id).first()
    if subscriber is None:
        raise Outdated(_("The person does not want such mails any more."))
    if Participant.objects.filter(season=announcement.season, mailbox=subscriber.mailbox).exists():
        raise Outdated(_("The person is registered for the season already."))


def _is_being_prepared(invitation) -> bool:
    """Whether the worker prepares a mail with later news for the person."""
    is_unprepared = Invitation.objects.unprepared().filter(pk=invitation.pk).exists()
    changes = SlotChange.objects.unprepared().filter(occurrence__session=invitation.session_id)
    return is_unprepared and changes.exists()


def _require_open_change(message, invitation, now):
    if invitation.accepted_at or invitation.declined_at:
        raise Outdated(_("The person has answered the invitation."))
    if not message.change.occurrence.is_called_off and not invitation.session.occurrences.upcoming(now).exists():
        raise Outdated(_("Too late: the session is over or was called off."))


def _require_fitting(message, registration, now):
    kind, slot = kinds.of(message), registration.occurrence
    if kind.needs_seat and (not registration.is_confirmed or slot.is_called_off):
        _require_turn(message)
        raise Outdated(_("The person has cancelled, or the time slot was called off."))
    if kind.preference:
        _require_seat_and_preference(message, registration)
        _require_known_time(message, slot)
    if kind.counts_down and slot.starts_at <= now:
        raise Outdated(_("Too late: the session has begun."))


def _require_turn(message):
    """Raises Overtaken when another mail has been posted since this one was claimed, or is being prepared."""
    if message.registration_id:
        if message.registration.is_being_prepared:
            raise Overtaken
        later = telling_of([message.registration_id]).filter(pk__gt=message.pk)
        if any(mail.is_unsent for mail in later):
            raise Overtaken


def _require_no_news(message, now):
    """Raises Overtaken while mails about what staff have changed in a list wait: they may take it back."""
    if not kinds.of(message).is_list:
        return
    slots = message.written_from.get("slots", [])
    listed = Registration.objects.filter(participant__in=people_listed(message)).values_list("pk", flat=True)
    being_prepared = Registration.objects.unprepared()
    if being_prepared.filter(Q(pk__in=listed) | Q(occurrence__in=slots)).exists():
        raise Overtaken
    news = telling_of(list(listed)).filter(pk__gt=message.pk, change__isnull=False)
    waiting = [mail.due_at for mail in news if mail.is_unsent]
    # Of a focal point's list also those to others, as long as none has been tried.
    to_others = Message.objects.untouched().filter(change__occurrence__in=slots)
    waiting += to_others.filter(due_at__gt=now).values_list("due_at", flat=True)[:1]
    if waiting:
        raise Overtaken(turn_at=max(waiting))


def _require_seat_and_preference(message, registration):
    if not registration.is_confirmed:
        raise Outdated(_("The person has cancelled."))
    _require_preference(message, registration.participant)
    if registration.occurrence.is_called_off:
        raise Outdated(_("The time slot was called off."))


def _require_preference(message, person):
    preference = kinds.of(message).preference
    if not preference:
        return
    if person.confirmed_at is None:
        raise Outdated(_("The person has not confirmed that they take part."))
    is_wanted = getattr(person, MAIL_PREFERENCES[preference].column)
    if not is_wanted or (message.hours_before and not person.wants_reminder(message.hours_before)):
        raise Outdated(_("The person does not want such mails any more."))


def _require_known_time(message, slot):
    """A mail that was posted because of a time says it; one without, like an announcement, fits at any time."""
    if message.known_starts_at and slot.starts_at != message.known_starts_at:
        raise Outdated(_("The person’s session is at another time now."))
