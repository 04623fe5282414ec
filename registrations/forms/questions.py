"""Questions of staff as fields of a form, and the answers in it."""

from django import forms
from django.utils.translation import gettext as _

from registrations.forms.fields import Paragraphs, TypedLine
from registrations.forms.widgets import LongSelect
from registrations.models import Answer
from registrations.people import validators
from sessions import marked
from sessions.models import Question

PREFIX = "question-"
LONGEST_LINE, LONGEST_TEXT = 200, 2000
AFTER_QUESTIONS = {"calendar_entries", "wants_announcements", "consent"}
# More of them are a long way on a telephone.
MOST_BUTTONS = 6


def name_of(question) -> str:
    return f"{PREFIX}{question.pk}"


def typed(data) -> dict:
    """Of a form that was sent, what was ticked several times: as initial values for another one."""
    return {name: values for name, values in data.lists() if name.startswith(PREFIX) and len(values) > 1}


class AnswerLine(TypedLine):
    default_validators = [validators.validate_answer]


class AsksQuestions(forms.Form):
    """`questions` get a field each; those of a session are asked only of who takes part in it."""

    def __init__(self, *args, questions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[name_of(question)] = _field(question)
        # As on the page, so that the list of errors has its order.
        self.order_fields([name for name in self.fields if name not in AFTER_QUESTIONS])

    def asks(self, question) -> bool:
        """Whether an answer in this form counts."""
        return True

    def requires(self, question) -> bool:
        return question.is_required and self.asks(question)

    def clean(self):
        cleaned = super().clean()
        for question in self.questions:
            name = name_of(question)
            if not self.asks(question):
                self.errors.pop(name, None)
            elif self.requires(question) and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, forms.ValidationError(_missing(question), code="required"))
        return cleaned

    @property
    def of_season(self) -> list:
        """The fields of the questions that are asked once, without those of `counted_only`."""
        return [self[name_of(question)] for question in self.questions if question.season_id and _is_read(question)]

    @property
    def of_all(self) -> list:
        """Without those of `counted_only`."""
        return [self[name_of(question)] for question in self.questions if _is_read(question)]

    @property
    def counted_only(self) -> list:
        """The fields whose answers staff do not read."""
        return [self[name_of(question)] for question in self.questions if question.is_counted_only]

    def of_session(self, session) -> list:
        return [self[name_of(question)] for question in self.questions if question.session_id == session.pk]

    @property
    def anchors_of_questions(self) -> dict[str, str]:
        """Where the field is several boxes, the way to all of them."""
        names = [name_of(question) for question in self.questions]
        return {name: name for name in names if self[name].use_fieldset}

    def answers(self) -> dict[int, list[str]]:
        """By the id of the question; nothing for one that was not answered."""
        asked = [question for question in self.questions if self.asks(question)]
        found = {question.pk: _values(self.cleaned_data.get(name_of(question))) for question in asked}
        return {pk: values for pk, values in found.items() if values}


class AnswersForm(AsksQuestions):
    """The questions of one person, with what they have answered, or with what was typed in another form."""

    def __init__(self, *args, known, sent_before=None, **kwargs):
        super().__init__(*args, **kwargs)
        for question in self.questions:
            values = sent_before.getlist(name_of(question)) if sent_before else known.get(question.pk, [])
            self.initial[name_of(question)] = _initial(question, values)


def _is_read(question) -> bool:
    return not question.is_counted_only


def _field(question) -> forms.Field:
    words = marked.html(question, "words")
    if not question.is_required:
        words = marked.sentence(_("%(question)s (optional)"), question=words)
    # Browsers refuse to send a form with an empty field that they do not show, such as one of a session not ticked.
    needed = {"required": question.is_required and question.season_id is not None}
    missing = {"required": _missing(question), "invalid_choice": _("Please choose from the list.")}
    about = {"label": words, "help_text": marked.html(question, "help_text"), "error_messages": missing}
    return FIELDS[question.kind](question, **about, **needed)


def _missing(question) -> str:
    return marked.sentence(_("Please answer: %(question)s"), question=marked.words(question, "words"))


def _line(question, **about):
    return AnswerLine(max_length=LONGEST_LINE, **about)


def _text(question, **about):
    return Paragraphs(max_length=LONGEST_TEXT, **about)


def _one(question, **about):
    choices = _choices(question)
    if len(choices) > MOST_BUTTONS:
        return forms.ChoiceField(choices=[("", _("Choose")), *choices], widget=LongSelect, **about)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **about)


def _several(question, **about):
    return forms.MultipleChoiceField(choices=_choices(question), widget=forms.CheckboxSelectMultiple, **about)


def _choices(question) -> list[tuple[str, str]]:
    """Answers are stored in English, whatever language somebody reads them in."""
    return [(choice, marked.choice(question, choice)) for choice in question.choices]


def _tick(question, **about):
    return forms.BooleanField(**about)


FIELDS = {
    Question.Kind.LINE: _line,
    Question.Kind.TEXT: _text,
    Question.Kind.ONE: _one,
    Question.Kind.SEVERAL: _several,
    Question.Kind.TICK: _tick,
}


def _values(cleaned) -> list[str]:
    if cleaned is True:
        return [Answer.TICKED]
    if isinstance(cleaned, list):
        return list(dict.fromkeys(cleaned))
    return [cleaned] if cleaned else []


def _initial(question, values):
    if question.kind == Question.Kind.SEVERAL:
        return values
    return bool(values) if question.kind == Question.Kind.TICK else next(iter(values), "")
