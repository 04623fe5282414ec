"""The public page with the figures of a season."""

from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from registrations.figures import keeping
from registrations.presenters import public_figures
from sessions.clocks import moment
from sessions.clocks.reader import reader_of
from sessions.models.sessions import FIGURES
from sessions.presenters import preview_pictures
from sessions.public import response_cache, snapshot
from sessions.views import programme


@require_safe
@vary_on_cookie
def season(request, season):
    """Where nothing is published, the answer is that about a session of that name."""
    found = snapshot.shown_to(request, season)
    if found.figures_since is None:
        return programme.session(request, season, FIGURES)
    reader, now = reader_of(request, found.season), moment.of(found.season)
    return response_cache.page(request, found, reader, now, lambda: _page(request, found))


def _page(request, shown):
    season = shown.season
    kept = keeping.public(season)
    if kept is None:
        return programme.session(request, season.slug, FIGURES)
    context = {
        "season": season,
        "found": public_figures.of_season(season, kept, kept.shown),
        "picture": preview_pictures.of_season(season, shown.streams),
    }
    return render(request, "sessions/figures.html", context)
