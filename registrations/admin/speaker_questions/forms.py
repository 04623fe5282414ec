"""The form of one question: what a colleague saved while it was open stays, or is asked about; and one of the chat."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.circulars import two_writers
from registrations.people import validators
from registrations.speaker_questions.editing import FIELDS
from sessions import plain_text, rich_text
from sessions.models import SpeakerQuestion
from sessions.models.speaker_questions import LONGEST

ON = "on"


class Wording(forms.CharField):
    """A question as staff word it, in one paragraph, also pasted from a chat with what nobody sees there."""

    default_validators = [validators.validate_wording]

    def __init__(self, **options):
        widget = forms.Textarea({"rows": 3, "class": "vLargeTextField", "lang": "en"})
        super().__init__(max_length=LONGEST, widget=widget, **options)

    def to_python(self, value):
        return " ".join(plain_text.paragraphs(super().to_python(value)).split())


class FromChatForm(forms.Form):
    """A question that was asked in the chat of the meeting, as staff word it."""

    wording = Wording(
        label=gettext_lazy("Question, in English"),
        help_text=gettext_lazy("One paragraph, without the name of who asked."),
        error_messages={"required": gettext_lazy("Write the question first.")},
    )


class QuestionForm(forms.Form):
    """Made of the question as it is stored, locked where the form was sent; `as_asked` is proposed as its wording.

    `names` are those that would be published; None for who may not see them, and so not publish them either.
    """

    wording = Wording(
        label=gettext_lazy("Question as it is published, in English"),
        required=False,
        help_text=gettext_lazy("One paragraph. What people wrote stays below, for staff alone."),
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer, in English"),
        required=False,
        validators=[rich_text.validate_length],
        widget=forms.Textarea({"rows": 8, "class": "vLargeTextField", "lang": "en"}),
        help_text=gettext_lazy("An empty line begins a paragraph, “- ” an item of a list, [words](address) is a link."),
    )
    answered = forms.ChoiceField(
        label=gettext_lazy("Answered"),
        required=False,
        choices=[("", gettext_lazy("not yet")), *SpeakerQuestion.Answered.choices],
    )
    shows_name = forms.BooleanField(label=gettext_lazy("Publish the names of those who wish it"), required=False)

    def __init__(self, data=None, *, question, names, as_asked=""):
        stored = {name: getattr(question, name) for name in FIELDS}
        initial = stored | {"wording": question.wording or as_asked}
        super().__init__(data if data is None else data.copy(), initial=initial, label_suffix="")
        self.stored, self.question, self.names = stored, question, names
        if names is None:
            del self.fields["shows_name"]

    @property
    def shown_next(self) -> str:
        """The hidden entry: what is stored while this page is open."""
        return two_writers.write({name: _text(value) for name, value in self.stored.items()} | {"names": self.names})

    def clean_answer(self):
        return self.cleaned_data["answer"].replace("\r\n", "\n").strip()

    def clean(self):
        before = two_writers.read(self.data.get("shown"))
        for name in FIELDS:
            if name in self.cleaned_data:
                self._merge(name, before.get(name, _text(self.stored[name])))
        if "publish" in self.data and self.cleaned_data.get("shows_name"):
            self._require_seen(before.get("names", self.names))
        if self.question.is_published and not self.cleaned_data.get("wording", "-"):
            self.add_error("wording", _("It is published: withdraw it first, or write the question."))
        return self.cleaned_data

    def _require_seen(self, names):
        if names != self.names:
            words = _("Somebody asked this with their name meanwhile: %(names)s. Publish again if the names are right.")
            self.add_error("shows_name", ValidationError(words, params={"names": self.names}))

    def _merge(self, name, was):
        typed, stored = _text(self.cleaned_data[name]), _text(self.stored[name])
        if typed == was:
            self.cleaned_data[name] = self.stored[name]
            self.data[name] = stored
        elif stored not in (was, typed):
            words = _("A colleague saved this meanwhile: “%(text)s”. Save again to put yours in its place.")
            self.add_error(name, ValidationError(words, params={"text": stored or _("(empty)")}, code="conflict"))


def _text(value) -> str:
    if isinstance(value, bool):
        return ON if value else ""
    return value
