"""The pages on which staff write a circular and choose who gets it: everything typed is kept as a draft."""

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from registrations.admin.circulars import two_writers, wording
from registrations.admin.circulars.forms import CHOICES, NARROWER, PEOPLE, SLOTS, TICKED, WORDS, CircularForm
from registrations.admin.circulars.pages import CircularPage, page
from registrations.circulars import drafts
from registrations.people.audiences import Audience
from sessions.clocks import dates, moment
from sessions.models import Occurrence, Season, Session
from sessions.staff.numbers import row_number

SENT_ALREADY = _("This circular has been sent: it cannot be changed any more.")
TAKEN_OVER = _("%(part)s: %(saved)s That is kept.")
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
        """That of the form, of the address, of the session or time slot in the address, or the only one there is."""
        sent = self.request.POST.get("season") or self.unsent.get("season") or self.request.GET.get("season")
        of_session = self.session or (self.slot and self.slot.session)
        named = Season.objects.filter(pk=row_number(sent)).first() or (of_session and of_session.season)
        seasons = Season.objects.all()[:2]
        return named or (seasons[0] if len(seasons) == 1 else None)

    @cached_property
    def session(self):
        number = row_number(self.request.GET.get("session"))
        return Session.objects.select_related("season").filter(pk=number).first()

    @cached_property
    def slot(self):
        number = row_number(self.request.GET.get("slot"))
        return Occurrence.objects.select_related("session__season").filter(pk=number).first()

    @property
    def chosen(self) -> dict:
        """What the address chooses beforehand: a session, or those who came to a time slot or did not."""
        if self.slot and self.slot.session.season == self.season:
            return {"slots": [self.slot.pk], "attendance": self.request.GET.get("attendance", "")}
        return {"sessions": [self.session.pk]} if self.session and self.session.season == self.season else {}

    @cached_property
    def ticked(self) -> list[int]:
        """Registrations named in the address, by staff who ticked them in the list of people."""
        named = map(row_number, self.request.GET.get("ticked", "").split("-"))
        return [pk for pk in named if pk is not None]

    def get(self, request):
        if self.season is None:
            return self.show(seasons=Season.objects.current_first(moment.now().astimezone(dates.GENEVA).date()))
        return self._show(self._form(self.unsent or None, **self.chosen), self.season)

    def post(self, request):
        if self.season is None:
            return self.get(request)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, self.season)
        written = {"season": self.season, "audience": form.audience, "by": request.user}
        circular = drafts.write(**written, **form.words, now=moment.of(self.season))
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
        shown, now = two_writers.read(form.cleaned_data["shown"]), two_writers.stored(self.row)
        merged = two_writers.merge(shown, now, two_writers.typed(form), two_writers.answers(request.POST, now))
        if merged.contested:
            return self._ask(merged, shown, now)
        try:
            self._store(merged.parts)
        except drafts.SentMeanwhile:
            return self.leave(messages.WARNING, SENT_ALREADY)
        except drafts.ChangedMeanwhile:
            del self.row
            return self.post(request, pk)
        kept = [self._kept(name) for name in merged.taken_over]
        return self.leave(messages.SUCCESS, _("The draft is saved."), *kept, page=page("preview", self.row))

    def _store(self, parts):
        words = {"subject": parts["subject"], "text": parts["text"]}
        audience, seen = Audience.of(parts["recipients"]), self.row.changed_at
        by, now = self.request.user, moment.of(self.row.season)
        drafts.change(circular_id=self.row.pk, audience=audience, **words, seen=seen, now=now, by=by)

    def _kept(self, name) -> str:
        return TAKEN_OVER % {"part": two_writers.PARTS[name], "saved": two_writers.saved_by(self.row)}

    def _ask(self, merged, shown, now):
        """Both changed the same: the colleague's is shown beside what was typed, which stays in the form."""
        typed = self.request.POST.copy()
        two_writers.put(typed, merged.parts)
        typed["shown"] = two_writers.write(two_writers.shown_next(merged, shown, now))
        questions = [
            {"name": name, "label": two_writers.PARTS[name], "theirs": self._in_words(name, now)}
            for name in merged.contested
        ]
        return self._show(
            self._form(typed),
            self.row.season,
            questions=questions,
            saved_by=two_writers.saved_by(self.row),
            asked=two_writers.write({name: now[name] for name in merged.contested}),
            kept=[self._kept(name) for name in merged.taken_over],
        )

    def _in_words(self, name, now) -> list[str]:
        if name != "recipients":
            return [now[name]]
        chosen = wording.audience(self.row)
        said = _("%(kind)s: %(chosen)s")
        return [said % {"kind": kind, "chosen": dates.listed(values)} for kind, values in chosen] or [_("Nobody yet")]

    def _form(self, typed):
        words, chosen = self.row.words_in(""), Audience.of(self.row.audience)
        stored = {name: getattr(chosen, name) for name in CHOICES}
        shown = two_writers.write(two_writers.stored(self.row))
        stored |= {"subject": words.subject, "text": words.text, "shown": shown}
        return CircularForm(typed, of_season=self.row.season, initial=stored)


def _folded(form, names) -> list[str]:
    """Closed as long as nothing is chosen there."""
    return [] if any(form[name].value() for name in names) else ["collapse"]
