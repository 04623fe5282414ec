"""Calendars of the programme: a season's, a stream's, a session's to subscribe to, a time slot's to download."""

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sessions import feeds, kept_answers, public_programme
from sessions.feed_answer import ANYBODYS, answer


@require_safe
def season(request, season):
    programme = public_programme.of(season)
    return _feed(request, programme, feeds.of_season, programme.season, f"minamata-{season}")


@require_safe
def stream(request, season, stream):
    programme = public_programme.of(season)
    return _feed(request, programme, feeds.of_stream, programme.stream(stream), f"minamata-{season}-{stream}")


@require_safe
def session(request, season, slug):
    programme = public_programme.of(season)
    found = programme.session(slug)
    if found.is_by_invitation:
        raise Http404
    return _feed(request, programme, feeds.of_session, found, slug)


@require_safe
def slot(request, season, slug, number):
    programme = public_programme.of(season)
    found = programme.slot(slug, number)
    key = kept_answers.key_of(programme.state, "slot", number, get_language())
    text = kept_answers.get(key, lambda: feeds.slot(found, found.session.absolute_url))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return kept_answers.compressed(request, response, key=key)


def _feed(request, programme, make, shown, filename):
    """Any change of the programme has a moment of its own in `state`, so an older feed is never kept under it."""
    key = kept_answers.key_of(programme.state, make.__name__, shown.pk)
    feed = kept_answers.get(key, lambda: make(shown))
    return kept_answers.compressed(request, answer(request, feed, filename=filename, cache=ANYBODYS), key=key)
