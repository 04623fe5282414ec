"""Mails of one registration leave in order: the latest speaks for all before it that have not left."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from registrations.mail import kinds
from registrations.mail.registration_mails import lists_of, people_listed, telling_of, tells_of_one
from registrations.models import Message, Registration

# How long a mail waits for an earlier one that is on its way, which takes a moment.
WAIT_FOR_EARLIER = timedelta(seconds=2)


@transaction.atomic
def claim(pks, *, now, lease) -> list[Message]:
    """Those of the messages that are due, nobody else's, and whose turn it is; `SENDING` from now on.

    Of the mails that tell of one registration only the latest leaves; the earlier ones are dropped with that, and so is
    whatever was overtaken by one that has left. While an earlier one is on its way, the latest waits for its time, or a
    later one is being prepared, all others wait. Those to somebody who has come back to a session wait for those about
    the registration before. A mail that leaves in the place of a first one `lacks_first`.
    """
    due = Message.objects.lock_due(pks, now)
    stories = _by_registration([message for message in due if tells_of_one(message)], now)
    ready = []
    for message in due:
        story = stories.get(message.registration_id) if tells_of_one(message) else None
        if story is None or story.has_turn(message):
            if story:
                message.lacks_first, message.has_overtaken = story.lacks_first, bool(story.overtaken())
            ready.append(message)
    Message.objects.overtake([mail.pk for story in stories.values() for mail in story.overtaken()])
    for story in stories.values():
        Message.objects.postpone(story.waiting(), until=story.next_look)
    return Message.objects.take(ready, now=now, lease=lease)


class _RegistrationMails:
    """The mails that tell of one registration; `due` are locked for us, `held` by somebody else."""

    def __init__(self, mails, lists, before, *, is_being_prepared, due, held, now):
        self._now, self._due, self._held = now, due, held
        self._mails, self._lists = sorted(mails, key=lambda mail: mail.pk), lists
        self._before = before
        self._is_being_prepared = is_being_prepared
        last_sent = max((mail.pk for mail in mails if mail.is_sent), default=0)
        unsent = [mail for mail in self._mails if mail.is_unsent]
        self._left_behind = [mail for mail in unsent if mail.pk < last_sent]
        *self._earlier, self._latest = [mail for mail in unsent if mail.pk > last_sent] or [None]

    def has_turn(self, mail) -> bool:
        return mail.pk == self._speaker()

    def overtaken(self) -> list[Message]:
        earlier = self._earlier if self._speaker() else []
        return [mail for mail in [*self._left_behind, *earlier] if not self._is_busy(mail)]

    def waiting(self) -> list[Message]:
        """Due, and for another time."""
        gone = {mail.pk for mail in self.overtaken()} | {self._speaker()}
        return [mail for mail in self._mails if mail.pk in self._due and mail.pk not in gone]

    @property
    def next_look(self):
        soon = self._now + WAIT_FOR_EARLIER
        awaited = [self._latest, *self._before] if self._latest else self._before
        return max([soon, *(mail.due_at for mail in awaited)])

    @property
    def lacks_first(self) -> bool:
        """Whether neither the mail that says "you are registered" has left, nor any other."""
        if self._latest is None or kinds.of(self._latest).says_all or any(mail.is_sent for mail in self._mails):
            return False
        if any(kinds.of(mail).is_first for mail in self._mails):
            return True
        return bool(self._lists) and not any(mail.is_sent for mail in self._lists)

    def _speaker(self) -> int | None:
        if self._latest is None or self._latest.pk not in self._due or self._before or self._is_being_prepared:
            return None
        before = [*self._earlier, *([] if kinds.of(self._latest).says_all else self._lists)]
        return None if any(self._is_busy(mail) for mail in before) else self._latest.pk

    def _is_busy(self, mail) -> bool:
        return mail.pk in self._held or mail.is_on_its_way(self._now)


def _by_registration(messages, now) -> dict[int, _RegistrationMails]:
    """By registration, of those that these messages are about."""
    due, mails = {message.pk for message in messages}, defaultdict(list)
    all_mails = list(telling_of({message.registration_id for message in messages}))
    others = [mail.pk for mail in all_mails if mail.is_unsent and mail.pk not in due]
    # Read again where they can be locked: somebody may have claimed or sent them since.
    fresh = {mail.pk: mail for mail in Message.objects.lock_briefly(others)}
    held = set(others) - set(fresh)
    for mail in all_mails:
        mails[mail.registration_id].append(fresh.get(mail.pk, mail))
    lists = _lists({message.participant_id for message in messages if not kinds.of(message).says_all})
    earlier, stories = _of_earlier_cycles(list(mails)), {}
    for mail in all_mails:
        since = [each for each in lists[mail.participant_id] if each.queued_at >= mail.registered_at]
        own, before = mails[mail.registration_id], earlier[mail.registration_id]
        known = {"is_being_prepared": mail.is_being_prepared, "due": due, "held": held}
        stories[mail.registration_id] = _RegistrationMails(own, since, before, **known, now=now)
    return stories


def _of_earlier_cycles(registrations) -> dict[int, list[Message]]:
    """Unsent mails about what people had cancelled before they came back to the same session, by registration."""
    again = "session__registrations"
    cycles = Registration.objects.annotate(again=F(again)).alias(person=F(f"{again}__participant"))
    cycles = cycles.filter(again__in=registrations, participant=F("person"), pk__lt=F("again"))
    came_back, earlier = list(cycles.values_list("pk", "again")), defaultdict(list)
    mails = telling_of([before for before, _again in came_back])
    unsent = [mail for mail in mails if mail.is_unsent]
    for before, again in came_back:
        earlier[again] += [mail for mail in unsent if mail.registration_id == before]
    return earlier


def _lists(people) -> dict[int, list[Message]]:
    """The mails that list what these people have, by person."""
    lists = defaultdict(list)
    for mail in lists_of(people):
        for person in people_listed(mail) & people:
            lists[person].append(mail)
    return lists
