"""The page with the feedback on one session, on which staff publish its numbers and texts that they choose."""

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.feedback import opening, publishing, results
from registrations.models import FeedbackTicket
from registrations.presenters import feedback_results
from sessions.admin import feedback_words
from sessions.admin.programme_page import ProgrammePage
from sessions.clocks import dates, moment
from sessions.models import Session

NOT_READABLE = gettext_lazy("There is nothing to publish: nobody can read the answers.")
DRAFT = gettext_lazy("The session is not public: it has no page on which everybody could read this.")
NOTHING_TO_SHOW = gettext_lazy(
    "Nothing was published: small numbers are hidden from others, too little would be left, and no text is ticked."
)
CHANGED_MEANWHILE = gettext_lazy(
    "Meanwhile somebody published something else or took it back. Nothing was changed. Please look again."
)
TAKE_BACK = "take_back"


class FeedbackPage(ProgrammePage):
    """Who may see feedback reads it; who may change it publishes."""

    model = Session
    related = ["season"]
    template_name = "admin/online_sessions/session/feedback.html"
    title = gettext_lazy("Feedback on the session")

    def has_permission(self):
        may = "view_feedback" if self.request.method in ("GET", "HEAD") else "change_feedback"
        return self.request.user.has_perm(f"registrations.{may}")

    @cached_property
    def feedback(self):
        return results.of_session(self.row)

    @property
    def is_readable(self) -> bool:
        return self.feedback is not None and self.feedback.answers is not None

    def get(self, request, pk):
        answered = FeedbackTicket.objects.filter(session=self.row).count()
        return self.show(
            state=feedback_words.state(self.row, self.feedback, answered, moment.of(self.row.season)),
            is_readable=self.is_readable,
            needed=opening.NEEDED,
            season_page=reverse("admin:online_sessions_season_feedback", args=[self.row.season_id]),
            **(self._results() if self.is_readable else {}),
        )

    def _results(self) -> dict:
        public, kept = publishing.for_everybody(self.feedback), self.feedback.counts
        texts = results.texts(self.feedback)
        reason = "" if self.row.is_public else DRAFT
        may_publish = self.request.user.has_perm("registrations.change_feedback")
        return {
            "tables": feedback_results.tables(kept),
            "texts": texts,
            "chosen": self.unsent.getlist("text") if self.unsent else [row.key for row in texts if row.is_published],
            "public": feedback_results.tables(public, of=kept),
            "is_public": self.feedback.published_at is not None,
            "published_at": dates.in_geneva(self.feedback.published_at) if self.feedback.published_at else "",
            "may_publish": may_publish,
            "may_choose": may_publish and bool(public or texts) and not reason,
            "reason": reason,
            "version": publishing.state(self.feedback),
        }

    def post(self, request, pk):
        here = {"session_id": self.row.pk, "seen": request.POST.get("version", ""), "by": request.user}
        here["now"] = moment.of(self.row.season)
        try:
            done = self._take_back(here) if TAKE_BACK in request.POST else self._publish(here)
        except publishing.NotReadable:
            return self._stay(messages.WARNING, NOT_READABLE)
        except publishing.NothingToShow:
            return self._stay(messages.WARNING, NOTHING_TO_SHOW)
        except publishing.ChangedMeanwhile:
            return self._stay(messages.WARNING, CHANGED_MEANWHILE)
        return done

    def _publish(self, here):
        if not self.row.is_public:
            return self._stay(messages.WARNING, DRAFT)
        keys = [key for key in self.request.POST.getlist("text") if key.isprintable()]
        texts = publishing.publish(keys=keys, **here)
        words = _with_numbers(texts) if publishing.for_everybody(self.feedback) else _without_numbers(texts)
        return self._stay(messages.SUCCESS, words % {"texts": dates.number(texts)})

    def _take_back(self, here):
        publishing.take_back(**here)
        return self._stay(messages.SUCCESS, _("The page of the session shows nothing of the feedback any more."))

    def _stay(self, level, sentence):
        return self.leave(level, sentence, page=self.request.path)


def _with_numbers(texts) -> str:
    return ngettext(
        "The page of the session shows the numbers and %(texts)s text.",
        "The page of the session shows the numbers and %(texts)s texts.",
        texts,
    )


def _without_numbers(texts) -> str:
    return ngettext(
        "The page of the session shows %(texts)s text and no numbers.",
        "The page of the session shows %(texts)s texts and no numbers.",
        texts,
    )
