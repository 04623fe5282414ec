"""What each number of a season's figures means, in the words that pages show beside it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Measure:
    """The heading of a column, and how it is counted."""

    heading: str | Promise
    explanation: str | Promise


RATE = "rate"
MEASURES = {
    "registered": Measure(
        _("Registrations"),
        _(
            "Each person once for each session they signed up for, also if they cancelled or wait for a place. Who "
            "cancelled and came back to a session counts once. Nobody counts whom somebody else named and who has not "
            "confirmed, and no sign-up that staff took away as made up or as a second one of the same person."
        ),
    ),
    "confirmed": Measure(
        _("Confirmed"), _("Of those registered, who has a place in a time slot that is not called off.")
    ),
    "came": Measure(
        _("Attendances"),
        _(
            "Of those registered, who was in the meeting: by the report of the meeting platform, or, where a time slot "
            "has no report, by their click on “join”. It is known of time slots that are over and have a report or a "
            "click; the others are left out."
        ),
    ),
    RATE: Measure(
        _("Show-up rate"),
        _(
            "Attendances, in percent of those who had a place to the end or came all the same. Time slots of which "
            "nobody knows who came are left out."
        ),
    ),
    "people": Measure(
        _("People"),
        _("Different people among those registered. One name behind one mailbox is one person in a season."),
    ),
    "people_came": Measure(_("People who came"), _("Different people who came at least once.")),
    "first_time": Measure(
        _("First time"),
        _(
            "Of the people, who is not in an earlier season with the same name and mailbox. Nobody can be recognised "
            "whose details were erased: who took part before that counts as new, and who was erased in this season is "
            "left out."
        ),
    ),
    "seconds": Measure(
        _("Hours attended"),
        _(
            "How long people were in the meeting, within the hours of the time slot. Reports alone say it, clicks do "
            "not."
        ),
    ),
}


def show_up_rate(cell) -> float | None:
    """From 0 to 1, of a row's values by column; None where it is not known, or hidden."""
    came, held = cell.get("came"), cell.get("held")
    return None if came is None or not held else came / held
