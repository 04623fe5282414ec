"""Certificates that were issued, and the acts of staff that issue many."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.models.keys import new_key
from registrations.models.people import Participant
from registrations.models.registrations import Registration
from sessions.locks import LockableQuerySet
from sessions.models import Season, Session

NUMBER_OF_CERTIFICATE = 18
DIGEST = 64


class CertificateIssueQuerySet(LockableQuerySet):
    def standing(self):
        return self.filter(taken_back_at=None)

    def unprepared(self):
        """The worker has still to make certificates of these."""
        return self.standing().filter(prepared_at=None)


class CertificateIssue(models.Model):
    """Staff issued certificates for a session, or without one for the season, to people whose number they confirmed.

    `left` are the ids of those who have none yet. Until `mails_leave_at` nobody sees them, and it can be taken back.
    """

    season = models.ForeignKey(Season, models.PROTECT, related_name="certificate_issues")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="certificate_issues")
    percent = models.PositiveSmallIntegerField(help_text=_("So much of a time slot people had to be there."))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    mails_leave_at = models.DateTimeField()
    people = models.PositiveIntegerField()
    left = models.JSONField(default=list, blank=True, editable=False)
    prepared_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateIssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue of certificates")
        verbose_name_plural = _("issues of certificates")

    def __str__(self):
        return str(self.session or self.season)


class CertificateQuerySet(LockableQuerySet):
    def standing(self):
        """Neither withdrawn nor replaced."""
        return self.filter(withdrawn_at=None, replaced_by=None)

    def visible(self, now):
        """To the people they are of, and to who checks them: nobody can take back that they were issued."""
        return self.filter(Q(issue=None) | Q(issue__mails_leave_at__lte=now))

    def of_scope(self, season, session):
        """Of taking part in this session, or without one in the season."""
        return self.filter(season=season, session=session, part=Certificate.Part.TOOK_PART)


class Certificate(models.Model):
    """What somebody took part in, under a number that others can check together with the name.

    `number_digest` finds it, `name_digest` is made of the folded name with the number as its key. Once the person is
    erased these two are left, with what was attended: who reads them learns neither the number nor the name.
    """

    class Part(models.TextChoices):
        TOOK_PART = "took-part", _("took part")
        SPOKE = "spoke", _("spoke")

    season = models.ForeignKey(Season, models.PROTECT, related_name="certificates")
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        help_text=_("Empty for a certificate of the season."),
    )
    issue = models.ForeignKey(CertificateIssue, models.PROTECT, null=True, blank=True, related_name="certificates")
    part = models.CharField(_("part"), max_length=10, choices=Part)
    participant = models.ForeignKey(
        Participant,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="certificates",
        help_text=_("Empty for a speaker whom staff typed, and for somebody whose details were erased."),
    )
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True, help_text=_("Of a speaker whom staff typed."))
    language = models.CharField(max_length=10, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("As it was when it was issued."))
    number = models.CharField(max_length=NUMBER_OF_CERTIFICATE, blank=True, editable=False)
    number_digest = models.CharField(max_length=DIGEST, unique=True, editable=False)
    name_digest = models.CharField(max_length=DIGEST, editable=False)
    key = models.CharField(max_length=60, unique=True, default=new_key, editable=False)
    issued_at = models.DateTimeField(pgettext_lazy("staff", "issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="certificates_issued"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="certificates_withdrawn"
    )
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why it was withdrawn, as its person reads it."))
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(replaced_by=None), name="withdrawn_certificate_is_not_replaced"
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_certificate_of_a_number"),
        ]

    def __str__(self):
        return str(self.session or self.season)

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None and self.replaced_by_id is None

    def is_visible(self, now) -> bool:
        """As `visible`."""
        return self.issue is None or self.issue.mails_leave_at <= now

    @property
    def is_forgotten(self) -> bool:
        """Whether nothing says any more whose it is."""
        return not self.number


class CertificateEntry(models.Model):
    """A session on a certificate, as it was when that was issued.

    `minutes` is empty of a speaker, and of somebody of whom only the click that opened the meeting is known.
    """

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="entries")
    session = models.ForeignKey(Session, models.PROTECT, related_name="certificate_entries")
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="certificate_entries"
    )
    titles = models.JSONField(default=dict, help_text=_("By language, where there is a translation."))
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self):
        return self.titles.get("en", "")
