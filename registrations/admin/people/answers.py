"""What people answered to questions of staff: beside the person, as a filter, as columns of the table.

Nothing of this has what is counted only.
"""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.base import NOTHING
from registrations.admin.filters import LONG
from registrations.models import Answer
from sessions.models import Question
from sessions.plain_text import about
from sessions.staff.numbers import row_number


def in_words(participant, session=None):
    """All that the person answered; with a session, to the questions of the season and of this session."""
    in_order = ["question__position", "question", "place"]
    answers = participant.answers.filter(question__in=Question.objects.beside_people())
    answers = answers.select_related("question__session").order_by(*in_order)
    if session is not None:
        answers = answers.filter(Q(question__session=None) | Q(question__session=session))
    found = {}
    for answer in answers:
        found.setdefault(answer.question, []).append(answer.value)
    lines = [(_heading(question), _in_a_cell(question, values)) for question, values in found.items()]
    return format_html_join("", "<p><strong>{}</strong><br>{}</p>", lines) or NOTHING


class AnswerFilter(admin.SimpleListFilter):
    """What was chosen from a list, or ticked; shown once a season is chosen whose sign-up asks for that."""

    title = gettext_lazy("answer")
    parameter_name = "answer"
    template = LONG

    def lookups(self, request, model_admin):
        season, session = (row_number(request.GET.get(name)) for name in ("season", "session"))
        if season is None and session is None:
            return []
        asked = Question.objects.beside_people().filter(kind__in=[*Question.LISTS, Question.Kind.TICK])
        asked = asked.filter(Q(season=season, season__isnull=False) | Q(session=session, session__isnull=False))
        asked = asked.order_by("position", "pk")
        return [(f"{question.pk}-{number}", words) for question in asked for number, words in _choices(question)]

    def queryset(self, request, queryset):
        pk, _dash, number = (self.value() or "").partition("-")
        question = Question.objects.beside_people().filter(pk=row_number(pk)).first()
        chosen = dict(_values(question)).get(number) if question else None
        if chosen is None:
            return queryset.none() if self.value() else queryset
        given = Answer.objects.filter(question=question, value=chosen)
        return queryset.filter(participant__in=given.values("participant"))


def columns(registrations) -> list:
    """For each question that was asked of any of these, its heading and what a registration has there."""
    seasons, sessions = registrations.order_by().values("session__season"), registrations.order_by().values("session")
    asked = Question.objects.beside_people().filter(Q(season__in=seasons) | Q(session__in=sessions))
    asked = asked.select_related("season", "session").order_by("session", "position", "pk")
    return [(_heading(question), _reader(question)) for question in asked]


def _reader(question):
    """Of a registration of this question's season or session, loaded with the answers of its person."""

    def read(registration):
        if question.session_id not in (None, registration.session_id):
            return ""
        given = [each for each in registration.participant.answers.all() if each.question_id == question.pk]
        values = [each.value for each in sorted(given, key=lambda each: each.place)]
        return _in_a_cell(question, values)

    return read


def _heading(question) -> str:
    return about(question.session.title, question.words) if question.session_id else question.words


def _in_a_cell(question, values) -> str:
    if question.kind == Question.Kind.TICK:
        return _("yes") if values else ""
    return "; ".join(values)


def _values(question) -> list[tuple[str, str]]:
    """What can be chosen, by the number that stands for it in an address."""
    values = question.choices if question.has_list else [Answer.TICKED]
    return [(str(number), value) for number, value in enumerate(values)]


def _choices(question) -> list[tuple[str, str]]:
    if not question.has_list:
        return [("0", question.words)]
    words = _("%(question)s “%(answer)s”")
    return [(number, words % {"question": question.words, "answer": value}) for number, value in _values(question)]
