"""Mails that did not arrive, for the page "Post": by reason, and under it by address, with who is behind it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import in_geneva
from registrations.admin.mail import wording
from registrations.mail import failures, not_arrived
from registrations.mail.failures import Reason
from registrations.models import Mailbox, Message, Participant
from registrations.people.identity import fold_address
from sessions.clocks.dates import number

# So many of the latest are looked at; so many addresses are shown under each reason, and subjects under each address.
LATEST, ADDRESSES, SUBJECTS = 500, 25, 3
ADVICE = {
    Reason.ADDRESS: _(
        "No such address is known there. Correct it if you know the right one; or tell the person in another way, and "
        "mark it as done."
    ),
    Reason.FULL: _("The mailbox is full or closed. Send again in some days, or ask the person for another address."),
    Reason.REFUSED: _(
        "The mail server does not want our mail, whoever it is for. Show its words to those who run our mail server."
    ),
    Reason.AWAY: _("The mail server gave no answer, or put the mail off, for three days. Send again."),
    Reason.UNWRITTEN: _(
        "Something is wrong with the program or with what is stored. Tell whoever runs the site; send again when it is "
        "mended."
    ),
    Reason.UNKNOWN: _("Nobody can tell why. The words of the mail server may help."),
}


@dataclass
class Address:
    """Something that did not arrive there; `last` is when, in words.

    `subjects` has those of the mails, and when the latest with such a subject came back; empty for one that failed.
    """

    address: str
    mails: list[int] = field(default_factory=list)
    subjects: dict[str, str] = field(default_factory=dict)
    mailbox: int | None = None
    people: list[Participant] = field(default_factory=list)
    words: str = ""
    last: str = ""

    @property
    def what(self) -> str:
        return of_mails(len(self.mails)) if self.mails else _("Mails come back from here.")

    @property
    def first_subjects(self) -> list[tuple[str, str]]:
        return list(self.subjects.items())[:SUBJECTS]

    @property
    def labels(self) -> dict[str, str]:
        """Of the buttons, which are the same for each address, for who hears them alone."""
        words = {"address": self.address}
        return {
            "again": gettext("Send again to %(address)s") % words,
            "done": gettext("Done: %(address)s") % words,
            "open": gettext("Not done after all: %(address)s") % words,
        }


@dataclass(frozen=True)
class Group:
    """Everything of one reason; `mails` counts all of it, and `addresses` are the latest."""

    reason: Reason
    mails: int
    addresses: list[Address]
    has_more: bool

    @property
    def is_several(self) -> bool:
        return max(self.mails, len(self.addresses)) > 1

    @property
    def advice(self) -> str:
        return ADVICE[self.reason]

    @property
    def in_all(self) -> str:
        return of_mails(self.mails)


def groups() -> list[Group]:
    """In the order of Reason, without those that have nothing; in four queries."""
    return _groups(not_arrived.to_see_to(), Mailbox.objects.to_see_to(), failures.numbers())


def settled() -> list[Address]:
    """What staff have marked as done, by address, whatever the reason."""
    by_reason = _by_reason(Message.objects.settled(), Mailbox.objects.settled())
    found = [each for addresses in by_reason.values() for each in addresses]
    _add_people(found)
    return found


def of_mails(mails) -> str:
    text = ngettext("%(number)s mail did not arrive.", "%(number)s mails did not arrive.", mails)
    return text % {"number": number(mails)}


def of_mailboxes(mailboxes) -> str:
    text = ngettext("%(number)s mailbox sends our mails back.", "%(number)s mailboxes send our mails back.", mailboxes)
    return text % {"number": number(mailboxes)}


def _groups(mails, mailboxes, numbers) -> list[Group]:
    by_reason = _by_reason(mails, mailboxes)
    shown = {reason: by_reason[reason][:ADDRESSES] for reason in Reason if by_reason[reason] or numbers[reason]}
    _add_people([each for addresses in shown.values() for each in addresses])
    return [
        Group(reason, numbers[reason], addresses, _has_more(numbers[reason], addresses, by_reason[reason]))
        for reason, addresses in shown.items()
    ]


def _has_more(mails, shown, found) -> bool:
    return len(found) > len(shown) or mails > sum(len(each.mails) for each in shown)


def _by_reason(mails, mailboxes) -> dict[Reason, list[Address]]:
    """A mailbox is where mails to it are, if there are any."""
    found = {}
    for mail in mails.filter(emptied_at=None).defer("octets").order_by("-queued_at", "-pk")[:LATEST]:
        _add_mail(found, mail)
    places = {address: entry for (_reason, address), entry in found.items()}
    for mailbox in mailboxes[:LATEST]:
        key = (failures.of_mailbox(mailbox), mailbox.address)
        entry = found.get(key) or places.get(mailbox.address) or found.setdefault(key, Address(mailbox.address))
        entry.mailbox = mailbox.pk
        entry.words, entry.last = entry.words or mailbox.last_words, entry.last or in_geneva(mailbox.last_at)
    by_reason = defaultdict(list)
    for (reason, _address), entry in found.items():
        by_reason[reason].append(entry)
    return by_reason


def _add_mail(found, mail):
    """The latest comes first: its words and its time are shown."""
    key = (failures.of_mail(mail.last_error, mail.status), fold_address(mail.recipient))
    entry = found.setdefault(
        key, Address(mail.recipient, words=mail.last_error, last=in_geneva(mail.came_back_at or mail.queued_at))
    )
    entry.mails.append(mail.pk)
    came_back = in_geneva(mail.came_back_at) if mail.is_sent else ""
    entry.subjects.setdefault(wording.subject(mail), came_back)


def _add_people(addresses):
    mailboxes = {fold_address(each.address) for each in addresses}
    people = Participant.objects.filter(mailbox__in=mailboxes, anonymised_at=None).select_related("season")
    behind = defaultdict(list)
    for person in people.order_by("-season__starts_on", "name_key", "pk"):
        behind[person.mailbox].append(person)
    for each in addresses:
        each.people = behind[fold_address(each.address)]
