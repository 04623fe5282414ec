"""sitemap.xml: the addresses that search engines are to know, without rehearsals, in each language on offer."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from registrations.models import Figures
from sessions.models import Season, Session

PAGES = ["home", "seasons", "about", "accessibility", "privacy"]
ALTERNATE = '<xhtml:link rel="alternate" hreflang="{}" href="{}"/>'


@require_safe
def sitemap(request):
    """The address of the site comes from a setting, as in mails: whatever host was asked."""
    seasons = Season.objects.published().filter(is_rehearsal=False).newest_first()
    sessions = Session.objects.published().filter(season__in=seasons).select_related("season").order_by("pk")
    paths = [reverse(f"sessions:{name}") for name in PAGES]
    paths += [row.get_absolute_url() for row in [*seasons, *sessions]]
    with_figures = seasons.filter(pk__in=Figures.objects.public().values("season"))
    paths += [reverse("sessions:season_figures", args=[season.slug]) for season in with_figures]
    pages = [_page(path) for path in paths]
    return render(request, "sessions/sitemap.xml", {"pages": pages}, content_type="application/xml")


def _page(path) -> dict:
    """Its addresses in all languages, and what each of them says about the others."""
    prefixes = {code: f"/{code}" for code, _name in settings.LANGUAGES} | {settings.LANGUAGE_CODE: ""}
    addresses = {code: f"{settings.SITE_URL}{prefix}{path}" for code, prefix in prefixes.items()}
    named = [*addresses.items(), ("x-default", addresses[settings.LANGUAGE_CODE])]
    return {"addresses": addresses.values(), "alternates": format_html_join("\n", ALTERNATE, named)}
