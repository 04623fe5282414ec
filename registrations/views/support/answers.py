"""The answer to a button on somebody's own pages."""

from django.contrib import messages
from django.shortcuts import redirect


def back_to_my_season(request, participant, *sentences):
    """My season, with what was done on top."""
    for sentence in sentences:
        messages.success(request, sentence)
    return redirect("registrations:my_season", participant.key)
