"""How many people came to a time slot, by the report of its meeting, beside the number that staff type."""

from django.db.models import Count
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.figures.tables import FEWEST
from registrations.models import AttendanceReport, Registration
from sessions.clocks import dates, moment

LABEL = gettext_lazy("By the report")
WHICH_COUNTS = gettext_lazy(
    "For the public page alone. Lists, mails and figures go by the report of the meeting, because it says who came."
)

# As in the published figures, which hide it.
TOO_FEW = gettext_lazy("So small a number is not offered for the public page: it could tell who came.")


def with_reported(slots) -> list:
    """The slots, each with `came_by_report`: of those registered for it; None where no report of it counts."""
    slots = list(slots)
    in_force = AttendanceReport.objects.in_force().filter(occurrence__in=slots)
    reported = set(in_force.values_list("occurrence", flat=True))
    came = Registration.objects.confirmed().of_confirmed_people().came().filter(occurrence__in=reported)
    people = dict(came.order_by().values_list("occurrence").annotate(Count("pk"))) if reported else {}
    for slot in slots:
        slot.came_by_report = people.get(slot.pk, 0) if slot.pk in reported else None
    return slots


def beside(slot):
    """What the report says, and a box to take its number, where that is another one than was typed."""
    if not slot.is_over(moment.of(slot.session.season)):
        return _("Known after the meeting.")
    people = slot.came_by_report
    if people is None:
        return _("No report of the meeting has been added yet: see “Who was there”.")
    words = ngettext("%(number)s registered person came.", "%(number)s registered people came.", people) % {
        "number": dates.number(people)
    }
    if people == slot.attendance:
        return words
    if 0 < people < FEWEST:
        return f"{words} {TOO_FEW}"
    take = _("Take this number for the public page: %(number)s") % {"number": dates.number(people)}
    box = '{}<br><label><input type="checkbox" name="{}" value="{}"> {}</label>'
    return format_html(box, words, box_name(slot), people, take)


def box_name(slot) -> str:
    return f"take-report-{slot.pk}"
