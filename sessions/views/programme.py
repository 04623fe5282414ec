"""Pages of the programme: seasons, a season, a session, its files, and the choice of a time zone."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from registrations.feedback import opening
from registrations.models import Figures
from registrations.people import consent
from registrations.presenters import feedback_results
from sessions import partners, rich_text, translations
from sessions.calendar.links import Subscription
from sessions.clocks import moment, zones
from sessions.clocks.reader import place_of, reader_of, remember_zone
from sessions.materials import downloads, material_groups, player
from sessions.models import Material, Season, Session
from sessions.presenters import preview_pictures, structured_data
from sessions.presenters.months import of_cards as months_of
from sessions.presenters.poster import Poster
from sessions.presenters.sessions import SessionCard
from sessions.presenters.slots import SlotCard
from sessions.presenters.zones import zone_groups
from sessions.public import response_cache, snapshot
from sessions.seasons import season_days
from sessions.staff import unsent_forms


@require_safe
@vary_on_cookie
def home(request):
    current = snapshot.of_current_season()
    if current is None:
        return render(request, "sessions/no_season.html")
    return _season(request, current)


@require_safe
def seasons(request):
    listed = season_days.for_everybody(Season.objects.published().newest_first())
    with_figures = set(Figures.objects.public().values_list("season", flat=True))
    return render(request, "sessions/seasons.html", {"seasons": listed, "with_figures": with_figures})


@require_safe
@vary_on_cookie
def season(request, season):
    return _season(request, snapshot.shown_to(request, season))


@require_safe
@vary_on_cookie
def session(request, season, slug):
    programme = snapshot.shown_to(request, season)
    found = programme.session(slug)
    reader, now = reader_of(request, programme.season), moment.of(programme.season)
    response = response_cache.page(
        request, programme, reader, now, lambda: _session_page(request, programme, found, reader, now)
    )
    return player.allow(response, found.materials.all())


@require_safe
@vary_on_cookie
def poster(request, season):
    programme = snapshot.shown_to(request, season)
    reader, now = reader_of(request, programme.season), moment.of(programme.season)
    return response_cache.page(request, programme, reader, now, lambda: _poster_page(request, programme, reader, now))


@require_safe
def material_file(request, season, slug, pk, filename):
    """The name in the address is for people: an old or wrong one leads to the present one."""
    files = Material.objects.filter(session__in=_sessions(season).filter(slug=slug)).exclude(file="")
    material = get_object_or_404(files.select_related("session__season"), pk=pk)
    if filename != material_groups.file_name(material):
        return HttpResponseRedirect(material_groups.address_of(material))
    return downloads.answer(request, material)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def time_zone(request):
    back = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    is_sent, chosen = request.method == "POST", request.POST.get("zone", "")
    if hasattr(request, "came_without_token") and settings.CSRF_COOKIE_NAME not in request.COOKIES:
        return _zone_page(request, back, keeps_no_cookie=True)
    zone = zones.current_name(chosen) if "\0" not in chosen else None
    if is_sent and zone:
        response = HttpResponseRedirect(back)
        remember_zone(response, zone)
        return response
    return _zone_page(request, back, is_wrong=is_sent)


# Called without the token of a cookie as well (csrf_failure in minamata_online/middleware), to say why nothing is kept.
time_zone.needs_no_cookie = True


@require_safe
def privacy(request):
    terms = {
        "how_long": consent.how_long(),
        "how_long_for_returned_mails": consent.how_long_for_returned_mails(),
        "years": consent.years_kept(),
        "answers_needed": opening.NEEDED,
        "minutes_of_typed_form": consent.TYPED_FORM_IS_KEPT // timedelta(minutes=1),
        "hours_of_sign_in": settings.SESSION_COOKIE_AGE // 3600,
        "days_of_unsent_form": unsent_forms.DAYS,
        "player_host": settings.PLAYER_HOST,
    }
    return render(request, "sessions/privacy.html", terms)


def _zone_page(request, back, *, is_wrong=False, keeps_no_cookie=False):
    now = moment.now()
    reader = reader_of(request, Season(timezone="UTC"))
    context = {
        "groups": zone_groups(now, zone=reader.zone),
        "reader": reader,
        "current": reader.zone if reader.is_known else "",
        "current_words": zones.label(reader.zone, now),
        "back": back,
        "is_wrong": is_wrong,
        "keeps_no_cookie": keeps_no_cookie,
    }
    return render(request, "sessions/time_zone.html", context, status=400 if is_wrong or keeps_no_cookie else 200)


def _season(request, programme):
    reader, now = reader_of(request, programme.season), moment.of(programme.season)
    return response_cache.page(request, programme, reader, now, lambda: _season_page(request, programme, reader, now))


def _season_page(request, programme, reader, now):
    season, stream = programme.season, None
    if request.GET.get("stream"):
        stream = programme.stream(request.GET["stream"])
    sessions = [each for each in programme.sessions if stream in (None, each.stream)]
    cards = _cards(programme, sessions, reader, now)
    months, coming = months_of([card for card in cards if not card.is_over], season.zone)
    lead, more = rich_text.first_paragraph(translations.words(season, "introduction"))
    context = {
        "season": season,
        "picture": preview_pictures.of_season(season, programme.streams),
        "has_figures": programme.figures_since is not None,
        "lead": lead,
        "more": more,
        "streams": programme.streams,
        "stream": stream,
        "reader": reader,
        "place": place_of(reader, season),
        "months": months,
        "coming": coming,
        "past": [card for card in cards if card.is_over],
        "is_published": any(card.published for card in cards if card.is_over),
        "unsure_count": sum(card.title_or_time_is_unconfirmed for card in cards),
        "subscription": Subscription.to_season(season, stream),
        "partners": partners.of_lines(season.partners),
        "can_sign_up": any(card.is_open or card.has_waiting_list for card in cards),
    }
    return render(request, "sessions/season.html", context)


def _poster_page(request, programme, reader, now):
    season, poster = programme.season, poster_of(programme, reader, now)
    context = {"poster": poster, "season": season, "reader": reader, "place": place_of(reader, season)}
    return render(request, "sessions/poster.html", context)


def poster_of(programme, reader, now) -> Poster:
    season, cards = programme.season, _cards(programme, programme.sessions, reader, now)
    # Once all is over, the sheet tells what there was.
    shown = [card for card in cards if not card.is_over] or cards
    return Poster(season, shown, address=settings.SITE_URL + season.get_absolute_url())


def _session_page(request, programme, session, reader, now):
    card, slots = _card(programme, session, reader, now), programme.slots.get(session.pk, [])
    context = {
        "card": card,
        "picture": preview_pictures.of_session(session, slots),
        "season": programme.season,
        "reader": reader,
        "place": place_of(reader, programme.season),
        "subscription": Subscription.to_session(session),
        "partners": partners.of_lines(programme.season.partners),
        "feedback": feedback_results.public(session) if card.is_over else None,
        "awaits_materials": card.awaits_materials(now),
        "questions": programme.answers.get(session.pk, []),
        "event": structured_data.event(session, slots),
    }
    return render(request, "sessions/session.html", context)


def _cards(programme, sessions, reader, now):
    return sorted((_card(programme, each, reader, now) for each in sessions), key=lambda card: card.order)


def _card(programme, session, reader, now):
    slots = programme.slots.get(session.pk, [])
    cards = [SlotCard(slot, reader.zone, programme.state_of(slot, now), slot.is_over(now), now) for slot in slots]
    return SessionCard(session, cards)


def _sessions(season_slug):
    published = Session.objects.published().filter(season__slug=season_slug)
    return published.select_related("season", "stream")
