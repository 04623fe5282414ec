"""The pages with the feedback of a season: where it stands for each session, all in one, and the same as a file."""

from django.db.models import Count, Prefetch
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import audit
from registrations.feedback import opening, results
from registrations.feedback.questions import ABOUT_WORDS, QUESTIONS
from registrations.models import Feedback, FeedbackTicket
from registrations.presenters import feedback_results
from sessions.admin import feedback_words
from sessions.admin.programme_page import ProgrammePage
from sessions.clocks import dates, moment
from sessions.models import Occurrence, Season
from sessions.tables.writing import csv_lines

HEADINGS = [_("Session"), _("Question"), _("Answer"), _("People")]


class OfFeedback(ProgrammePage):
    model = Season
    title = gettext_lazy("Feedback")

    def has_permission(self):
        return self.request.user.has_perm("registrations.view_feedback")


class FeedbackPage(OfFeedback):
    """For everybody who may see feedback; what is counted for the season is the sum of what is shown of sessions."""

    http_method_names = ["get", "head"]
    template_name = "admin/online_sessions/season/feedback.html"

    def get(self, request, pk):
        found = results.of_season(self.row)
        return self.show(
            sessions=_sessions(self.row),
            answers=dates.number(found.answers),
            readable=len(found.sessions),
            tables=feedback_results.tables(found.counts),
            needed=opening.NEEDED,
        )


class FeedbackFile(OfFeedback):
    """By a button only, since it is put on record who takes it away."""

    template_name = "admin/online_sessions/season/feedback_file.html"

    def leads_to(self):
        return reverse("admin:online_sessions_season_feedback", args=[self.row.pk])

    def get(self, request, pk):
        return self.show(readable=len(results.of_season(self.row).sessions))

    def post(self, request, pk):
        about = _("Feedback on “%(season)s”") % {"season": self.row}
        audit.record("exported", self.row, by=request.user, about=about, after={"file": "csv"})
        lines = csv_lines([HEADINGS, *_rows(results.of_season(self.row))], delimiter=";")
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="internal-{self.row.slug}-feedback.csv"'
        response["Cache-Control"] = "no-store"
        return response


def _rows(found):
    """A line for each choice of each question of each session, then its texts."""
    for feedback in found.sessions:
        for asked in QUESTIONS:
            for choice, number in zip(asked.choices.values(), feedback.counts.get(asked.name, []), strict=False):
                yield [feedback.session.title, asked.words, choice, number]
        for words in results.texts(feedback):
            yield [feedback.session.title, ABOUT_WORDS, words.text, ""]


def _sessions(season) -> list[dict]:
    """Those that are over, and those to come, in the order of their first time slots."""
    slots = Occurrence.objects.in_order()
    sessions = season.sessions.prefetch_related(Prefetch("occurrences", slots, to_attr="slots"))
    found = {each.session_id: each for each in Feedback.objects.filter(session__season=season)}
    tickets = FeedbackTicket.objects.filter(session__season=season).order_by()
    answered = dict(tickets.values_list("session").annotate(number=Count("pk")))
    now = moment.of(season)
    rows = []
    for session in sorted(sessions, key=_first_start):
        session.season, feedback = season, found.get(session.pk)
        rows.append(
            {
                "session": session,
                "state": feedback_words.state(session, feedback, answered.get(session.pk, 0), now),
                "is_public": feedback is not None and feedback.published_at is not None,
            }
        )
    return rows


def _first_start(session) -> tuple:
    return (session.slots[0].starts_at.timestamp() if session.slots else 0, session.pk)
