"""robots.txt: everything is open to programs."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def robots(request):
    """Everything is open to programs: calendar importers refuse feeds that it closes, or all of a site without it."""
    return HttpResponse("User-agent: *\nDisallow:\n", content_type="text/plain")
