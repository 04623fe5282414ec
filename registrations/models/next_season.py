"""Who wants to hear when the next season opens, and the announcements of seasons to them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models.keys import new_key
from sessions import translations
from sessions.locks import LockableQuerySet
from sessions.models import Season

YEARS_KEPT = 3
TERM = timedelta(days=YEARS_KEPT * 365 + 1)


class SubscriberQuerySet(LockableQuerySet):
    def of(self, mailbox: str):
        return self.filter(mailbox=mailbox)

    def past_term(self, now):
        """Those who asked so long ago, if no season was announced since: all of them, or none."""
        since = now - TERM
        if SeasonAnnouncement.objects.standing().filter(made_at__gte=since).exists():
            return self.none()
        return self.filter(consented_at__lt=since)


class NextSeasonSubscriber(models.Model):
    """A mailbox to which the next season is to be announced.

    It belongs to no season and to no person, so that it stays when the details of people go; nothing else is kept.
    """

    mailbox = models.CharField(_("address"), max_length=300, unique=True, help_text=_("Folded; mails go to it."))
    language = models.CharField(_("language of the mails"), max_length=10, default="en")
    consent_version = models.CharField(max_length=20)
    consent_text = models.TextField()
    consented_at = models.DateTimeField(_("agreed"))
    stop_key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("address for the next season")
        verbose_name_plural = _("addresses for the next season")

    def __str__(self):
        return self.mailbox

    @property
    def reads(self) -> str:
        """The language of what is written to them."""
        return translations.offered(self.language)


class SeasonAnnouncementQuerySet(LockableQuerySet):
    def standing(self):
        """Not taken back."""
        return self.filter(taken_back_at=None)

    def unprepared(self):
        """The worker has still to prepare mails of these."""
        return self.standing().filter(prepared_at=None)


class SeasonAnnouncement(models.Model):
    """Staff told those who had asked that a season is open; once for a season, unless it is taken back."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="announcements")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    mails_leave_at = models.DateTimeField()
    people = models.PositiveIntegerField(help_text=_("To how many it went."))
    prepared_at = models.DateTimeField(null=True, blank=True, help_text=_("When all its mails were in the outbox."))
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = SeasonAnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement of a season")
        verbose_name_plural = _("announcements of seasons")
        constraints = [
            models.UniqueConstraint(
                fields=["season"], condition=Q(taken_back_at=None), name="one_standing_announcement_of_a_season"
            ),
        ]

    def __str__(self):
        return str(self.season)
