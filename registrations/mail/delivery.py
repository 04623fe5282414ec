"""Claim mails, commit, compose them if need be, speak SMTP, record each result: never SMTP inside a transaction."""

import logging
import smtplib
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.db import InterfaceError, InternalError, OperationalError, close_old_connections
from django.utils import timezone

from registrations.mail import composing, kinds, ordering, outbox, part_entries, retries, smtp_errors, smtp_probe
from registrations.mail.bounces import envelope, recording
from registrations.mail.exceptions import Outdated, Overtaken
from registrations.mail.stored_email import StoredEmail
from registrations.models import Message, PostPause
from sessions.clocks import moment

log = logging.getLogger(__name__)

# A mail that is claimed leaves within the time of the task, also when the server is silent for EMAIL_TIMEOUT.
CLAIM_SECONDS = 10
# Turns follow each other until beat starts new ones.
SECONDS_UNTIL_BEAT = 5
# Claimed and composed together, and put back if they cannot leave so soon: a mail tells of the state at its sending.
FIRST_CLAIM, FRESH_SECONDS = 20, 1
# So long does somebody who has sent a mail try to say so while the database is away.
RECORD_SECONDS, RECORD_PAUSE_SECONDS = 20, 0.5


# How smtplib, the network, and a mail that cannot be written say so.
TROUBLE = (smtplib.SMTPException, OSError, ValueError)


class PostPaused(Exception):
    """The mail server refuses the sender: no mail can leave."""


def deliver(pks):
    """Send these mails over one connection, in their order; a mail that somebody else claimed is passed over.

    With a slow mail server the last ones are left to beat: a worker stopped in the middle keeps mails claimed.
    What was sent to people who have erased their details is emptied at once. While the post is paused nothing is sent;
    the first mail that leaves after that ends the pause.
    """
    pause = PostPause.objects.first()
    if pause and pause.until > timezone.now():
        return
    connection, waiting, number = get_connection(), list(pks), FIRST_CLAIM
    ends = time.monotonic() + CLAIM_SECONDS
    try:
        while waiting and time.monotonic() < ends:
            began = time.monotonic()
            late = _deliver_some(waiting[:number], connection, ends)
            waiting = late + waiting[number:]
            number = _next_claim(number, late, time.monotonic() - began)
        _empty_mails_of_erased_people(pks)
    except PostPaused:
        return
    finally:
        connection.close()
    if pause and Message.objects.leaving().sent().filter(pk__in=pks, sent_at__gte=pause.until).exists():
        pause.delete()


def _deliver_some(pks, connection, ends) -> list[int]:
    """Claim and send; the ids of those for which a slow mail server left no time, unclaimed again."""
    now, lease = timezone.now(), timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    ends = min(ends, time.monotonic() + FRESH_SECONDS)
    claimed = _leaving(_ready(ordering.claim(pks, now=now, lease=lease)))
    for number, message in enumerate(claimed):
        if number and time.monotonic() > ends:
            return _put_back(claimed[number:])
        try:
            _send(message, connection)
        except PostPaused:
            _put_back(claimed[number + 1 :])
            raise
    if to_list := [message.pk for message in claimed if kinds.of(message).is_to_list]:
        Message.objects.of_removed_subscribers(to_list).empty(timezone.now())
    return []


def _leaving(messages) -> list[Message]:
    """Without mails of rehearsals: none of them leaves the house, whoever asks for it and whatever way it came here."""
    astray = outbox.of_rehearsals(messages)
    for message in astray:
        message.put_back(rehearsal=message.rehearsal_id)
    return [message for message in messages if message.rehearsal_id is None]


def _next_claim(number, late, seconds) -> int:
    """How many mails to claim next: what is read and stored for all of a claim costs each of many mails less.

    As many as left in time, where some did not; twice as many, where that leaves them time.
    """
    if late:
        return max(1, number - len(late))
    return 2 * number if seconds < FRESH_SECONDS / 2 else number


def _put_back(messages) -> list[int]:
    for message in messages:
        message.put_back()
    return [message.pk for message in messages]


def _empty_mails_of_erased_people(pks):
    if erased := list(Message.objects.of_erased_people(pks).values_list("pk", flat=True)):
        Message.objects.filter(pk__in=erased).empty(timezone.now())


