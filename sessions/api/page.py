"""The page about the API, for who writes programs. It is in English, as what it describes is."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions.api import paging, published


@require_safe
def about(request):
    context = {"languages": published.languages(), "usual": paging.USUAL, "most": paging.MOST}
    return render(request, "sessions/api.html", context)
