"""The pages of one season, for those who may open them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# With what somebody must be allowed beyond seeing seasons.
PAGES = [
    ("online_sessions_season_figures", _("Figures"), []),
    ("registrations_season_certificates", _("Certificates"), ["registrations.view_certificate"]),
    ("online_sessions_season_feedback", _("Feedback"), ["registrations.view_feedback"]),
    ("online_sessions_season_timetable", _("What happens when"), []),
    ("online_sessions_season_widget", _("On other web pages"), []),
]
OF_A_REHEARSAL = [
    ("online_sessions_season_clock", _("Clock of the rehearsal"), ["online_sessions.change_season"]),
    (
        "registrations_message_box",
        _("Mails of the rehearsal"),
        ["registrations.view_message", "registrations.view_participant"],
    ),
]


def of_season(season, user) -> list[tuple[str, str]]:
    """Addresses and words."""
    pages = PAGES + OF_A_REHEARSAL if season.is_rehearsal else PAGES
    return [
        (reverse(f"admin:{page}", args=[season.pk]), words) for page, words, rights in pages if user.has_perms(rights)
    ]
