"""From people ticked in the list to the page on which staff write to them."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from registrations.admin.people import chosen

# They are named in the address of the page, which has to stay short.
PEOPLE_AT_MOST = 200
SEVERAL_SEASONS = gettext_lazy(
    "These people are of several seasons, and a circular goes to people of one. Filter the list by season first."
)


@admin.action(description=gettext_lazy("Write to them …"), permissions=["write_circulars"])
def write_to(model_admin, request, queryset):
    ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: PEOPLE_AT_MOST + 1])
    seasons = list(queryset.order_by().values_list("session__season", flat=True).distinct()[:2])
    if len(ids) > PEOPLE_AT_MOST:
        messages.warning(request, chosen.too_many(PEOPLE_AT_MOST))
        return None
    if len(seasons) > 1:
        messages.warning(request, SEVERAL_SEASONS)
        return None
    named = {"season": seasons[0], "ticked": "-".join(map(str, ids))}
    return redirect(reverse("admin:registrations_circular_add", query=named))
