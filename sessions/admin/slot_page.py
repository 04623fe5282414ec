"""What the pages that move a slot or call it off have in common: who may, which slot, and where they lead."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View

from sessions.admin import words
from sessions.models import Occurrence

CALLED_OFF = _("This time slot is called off already; it cannot be changed.")


class SlotPage(View):
    """Only POST changes anything, and only for people who may change time slots."""

    http_method_names = ["get", "post"]
    model_admin = None
    template_name = ""
    title = ""

    def dispatch(self, request, *args, **kwargs):
        if not self.model_admin.has_change_permission(request, self.slot):
            raise PermissionDenied
        if self.slot.is_called_off:
            return self.leave(messages.WARNING, CALLED_OFF)
        # Today's date in the calendar beside the day is that of the season's clock.
        with timezone.override(self.slot.session.season.zone):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    @cached_property
    def slot(self):
        return get_object_or_404(Occurrence.objects.select_related("session__season"), pk=self.kwargs["pk"])

    @property
    def is_outdated(self) -> bool:
        """Whether the slot was changed after the page with the number of people was shown."""
        return self.request.POST.get("sequence") != str(self.slot.sequence)

    def show(self, **context):
        site = self.model_admin.admin_site.each_context(self.request)
        context |= {"title": self.title, "slot": self.slot, "opts": Occurrence._meta, "now_at": self.now_at()}
        return TemplateResponse(self.request, self.template_name, site | context)

    def report(self, deed, told):
        """Say what was done and to how many people, here and in the history of the slot."""
        answer = f"{deed} {words.were_told(told)}"
        self.model_admin.log_change(self.request, self.slot, answer)
        return self.leave(messages.SUCCESS, answer)

    def leave(self, level, message):
        messages.add_message(self.request, level, message)
        return HttpResponseRedirect(reverse("admin:online_sessions_session_change", args=[self.slot.session_id]))

    def now_at(self):
        return words.two_clocks(self.slot.starts_at, self.slot.ends_at, self.slot.session.season)
