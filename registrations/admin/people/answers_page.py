"""The page with what people answered to questions of staff, in numbers."""

from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.people import listing
from registrations.figures import charts
from registrations.models import Answer, Registration
from sessions.clocks.dates import number
from sessions.models import Occurrence, Question, Season, Session
from sessions.staff.page import StaffPage

NOTHING_ASKED = gettext_lazy("Nothing is asked there besides what every sign-up asks.")


class AnswersPage(StaffPage):
    """Of who has a place or waits in a season, session or time slot: those of the list from which staff came."""

    http_method_names = ["get", "head"]
    model = Registration
    template_name = "admin/registrations/registration/answers.html"
    title = gettext_lazy("Answers in numbers")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request)

    def leads_to(self):
        return f"{reverse('admin:registrations_registration_changelist')}?{self.request.GET.urlencode()}"

    @cached_property
    def questions(self):
        return list(questions_of(self.request.GET))

    def refusal(self):
        return "" if self.questions else NOTHING_ASKED

    def get(self, request):
        people = _people(request.GET)
        given = Answer.objects.filter(question__in=self.questions, participant__in=people)
        numbers = {(row["question"], row["value"]): row["number"] for row in given.counted()}
        answered = dict(given.values_list("question").order_by().annotate(Count("participant", distinct=True)))
        total = people.count()
        return self.show(
            whose=listing.title(request.GET),
            questions=[_in_numbers(each, numbers, answered.get(each.pk, 0), total) for each in self.questions],
            back=self.leads_to(),
        )


def questions_of(chosen):
    """What is asked where the filters of the list (a QueryDict) point to; none while no season is chosen.

    Filters can leave one person: what is counted only is in the figures of the season alone.
    """
    slot, session, season = listing.whose(chosen)
    asked = Question.objects.beside_people().select_related("session").order_by("position", "pk")
    if slot:
        session = Occurrence.objects.filter(pk=slot).values_list("session", flat=True).first()
    if session:
        season = Session.objects.filter(pk=session).values_list("season", flat=True).first()
        return asked.filter(Q(season=season, season__isnull=False) | Q(session=session))
    return asked.in_season(Season.objects.filter(pk=season)) if season else asked.none()


def _people(chosen):
    """Ids of the participants; none of them twice."""
    slot, session, season = listing.whose(chosen)
    active = Registration.objects.active()
    if slot:
        active = active.filter(occurrence=slot)
    elif session:
        active = active.filter(session=session)
    else:
        active = active.filter(session__season=season)
    return active.order_by().values("participant").distinct()


def _in_numbers(question, numbers, answered, total) -> dict:
    rows = [(value, count) for (pk, value), count in numbers.items() if pk == question.pk]
    if question.has_list:
        # What was a choice once, and is none any more, stays what people said.
        by_value = dict.fromkeys(question.choices, 0) | dict(rows)
        rows = list(by_value.items())
    elif question.kind == Question.Kind.TICK:
        rows = [(_("yes"), sum(count for _value, count in rows))]
    # Of those who answered, the part that chose it.
    bars = charts.bars([(answered, count) for _value, count in rows])
    text = ngettext(
        "%(answered)s of %(total)s person has answered.", "%(answered)s of %(total)s people have answered.", total
    )
    return {
        "words": question.words,
        "session": question.session,
        "answered": text % {"answered": number(answered), "total": number(total)},
        "rows": [(value, number(count), bar) for (value, count), bar in zip(rows, bars, strict=True)],
        "is_in_own_words": question.kind in (Question.Kind.LINE, Question.Kind.TEXT),
    }


def link(request) -> str:
    """From the list of people to this page, with the filters that say whose answers; empty where nothing is asked."""
    named = zip(listing.WHOSE, listing.whose(request.GET), strict=True)
    filters = {name: pk for name, pk in named if pk}
    if not filters or not questions_of(request.GET).exists():
        return ""
    return f"{reverse('admin:registrations_registration_answers')}?{urlencode(filters)}"
