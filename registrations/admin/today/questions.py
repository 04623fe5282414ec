"""New questions to the speakers of sessions that are near, for the start page."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.models import Occurrence, SpeakerQuestion

NEAR = timedelta(days=3)


def of_speakers(request) -> list[tuple[str, str]]:
    """Of real sessions that go on or begin within three days, one sentence each."""
    if not request.user.has_perm("online_sessions.change_speakerquestion"):
        return []
    now = moment.now()
    near = Occurrence.objects.upcoming(now).filter(starts_at__lt=now + NEAR, session__season__is_rehearsal=False)
    new = SpeakerQuestion.objects.new().filter(session__in=near.values("session"))
    counted = new.order_by("session").values_list("session", "session__title").annotate(new=Count("pk"))
    return [
        (_new(title, new), reverse("admin:online_sessions_speakerquestion_of_session", args=[pk]))
        for pk, title, new in counted
    ]


def _new(title, new) -> str:
    text = ngettext(
        "%(number)s new question to the speakers of “%(title)s”.",
        "%(number)s new questions to the speakers of “%(title)s”.",
        new,
    )
    return text % {"number": number(new), "title": title}


admin.site.notices.append(of_speakers)
