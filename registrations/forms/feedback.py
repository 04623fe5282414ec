"""What somebody thinks of a session: four questions with choices, and a text; each may be left."""

from django import forms
from django.utils.translation import gettext as _

from registrations.feedback.questions import ABOUT_WORDS, LONGEST_WORDS, QUESTIONS, WORDS
from registrations.forms.fields import Paragraphs
from registrations.people import validators


class Words(Paragraphs):
    default_validators = [validators.validate_words]


class FeedbackForm(forms.Form):
    """Nothing is chosen beforehand but “No answer”: without scripts, nobody could take a choice back otherwise."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for asked in QUESTIONS:
            self.fields[asked.name] = forms.ChoiceField(
                label=asked.words,
                choices=[*asked.choices.items(), ("", _("No answer"))],
                initial="",
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Please choose from the list.")},
            )
        self.fields[WORDS] = Words(
            label=ABOUT_WORDS,
            help_text=_("Please write nothing that says who you or others are. No web addresses."),
            required=False,
            max_length=LONGEST_WORDS,
        )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Please answer at least one question, or leave this page."), code="required")
        return cleaned

    @property
    def given(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def anchors(self) -> dict[str, str]:
        """Where a field is several buttons, the way to all of them."""
        return {asked.name: asked.name for asked in QUESTIONS}
