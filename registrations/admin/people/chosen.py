"""People chosen in a list for a page of their own: carried by the form, shown by name, confirmed by their number."""

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.admin.base import slot_time
from sessions.clocks.dates import number
from sessions.staff.numbers import row_number

# The number of more people than these is typed.
FEW = 3


class NumberForm(forms.Form):
    people = forms.CharField(
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": 8}),
    )

    def __init__(self, data=None, *, number, label):
        super().__init__(data, label_suffix="")
        self.number = number
        self.fields["people"].label = label
        if number <= FEW:
            del self.fields["people"]

    def clean_people(self):
        if self.cleaned_data["people"].strip() != str(self.number):
            text = _("Type %(number)s here to confirm. Nothing has been changed yet.")
            raise ValidationError(text % {"number": number(self.number)})
        return self.cleaned_data["people"]


def open_page(page, model_admin, request, queryset):
    """From an action of the list: the page, as if a form with the chosen rows had been sent to it."""
    sent = request.POST.copy()
    for name in ("look", "confirm", "shown", ACTION_CHECKBOX_NAME):
        sent.pop(name, None)
    sent.setlist("registration", [str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True)])
    sent["filters"] = request.GET.urlencode()
    request.POST = sent
    return page.as_view(model_admin=model_admin)(request)


def list_address(request) -> str:
    """The list as it was filtered when people were chosen in it."""
    filters = QueryDict(request.POST.get("filters", ""))
    return reverse("admin:registrations_registration_changelist", query=filters)


def registration_ids(request) -> list[int]:
    sent = request.POST if request.method == "POST" else request.GET
    named = [row_number(text) for text in sent.getlist("registration")]
    return sorted({pk for pk in named if pk is not None})


def rows(registrations) -> list[dict]:
    """Of registrations with their people and slots, for the table of a page."""
    return [
        {
            "pk": each.pk,
            "name": each.participant,
            "email": each.participant.email,
            "slot": slot_time(each.occurrence),
            "state": each.get_status_display(),
        }
        for each in registrations
    ]


def too_many(most) -> str:
    return _("These are more than %(number)s people. Choose fewer at once.") % {"number": number(most)}
