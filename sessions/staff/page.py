"""What the pages have in common on which staff are shown what a button will do, and press it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from sessions.clocks import dates
from sessions.staff import unsent_forms


class StaffPage(View):
    """A page about one row, beside its form in the admin; only POST changes anything."""

    http_method_names = ["get", "head", "post"]
    model_admin = None
    model = None
    related = ()
    template_name = ""
    title = ""
    # Dates in forms are those of this clock.
    zone = dates.GENEVA

    def dispatch(self, request, *args, **kwargs):
        if request.method.lower() not in self.http_method_names:
            return self.http_method_not_allowed(request)
        if not self.has_permission():
            raise PermissionDenied
        if reason := self.refusal():
            return self.leave(messages.WARNING, reason)
        with timezone.override(self.zone):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    def has_permission(self) -> bool:
        """Whether somebody may open the page, or send it."""
        raise NotImplementedError

    def refusal(self) -> str:
        """Why nothing can be done with the row in its present state; empty if something can."""
        return ""

    def leads_to(self) -> str:
        """The address of the page to which this one leads back."""
        raise NotImplementedError

    @cached_property
    def row(self):
        return get_object_or_404(self.model.objects.select_related(*self.related), pk=self.kwargs["pk"])

    @cached_property
    def unsent(self):
        """What somebody had typed here before they were signed out; empty if nothing. Each form begins with it."""
        unsent = unsent_forms.find(self.request)
        return unsent.typed if unsent else {}

    @property
    def number_unsent(self) -> str:
        """The number that they had typed as a confirmation."""
        return self.unsent.get("people", "")

    def show(self, **context):
        site = self.model_admin.admin_site.each_context(self.request)
        common = {"title": self.title, "opts": self.model_admin.model._meta}
        return TemplateResponse(self.request, self.template_name, site | common | context)

    def leave(self, level, *sentences, page=None):
        for sentence in sentences:
            messages.add_message(self.request, level, sentence)
        return HttpResponseRedirect(page or self.leads_to())

    def log(self, row, *sentences):
        """In the history of the row."""
        self.model_admin.log_change(self.request, row, "\n".join(sentences))
