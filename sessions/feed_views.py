"""Calendars of the programme to subscribe to: a season's, a stream's, a session's."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sessions import feeds
from sessions.feed_answer import ANYBODYS, answer
from sessions.models import Season, Session, Stream


@require_safe
def season(request, season):
    found = get_object_or_404(Season.objects.published(), slug=season)
    return answer(request, feeds.of_season(found), filename=f"minamata-{season}", cache=ANYBODYS)


@require_safe
def stream(request, season, stream):
    streams = Stream.objects.filter(season__in=Season.objects.published()).select_related("season")
    found = get_object_or_404(streams, season__slug=season, slug=stream)
    return answer(request, feeds.of_stream(found), filename=f"minamata-{season}-{stream}", cache=ANYBODYS)


@require_safe
def session(request, season, slug):
    sessions = Session.objects.published().open_to_all().select_related("season")
    found = get_object_or_404(sessions, season__slug=season, slug=slug)
    return answer(request, feeds.of_session(found), filename=slug, cache=ANYBODYS)