def deliver_due(*, batch, seconds):
    """Send what is due, a batch after the other, until nothing is left or the time is up."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not _is_paused() and (pks := due(batch)):
        deliver(pks)


def deliver_newest(limit: int):
    """Send what was posted last, before any long queue; `deliver_due` has the rest."""
    outbox.begin_delivery()
    deliver(newest(limit))


def turns_end() -> float:
    """When turns that begin now have to end; other processes on this machine understand it, too."""
    return time.time() + SECONDS_UNTIL_BEAT


def has_time(until) -> bool:
    return time.time() < until


def can_deliver() -> bool:
    """Whether something is due, and the post is not paused."""
    return not _is_paused() and bool(due(1))


def _is_paused() -> bool:
    return PostPause.objects.holding(timezone.now()).exists()


def due(limit: int) -> list[int]:
    """Ids of mails whose time has come, the longest waiting first."""
    return list(Message.objects.due(timezone.now()).order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def newest(limit: int) -> list[int]:
    """Ids of mails whose time has come, the last ones first; those of one moment, as of one form, in their order."""
    rows = Message.objects.due(timezone.now()).order_by("-due_at", "-pk").values_list("due_at", "pk")[:limit]
    return [pk for _due_at, pk in sorted(rows, key=lambda row: (-row[0].timestamp(), row[1]))]


def _ready(messages) -> list[Message]:
    """Those that can leave; what they say is said at the moment of the programme."""
    problems = composing.prepare_all(messages, now=moment.now())
    for message in messages:
        if problem := problems.get(message.pk):
            _put_aside(message, problem)
    return [message for message in messages if message.pk not in problems]


def _put_aside(message, problem):
    if isinstance(problem, Outdated):
        message.record_dropped(str(problem))
    elif isinstance(problem, Overtaken):
        soon = timezone.now() + ordering.WAIT_FOR_EARLIER
        message.put_back(due_at=max(problem.turn_at or soon, soon))
    else:
        log.error("mail %s could not be composed", message.pk, exc_info=problem, extra={"mail": message.pk})
        _record_failure(message, problem)


def _send(message, connection):
    try:
        # Django opens and closes a connection for each call, unless one is open already.
        connection.open()
    except TROUBLE as error:
        connection.close()
        return _record_no_connection(message, error)
    try:
        _hand_over(message, connection)
    except TROUBLE as error:
        connection.close()
        return _record_failure(message, error)
    _record_sent(message)
    log.info("mail %s sent", message.pk, extra={"mail": message.pk})


def _record_sent(message):
    """Nobody can claim a mail while the database is away, but one whose sending is not recorded is sent once more."""
    sent_at, ends = timezone.now(), time.monotonic() + RECORD_SECONDS
    while True:
        try:
            return part_entries.record_sent(message, at=sent_at)
        except (OperationalError, InterfaceError, InternalError):
            # The last one from a database that has become read-only.
            if time.monotonic() > ends:
                raise
            # Opens a new one for the next try.
            close_old_connections()
            time.sleep(RECORD_PAUSE_SECONDS)


def _hand_over(message, connection):
    """To an SMTP server the stored octets as they are; other backends, for development, want to look into them."""
    if isinstance(connection, SmtpBackend):
        connection.connection.sendmail(envelope.sender(message.pk), [message.recipient], bytes(message.octets))
    else:
        connection.send_messages([StoredEmail(message)])


def _record_no_connection(message, error):
    """That is no fault of the mail: however long it lasts, the mail is not given up for it."""
    if smtp_errors.precede_recipient(error):
        _pause_post(message, error)
    _record_retry(message, error, refused_since=None)


def _record_failure(message, error):
    now = timezone.now()
    refused_since = message.refused_since or now
    is_doubtful = _is_trouble_with_sender(message, error)
    if is_doubtful and not _is_of_this_recipient(message, error):
        _pause_post(message, error)
    if now - refused_since > retries.GIVE_UP_AFTER or (smtp_errors.are_final(error) and not is_doubtful):
        _give_up(message, error, now)
    else:
        may_have_left = message.may_have_left or smtp_errors.leaves_open(error)
        changes = {"paused_post_at": now} if is_doubtful else {}
        _record_retry(message, error, refused_since=refused_since, may_have_left=may_have_left, **changes)


def _give_up(message, error, now):
    words = smtp_errors.in_words(error)
    log.error("mail %s failed for good: %s", message.pk, words, extra={"mail": message.pk})
    message.record_failed(words)
    if smtp_errors.is_answer(error):
        recording.refused(message, words, now=now)


def _record_retry(message, error, **changes):
    words = smtp_errors.in_words(error)
    log.warning("mail %s waits for another try: %s", message.pk, words, extra={"mail": message.pk})
    due_at = timezone.now() + retries.delay(message.attempts)
    message.record_retry(words, due_at=due_at, **changes)


def _is_trouble_with_sender(message, error) -> bool:
    """Not where a mail has paused the post before and others were sent since: then it is something about this one."""
    if smtp_errors.precede_recipient(error):
        return True
    return smtp_errors.name_sender(error) and not _others_were_sent_since(message)


def _others_were_sent_since(message) -> bool:
    paused_at = message.paused_post_at
    return bool(paused_at) and Message.objects.leaving().sent().filter(sent_at__gt=paused_at).exists()


def _is_of_this_recipient(message, error) -> bool:
    """Whether the server takes others at the same point: a stranger's own server must not be able to stop the post."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return smtp_probe.takes_others(message, sender=envelope.sender(message.pk))


def _pause_post(message, error):
    """The mail is tried again after those that are due meanwhile; this attempt does not count."""
    now, words = timezone.now(), smtp_errors.in_words(error)
    log.error("the mail server refuses the sender: %s", words)
    code = smtp_errors.in_short(error)
    pause = PostPause.objects.lengthen(code=code, reason=words, now=now) or PostPause.objects.first()
    due_at = pause.until + timedelta(seconds=1) if pause else now
    message.put_back(last_error=words, paused_post_at=now, due_at=due_at)
    raise PostPaused
