"""All addresses of the site, and the pages for errors."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from minamata_online.monitoring.health import healthz, readyz
from minamata_online.monitoring.metrics import metrics
from minamata_online.robots_txt import robots
from sessions.views.sitemap import sitemap

handler400 = "minamata_online.middleware.error_pages.bad_request"
handler403 = "minamata_online.middleware.error_pages.permission_denied"
handler404 = "minamata_online.middleware.error_pages.page_not_found"
handler500 = "minamata_online.outage.server_error"

# Browsers ask for this address on their own where a page names no icon, and old ones always.
favicon = RedirectView.as_view(url=lazy(static, str)("img/icon.png"))

in_each_language = [
    path("", include("sessions.urls")),
    path("", include("registrations.sign_up_urls")),
    path("", include("registrations.accounts.urls")),
]

urlpatterns = [
    # Asked by programs again and again, so they are found first.
    path("api/", include("sessions.api.urls")),
    path("widget/", include("sessions.widget.urls")),
    # Without a prefix in English: these addresses are in mails and calendars.
    *i18n_patterns(*in_each_language, prefix_default_language=False),
    path("", include("registrations.urls")),
    path("", include("registrations.accounts.staff_urls")),
    path("", include("sessions.staff.urls")),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("favicon.ico", favicon),
    path("robots.txt", robots),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns.append(path("dev/mail/", include("django_mail_preview.urls")))
