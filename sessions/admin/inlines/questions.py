"""What a sign-up asks besides, inside the form of its season or session."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.models import Answer
from sessions.admin.conflicts.merging import MergingForm, MergingFormSet
from sessions.admin.forms.fields import LinesField
from sessions.models import Question, Session

MANY = 4
MOST_CHOICES, LONGEST_CHOICE = 50, 200


class QuestionForm(MergingForm):
    """A question that somebody has answered keeps its kind and the choices that were made, and is not deleted."""

    choices = LinesField(
        label=gettext_lazy("Choices"),
        required=False,
        help_text=gettext_lazy("For a list: one choice per line."),
    )

    class Meta:
        model = Question
        fields = ["words", "help_text", "kind", "choices", "is_required", "is_closed", "position"]
        help_texts = {
            "help_text": gettext_lazy("A sentence under the question, for example what you need the answer for."),
            "is_closed": gettext_lazy("It is asked no more. What people have answered stays."),
            "position": gettext_lazy("The lowest number first."),
        }

    def clean_choices(self):
        choices = self.cleaned_data["choices"]
        if len(set(choices)) < len(choices):
            raise ValidationError(_("Write each choice once."), code="twice")
        if len(choices) > MOST_CHOICES or any(len(choice) > LONGEST_CHOICE for choice in choices):
            words = _("Write at most %(number)s choices, of %(length)s characters each.")
            raise ValidationError(words, code="long", params={"number": MOST_CHOICES, "length": LONGEST_CHOICE})
        return choices

    def clean(self):
        cleaned = super().clean()
        if "choices" in cleaned and cleaned.get("kind"):
            self._require_choices(cleaned)
        if self.instance.pk and Answer.objects.filter(question=self.instance.pk).exists():
            self._keep_what_was_answered(cleaned)
        return cleaned

    def _require_choices(self, cleaned):
        is_list = cleaned["kind"] in Question.LISTS
        if is_list and len(cleaned["choices"]) < 2:
            self.add_error("choices", ValidationError(_("Write at least two choices, one per line."), code="few"))
        elif cleaned["choices"] and not is_list:
            words = _("Only a list has choices. Empty this, or choose another kind of answer.")
            self.add_error("choices", ValidationError(words, code="no_list"))

    def _keep_what_was_answered(self, cleaned):
        if cleaned.pop(DELETION_FIELD_NAME, False):
            self.add_error(None, _("People have answered this question. Close it instead: then it is asked no more."))
        if "kind" in self.changed_data:
            self.add_error("kind", _("People have answered this question. Close it, and ask a new one."))
        elif lost := self._lost_choices(cleaned.get("choices", self.instance.choices)):
            words = _("People have chosen “%(choice)s”. Leave this line as it is; you can add others.")
            self.add_error("choices", ValidationError(words, code="chosen", params={"choice": lost[0]}))

    def _lost_choices(self, choices) -> list[str]:
        """Those that people have chosen and that are not among these any more."""
        gone = [choice for choice in self.initial.get("choices") or [] if choice not in choices]
        chosen = Answer.objects.filter(question=self.instance.pk, value__in=gone)
        return sorted(set(chosen.values_list("value", flat=True)))


class QuestionFormSet(MergingFormSet):
    """The questions of one season or session."""


class QuestionInline(admin.StackedInline):
    model = Question
    form = QuestionForm
    formset = QuestionFormSet
    extra = 0
    verbose_name_plural = gettext_lazy("questions in the sign-up")
    fieldsets = [
        (None, {"fields": ["words", "help_text", "kind", "choices", ("is_required", "is_closed"), "position"]})
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).beside_people()


def warn_of_many(request, row, formsets):
    """After a form of this season or session was saved that changed its questions."""
    if not any(isinstance(formset, QuestionFormSet) and formset.has_changed() for formset in formsets):
        return
    asked = row.questions.asked().count()
    if isinstance(row, Session):
        asked += row.season.questions.asked().count()
    if asked >= MANY:
        words = ngettext(
            "This sign-up asks %(number)s question of yours. People give up long forms: ask only what you need.",
            "This sign-up asks %(number)s questions of yours. People give up long forms: ask only what you need.",
            asked,
        )
        messages.warning(request, words % {"number": asked})
