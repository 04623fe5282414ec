"""Answers for whoever watches the process."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request):
    """The process answers; says nothing about database or broker."""
    return HttpResponse("ok\n", content_type="text/plain")
