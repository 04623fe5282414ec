"""Mails tell of the state at their sending: they are written then, written anew, or dropped."""

from datetime import timedelta

from django.db.models import Prefetch, Q, prefetch_related_objects

from registrations.mail import circular_mails, conditions, kinds
from registrations.mail.composers import COMPOSERS
from registrations.mail.exceptions import Overtaken
from registrations.mail.kinds import State
from registrations.mail.notices import delegations
from registrations.mail.notices.letters import random_message_id, under
from registrations.mail.registration_mails import people_listed, telling_of
from registrations.models import Message, Registration
from sessions.models import Session

# A mail that leaves so soon after its posting has the words of its posting.
FRESH = timedelta(minutes=1)


def prepare_all(messages, *, now) -> dict[int, Exception]:
    """Give claimed mails subject and octets, where they have none, or tell of another state than the present one.

    Returns by id what each of those that cannot be sent has raised: Outdated when nobody needs it any more, Overtaken
    when it is another one's turn; also for those that have octets and wait for another attempt.
    """
    _read_people(messages)
    circular_mails.read_choices(messages, now=now)
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
    published = [message.registration for message in about if message.kind == "published"]
    prefetch_related_objects(published, "participant__feedback_tickets")


def _read_sessions(registrations):
    """What these mails have in common, their session with its season and its slots, is read once for all of them."""
    sessions = Session.objects.select_related("season", "stream").prefetch_related("occurrences", "materials")
    prefetch_related_objects(registrations, Prefetch("session", sessions))


def _needs_words(message, now) -> bool:
    conditions.require(message, now)
    tells_of_state = message.sequence is not None and not conditions.person_of(message).anonymised_at
    has_changed = tells_of_state and message.sequence != _present_sequence(message)
    if has_changed:
        conditions.require_turn(message)
        _require_no_news(message, now)
    if has_changed or not message.is_composed or kinds.of(message).counts_down:
        return True
    return tells_of_state and not message.may_have_left and (message.lacks_first or now - message.queued_at > FRESH)


def _write(message, now) -> bool:
    if by_staff := message.written_from.get("by_staff"):
        conditions.person_of(message).changed_by_staff = by_staff
    composed = COMPOSERS[message.kind](message, now)
    if message.may_have_left:
        # Other words under a Message-ID that may have arrived would be thrown away as a copy.
        message.message_id = random_message_id()
    message.subject, message.octets = composed.subject, under(composed, message.message_id)
    message.part = composed.part
    if message.sequence is not None:
        message.sequence = _present_sequence(message)
    return True


def _present_sequence(message) -> int:
    kind = kinds.of(message)
    if kind.tells == State.LIST_OF_NAMED:
        return delegations.total_sequence(message.written_from)
    if kind.is_list:
        return message.participant.registrations.all().total_sequence()
    return message.registration.sequence


def _require_no_news(message, now):
    """Raises Overtaken while mails about what staff have changed in a list wait: they may take it back."""
    if not kinds.of(message).is_list:
        return
    slots = message.written_from.get("slots", [])
    listed = Registration.objects.filter(participant__in=people_listed(message)).values_list("pk", flat=True)
    being_prepared = Registration.objects.unprepared()
    if being_prepared.filter(Q(pk__in=listed) | Q(occurrence__in=slots)).exists():
        raise Overtaken
    news = telling_of(list(listed)).revocable().filter(pk__gt=message.pk)
    waiting = [mail.due_at for mail in news if mail.is_unsent]
    # Of a focal point's list also those to others, as long as none has been tried.
    to_others = Message.objects.untouched().filter(change__occurrence__in=slots)
    waiting += to_others.filter(due_at__gt=now).values_list("due_at", flat=True)[:1]
    if waiting:
        raise Overtaken(turn_at=max(waiting))
