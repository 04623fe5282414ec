"""Pages about the site itself: what it is and who runs it, and how accessible it is."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions import partners
from sessions.models import Season
from sessions.presenters import page_texts
from sessions.presenters.page_texts import Page


@require_safe
def about(request):
    return _page(request, Page.ABOUT, partners=_partners(), for_other_sites=True)


@require_safe
def accessibility(request):
    return _page(request, Page.ACCESSIBILITY)


def _page(request, page, **context):
    text, marks = page_texts.text_of(page)
    return render(request, "sessions/page_text.html", {"title": page.label, "text": text, "marks": marks, **context})


def _partners() -> list[partners.Partner]:
    """Of all seasons that are shown, those of the newest first, each once."""
    seasons = Season.objects.published().filter(is_rehearsal=False).newest_first()
    by_name = {}
    for season in seasons:
        for partner in partners.of_lines(season.partners):
            by_name.setdefault(partner.name, partner)
    return list(by_name.values())
