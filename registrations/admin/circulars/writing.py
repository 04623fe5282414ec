"""The pages on which staff write a circular and choose who gets it: everything typed is kept as a draft."""

from datetime import datetime

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from registrations.admin.circulars.forms import CHOICES, NARROWER, PEOPLE, SLOTS, TICKED, WORDS, CircularForm
from registrations.admin.circulars.pages import CircularPage, page
from registrations.circulars import drafts
from registrations.people.audiences import Audience
from sessions.clocks import moment
from sessions.models import Season, Session
from sessions.staff.numbers import row_number

SENT_ALREADY = _("This circular has been sent: it cannot be changed any more.")
CHANGED = _(
    "Somebody has saved this draft since you opened it. Nothing of yours is saved yet: what you typed is below. "
    "Look at the draft in another window; if you save once more, yours replaces it."
)
NOBODY_YET = _(
    "Nobody gets it until you choose somebody here. Choices of different kinds narrow it down: people of the sessions "
    "ticked, who are in one of the states ticked."
)
NARROWING = _("Of the people above only those who fit here, too. Tick none to write to all of them.")


class WritingPage(CircularPage):
    http_method_names = ["get", "head", "post"]
    template_name = "admin/registrations/circular/write.html"
    title = _("Write to people")

    def _show(self, form, season, **context):
        fieldsets = [
            (None, {"fields": WORDS}),
            *([(_("People ticked in the list"), {"fields": TICKED})] if "ticked" in form.fields else []),
            (_("Who gets it"), {"fields": PEOPLE, "description": NOBODY_YET}),
            (_("Single time slots"), {"fields": SLOTS, "classes": _folded(form, SLOTS)}),
            (
                _("Only some of them"),
                {"fields": NARROWER, "description": NARROWING, "classes": _folded(form, NARROWER)},
            ),
        ]
        return self.show(form=form, fields=AdminForm(form, fieldsets, {}), season=season, **context)


class NewPage(WritingPage):
    row = None

    @property
    def zone(self):
        return self.season and self.season.zone

    @cached_property
    def season(self):
        """That of the form, of the address, of the session in the address, or the only one there is."""
        sent = self.request.POST.get("season") or self.unsent.get("season") or self.request.GET.get("season")
        named = Season.objects.filter(pk=row_number(sent)).first() or (self.session and self.session.season)
        seasons = Season.objects.all()[:2]
        return named or (seasons[0] if len(seasons) == 1 else None)

    @cached_property
    def session(self):
        number = row_number(self.request.GET.get("session"))
        return Session.objects.select_related("season").filter(pk=number).first()

    @cached_property
    def ticked(self) -> list[int]:
        """Registrations named in the address, by staff who ticked them in the list of people."""
        named = map(row_number, self.request.GET.get("ticked", "").split("-"))
        return [pk for pk in named if pk is not None]

    def get(self, request):
        if self.season is None:
            return self.show(seasons=Season.objects.order_by("-starts_on", "-pk"))
        chosen = {"sessions": [self.session.pk]} if self.session and self.session.season == self.season else {}
        return self._show(self._form(self.unsent or None, **chosen), self.season)

    def post(self, request):
        if self.season is None:
            return self.get(request)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, self.season)
        written = {"season": self.season, "audience": form.audience, "by": request.user}
        circular = drafts.write(**written, **form.words, now=moment.now())
        return self.leave(messages.SUCCESS, _("The draft is saved."), page=page("preview", circular))

    def _form(self, typed, **chosen):
        return CircularForm(typed, of_season=self.season, initial=chosen | {"ticked": self.ticked})


class WritePage(WritingPage):
    def refusal(self):
        return "" if self.row.is_draft else SENT_ALREADY

    def get(self, request, pk):
        return self._show(self._form(self.unsent or None), self.row.season)

    def post(self, request, pk):
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, self.row.season)
        changed = {"circular_id": pk, "audience": form.audience, "by": request.user, **form.words}
        try:
            drafts.change(**changed, seen=_moment(form.cleaned_data["seen"]), now=moment.now())
        except drafts.SentMeanwhile:
            return self.leave(messages.WARNING, SENT_ALREADY)
        except drafts.ChangedMeanwhile:
            return self._ask_again(request)
        return self.leave(messages.SUCCESS, _("The draft is saved."), page=page("preview", self.row))

    def _ask_again(self, request):
        del self.row
        typed = request.POST.copy()
        typed["seen"] = self.row.changed_at.isoformat()
        messages.warning(request, CHANGED)
        return self._show(self._form(typed), self.row.season)

    def _form(self, typed):
        words, chosen = self.row.words_in(""), Audience.of(self.row.audience)
        stored = {name: getattr(chosen, name) for name in CHOICES}
        stored |= {"subject": words.subject, "text": words.text, "seen": self.row.changed_at.isoformat()}
        return CircularForm(typed, of_season=self.row.season, initial=stored)


def _folded(form, names) -> list[str]:
    """Closed as long as nothing is chosen there."""
    return [] if any(form[name].value() for name in names) else ["collapse"]


def _moment(text) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
