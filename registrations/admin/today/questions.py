"""New questions to the speakers of sessions that are near, for the start page."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from sessions.clocks.dates import number
from sessions.models import Occurrence, SpeakerQuestion
from sessions.seasons import season_clocks

NEAR = timedelta(days=3)


def of_speakers(request) -> list[tuple[str, str]]:
    """Of sessions that go on or begin within three days on the clock of their season, one sentence each."""
    if not request.user.has_perm("online_sessions.change_speakerquestion"):
        return []
    is_near = season_clocks.where("session__season", lambda now: Q(ends_at__gt=now, starts_at__lt=now + NEAR))
    near = Occurrence.objects.filter(is_near, called_off_at=None)
    new = SpeakerQuestion.objects.new().filter(session__in=near.values("session"))
    of_session = new.order_by("session__season__is_rehearsal", "session")
    known = of_session.values_list("session", "session__title", "session__season__is_rehearsal")
    return [
        (_new(title, new, is_rehearsal), reverse("admin:online_sessions_speakerquestion_of_session", args=[pk]))
        for pk, title, is_rehearsal, new in known.annotate(new=Count("pk"))
    ]


def _new(title, new, is_rehearsal) -> str:
    if is_rehearsal:
        text = ngettext(
            "Rehearsal: %(number)s new question to the speakers of “%(title)s”.",
            "Rehearsal: %(number)s new questions to the speakers of “%(title)s”.",
            new,
        )
    else:
        text = ngettext(
            "%(number)s new question to the speakers of “%(title)s”.",
            "%(number)s new questions to the speakers of “%(title)s”.",
            new,
        )
    return text % {"number": number(new), "title": title}


admin.site.notices.append(of_speakers)
