"""The page for who keeps a web page: what to copy. It is in English; what is copied is in six languages."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions.presenters import widget_lines
from sessions.widget.asked import MOST, USUAL


@require_safe
def about(request):
    lines = {each.code: each for each in widget_lines.in_all_languages()}
    context = {
        "lines": lines.values(),
        "english": lines[settings.LANGUAGE_CODE],
        "site": settings.SITE_URL,
        "usual": USUAL,
        "most": MOST,
    }
    return render(request, "widget/page.html", context)
