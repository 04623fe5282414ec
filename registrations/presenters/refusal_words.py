"""What the form of a sign-up says of time slots that somebody chose and cannot have."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.enrolment import refusals
from sessions.slot_states import SlotState

ANOTHER = gettext_lazy("Another one is chosen: look whether its hour suits you, and send the form again.")
FULL = (SlotState.FULL, SlotState.WAITING_LIST)


def of_refusal(refusal, offer, sent) -> str:
    """For the session whose slot enrolment refused; `sent` is that slot, None if there is no such slot any more."""
    if isinstance(refusal, refusals.SlotMoved) and sent in offer.coming:
        return _(
            "This time slot was moved while you wrote. Look whether its new hour suits you, and send the form again."
        )
    if offer.free:
        return f"{_why(refusal)} {ANOTHER}"
    if isinstance(refusal, refusals.NoSeatLeft) and offer.with_list:
        return _(
            "The last place was taken while you wrote. Tick the session again if you want to be on its waiting list, "
            "then send the form again."
        )
    return f"{_why_not(refusal)} {_('Send the form again to register for the others.')}"


def moved_words() -> str:
    """On the pages of somebody who is in the season already."""
    return _(
        "This time slot was moved while you looked at it. Nothing was changed. Look whether its new hour suits you, "
        "and press the button again."
    )


def of_lost(offer, sent) -> str:
    """For a session whose slot `sent` came with a link or a form, and cannot be chosen any more."""
    what = (
        _("All places of the time slot that you chose are taken.")
        if offer.state(sent) in FULL
        else _("The time slot that you chose takes no registrations any more.")
    )
    return f"{what} {_('Another one is chosen: look whether its hour suits you.')}" if offer.free else what


def _why(refusal) -> str:
    if isinstance(refusal, refusals.NoSeatLeft):
        return _("This time slot filled up while you wrote.")
    if isinstance(refusal, refusals.SlotGone):
        return _("The time slot that you chose is not offered any more.")
    return _("This time slot is closed now.")


def _why_not(refusal) -> str:
    if isinstance(refusal, refusals.NoSeatLeft):
        return _("The last place was taken while you wrote.")
    return _("Registration for this session is closed now.")
