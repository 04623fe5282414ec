"""The one click that ends mails about new seasons."""

from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registrations import links
from registrations.models import NextSeasonSubscriber
from registrations.next_season import subscription
from registrations.views.support import reading_language
from registrations.views.support.access import kept_private, wrong_link
from sessions.clocks import moment


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@reading_language.of_nobody
def stop(request, stop_key):
    """RFC 8058, as for other mails. All keys have one answer, so that it tells nobody whether an address is listed.

    The row is deleted; a mail program that sends the POST once more, or somebody who comes back, reads the same again.
    """
    if not links.is_key(stop_key):
        return kept_private(wrong_link(request))
    if request.method == "POST":
        subscription.stop(NextSeasonSubscriber.objects.filter(stop_key=stop_key), now=moment.now())
    return kept_private(render(request, "registrations/stop_next_season.html", {"is_done": request.method == "POST"}))
