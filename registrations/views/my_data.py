"""What is stored about a person: to read, to take along, to erase."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from registrations import links
from registrations.forms.person import EraseForm
from registrations.next_season import subscription
from registrations.presenters.my_data import OwnDataPage
from registrations.presenters.my_season import my_season
from registrations.presenters.own_season import registrations_of
from registrations.presenters.problems import problems_in
from registrations.privacy import erasure, my_data
from registrations.privacy.anonymisation import SHARED_BY
from registrations.views.support import reading_language, unproven
from registrations.views.support.access import WITH_FORM, personal
from sessions.clocks import moment


@require_safe
@personal(links.participant_behind)
def show(request, participant):
    page = OwnDataPage(my_data.of(participant, now=moment.of(participant.season)))
    return render(request, "registrations/own_data.html", {"page": page, "participant": participant})


@require_safe
@personal(links.participant_behind)
def download(request, participant):
    written = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(my_data.of(participant, now=moment.of(participant.season)), json_dumps_params=written)
    name = f"minamata-{participant.season.slug}-my-data.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def erase(request, participant):
    now = moment.of(participant.season)
    form = EraseForm(request.POST if request.method == "POST" else None, initial=unproven.typed(request))
    if form.is_valid():
        erasure.erase(participant_id=participant.pk, now=now)
        return redirect(links.in_language(reverse("registrations:erased"), get_language()))
    entries = my_season(participant, registrations_of(participant, now), now).entries
    coming = [entry for entry in entries if not (entry.is_over or entry.is_cancelled)]
    context = {"form": form, "problems": problems_in(form), "participant": participant, "coming": coming}
    context["fewest_alike"] = SHARED_BY
    context["hears_of_next"] = subscription.is_asked_for(participant.mailbox)
    return render(request, "registrations/erase.html", context, status=422 if form.errors else 200)


@require_safe
@reading_language.of_nobody
def erased(request):
    return render(request, "registrations/erased.html")
