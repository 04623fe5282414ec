"""Links from a season, a session or a time slot to the list of its people, for staff who may see them."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sessions.admin import circular_links
from sessions.admin.fieldsets import for_looking
from sessions.clocks.dates import number

# What the forms call these links.
FIELD = "registered"
LABEL = _("Who is registered")


def of_season(season):
    return _link({"season": season.pk}, _("People of this season"))


def of_session(session):
    link = _link({"season": session.season_id, "session": session.pk}, _("People of this session"))
    return circular_links.beside(link, session)


def of_slot(slot):
    """For a slot with its session loaded."""
    chosen = {"season": slot.session.season_id, "session": slot.session_id, "slot": slot.pk}
    sheet = reverse("admin:registrations_occurrence_day_sheet", args=[slot.pk])
    return format_html(
        '{} · <a href="{}">{}</a>', _link(chosen, _("People of this time slot")), sheet, _("Day sheet for the host")
    )


def to_speaker_questions(session):
    """What people ask the speakers, with how many of that nobody has looked at."""
    page = reverse("admin:online_sessions_speakerquestion_of_session", args=[session.pk])
    new = session.speaker_questions.new().count()
    words = ngettext("%(number)s new question", "%(number)s new questions", new) % {"number": number(new)}
    return format_html('<a href="{}">{}</a>', page, words if new else _("Read, answer and publish them"))


def to_certificates(row):
    """Of a season or a session."""
    page = reverse(f"admin:registrations_{row._meta.model_name}_certificates", args=[row.pk])
    return format_html('<a href="{}">{}</a>', page, _("Certificates"))


def with_telephone(links, slot):
    """And to the page for somebody who calls; whoever may see the list may enter people, too."""
    page = reverse("admin:registrations_occurrence_telephone", args=[slot.pk])
    return format_html('{} · <a href="{}">{}</a>', links, page, _("Register somebody by telephone"))


def with_attendance(links, slot):
    """And to the page for reports of its meeting."""
    page = reverse("admin:registrations_occurrence_attendance", args=[slot.pk])
    return format_html('{} · <a href="{}">{}</a>', links, page, _("Who was there"))


def for_staff(fieldsets, request):
    """The fieldsets, without the link for staff to whom the list does not open."""
    if request.user.has_perm("registrations.view_registration"):
        return fieldsets
    return for_looking(fieldsets, without=[FIELD])


def _link(chosen, words):
    page = reverse("admin:registrations_registration_changelist", query=chosen)
    return format_html('<a href="{}">{}</a>', page, words)
