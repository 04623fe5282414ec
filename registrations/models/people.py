"""Participants: names behind mailboxes, each in one season."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registrations.models.keys import new_key
from sessions import translations
from sessions.locks import LockableQuerySet
from sessions.models import Season, validate_zone


class ParticipantQuerySet(LockableQuerySet):
    def behind(self, mailbox: str, *, seasons=None):
        """Those with this folded address, the newest season first, then by name; in all seasons if none are given.

        The seasons are named one by one, because the index on mailboxes begins with the season.
        """
        chosen = Season.objects.values_list("pk", flat=True) if seasons is None else [season.pk for season in seasons]
        people = self.filter(season__in=list(chosen), mailbox=mailbox).select_related("season")
        return people.order_by("-season__starts_on", "season_id", "name_key")


class Participant(models.Model):
    """A name behind a mailbox in one season; several people may share a mailbox."""

    class Stakeholder(models.TextChoices):
        PARTY = "party", _("Government of a Party")
        NON_PARTY = "non-party", _("Government of a non-Party")
        IGO = "igo", _("Intergovernmental organisation")
        NGO = "ngo", _("Non-governmental organisation")
        ACADEMIA = "academia", _("Academia and research")
        INDUSTRY = "industry", _("Industry and business")
        OTHER = "other", _("Other")

    class CalendarEntries(models.TextChoices):
        MAIL = "mail", _("Send me an invitation by mail for each session")
        SUBSCRIPTION = "subscription", _("I subscribe to a calendar with my sessions")
        NONE = "none", _("No calendar entries")

    season = models.ForeignKey(Season, models.PROTECT, related_name="participants")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=800, editable=False, help_text=_("The name, folded for comparison."))
    email = models.CharField(_("e-mail"), max_length=254)
    mailbox = models.CharField(max_length=300, editable=False, help_text=_("The address, folded for comparison."))
    organisation = models.CharField(max_length=200, blank=True)
    search_text = models.TextField(
        default="", db_default="", editable=False, help_text=_("Name, e-mail and organisation, folded for searching.")
    )
    country = models.CharField(max_length=3, blank=True, help_text=_("UN M49 code, three digits."))
    stakeholder = models.CharField(_("stakeholder group"), max_length=10, choices=Stakeholder, blank=True)
    language = models.CharField(
        _("language of the mails"),
        max_length=10,
        default="en",
        blank=True,
        help_text=_("Empty once their details are gone, unless many share it."),
    )
    timezone = models.CharField(_("time zone"), max_length=64, validators=[validate_zone])
    access_needs = models.TextField(blank=True)
    calendar_entries = models.CharField(max_length=12, choices=CalendarEntries, default=CalendarEntries.MAIL)
    wants_reminders = models.BooleanField(_("reminders"), default=True)
    unwanted_leads = models.JSONField(
        _("reminders not wanted"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Hours before a session. Whatever else the season offers is sent."),
    )
    wants_announcements = models.BooleanField(
        _("announcements"), default=False, help_text=_("Asked to hear when recordings and slides are published.")
    )
    wants_certificates = models.BooleanField(
        _("mails about certificates"), default=True, db_default=True, help_text=_("When a certificate is there.")
    )
    certificate_name = models.CharField(
        _("name on certificates"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Empty: the name."),
    )
    consent_version = models.CharField(max_length=20)
    consent_text = models.TextField()
    consented_at = models.DateTimeField()
    named_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="named",
        help_text=_("The focal point who signed this person up."),
    )
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Empty while somebody named by a focal point has not confirmed.")
    )
    page_opened_at = models.DateTimeField(
        null=True, blank=True, help_text=_("First time that their personal page was opened; mail scanners do, too.")
    )
    anonymised_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    feed_key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    stop_key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)

    # What staff did that a mail tells of in its first sentences: set by who makes the mail.
    changed_by_staff = ""

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["season", "mailbox", "name_key"], name="one_participant_of_a_name_behind_a_mailbox"
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="participant_by_name")]

    def __str__(self):
        return self.name or gettext("(erased)")

    @property
    def name_on_certificates(self) -> str:
        return self.certificate_name or self.name

    @property
    def reads(self) -> str:
        """The language of what is written to them."""
        return translations.offered(self.language)

    @property
    def wants_entries(self) -> bool:
        """By mail; a person named by somebody else gets none before they say yes."""
        return self.calendar_entries == self.CalendarEntries.MAIL and self.confirmed_at is not None

    @property
    def is_opening_known(self) -> bool:
        """Whether `page_opened_at` says when: of people stored before it was noted, it is when they agreed."""
        return self.page_opened_at != self.consented_at

    def wants_reminder(self, hours_before) -> bool:
        """So many hours before a session; of a reminder that was stored without them, any."""
        return self.wants_reminders and hours_before not in self.unwanted_leads
