"""robots.txt: everything is open to programs, and where they find the addresses of the site."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def robots(request):
    """Everything is open to programs: calendar importers refuse feeds that it closes, or all of a site without it."""
    addresses = settings.SITE_URL + reverse("sitemap")
    return HttpResponse(f"User-agent: *\nDisallow:\n\nSitemap: {addresses}\n", content_type="text/plain")
