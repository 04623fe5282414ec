"""Every kind of mail: what it is called, what it tells, and what must be true when it leaves.

A new kind is a row here, a folder of templates with its name, a function in `composers` unless it is written at once,
and a mail in `tests/support/registrations/every_mail.py`.
"""

from dataclasses import dataclass
from enum import Enum
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Words for the desk, which is in English: script.catalogues gathers those of `_` alone.
staff = partial(pgettext_lazy, "staff")


class State(Enum):
    """What a mail tells of that may change before it leaves. Those of one registration leave in order."""

    SEAT = "a registration, from its seat to its cancelling"
    WAITING = "a registration on the waiting list"
    OWN_LIST = "all that one person has"
    LIST_OF_NAMED = "what those have whom a focal point named, and who stay behind their mailbox"


@dataclass(frozen=True)
class Kind:
    """The words for staff, and those for the person on the page of their data; what a row does not say is not so.

    A kind with the words alone holds up nothing: it overtakes no mail, none overtakes it, and it does not count
    as the news that somebody has a seat. With a `preference`, one of MAIL_PREFERENCES, it leaves only to people who
    have confirmed, want it and have a seat in a session that is held, and one click stops it; if it was posted
    because of a time (`known_starts_at`), the session must still have that time.
    """

    for_staff: str
    for_person: str
    tells: State | None = None
    preference: str = ""
    # Leaves only to somebody who has a seat in a session that is held.
    needs_seat: bool = False
    # Says when the session is, so that no reminder is needed soon after it.
    tells_the_time: bool = False
    # The first mail about a registration, or about all those of a list.
    is_first: bool = False
    # Says all that somebody needs who has had no other mail about the registration.
    says_all: bool = False
    # Says that one seat was got, where a summary tells of several.
    gives_seat: bool = False
    # Tells that staff changed a time slot.
    is_of_change: bool = False
    # Says, too, that a session does not take place.
    says_called_off: bool = False
    # Leaves before the session begins; other words each time.
    counts_down: bool = False
    # Must still arrive when its person is erased; delivery empties it when it has left.
    is_last: bool = False
    # To a mailbox on the list of those who hear of the next season; one click takes it off.
    is_to_list: bool = False
    # Words of staff to people whom they chose (people.audiences).
    is_circular: bool = False
    # Brings the calendar entry of one part of a time slot into order, after a mail that says all.
    is_of_part: bool = False
    # Has its text when it is posted, and is never written anew.
    is_written_at_once: bool = False

    @property
    def is_ordered(self) -> bool:
        """Whether it tells of the state of one registration, so that a later one of them overtakes it."""
        return self.tells in (State.SEAT, State.WAITING)

    @property
    def is_list(self) -> bool:
        return self.tells in (State.OWN_LIST, State.LIST_OF_NAMED)


# A mail that puts an entry into a calendar, or moves it.
ENTRY = {"tells": State.SEAT, "needs_seat": True, "tells_the_time": True}
FIRST_OF_ONE = {"is_first": True, "says_all": True}

