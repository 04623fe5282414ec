"""The answer to a button on somebody's own pages."""

from django.contrib import messages
from django.shortcuts import redirect

from registrations import links
from registrations.presenters.entries import anchor
from registrations.presenters.own_season import questions_in


def back_to_my_season(request, participant, *sentences):
    """My season, with what was done on top."""
    _say(request, sentences)
    return redirect("registrations:my_season", participant.key)


def to_questions(request, participant, *sentences):
    """What was not asked in a sign-up, with what was done on top."""
    _say(request, sentences)
    return redirect("registrations:questions", participant.key)


def back_to_entry(request, participant, session, *sentences):
    """My season at the entry of this session, with what was done there: it may be far down.

    What the session asks comes first.
    """
    if any(question.session_id == session.pk for question in questions_in(participant.season)):
        return to_questions(request, participant, *sentences)
    entry = anchor(session)
    _say(request, sentences, extra_tags=entry)
    return redirect(f"{links.path('my_season', participant.key)}#{entry}")


def _say(request, sentences, **options):
    for sentence in sentences:
        # A lazy one would be translated only when it is stored.
        messages.success(request, str(sentence), **options)
