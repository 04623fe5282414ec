"""What the form of a sign-up says of time slots that somebody chose and cannot have."""

from django.conf import settings
from django.utils.translation import gettext as _

from registrations.enrolment import refusals
from sessions.slot_states import SlotState

FULL = (SlotState.FULL, SlotState.WAITING_LIST)


def of_refusal(refusal, offer, sent) -> str:
    """For the session whose slot enrolment refused; `sent` is that slot, None if there is no such slot any more."""
    if isinstance(refusal, refusals.SlotMoved) and sent in offer.coming:
        return _(
            "This time slot was moved while you wrote. Look whether its new hour suits you, and send the form again."
        )
    if offer.free:
        return _another_is_chosen(refusal)
    if isinstance(refusal, refusals.NoSeatLeft) and offer.with_list:
        return _(
            "The last place was taken while you wrote. Tick the session again if you want to be on its waiting list, "
            "then send the form again."
        )
    return _none_is_left(refusal)


def of_own_page(refusal) -> str:
    """On the pages of somebody who is in the season already; empty where the slot was only full or closed."""
    if isinstance(refusal, refusals.TakenAway):
        text = _(
            "The Secretariat cancelled your registration for this session. If this is a mistake, write to %(address)s."
        )
        return text % {"address": settings.REPLY_TO_EMAIL}
    if isinstance(refusal, refusals.SlotMoved):
        return _(
            "This time slot was moved while you looked at it. Nothing was changed. Look whether its new hour suits "
            "you, and press the button again."
        )
    return ""


def of_lost(offer, sent) -> str:
    """For a session whose slot `sent` came with a link or a form, and cannot be chosen any more."""
    is_full = offer.state(sent) in FULL
    if is_full and offer.free:
        return _(
            "All places of the time slot that you chose are taken. Another one is chosen: look whether its hour suits "
            "you."
        )
    if is_full:
        return _("All places of the time slot that you chose are taken.")
    if offer.free:
        return _(
            "The time slot that you chose takes no registrations any more. Another one is chosen: look whether its "
            "hour suits you."
        )
    return _("The time slot that you chose takes no registrations any more.")


def _another_is_chosen(refusal) -> str:
    if isinstance(refusal, refusals.NoSeatLeft):
        return _(
            "This time slot filled up while you wrote. Another one is chosen: look whether its hour suits you, and "
            "send the form again."
        )
    if isinstance(refusal, refusals.SlotGone):
        return _(
            "The time slot that you chose is not offered any more. Another one is chosen: look whether its hour suits "
            "you, and send the form again."
        )
    return _(
        "This time slot is closed now. Another one is chosen: look whether its hour suits you, and send the form again."
    )


def _none_is_left(refusal) -> str:
    if isinstance(refusal, refusals.NoSeatLeft):
        return _("The last place was taken while you wrote. Send the form again to register for the others.")
    return _("Registration for this session is closed now. Send the form again to register for the others.")
