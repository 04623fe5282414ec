"""What must be true for a mail to leave, of its kind and as everything is at this moment."""

from registrations.mail import kinds
from registrations.mail.exceptions import Outdated, Overtaken
from registrations.mail.registration_mails import telling_of
from registrations.models import Invitation, NextSeasonSubscriber, Participant, SeasonAnnouncement, SlotChange, not_sent
from registrations.people.preferences import MAIL_PREFERENCES
from registrations.seats import offers


def require(message, now):
    """Raises Outdated or Overtaken."""
    if message.expires_at and now > message.expires_at:
        raise Outdated(not_sent.EXPIRED)
    if message.invitation_id:
        _require_open_invitation(message, now)
    if kinds.of(message).is_to_list:
        _require_on_list(message, now)
    person = person_of(message)
    if person and person.anonymised_at and not kinds.of(message).is_last:
        raise Outdated(not_sent.ERASED)
    if person and not person.anonymised_at and message.recipient != person.email:
        raise Outdated(not_sent.OTHER_ADDRESS)
    if message.registration_id:
        _require_fitting(message, message.registration, now)
    elif person:
        _require_preference(message, person)
    if person and kinds.of(message).is_circular:
        _require_chosen(message)


def are_met(message, now) -> bool:
    """Whether it is still true; raises Overtaken while that may change back."""
    try:
        require(message, now)
    except Outdated:
        return False
    return True


def _require_open_invitation(message, now):
    # As it is now, not as it was when the mail was posted.
    invitation = message.invitation = Invitation.objects.select_related("session__season").get(pk=message.invitation_id)
    if invitation.withdrawn_at:
        raise Outdated(not_sent.INVITATION_WITHDRAWN)
    if _is_being_prepared(invitation):
        raise Overtaken
    if kinds.of(message).is_of_change:
        return _require_open_change(message, invitation, now)
    if not invitation.session.occurrences.upcoming(now).exists():
        raise Outdated(not_sent.OVER_OR_CALLED_OFF)


def _require_on_list(message, now):
    """Of an announcement that holds, to a mailbox that still wants it and has not signed up; all as it is now."""
    standing = SeasonAnnouncement.objects.standing().filter(pk=message.announcement_id, season__is_published=True)
    announcement = message.announcement = standing.select_related("season").first()
    if announcement is None:
        raise Outdated(not_sent.ANNOUNCEMENT_TAKEN_BACK)
    if announcement.season.is_rehearsal or not offers.is_open(announcement.season, now):
        raise Outdated(not_sent.CLOSED)
    subscriber = message.subscriber = NextSeasonSubscriber.objects.filter(pk=message.subscriber_id).first()
    if subscriber is None:
        raise Outdated(not_sent.NOT_WANTED)
    if Participant.objects.filter(season=announcement.season, mailbox=subscriber.mailbox).exists():
        raise Outdated(not_sent.REGISTERED_ALREADY)


def _require_chosen(message):
    """Of a circular that holds, to somebody who is still one of those it is for (circular_mails)."""
    if message.choice is None:
        raise Outdated(not_sent.CIRCULAR_TAKEN_BACK)
    if not message.choice.is_chosen:
        raise Outdated(not_sent.NOT_CHOSEN)


def _is_being_prepared(invitation) -> bool:
    """Whether the worker prepares a mail with later news for the person."""
    is_unprepared = Invitation.objects.unprepared().filter(pk=invitation.pk).exists()
    changes = SlotChange.objects.unprepared().filter(occurrence__session=invitation.session_id)
    return is_unprepared and changes.exists()


def _require_open_change(message, invitation, now):
    if invitation.accepted_at or invitation.declined_at:
        raise Outdated(not_sent.ANSWERED)
    if not message.change.occurrence.is_called_off and not invitation.session.occurrences.upcoming(now).exists():
        raise Outdated(not_sent.OVER_OR_CALLED_OFF)


def _require_fitting(message, registration, now):
    kind, slot = kinds.of(message), registration.occurrence
    if message.hours_before and slot.parts:
        slot = slot.stretch_at(message.known_starts_at)
    if kind.is_of_part:
        # Another mail is to tell of a state that staff may take back; this one says what is so after it.
        require_turn(message)
    if kind.needs_seat and (not registration.is_confirmed or slot.is_called_off):
        require_turn(message)
        raise Outdated(not_sent.CANCELLED_OR_CALLED_OFF)
    if kind.preference:
        _require_seat_and_preference(message, registration)
        _require_known_time(message, slot)
    if kind.counts_down and slot.starts_at <= now:
        raise Outdated(not_sent.BEGUN)


def require_turn(message):
    """Raises Overtaken when another mail has been posted since this one was claimed, or is being prepared."""
    if message.registration_id:
        if message.registration.is_being_prepared:
            raise Overtaken
        later = telling_of([message.registration_id]).filter(pk__gt=message.pk)
        if any(mail.is_unsent for mail in later):
            raise Overtaken


def _require_seat_and_preference(message, registration):
    if not registration.is_confirmed:
        raise Outdated(not_sent.CANCELLED)
    _require_preference(message, registration.participant)
    if registration.occurrence.is_called_off:
        _require_no_change_waits(message)
        raise Outdated(not_sent.CALLED_OFF)


def _require_preference(message, person):
    preference = kinds.of(message).preference
    if not preference:
        return
    if person.confirmed_at is None:
        raise Outdated(not_sent.NOT_CONFIRMED)
    is_wanted = getattr(person, MAIL_PREFERENCES[preference].column)
    if not is_wanted or (message.hours_before and not person.wants_reminder(message.hours_before)):
        raise Outdated(not_sent.NOT_WANTED)


def _require_known_time(message, slot):
    """A mail that was posted because of a time says it; one without, like an announcement, fits at any time."""
    if message.known_starts_at and slot.starts_at != message.known_starts_at:
        _require_no_change_waits(message)
        raise Outdated(not_sent.MOVED)


def _require_no_change_waits(message):
    """Raises Overtaken while staff may take back what nobody has heard of: then the reminder is true again.

    Nobody posts it a second time. It does not wait longer than it helps.
    """
    if not message.hours_before:
        return
    if message.registration.is_being_prepared:
        raise Overtaken
    news = telling_of([message.registration_id]).revocable().filter(due_at__lte=message.expires_at)
    if waiting := [mail.due_at for mail in news if mail.is_unsent]:
        raise Overtaken(turn_at=max(waiting))


def person_of(message):
    return message.registration.participant if message.registration_id else message.participant
