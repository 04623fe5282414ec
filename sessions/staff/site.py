"""The admin site under our own name: who gets in, and its index in the order in which staff work."""

from functools import wraps

from allauth.account.decorators import secure_admin_login
from django.contrib import messages
from django.contrib.admin.sites import AdminSite
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from sessions.staff import desk_groups, finding, second_factor, unsent_forms
from sessions.staff.handbook import help as handbook_help
from sessions.staff.handbook import pages as handbook_pages

SIGNED_OUT = _("Your sign-in had ended or changed when you pressed the button, so nothing was done.")
ROOMS = ["online_sessions", "registrations"]
MODELS = [
    "Season",
    "Session",
    "Occurrence",
    "SpeakerQuestion",
    "PageText",
    "SlotChange",
    "Circular",
    "Registration",
    "Participant",
    "Transfer",
    "SeatRemoval",
    "Certificate",
    "NextSeasonSubscriber",
    "Invitation",
    "AdmissionRequest",
    "InvitationBatch",
    "Message",
    "Mailbox",
    "StaffAction",
]


class StaffSite(AdminSite):
    site_header = _("Minamata Online: staff desk")
    site_title = _("Minamata Online")
    index_title = _("Today")
    # The lists need the width: their numbers are in the last columns.
    enable_nav_sidebar = False
    index_template = "admin/start.html"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What the start page says needs staff: functions of the request that give pairs of a sentence and an address.
        self.notices = []
        # What else it shows: functions of the request that give values for its template.
        self.parts = []
        # What its box finds; sessions/staff/finding.py says how.
        self.finders = []

    def get_urls(self):
        find = path("find/", self.admin_view(self.find), name="find")
        return [find, *self._handbook_urls(), *super().get_urls()]

    def find(self, request):
        return finding.page(request, self)

    def each_context(self, request):
        shared = {"help_address": handbook_help.address(request), "unsent": unsent_forms.find(request)}
        return super().each_context(request) | shared

    def _handbook_urls(self):
        chapter, picture = self.admin_view(handbook_pages.show), self.admin_view(handbook_pages.picture)
        return [
            path("handbook/", self.admin_view(handbook_pages.contents), {"site": self}, name="handbook"),
            path("handbook/pictures/<slug:name>.png", picture, name="handbook_picture"),
            path("handbook/<slug:name>/", chapter, {"site": self}, name="handbook_chapter"),
        ]

    def has_permission(self, request):
        return super().has_permission(request) and second_factor.is_passed(request)

    def admin_view(self, view, cacheable=False):
        return super().admin_view(_for_sound_questions(_for_who_was_signed_out(_for_what_is_there(view))), cacheable)

    @method_decorator(secure_admin_login)
    def login(self, request, extra_context=None):
        """For staff who are signed in; others were led to the page for signing in, or are refused."""
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect(second_factor.way_in(request, then=request.GET.get("next", "")))

    def index(self, request, extra_context=None):
        found = [each for notices in self.notices for each in notices(request)]
        shown = {"notices": found, "desk_groups": desk_groups.of(self.get_app_list(request))}
        for part in self.parts:
            shown |= part(request)
        return super().index(request, shown | (extra_context or {}))

    def get_app_list(self, request, app_label=None):
        app_list = super().get_app_list(request, app_label)
        for app in app_list:
            app["models"].sort(key=lambda model: _place(MODELS, model["object_name"]))
            if app["app_label"] == "auth":
                # Groups and rights are given by roles: what is left are the colleagues.
                app["name"] = app["models"][0]["name"] = _("Staff")
        return sorted(app_list, key=lambda app: _place(ROOMS, app["app_label"]))


def _for_sound_questions(view):
    """Django's filters hand what is in the address to the database, and PostgreSQL takes no null byte."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if any("\0" in text for name, texts in request.GET.lists() for text in (name, *texts)):
            raise BadRequest("There is a null byte in the address.")
        return view(request, *args, **kwargs)

    return answer


def _for_who_was_signed_out(view):
    """What was sent without a sign-in waits at its address (0021), until it is sent from there again, or discarded."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method == "POST":
            unsent_forms.forget(request)
        elif unsent_forms.DISCARD in request.GET:
            unsent_forms.forget(request)
            return redirect(unsent_forms.without_discard(request))
        is_waiting = unsent_forms.find(request) is not None
        response = view(request, *args, **kwargs)
        if is_waiting and isinstance(response, HttpResponseRedirect):
            messages.info(request, SIGNED_OUT)
        return response

    return answer


def _for_what_is_there(view):
    """A colleague may delete a row while somebody has its page open: the button says so, and leads on."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (Http404, ObjectDoesNotExist) as missing:
            if request.method != "POST" or not kwargs.keys() & {"pk", "object_id"}:
                raise Http404 from missing
        messages.warning(request, _("Somebody has deleted this meanwhile. Nothing was done."))
        return redirect("admin:index")

    return answer


def _place(order, name) -> int:
    return order.index(name) if name in order else len(order)
