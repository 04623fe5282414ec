"""Since when countries are Parties to the Convention, as staff read it in the list of the depositary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.reference import countries


class Party(models.Model):
    """Of a country without a row it is not known whether it is a Party."""

    country = models.CharField(_("country"), max_length=3, unique=True, help_text=_("UN M49 code, three digits."))
    since = models.DateField(_("Party since"))

    class Meta:
        verbose_name = _("Party")
        verbose_name_plural = _("Parties")

    def __str__(self):
        return countries.name(self.country, "en") or self.country
