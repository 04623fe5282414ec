"""How the post is doing: what waits, what failed, how late the oldest is, and who still lacks a mail."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Value
from django.db.models.functions import StrIndex, Substr

from registrations.mail import kinds, not_arrived
from registrations.mail.kinds import State
from registrations.models import Circular, Mailbox, Message, Participant, PostPause, Registration, SlotChange
from sessions.models import Season, Session

# A mail later than this, or a seat without a mail for so long, is no delay any more but a fault.
LATE_AFTER = timedelta(minutes=5)
# One or two mail servers of recipients may put off what is for them; when nobody takes anything, it is ours.
SEVERAL_DOMAINS = 3
# After that the alarm ends by itself: staff have it on the page "Post".
REFUSED_OF_LATE = timedelta(days=1)
DOMAIN = Substr("recipient", StrIndex("recipient", Value("@")) + 1)
# Mails about a registration that say whether the person has this seat.
TELL_OF_A_SEAT = kinds.names(lambda kind: kind.tells == State.SEAT)
# Mails that say it in the place of the summary: the seat came later.
GIVE_A_SEAT = kinds.names(lambda kind: kind.gives_seat)


@dataclass(frozen=True)
class Report:
    """`mails` has the number for each state, of mails that still have their text (settings.MAIL_TERM_DAYS), and of
    those that failed without the settled ones.

    `oldest_due_age` is zero when nothing is due, `stuck_age` when mails leave, `oldest_unprepared_age` when the mails
    of all changes of time slots and announcements are in the outbox; `lacking` counts the rows of `lacking_a_mail`,
    and `at_mailboxes` those of them that only their people or staff can help (`at_mailboxes_in_trouble`).
    """

    mails: dict[str, int]
    oldest_due_age: timedelta
    stuck_age: timedelta
    oldest_unprepared_age: timedelta
    lacking: int = 0
    at_mailboxes: int = 0
    refusing_domains: int = 0
    pause: PostPause | None = None

    @property
    def failed(self) -> int:
        return self.mails[Message.Status.FAILED]

    @property
    def lost(self) -> int:
        """Registrations that lack a mail although nothing is known against the mailbox."""
        return self.lacking - self.at_mailboxes

    @property
    def is_late(self) -> bool:
        return max(self.oldest_due_age, self.stuck_age) > LATE_AFTER

    @property
    def is_preparing_late(self) -> bool:
        return self.oldest_unprepared_age > LATE_AFTER

    @property
    def problems(self) -> list[str]:
        """What somebody has to look at; empty when all is well. Failed mails, and people whose mailbox takes none, are
        seen to by staff, one by one.
        """
        found = []
        if self.pause:
            found.append(f"sending is paused, the mail server refuses the sender: {self.pause.code}")
        if self.oldest_due_age > LATE_AFTER:
            found.append(f"a mail has been due for {int(self.oldest_due_age.total_seconds())} s")
        if self.stuck_age > LATE_AFTER:
            seconds = int(self.stuck_age.total_seconds())
            found.append(f"no mail has left for {seconds} s, the mail server is away or takes none")
        if self.is_preparing_late:
            seconds = int(self.oldest_unprepared_age.total_seconds())
            found.append(f"mails to many have not been prepared for {seconds} s")
        if self.lost:
            found.append(f"registrations that lack a mail: {self.lost}")
        if self.refusing_domains >= SEVERAL_DOMAINS:
            found.append(f"mail servers of several domains refuse our mail: {self.refusing_domains}")
        return found


def report(now) -> Report:
    """At most ten queries, however many mails there are."""
    lacking = lacking_a_mail(now)
    number = lacking.count()
    # Either question goes through all registrations to come.
    at_mailboxes = at_mailboxes_in_trouble(lacking).count() if number else 0
    people = {"lacking": number, "at_mailboxes": at_mailboxes}
    return replace(report_of_queue(now), **people, refusing_domains=refusing_domains(now))


def report_of_queue(now) -> Report:
    """Of the mails alone: as if nobody lacked any."""
    return Report(
        mails=mails_by_state(),
        oldest_due_age=oldest_due_age(now),
        stuck_age=stuck_age(now),
        oldest_unprepared_age=oldest_unprepared_age(now),
        pause=PostPause.objects.first(),
    )


def mails_by_state() -> dict[str, int]:
    counted = Message.objects.leaving().filter(emptied_at=None, settled_at=None)
    rows = counted.values_list("status").annotate(number=Count("*")).order_by()
    return dict.fromkeys(Message.Status.values, 0) | dict(rows)


def due(now) -> int:
    return Message.objects.due(now).count()


def oldest_due_age(now) -> timedelta:
    oldest = Message.objects.due(now).aggregate(oldest=Min("due_at"))["oldest"]
    return now - oldest if oldest else timedelta(0)


def stuck_age(now) -> timedelta:
    """For how long no mail has left although some were tried.

    Each try puts its mail off, so that with a mail server that is away none is due for long.
    """
    tried = (
        Message.objects.leaving()
        .put_off()
        .aggregate(
            since=Min("queued_at"),
            without_connection=Count("pk", filter=Q(refused_since=None)),
            domains=Count(DOMAIN, distinct=True),
        )
    )
    if not tried["without_connection"] and tried["domains"] < SEVERAL_DOMAINS:
        return timedelta(0)
    sent = Message.objects.leaving().sent().filter(queued_at__gte=tried["since"]).aggregate(last=Max("sent_at"))
    return now - max(tried["since"], sent["last"] or tried["since"])


def oldest_unprepared_age(now) -> timedelta:
    """For how long mails of a change, an announcement or a circular have not all been in the outbox."""
    change = SlotChange.objects.unprepared().aggregate(oldest=Min("made_at"))["oldest"]
    announced = Session.objects.with_unprepared_announcement().aggregate(oldest=Min("announced_at"))["oldest"]
    circular = Circular.objects.unprepared().aggregate(oldest=Min("made_at"))["oldest"]
    # Those of a rehearsal that is ahead were begun at a time to come.
    return max([timedelta(0), *(now - since for since in (change, announced, circular) if since)])


def lacking_a_mail(now):
    """Registrations to come whose person has waited for a mail for longer than LATE_AFTER.

    Of those with a seat, all of which no mail has left that tells of it and did not come back, and staff have settled
    none: whatever got lost on the way is found, also a row that was never made. Of all, those with a mail that has
    failed or came back and is not settled, or is held up, and none that left after it and did not come back.
    People whom somebody named, and who have not said yes, lack nothing, and so do those of a rehearsal.
    """
    people = Registration.objects.of_confirmed_people().filter(participant__anonymised_at=None)
    people = people.exclude(participant__season__in=Season.objects.filter(is_rehearsal=True))
    to_come = people.filter(occurrence__ends_at__gt=now)
    held_up = Message.objects.held_up(since=now - LATE_AFTER).exclude(_left_after_it())
    waiting = to_come.filter(pk__in=held_up.values("registration"))
    # With OR, and with more than one EXISTS in a condition, PostgreSQL looks for mails of each registration by itself.
    either = _not_informed_of_seat(to_come, now).values("pk").union(waiting.values("pk"))
    return Registration.objects.filter(pk__in=either)


def at_mailboxes_in_trouble(registrations):
    """Those of them whose last mail another mail server has sent back, or whose mailbox takes none: whoever runs the
    site can do nothing for them.
    """
    came_back = not_arrived.to_see_to().came_back()
    own = Q(pk__in=came_back.filter(registration__isnull=False).values("registration"))
    lists = came_back.filter(registration=None, participant__isnull=False)
    # With a bare 550 our own mail server may have meant whatever we send.
    takes_none = Mailbox.objects.taking_none().exclude(last_status="").values("address")
    of_person = Q(participant__in=lists.values("participant")) | Q(participant__mailbox__in=takes_none)
    return registrations.filter(own | of_person)


def refusing_domains(now) -> int:
    """Of how many domains the mail servers have refused our mail of late, whoever it was for.

    One or two may have rules of their own. With several, it may be our address or server that has a bad name.
    """
    refusing = Mailbox.objects.to_see_to().filter(state=Mailbox.State.REFUSED, last_at__gt=now - REFUSED_OF_LATE)
    return len({address.rpartition("@")[2] for address in refusing.values_list("address", flat=True)})


def _not_informed_of_seat(registrations, now):
    settled = registrations.confirmed().filter(revised_at__lt=now - LATE_AFTER)
    uninformed = settled.exclude(_informed_by_own_mail()).exclude(_informed_by_focal_point())
    return uninformed.exclude(_informed_by_summary())


def _left_after_it():
    arrived = Message.objects.sent().filter(came_back_at=None)
    return Exists(arrived.filter(registration=OuterRef("registration"), pk__gt=OuterRef("pk")))


def _informed_by_own_mail():
    own = Message.objects.told().filter(registration=OuterRef("pk"))
    return Exists(own.filter(kind__in=TELL_OF_A_SEAT))


def _informed_by_summary():
    """It lists all that the person has, what they had before and what they said yes to, too; not what came later."""
    gives_seat = Message.objects.filter(registration=OuterRef(OuterRef("pk")), kind__in=GIVE_A_SEAT)
    told = Message.objects.told().filter(participant=OuterRef("participant")).exclude(Exists(gives_seat))
    return Exists(told.filter(kind="summary", queued_at__gte=OuterRef("registered_at")))


def _informed_by_focal_point():
    """Who has no mailbox of their own stays with the focal point, whose mail names them."""
    told = Message.objects.told().filter(kind="delegation", queued_at__gte=OuterRef("registered_at"))
    mailbox = {"season": OuterRef("participant__season"), "mailbox": OuterRef("participant__mailbox")}
    return Exists(told.filter(participant__in=Participant.objects.filter(**mailbox).values("pk")))


def registrations_to_come(now) -> dict[str, int]:
    """The number for each state, of time slots that are not over."""
    rows = Registration.objects.filter(occurrence__ends_at__gt=now).values_list("status").annotate(number=Count("pk"))
    return dict.fromkeys(Registration.Status.values, 0) | dict(rows.order_by())
