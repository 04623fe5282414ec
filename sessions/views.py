from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from registrations import availability, consent
from sessions import archive, downloads, feeds, subscriptions, zones
from sessions.models import Material, Occurrence, Season, Session
from sessions.presenters import SessionCard, SlotCard, zone_groups
from sessions.reader import place_of, reader_of, remember_zone


@require_safe
@vary_on_cookie
def home(request):
    current = Season.objects.published().current(timezone.now().date())
    if current is None:
        return render(request, "sessions/no_season.html")
    return _season_page(request, current)


@require_safe
def seasons(request):
    return render(request, "sessions/seasons.html", {"seasons": Season.objects.published().newest_first()})


@require_safe
@vary_on_cookie
def season(request, season):
    return _season_page(request, get_object_or_404(Season.objects.published(), slug=season))


@require_safe
@vary_on_cookie
def session(request, season, slug):
    found = get_object_or_404(_sessions(season), slug=slug)
    reader, now = reader_of(request, found.season), timezone.now()
    card = _card(found, _slots([found]), reader, now)
    context = {
        "card": card,
        "season": found.season,
        "reader": reader,
        "place": place_of(reader, found.season),
        "subscription": subscriptions.to_session(found),
    }
    context["awaits_materials"] = card.awaits_materials(now)
    return render(request, "sessions/session.html", context)


@require_safe
def slot_calendar(request, season, slug, number):
    slots = Occurrence.objects.filter(session__in=_sessions(season).filter(slug=slug))
    slot = get_object_or_404(slots.select_related("session__season", "session__stream"), pk=number)
    response = HttpResponse(feeds.slot(slot, slot.session.absolute_url), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


@require_safe
def material_file(request, season, slug, pk, filename):
    """The name in the address is for people: an old or wrong one leads to the present one."""
    files = Material.objects.filter(session__in=_sessions(season).filter(slug=slug)).exclude(file="")
    material = get_object_or_404(files.select_related("session__season"), pk=pk)
    if filename != archive.file_name(material):
        return HttpResponseRedirect(archive.address_of(material))
    return downloads.answer(request, material)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def time_zone(request):
    back = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    chosen = request.POST.get("zone", "")
    zone = zones.current_name(chosen) if "\0" not in chosen else None
    if request.method == "POST" and zone:
        response = HttpResponseRedirect(back)
        remember_zone(response, zone)
        return response
    return _zone_page(request, back, is_wrong=request.method == "POST")


@require_safe
def privacy(request):
    return render(request, "sessions/privacy.html", {"how_long": consent.how_long()})


def _zone_page(request, back, *, is_wrong):
    now = timezone.now()
    reader = reader_of(request, Season(timezone="UTC"))
    context = {
        "groups": zone_groups(now),
        "current": reader.zone if reader.is_known else "",
        "current_words": zones.label(reader.zone, now),
        "back": back,
        "is_wrong": is_wrong,
    }
    return render(request, "sessions/time_zone.html", context, status=400 if is_wrong else 200)


def _season_page(request, found):
    reader, now = reader_of(request, found), timezone.now()
    streams = list(found.streams.all())
    stream = next((s for s in streams if s.slug == request.GET.get("stream")), None)
    if request.GET.get("stream") and stream is None:
        raise Http404
    sessions = _sessions(found.slug).filter(**({"stream": stream} if stream else {}))
    slots = _slots(sessions)
    cards = sorted((_card(s, slots, reader, now) for s in sessions), key=lambda card: card.order)
    context = {
        "season": found,
        "streams": streams,
        "stream": stream,
        "reader": reader,
        "place": place_of(reader, found),
        "offset": zones.offset(reader.zone, cards[0].slots[0].occurrence.starts_at) if cards else "",
        "coming": [card for card in cards if not card.is_over],
        "past": [card for card in cards if card.is_over],
        "is_published": any(card.published for card in cards if card.is_over),
        "subscription": subscriptions.to_season(found, stream),
        "can_sign_up": any(card.is_open or card.has_waiting_list for card in cards),
    }
    return render(request, "sessions/season.html", context)


def _sessions(season_slug):
    published = Session.objects.published().filter(season__slug=season_slug)
    return published.select_related("season", "stream").prefetch_related("speakers", "materials")


def _slots(sessions):
    """The slots of these sessions by session id, in order, with their seats taken."""
    slots = availability.with_seats_taken(Occurrence.objects.filter(session__in=sessions)).in_order()
    by_session = {}
    for slot in slots:
        by_session.setdefault(slot.session_id, []).append(slot)
    return by_session


def _card(found, slots, reader, now):
    cards = []
    for slot in slots.get(found.pk, []):
        slot.session = found
        cards.append(SlotCard(slot, reader.zone, str(availability.state(slot, now))))
    return SessionCard(found, cards)
