"""Materials: what is published after a session."""

import re

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models.languages import validate_codes
from sessions.models.sessions import Session
from sessions.models.translations import TranslationsField
from sessions.reference.languages import codes_in

# UNEP/MC/COP.5/16/Add.1, MC-5/12: capitals first, and a digit.
SYMBOL = re.compile(r"\A[A-Z]{1,8}(?=\S*[0-9])(?:[-./][A-Za-z0-9()]{1,20}){1,10}\Z")

# A day: a session is held within one.
MOST_MINUTES = 24 * 60


def place_of_file(material, filename) -> str:
    session = material.session
    return f"{session.season.slug}/{session.slug}/{filename}"


class Material(models.Model):
    """Something published with a session: a link, or a file of our own of `size` octets.

    Without either it is known to exist but its address is not. `editions` are links to the same in other languages, by
    code. A recording can be heard in several `languages` and have `captions` in some: codes with commas between them.
    """

    class Kind(models.TextChoices):
        RECORDING = "recording", _("Recording")
        TRANSCRIPT = "transcript", _("Transcript")
        SOUND = "sound", _("Sound alone")
        SLIDES = "slides", _("Slides")
        QUESTIONS = "questions", _("Questions and answers")
        DOCUMENT = "document", _("Document")

    TRANSLATED = ("title",)

    session = models.ForeignKey(Session, models.CASCADE, related_name="materials")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=1000, blank=True)
    file = models.FileField(upload_to=place_of_file, max_length=300, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True, help_text=_("In octets."))
    language = models.CharField(max_length=10, blank=True)
    symbol = models.CharField(
        _("document symbol"),
        max_length=60,
        blank=True,
        default="",
        db_default="",
        validators=[
            RegexValidator(
                SYMBOL,
                _("Type the symbol as it is on the document, for example UNEP/MC/COP.5/16."),
                code="symbol",
            )
        ],
        help_text=_("Of an official document, for example UNEP/MC/COP.5/16."),
    )
    duration_minutes = models.PositiveSmallIntegerField(
        _("length in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
    )
    languages = models.CharField(
        _("languages that can be heard"),
        max_length=60,
        blank=True,
        default="",
        db_default="",
        validators=[validate_codes],
    )
    captions = models.CharField(
        _("captions in"), max_length=60, blank=True, default="", db_default="", validators=[validate_codes]
    )
    editions = models.JSONField(_("in other languages"), default=dict, db_default={}, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    translations = TranslationsField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(url="") | Q(file=""), name="material_is_a_link_or_a_file"),
        ]

    def __str__(self):
        return self.title

    @property
    def heard_in(self) -> list[str]:
        """Codes of the languages of a recording, or of whatever else it is."""
        return codes_in(self.languages) or codes_in(self.language)
