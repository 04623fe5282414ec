"""A mail that has left is sent once more: as of now, under another Message-ID, if the person still needs it."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from registrations import audit
from registrations.mail import composing, kinds, not_arrived, outbox
from registrations.mail.exceptions import Outdated, Overtaken
from registrations.mail.notices.letters import random_message_id
from registrations.mail.notices.mailbox import new_link
from registrations.mail.registration_mails import FIRST_LISTS, ORDERED, telling_of
from registrations.models import Message
from sessions.clocks import moment

COPIED = ["kind", "participant", "registration", "circular", "sequence", "written_from", "hours_before", "expires_at"]
COPIED += ["known_starts_at", "known_ends_at", "knew_called_off", "known_parts"]
# Written anew from what was typed, which goes with the text of the mail.
FROM_TYPED = {"named", "delegation"}


# Of mails that came back: each is written once before it is posted, while staff wait.
CAME_BACK_AT_ONCE = 100


class NotNeeded(Exception):
    """Why the mail is not sent again, in a sentence."""


def refusal(mail) -> str:
    """Why this mail can never be sent again, as far as it says by itself; empty if it may be."""
    if mail.participant_id is None:
        return _("This mail went to a mailbox, not to a person. Codes to sign in are asked for anew.")
    if mail.is_unsent or mail.status in (mail.Status.DROPPED, mail.Status.INCLUDED):
        return _("Only a mail that has left, or has failed, can be sent again.")
    if mail.emptied_at and not mail.is_sent:
        return _("The text of this mail was removed.")
    if kinds.of(mail).is_written_at_once and mail.kind != "new_link":
        return _("A mail of this kind cannot be written anew.")
    if mail.emptied_at and mail.kind in FROM_TYPED:
        return _("The text of this mail was removed, and it cannot be written anew.")
    return _("The person’s details were erased.") if mail.participant.anonymised_at else ""


def times(mail) -> int:
    """How often it was sent again; a form carries it, so that pressing its button twice sends one mail."""
    return _copies(mail).count()


@transaction.atomic
def send(*, message_id, seen_times, by, now):
    """Post the mail anew, unless somebody has done so since staff saw `seen_times`; one that failed is tried again.

    `now` is the true moment. Raises NotNeeded where a later mail says more, or by what must be true for a mail of its
    kind to leave.
    """
    related = ["participant__season", "registration"]
    mail = Message.objects.defer("octets").select_related(*related).filter(pk=message_id).first()
    if mail is None:
        raise NotNeeded(_("This mail is not stored any more."))
    if reason := refusal(mail):
        raise NotNeeded(reason)
    now = moment.of(mail.participant.season, now)
    if times(mail) != seen_times:
        raise NotNeeded(_("It was sent again already."))
    _require_latest(mail)
    if mail.is_sent:
        again = _again(mail, seen_times, now)
        outbox.post([again])
        _require_needed(_stored(again), mail, now)
        audit.record("mail-sent-again", mail, by=by)
    else:
        outbox.requeue_failed(mails=Message.objects.filter(pk=mail.pk), now=now, by=by)
        _require_needed(Message.objects.get(pk=mail.pk), mail, now)


def _stored(again) -> Message:
    """It is none, where somebody else has pressed the button at the same moment."""
    stored = Message.objects.filter(message_id=again.message_id).first()
    if stored is None:
        raise NotNeeded(_("It was sent again already."))
    return stored


def _require_latest(mail):
    """An earlier mail would tell of a state that is no more, as if it came after the later ones."""
    if not kinds.of(mail).is_ordered:
        return
    others = telling_of([mail.registration_id]).exclude(
        pk__in=[mail.pk, *_copies(mail).sent().values_list("pk", flat=True)]
    )
    if any(other.is_unsent for other in others):
        raise NotNeeded(_("A mail about this registration is on its way. It says all that this one would say."))
    if any(other.is_sent and other.pk > mail.pk for other in others):
        raise NotNeeded(_("A later mail about this registration has said more. Send that one again."))


def _again(mail, number, now) -> Message:
    if mail.kind == "new_link":
        again = new_link(mail.participant, now=now)
    else:
        again = Message(message_id=random_message_id(), **{name: getattr(mail, name) for name in COPIED})
    again.dedupe_key, again.recipient = _key(mail, number + 1), mail.participant.email
    again.queued_at = again.due_at = now
    return again


def _require_needed(again, mail, now):
    """Written as delivery will write it; the text is thrown away, since it may be another one by then."""
    # A reminder of several sessions tells of the rows that are said in it.
    mail.included.update(said_in=again)
    try:
        composing.prepare(again, now=now)
    except (Outdated, Overtaken) as problem:
        raise NotNeeded(str(problem) or _("A later mail about this is on its way.")) from None


def _copies(mail):
    return Message.objects.filter(dedupe_key__startswith=_key(mail, ""))


def _key(mail, number) -> str:
    return f"{mail.kind}:again:{mail.pk}:{number}"


def newest(registrations) -> dict:
    """By id of a registration the mail that last told of it and has left or failed, else the first list of its person.

    What has no such mail is not among the keys.
    """
    people = [each.participant_id for each in registrations]
    own = Q(registration__in=registrations, kind__in=ORDERED)
    lists = Q(participant__in=people, registration=None, kind__in=FIRST_LISTS)
    mails = Message.objects.filter(own | lists)
    ended = (mails.sent() | mails.failed()).defer("octets").select_related("participant").order_by("pk")
    of_one, of_person = {}, {}
    for mail in ended:
        if mail.registration_id:
            of_one[mail.registration_id] = mail
        else:
            of_person[mail.participant_id] = mail
    found = {each.pk: of_one.get(each.pk) or of_person.get(each.participant_id) for each in registrations}
    return {pk: mail for pk, mail in found.items() if mail}


def send_each(times, *, by, now) -> list[str]:
    """Send each of these mails again, each by itself; `times` by id as in `send`. Returns why some did not leave."""
    reasons = []
    for message_id, seen_times in times.items():
        try:
            send(message_id=message_id, seen_times=seen_times, by=by, now=now)
        except NotNeeded as problem:
            reasons.append(str(problem))
    return reasons


def send_what_did_not_arrive(pks, *, by, now) -> tuple[int, list[str]]:
    """Send again those of these mails that failed, and those that came back and are to be seen to.

    Returns how many, and why others did not leave. Of one registration the latest goes first: it says all.
    """
    number = outbox.requeue_failed(mails=Message.objects.filter(pk__in=pks), now=now, by=by)
    came_back = not_arrived.to_see_to().came_back().filter(pk__in=pks).order_by("-pk").values_list("pk", flat=True)
    first = list(came_back[: CAME_BACK_AT_ONCE + 1])
    reasons = [_too_many()] if len(first) > CAME_BACK_AT_ONCE else []
    for pk in first[:CAME_BACK_AT_ONCE]:
        # Anew for each: the one before may have said what this one says.
        mail = not_arrived.to_see_to().came_back().filter(pk=pk).first()
        if mail is None:
            continue
        try:
            send(message_id=pk, seen_times=times(mail), by=by, now=now)
            number += 1
        except NotNeeded as problem:
            reasons.append(str(problem))
    return number, list(dict.fromkeys(reasons))


def _too_many() -> str:
    text = _("Of mails that came back, %(number)s at most are sent again at once. Press again for the others.")
    return text % {"number": CAME_BACK_AT_ONCE}
