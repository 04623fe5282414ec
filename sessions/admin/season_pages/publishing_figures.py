"""The pages on which staff publish the stored figures of a season, and take them back."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.figures import keeping
from registrations.presenters import public_figures
from sessions.admin.programme_page import ProgrammePage
from sessions.clocks import dates, moment
from sessions.models import Season

NOTHING_STORED = gettext_lazy("Store the figures first: what is published is what was stored.")
DRAFT = gettext_lazy("The season is a draft: publish it first.")
REHEARSAL = gettext_lazy("It is a rehearsal: its figures are for the staff alone.")
PUBLISHED = gettext_lazy("The figures are published already.")
HIDDEN_SINCE = gettext_lazy(
    "A session was withdrawn from the public after the figures were stored. Store them again: they are then without it."
)
WITHOUT_HIDDEN = gettext_lazy(
    "Sessions that are not published do not count in them, so that nobody can tell that there were any."
)
NOT_PUBLISHED = gettext_lazy("The figures are not published.")
STORED_MEANWHILE = gettext_lazy(
    "Meanwhile somebody stored the figures again: these are other numbers. Nothing was published. Please look again."
)


class OfPublicFigures(ProgrammePage):
    model = Season

    def leads_to(self):
        return reverse("admin:online_sessions_season_figures", args=[self.row.pk])


class PublishFiguresPage(OfPublicFigures):
    """It shows in full what everybody will see."""

    template_name = "admin/online_sessions/season/publish_figures.html"
    title = gettext_lazy("Publish the figures")

    def refusal(self):
        if self.row.is_rehearsal:
            return REHEARSAL
        if not self.row.is_published:
            return DRAFT
        kept = keeping.kept(self.row)
        if kept is None:
            return NOTHING_STORED
        return PUBLISHED if kept.is_public else ""

    def get(self, request, pk):
        kept = keeping.kept(self.row)
        shown = keeping.for_others(kept)
        return self.show(
            headline=_("Everybody sees the figures that were stored on %(when)s, as they stand below.")
            % {"when": dates.in_geneva(kept.taken_at)},
            facts=_facts(kept),
            found=public_figures.of_season(self.row, kept, shown),
            version=kept.taken_at.isoformat(),
            address=reverse("sessions:season_figures", args=[self.row.slug]),
        )

    def post(self, request, pk):
        kept, looked_at = keeping.kept(self.row), request.POST.get("version")
        if looked_at != kept.taken_at.isoformat():
            return self.leave(messages.WARNING, STORED_MEANWHILE, page=request.path)
        try:
            keeping.publish(self.row, now=moment.of(self.row), by=request.user, taken_at=kept.taken_at)
        except keeping.PublishedAlready:
            return self.leave(messages.INFO, PUBLISHED)
        except keeping.NotForEverybody:
            return self.leave(messages.WARNING, DRAFT)
        except keeping.StoredMeanwhile:
            return self.leave(messages.WARNING, STORED_MEANWHILE, page=request.path)
        except keeping.HiddenSince:
            return self.leave(messages.WARNING, HIDDEN_SINCE)
        return self.report(_("The figures of “%(season)s” are published.") % {"season": self.row})


class TakeBackFiguresPage(OfPublicFigures):
    template_name = "admin/online_sessions/publishing.html"
    title = gettext_lazy("Take the published figures back")

    def refusal(self):
        return "" if keeping.public(self.row) else NOT_PUBLISHED

    def get(self, request, pk):
        return self.show(
            headline=_("Nobody outside the staff sees the figures on this site any more."),
            facts=[
                _("Links to their page lead nowhere."),
                _("Whoever has seen, printed or copied them keeps them; search engines may show them for a while."),
                _("The figures stay as they were stored. They cannot be stored again."),
                _("You can publish them again: everybody then sees the same numbers as before."),
                _("Nobody gets a mail."),
            ],
            button=_("Take the figures back"),
        )

    def post(self, request, pk):
        try:
            keeping.take_back(self.row, now=moment.of(self.row), by=request.user)
        except keeping.NotPublished:
            return self.leave(messages.INFO, NOT_PUBLISHED)
        return self.report(
            _("The figures of “%(season)s” are taken back: staff alone see them.") % {"season": self.row}
        )


def _facts(kept) -> list[str]:
    again = _("They were public before and were taken back: everybody sees the same numbers as then.")
    return [
        *([again] if kept.published_at else []),
        *([WITHOUT_HIDDEN] if kept.public != kept.tables else []),
        _("Numbers from 1 to 4 are hidden, and others with which they could be computed."),
        _("Once published, the figures cannot be stored again: two versions together could tell of single people."),
        _("The page of the season and the list of all seasons lead to them."),
        _("You can take them back, but whoever has seen them keeps what they saw."),
        _("Nobody gets a mail."),
    ]
