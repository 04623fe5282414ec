"""The pages of one season, for those who may open them."""

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

SESSIONS, QUESTIONS = "online_sessions_session_changelist", "online_sessions_speakerquestion_changelist"
# Of lists that have rows of all seasons: what narrows them to one.
NARROWED_BY = {SESSIONS: "season__id__exact", QUESTIONS: "season"}
# With what somebody must be allowed beyond seeing seasons.
PAGES = [
    ("online_sessions_season_figures", _("Figures"), []),
    ("registrations_season_certificates", _("Certificates"), ["registrations.view_certificate"]),
    ("online_sessions_season_feedback", _("Feedback"), ["registrations.view_feedback"]),
    (QUESTIONS, _("Questions to speakers"), ["online_sessions.view_speakerquestion"]),
    ("online_sessions_season_timetable", _("What happens when"), []),
    ("online_sessions_season_widget", _("On other web pages"), []),
    ("online_sessions_season_archive", _("Take an archive …"), ["online_sessions.change_season"]),
]
OF_A_REHEARSAL = [
    ("online_sessions_season_clock", _("Clock of the rehearsal"), ["online_sessions.change_season"]),
    (
        "registrations_message_box",
        _("Mails of the rehearsal"),
        ["registrations.view_message", "registrations.view_participant"],
    ),
]
OF_THE_PROGRAMME = [
    ("online_sessions_season_overview", _("Programme"), []),
    (SESSIONS, _("List of its sessions"), []),
]


def of_season(season, user) -> list[tuple[str, str]]:
    """Addresses and words."""
    pages = PAGES + OF_A_REHEARSAL if season.is_rehearsal else PAGES
    return [(_address(page, season), words) for page, words, rights in pages if user.has_perms(rights)]


def in_a_line(season, user):
    """All of them, and its programme, for the list of seasons and the form of one."""
    programme = [(_address(page, season), words) for page, words, _rights in OF_THE_PROGRAMME]
    return format_html_join(" · ", '<a href="{}">{}</a>', [*programme, *of_season(season, user)])


def _address(page, season) -> str:
    if page in NARROWED_BY:
        return reverse(f"admin:{page}", query={NARROWED_BY[page]: season.pk})
    return reverse(f"admin:{page}", args=[season.pk])
