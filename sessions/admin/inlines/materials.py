"""What is published after a session, inside its form: each a link, or a file of our own."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.admin.conflicts.merging import MergingForm, MergingFormSet
from sessions.admin.forms.fields import EditionsField, WebAddressField
from sessions.admin.forms.uploads import UploadField
from sessions.materials import files, player_addresses
from sessions.models import Material
from sessions.reference.languages import LANGUAGE_WORDS, OTHER, in_words

OCTETS_A_MB = 1024 * 1024


# What only some kinds have, and which.
WITH_SOUND = {Material.Kind.RECORDING, Material.Kind.SOUND}
HAVE = {"duration_minutes": WITH_SOUND, "languages": WITH_SOUND, "captions": {Material.Kind.RECORDING}}
OF_RECORDINGS = ["duration_minutes", "languages", "captions"]


class MaterialForm(MergingForm):
    columns = {"megabytes": "size"}

    url = WebAddressField(label=gettext_lazy("Link"))
    file = UploadField(
        label=gettext_lazy("Or file"),
        required=False,
        help_text=gettext_lazy("After an error anywhere on this page, choose the file again."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    editions = EditionsField(
        label=gettext_lazy("In other languages"),
        required=False,
        help_text=gettext_lazy("One language per line: its code, a blank, and the address of the document in it."),
        widget=forms.Textarea(
            attrs={"rows": 2, "class": "vLargeTextField", "placeholder": "fr https://www.example.org/document-fr.pdf"}
        ),
    )
    megabytes = forms.DecimalField(
        label=gettext_lazy("Size in MB"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=gettext_lazy("For a link, if you know it. The size of a file is filled in for you."),
    )

    class Meta:
        model = Material
        fields = ["kind", "title", "symbol", "url", "file", "language", "editions", "position", *OF_RECORDINGS]
        help_texts = {
            "position": gettext_lazy("Within its kind, the lowest number first."),
            "duration_minutes": gettext_lazy(
                "Of a recording or of sound, in whole minutes: 72 is shown as 1 hour 12 minutes."
            ),
            "languages": gettext_lazy(
                "Of a recording with several sound tracks: codes, for example “en, es”. Empty: the language above."
            ),
            "captions": gettext_lazy(
                "Codes of the languages whose captions can be switched on, for example “en, fr, ar”."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _languages(self.instance.language)
        self.fields["megabytes"].disabled = bool(self.instance.file)
        if self.instance.size:
            self.initial["megabytes"] = round(self.instance.size / OCTETS_A_MB, 2)

    def clean(self):
        super().clean()
        if self.cleaned_data.get("url") and self.cleaned_data.get("file"):
            self.add_error("url", _one_of_both(self.instance.file))
        self.instance.size = self._size()
        self._require_recording()
        self._require_one_recording()
        return self.cleaned_data

    def _require_recording(self):
        """Slides have no length and no captions: whoever types one has chosen the wrong kind, or the wrong row."""
        kind = self.cleaned_data.get("kind")
        for name in OF_RECORDINGS:
            if self.cleaned_data.get(name) and kind and kind not in HAVE[name]:
                self.add_error(name, _("Only a recording has this. Choose that kind, or leave this empty."))

    def _require_one_recording(self):
        """A link to the site that plays on our pages would else never play, and nobody would know why."""
        is_recording = self.cleaned_data.get("kind") == Material.Kind.RECORDING
        if not is_recording or not {"url", "kind"}.intersection(self.changed_data):
            return
        try:
            player_addresses.of_link(self.cleaned_data.get("url") or "", settings.PLAYER_HOST)
        except player_addresses.NotOneRecording as error:
            words = _("This leads to no single recording. Type the link to watch it, such as %(example)s.")
            self.add_error("url", ValidationError(words, params={"example": error}))

    @property
    def written_columns(self):
        names = super().written_columns
        return [*names, "size"] if "file" in names and "size" not in names else names

    def _size(self) -> int | None:
        file, megabytes = self.cleaned_data.get("file"), self.cleaned_data.get("megabytes")
        if file:
            return file.size if "file" in self.changed_data else self.instance.size
        if "megabytes" in self.changed_data:
            return round(megabytes * OCTETS_A_MB) if megabytes else None
        return None if "file" in self.changed_data else self.instance.size


class MaterialFormSet(MergingFormSet):
    """Its rows are stored together with what becomes of their files."""

    def save_with_files(self):
        stored = {form.instance.pk: form.initial.get("file") for form in self.initial_forms}
        self.save_touched()
        for material, changed in self.changed_objects:
            if "file" in changed and stored[material.pk]:
                files.discard_file_after_commit(stored[material.pk])
        for material in self.deleted_objects:
            files.discard_after_commit([material])


class MaterialInline(admin.StackedInline):
    model = Material
    form = MaterialForm
    formset = MaterialFormSet
    extra = 0
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    ("kind", "language"),
                    "url",
                    "file",
                    ("megabytes", "position"),
                    ("duration_minutes", "languages", "captions"),
                    "symbol",
                    "editions",
                ]
            },
        )
    ]


def _languages(present):
    """The empty choice, the languages of pages, others, and a code that is stored already."""
    codes = list(LANGUAGE_WORDS)
    unknown = [present] if present and present not in (*codes, OTHER) else []
    return [("", _("not said")), *((code, in_words(code)) for code in [*codes, *unknown, OTHER])]


def _one_of_both(stored) -> ValidationError:
    if stored:
        return ValidationError(_("This has a file already. Tick “Remove this file”, or leave the link empty."))
    return ValidationError(_("Give a link or a file, not both. Remove one of them."))
