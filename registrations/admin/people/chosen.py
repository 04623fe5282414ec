"""People chosen in a list for a page of their own: carried by the form, shown by name, confirmed by their number."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.admin.base import slot_time
from sessions.clocks.dates import number
from sessions.staff.numbers import row_number

# The number of more people than these is typed.
FEW = 3


def open_page(page, model_admin, request, queryset):
    """From an action of the list: the page, as if a form with the chosen rows had been sent to it."""
    sent = request.POST.copy()
    for name in ("look", "confirm", "shown", ACTION_CHECKBOX_NAME):
        sent.pop(name, None)
    sent.setlist("registration", [str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True)])
    sent["filters"] = request.GET.urlencode()
    request.POST = sent
    return page.as_view(model_admin=model_admin)(request)


def came_with(page) -> QueryDict:
    """What was sent to the StaffPage, or before the sign-in; people named by the address are others than those."""
    return page.request.POST if page.request.method == "POST" else page.request.GET or page.unsent or QueryDict()


def list_address(sent) -> str:
    """The list as it was filtered when people were chosen in it."""
    return reverse("admin:registrations_registration_changelist", query=QueryDict(sent.get("filters", "")))


def registration_ids(sent) -> list[int]:
    named = [row_number(text) for text in sent.getlist("registration")]
    return sorted({pk for pk in named if pk is not None})


def rows(registrations) -> list[dict]:
    """Of registrations with their people and slots, for the table of a page."""
    return [
        {
            "pk": each.pk,
            "name": each.participant,
            "email": each.participant.email,
            "session": each.occurrence.session,
            "slot": slot_time(each.occurrence),
            "state": each.get_status_display(),
        }
        for each in registrations
    ]


def too_many(most) -> str:
    return _("These are more than %(number)s people. Choose fewer at once.") % {"number": number(most)}