MAIL_KINDS = {
    # To somebody who has a seat.
    "confirmation": Kind(staff("confirmation"), _("confirmation"), **ENTRY, **FIRST_OF_ONE, gives_seat=True),
    "invitation": Kind(staff("invitation"), _("calendar entry"), **ENTRY, says_all=True),
    "promoted": Kind(staff("moved up from the waiting list"), _("a place came free"), **ENTRY, gives_seat=True),
    "slot_changed": Kind(staff("own change of the time slot"), _("your change of the time slot"), **ENTRY),
    "slot_changed_by_staff": Kind(
        staff("moved by staff to another time slot"), _("another time slot for you"), **ENTRY
    ),
    "rescheduled": Kind(staff("time slot moved"), _("new time"), **ENTRY, is_of_change=True),
    "parts_changed": Kind(staff("parts of a time slot changed"), _("new times"), **ENTRY, is_of_change=True),
    "revived": Kind(staff("time slot held after all"), _("held after all"), **ENTRY, is_of_change=True),
    "reminder": Kind(staff("reminder"), _("reminder"), preference="reminders", counts_down=True),
    "reminders": Kind(
        staff("reminder of several sessions"),
        _("reminder of several sessions"),
        preference="reminders",
        counts_down=True,
    ),
    # An announcement.
    "published": Kind(staff("something was published"), _("recordings and slides"), preference="announcements"),
    "declined": Kind(
        staff("answer to a declined invitation"),
        _("question whether to cancel"),
        needs_seat=True,
        is_written_at_once=True,
    ),
    # After a mail to somebody who has it, or has it no more.
    "part_entry": Kind(
        staff("calendar entry of a part of a time slot"), _("calendar entry of one part"), is_of_part=True, is_last=True
    ),
    # To somebody who has it no more.
    "called_off": Kind(
        staff("time slot called off"), _("called off"), State.SEAT, is_of_change=True, says_called_off=True
    ),
    "cancelled": Kind(staff("own cancelling"), _("your cancelling"), State.SEAT, is_last=True),
    "erased": Kind(staff("own data erased, registration cancelled"), _("your data erased"), State.SEAT, is_last=True),
    "invitation_withdrawn": Kind(
        staff("invitation withdrawn after it was accepted"), _("invitation withdrawn"), State.SEAT, is_last=True
    ),
    "place_taken_away": Kind(staff("place taken away by staff"), _("your place taken away"), State.SEAT, is_last=True),
    "place_refused": Kind(
        staff("no place, because staff had taken one away"), _("why you have no place"), is_written_at_once=True
    ),
    # To somebody who waits.
    "waitlisted": Kind(staff("on the waiting list"), _("waiting list"), State.WAITING, **FIRST_OF_ONE),
    "left_waiting_list": Kind(staff("left the waiting list"), _("waiting list left"), State.WAITING),
    "waiting_changed": Kind(
        staff("news for who waits"),
        _("waiting list, new time"),
        State.WAITING,
        is_of_change=True,
        says_called_off=True,
    ),
    # About all that people have.
    "summary": Kind(staff("summary of a sign-up"), _("summary of your sign-up"), State.OWN_LIST, is_first=True),
    "already_registered": Kind(staff("already registered"), _("what you are registered for"), State.OWN_LIST),
    "named": Kind(
        staff("question to somebody named by a focal point"),
        _("question whether you take part"),
        State.OWN_LIST,
        is_first=True,
    ),
    "delegation": Kind(staff("summary of a delegation"), _("people you signed up"), State.LIST_OF_NAMED, is_first=True),
    "please_confirm": Kind(
        staff("question whether to sign up a delegation"),
        _("question whether to sign up your delegation"),
        is_written_at_once=True,
    ),
    # To somebody who is invited and has not answered.
    "personal_invitation": Kind(staff("personal invitation to a session"), _("invitation to a session")),
    "invitation_changed": Kind(
        staff("news for who is invited and has not answered"),
        _("news about an invitation"),
        is_of_change=True,
    ),
    "decline_question": Kind(
        staff("question whether to decline an invitation"), _("question whether you decline"), is_written_at_once=True
    ),
    # To who took part, and to speakers.
    "certificate": Kind(staff("certificate"), _("certificate"), preference="certificates"),
    # What staff have written.
    "circular": Kind(staff("circular"), _("letter of the organisers"), is_circular=True),
    # To a mailbox, whoever is behind it.
    "next_season": Kind(staff("announcement of a season"), _("a new season"), is_to_list=True),
    "new_link": Kind(staff("new personal link"), _("new personal link"), is_written_at_once=True),
    "links": Kind(staff("personal links on request"), _("your links")),
    "sign_in_code": Kind(staff("code to sign in"), _("code to sign in"), is_written_at_once=True),
    "nobody_registered": Kind(
        staff("no code, because nobody is registered"), _("nobody is registered"), is_written_at_once=True
    ),
    # To somebody on the staff.
    "staff_invitation": Kind(staff("invitation of a colleague"), _("invitation to the staff desk")),
    "staff_password": Kind(staff("link for a new password of staff"), _("link for a new password")),
}
# Of a row that another version of the program has stored.
UNKNOWN = Kind(staff("mail"), _("mail"))


def of(message) -> Kind:
    return MAIL_KINDS.get(message.kind, UNKNOWN)


def names(is_such) -> list[str]:
    """Of the kinds for which `is_such(kind)` is true."""
    return [name for name, kind in MAIL_KINDS.items() if is_such(kind)]
