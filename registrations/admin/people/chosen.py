"""People chosen in a list for a page of their own: carried by the form, shown by name, confirmed by their number."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.admin.base import slot_time
from sessions.clocks.dates import number
from sessions.staff.numbers import row_number
from sessions.staff.page import StaffPage

# The number of more people than these is typed.
FEW = 3


class ChosenPage(StaffPage):
    """About registrations, by their `ids`, that came with the form; it leads back to the list."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.sent = self._came_with()
        self.ids = registration_ids(self.sent)

    def _came_with(self) -> QueryDict:
        """What was sent, or before the sign-in; people named by the address are others than those."""
        return self.request.POST if self.request.method == "POST" else self.request.GET or self.unsent or QueryDict()

    def leads_to(self):
        """The list as it was filtered when people were chosen in it."""
        return reverse("admin:registrations_registration_changelist", query=QueryDict(self.sent.get("filters", "")))

    def show(self, **context):
        common = {"ids": self.ids, "filters": self.sent.get("filters", ""), "leads_to": self.leads_to()}
        return super().show(**common | context)


def open_page(page, model_admin, request, queryset):
    """From an action of the list: the page, as if a form with the chosen rows had been sent to it."""
    sent = request.POST.copy()
    for name in ("look", "confirm", "shown", ACTION_CHECKBOX_NAME):
        sent.pop(name, None)
    sent.setlist("registration", [str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True)])
    sent["filters"] = request.GET.urlencode()
    request.POST = sent
    return page.as_view(model_admin=model_admin)(request)


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
