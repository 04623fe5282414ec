"""Pages about the site itself whose words staff can change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions import rich_text
from sessions.locks import LockableQuerySet
from sessions.models.translations import TranslationsField


class PageText(models.Model):
    """The words of staff for one page; while there are none, the page shows those of `presenters.page_texts`."""

    class Page(models.TextChoices):
        ABOUT = "about", _("About and contact")
        ACCESSIBILITY = "accessibility", _("Accessibility")

    TRANSLATED = ("text",)

    page = models.CharField(_("page"), max_length=20, choices=Page, unique=True, editable=False)
    text = models.TextField(
        _("text"),
        blank=True,
        default="",
        db_default="",
        validators=[rich_text.validate_length],
        help_text=_(
            "An empty line begins a paragraph, “# ” a heading, “- ” an item of a list. A link: "
            "[its words](https://www.example.org/). Empty the field to have the usual text again."
        ),
    )

    translations = TranslationsField()

    objects = LockableQuerySet.as_manager()

    class Meta:
        verbose_name = _("page about the site")
        verbose_name_plural = _("pages about the site")
        ordering = ["page"]

    def __str__(self):
        return self.get_page_display()
