"""What stays of a certificate whose person is erased: what the check needs, and nothing that says whose it is."""

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from registrations.certificates import telling
from registrations.models import Certificate, CertificateEntry, Message, new_key, not_sent


def of_people(pks):
    """Inside a transaction that has locked these people."""
    forget(Certificate.objects.filter(participant__in=pks))


@transaction.atomic
def forget_one(*, certificate_id, now):
    """By a speaker who is no participant, with the mail about it."""
    found = Certificate.objects.filter(pk=certificate_id, participant=None)
    mails = Message.objects.filter(participant=None, dedupe_key=telling.key_of(certificate_id))
    mails.drop(not_sent.ERASED)
    mails.empty(now)
    forget(found)


def forget(certificates) -> int:
    """Who has number and name can still check them. Returns how many."""
    pks = list(certificates.locked().values_list("pk", flat=True))
    CertificateEntry.objects.filter(certificate__in=pks).update(registration=None)
    gone = dict.fromkeys(["name", "email", "language", "number", "reason"], "")
    unguessable = Concat(Value(new_key()), Cast("pk", CharField()))
    return Certificate.objects.filter(pk__in=pks).update(participant=None, key=unguessable, **gone)


def is_left(certificates):
    """Those that still say whose they are."""
    return certificates.exclude(number="")
