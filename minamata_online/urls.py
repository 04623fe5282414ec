from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from minamata_online.health import healthz

urlpatterns = [
    path("", include("sessions.urls")),
    path("", include("registrations.urls")),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns.append(path("dev/mail/", include("django_mail_preview.urls")))
