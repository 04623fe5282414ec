"""What staff did when they took the places of some people away, in one go."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.locks import LockableQuerySet


class SeatRemoval(models.Model):
    """Some registrations lost their places, for one reason; each of them refers to it until it is undone."""

    class Reason(models.TextChoices):
        FAKE = "fake", _("made-up sign-up: nobody stands behind it")
        TWICE = "twice", _("the same person is registered twice")
        ASKED = "asked", _("the person asked us to")
        FOR_OTHERS = "for-others", _("the session is meant for other people")
        OTHER = "other", _("another reason")

    # Behind such a registration there is nobody who is not counted elsewhere.
    NOBODY_ELSE = [Reason.FAKE, Reason.TWICE]

    made_at = models.DateTimeField(_("when"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    words = models.TextField(_("words to the people"), blank=True)
    is_told = models.BooleanField(_("people are told"), default=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = LockableQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal of places")
        verbose_name_plural = _("removals of places")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def mails(self, registration) -> bool:
        """Whether the person hears of it by mail.

        Who is not told gets the mail that takes the entry out of their calendar, without a reason. Nothing leaves for a
        made-up sign-up: its address may be somebody's who has never heard of us.
        """
        return self.is_told or (registration.entry_was_mailed and self.reason != self.Reason.FAKE)
