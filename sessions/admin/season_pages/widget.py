"""The page with the lines that show a season on other web pages."""

from django.utils.translation import gettext_lazy

from sessions.admin.programme_page import ProgrammePage
from sessions.models import Season
from sessions.presenters import widget_lines


class WidgetPage(ProgrammePage):
    """For everybody who may see seasons: whoever keeps the other page gets the lines from them."""

    model = Season
    http_method_names = ["get", "head"]
    template_name = "admin/online_sessions/season/widget.html"
    title = gettext_lazy("On other web pages")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request, self.row)

    def get(self, request, pk):
        return self.show(current=widget_lines.in_all_languages(), of_season=widget_lines.in_all_languages(self.row))
