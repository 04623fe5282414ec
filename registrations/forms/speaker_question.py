"""The form in which people ask the speakers of a session."""

from django import forms
from django.utils.translation import gettext_lazy

from registrations.people import validators
from sessions import plain_text
from sessions.models.speaker_questions import LONGEST


class QuestionText(forms.CharField):
    """A question in somebody's own words, as one paragraph."""

    widget = forms.Textarea
    default_validators = [validators.validate_question]

    def to_python(self, value):
        return validators.tidy(" ".join(plain_text.paragraphs(super().to_python(value)).split()))

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"rows": 3, "dir": "auto"}


def question_text() -> QuestionText:
    return QuestionText(
        label=gettext_lazy("Your question to the speakers"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Only our staff read it as you write it. If they publish it with an answer, they may shorten it."
        ),
        error_messages={"required": gettext_lazy("Please write your question.")},
    )


class QuestionAfterSignUpForm(forms.Form):
    """Of somebody who chose these sessions (pairs of their id and title): about which one, if they are several."""

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.sessions = sessions
        if len(sessions) > 1:
            self.fields["session"].choices = sessions
        else:
            del self.fields["session"]

    session = forms.TypedChoiceField(label=gettext_lazy("Session"), coerce=int)
    text = question_text()

    def session_id(self) -> int:
        return self.cleaned_data.get("session") or self.sessions[0][0]


class SpeakerQuestionForm(forms.Form):
    text = question_text()
    with_name = forms.BooleanField(label=gettext_lazy("My name may be published with the question"), required=False)
