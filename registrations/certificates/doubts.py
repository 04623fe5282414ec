"""Certificates that say something else than what is known now; nothing about them is changed by itself."""

from collections import defaultdict
from enum import StrEnum

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import Exact

from registrations.models import Certificate, CertificateEntry, SlotChange


class Doubt(StrEnum):
    NAME = "name"
    MINUTES = "minutes"
    NOT_THERE = "not-there"
    TIME = "time"
    PARTS = "parts"
    CALLED_OFF = "called-off"


NAME_NOW = Case(
    When(participant__certificate_name="", then=F("participant__name")), default=F("participant__certificate_name")
)
SLOT = "registration__occurrence__"
# An entry of which only the click was known, and now a report is there, is of other minutes.
OTHER_MINUTES = Q(minutes=None, registration__attended_seconds__isnull=False) | (
    Q(minutes__isnull=False)
    & (
        Q(registration__attended_seconds=None)
        | Q(registration__attended_seconds__lt=F("minutes") * Value(60))
        | Q(registration__attended_seconds__gte=(F("minutes") + Value(1)) * Value(60))
    )
)
SAME_TIMES = Q(**{f"{SLOT}starts_at": F("starts_at"), f"{SLOT}ends_at": F("ends_at")})
# What the first change after the certificate was issued has kept of the slot; without a change, nothing.
CHANGES_SINCE = SlotChange.objects.filter(
    occurrence=OuterRef("registration__occurrence"), made_at__gt=OuterRef("certificate__issued_at")
)
PARTS_THEN = Subquery(CHANGES_SINCE.order_by("sequence").values("parts_before")[:1])
OF_ENTRIES = {
    Doubt.CALLED_OFF: Q(**{f"{SLOT}called_off_at__isnull": False}),
    Doubt.NOT_THERE: ~Q(registration__status="confirmed"),
    Doubt.TIME: ~SAME_TIMES,
    Doubt.PARTS: SAME_TIMES & ~Q(**{f"{SLOT}parts": ""}) & ~Q(Exact(F(f"{SLOT}parts"), PARTS_THEN)),
    Doubt.MINUTES: OTHER_MINUTES,
}
ANY_OF_ENTRIES = Q(*OF_ENTRIES.values(), _connector=Q.OR)


def doubtful():
    """Standing ones whose person is known."""
    entries = CertificateEntry.objects.filter(ANY_OF_ENTRIES, certificate=OuterRef("pk"), registration__isnull=False)
    of_people = Certificate.objects.standing().filter(participant__isnull=False)
    other_name = ~Q(name=NAME_NOW) & Q(part=Certificate.Part.TOOK_PART)
    return of_people.filter(other_name | Exists(entries))


def of(certificate) -> dict[Doubt, list[CertificateEntry]]:
    """What is not as it says, with the sessions; none where the name is another one."""
    found = defaultdict(list)
    if not certificate.is_standing or certificate.participant is None:
        return found
    took_part = certificate.part == Certificate.Part.TOOK_PART
    if took_part and certificate.name != certificate.participant.name_on_certificates:
        found[Doubt.NAME] = []
    known = certificate.entries.filter(registration__isnull=False)
    for doubt, is_so in OF_ENTRIES.items():
        found |= {doubt: entries} if (entries := list(known.filter(is_so))) else {}
    return found
