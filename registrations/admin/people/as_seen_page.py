"""The page on which staff see “My season” of a person as that person sees it, with nothing on it that works."""

from copy import copy

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from registrations import audit
from registrations.admin.people.person_page import PersonPage
from registrations.circulars import on_pages
from registrations.presenters import dead_page, own_season
from registrations.presenters.my_season import my_season
from sessions.clocks import moment

NO_KEY = "not-shown"


class AsSeenPage(PersonPage):
    """GET says what it is, and the button shows it, because that is put on record."""

    template_name = "admin/registrations/participant/see_page.html"
    title = gettext_lazy("See the page of this person")

    def has_permission(self):
        user = self.request.user
        return user.has_perm("registrations.view_participant") and user.has_perm("registrations.view_registration")

    def get(self, request, pk):
        return self.show(row=self.row)

    def post(self, request, pk):
        person, now = _without_keys(self.row), moment.of(self.row.season)
        registrations, offered = own_season.season_of(person, now)
        for registration in registrations:
            registration.join_key = NO_KEY
        asked = own_season.questions_in(person.season)
        circulars = on_pages.of_person(person, registrations, now=now)
        page = my_season(person, registrations, now, offers=offered, questions=asked, circulars=circulars)
        context = {"page": page, "participant": person, "back": self.leads_to()}
        html = render_to_string("admin/registrations/participant/as_seen.html", context, request)
        audit.record("page-seen", self.row, by=request.user)
        response = HttpResponse(dead_page.of(html))
        response["Referrer-Policy"] = "no-referrer"
        return response


def _without_keys(person):
    shown = copy(person)
    shown.key = shown.feed_key = shown.stop_key = NO_KEY
    return shown
