"""The staff as administrators see it; rights are given by roles alone, so Django's own forms for users are closed."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin

# It registers Django's own forms, which are taken away below.
from django.contrib.auth import admin as _django_forms  # noqa: F401
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef
from django.urls import path
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import ReadOnlyAdmin, in_geneva
from registrations.admin.colleagues import pages
from registrations.people import staff
from sessions.staff import roles

# Which mailbox somebody has proven is no matter of staff.
for model in (User, Group, Authenticator, EmailAddress):
    admin.site.unregister(model)
ABOUT_ONE = {
    "remove": pages.RemovePage,
    "bring-back": pages.BringBackPage,
    "invite-again": pages.InviteAgainPage,
    "second-factor": pages.SecondFactorPage,
}


@admin.register(User)
class ColleagueAdmin(ReadOnlyAdmin):
    list_display = ["name", "role", "email", "state", "has_factor", "last_sign_in"]
    search_fields = ["username", "email"]
    ordering = ["-is_active", "username"]
    change_list_template = "admin/auth/user/change_list.html"

    def get_queryset(self, request):
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        return staff.everybody().annotate(factors=Exists(factors)).prefetch_related("groups")

    def get_urls(self):
        ours = [
            path(f"<path:pk>/{name}/", self._view(page), name=f"auth_user_{name.replace('-', '_')}")
            for name, page in ABOUT_ONE.items()
        ]
        return [*ours, *super().get_urls()]

    def _view(self, page):
        return self.admin_site.admin_view(page.as_view(model_admin=self))

    def add_view(self, request, form_url="", extra_context=None):
        return pages.InvitePage.as_view(model_admin=self)(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return pages.RolePage.as_view(model_admin=self)(request, pk=object_id)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Staff")} | (extra_context or {}))

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    @admin.display(description=_("name"), ordering="username")
    def name(self, user):
        return user.get_username()

    @admin.display(description=_("role"))
    def role(self, user):
        return roles.in_words(user)

    @admin.display(description=_("state"), ordering="is_active")
    def state(self, user):
        if not user.is_active:
            return _("removed")
        return _("invited") if staff.is_invited(user) else _("can sign in")

    @admin.display(description=_("second factor"))
    def has_factor(self, user):
        return _("set up") if user.factors else _("not set up")

    @admin.display(description=_("last sign-in"), ordering="last_login")
    def last_sign_in(self, user):
        return in_geneva(user.last_login)
