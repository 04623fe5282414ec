"""The admin site under our own name, with its index in the order in which staff work."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.utils.translation import gettext_lazy as _

ROOMS = ["online_sessions", "registrations"]
MODELS = ["Season", "Session", "Occurrence", "Registration", "Participant", "Message"]


class StaffDesk(AdminSite):
    site_header = _("Minamata Online: staff desk")
    site_title = _("Minamata Online")
    index_title = _("Staff desk")
    # The lists need the width: their numbers stand in the last columns.
    enable_nav_sidebar = False

    def get_app_list(self, request, app_label=None):
        app_list = super().get_app_list(request, app_label)
        for app in app_list:
            app["models"].sort(key=lambda model: _place(MODELS, model["object_name"]))
        return sorted(app_list, key=lambda app: _place(ROOMS, app["app_label"]))


class StaffDeskConfig(AdminConfig):
    default_site = "sessions.staff_desk.StaffDesk"


def _place(order, name) -> int:
    return order.index(name) if name in order else len(order)
