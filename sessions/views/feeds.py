"""Calendars of the programme: a season's, a stream's, a session's to subscribe to, a time slot's to download."""

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sessions.calendar import feeds
from sessions.calendar.http import ANYBODYS, answer
from sessions.public import response_cache, snapshot


@require_safe
def season(request, season):
    programme = snapshot.of(season)
    return _feed(request, programme, feeds.of_season, programme.season, f"minamata-{season}")


@require_safe
def stream(request, season, stream):
    programme = snapshot.of(season)
    return _feed(request, programme, feeds.of_stream, programme.stream(stream), f"minamata-{season}-{stream}")


@require_safe
def session(request, season, slug):
    programme = snapshot.of(season)
    found = programme.session(slug)
    if found.is_by_invitation:
        raise Http404
    return _feed(request, programme, feeds.of_session, found, slug)


@require_safe
def slot(request, season, slug, number):
    programme = snapshot.of(season)
    found = programme.slot(slug, number)
    key = response_cache.key_of(programme.state, "slot", number, get_language())
    text = response_cache.get(key, lambda: feeds.slot(found, found.session.absolute_url))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response_cache.compressed(request, response, key=key)


def _feed(request, programme, make, shown, filename):
    """Any change of the programme has a moment of its own in `state`, so an older feed is never cached under it."""
    key = response_cache.key_of(programme.state, make.__name__, shown.pk, get_language())
    feed = response_cache.get(key, lambda: make(shown))
    return response_cache.compressed(request, answer(request, feed, filename=filename, cache=ANYBODYS), key=key)
