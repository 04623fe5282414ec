"""Puts our admin site in the place of Django's; on its own, because it is read before the models are."""

from django.contrib.admin.apps import AdminConfig


class StaffSiteConfig(AdminConfig):
    default_site = "sessions.staff.site.StaffSite"
