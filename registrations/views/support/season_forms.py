"""The page of a form that registers people: shown, sent, and shown again with what was refused."""

from django.shortcuts import redirect, render

from registrations.enrolment import refusals
from registrations.limits import bots, sign_ups
from registrations.presenters import throttling
from registrations.presenters.sign_up import ClosedPage
from registrations.presenters.sign_up_review import ReviewPage
from registrations.presenters.ways_out import TAKE, with_recording
from registrations.seats import offers
from registrations.views.support import slot_links, typed_form
from registrations.views.support.throttling import retry_after
from sessions.clocks import moment
from sessions.clocks.reader import reader_of
from sessions.public import snapshot

# The buttons of a form that do not send it.
SHOWN_AGAIN = {"show_times", "back", "add_lines", TAKE}


class SeasonFormPage:
    """One request for it. Subclasses say which form, page and template, and how it registers what was sent."""

    form_class = page_class = None
    # `name` is that of its address.
    name = template_name = done = button = ""
    asks_questions = False

    def __init__(self, request, programme):
        self.request, self.programme, self.season = request, programme, programme.season
        self.now, self.reader = moment.of(self.season), reader_of(request, self.season)
        self.offers = self.on_offer(programme)

    def on_offer(self, programme) -> list[offers.Offer]:
        """To choose from; what is sent is held against the seats of this very moment."""
        is_sent = self.request.method == "POST"
        return offers.in_programme(programme, self.now) if is_sent else offers.seen_in(programme, self.now)

    def register(self, form):
        """Raises sign_ups.TooMany or refusals.Refused."""
        raise NotImplementedError

    def show(self, initial):
        zone = {"timezone": self.reader.zone if self.reader.is_known else ""}
        return self._answer(self._form(initial=zone | initial))

    def to_correct(self):
        """The form as it was sent a moment ago, to write another address; None where nobody asks or knows."""
        typed = typed_form.recent(self.request, self.name) if "correct" in self.request.GET else None
        if typed is None or not typed.fields:
            return None
        initial = self.form_class.typed(typed.as_sent)
        return typed_form.unkept(self.show(initial | {"had_needs": typed.had_needs}))

    def answer(self):
        """To what was sent: a button that only shows the form again changes nothing else."""
        return self.send() if SHOWN_AGAIN.isdisjoint(self.request.POST) else self.show_again(self.request.POST)

    def show_again(self, sent):
        """The form as it was `sent`, with the choice of the button that was pressed beside a time slot at night."""
        typed, taken = self.form_class.typed(sent), sent.get(TAKE)
        typed = with_recording(typed, taken)
        return self.show(slot_links.choosing(taken, typed, self.offers) or typed)

    def send(self):
        form = self._form(self.request.POST)
        if form.is_valid() and bots.caught(self.request.POST):
            form.add_error(None, throttling.press_again())
            form.opened = bots.caught_before()
        if not form.is_valid():
            return self._answer(form, status=422)
        if review := ReviewPage.of(self.page_class(self.season, form, self.reader)):
            return render(self.request, "registrations/sign_up_review.html", {"page": review, "button": self.button})
        try:
            if gone := form.slots_gone():
                raise refusals.SlotGone(gone)
            self.register(form)
        except sign_ups.TooMany as refusal:
            form.add_error(*throttling.error(refusal, form.cleaned_data["timezone"]))
            return retry_after(refusal.seconds, self._answer(form, status=429))
        except refusals.Refused as refusal:
            self.offers = self.on_offer(snapshot.at_once(self.season.slug))
            return self._answer(self._form(self.request.POST), refusal, status=409)
        return self.lead_on(form)

    def lead_on(self, form):
        """To the page after it; the same for all who typed the same."""
        response = redirect(self.done, self.season.slug)
        typed_form.remember(response, form, self.season, self.name)
        return response

    def _form(self, data=None, **more):
        if self.asks_questions:
            more["questions"] = self.programme.questions
        return self.form_class(data, offers=self.offers, now=self.now, **more)

    def _answer(self, form, refusal=None, status=200):
        page = self.page_class(self.season, form, self.reader, refusal)
        if page.is_open:
            return render(self.request, self.template_name, {"page": page, "form": form}, status=status)
        closed = ClosedPage(self.season, self.offers, self.reader, self.now)
        return render(self.request, "registrations/sign_up_closed.html", {"page": closed}, status=status)
