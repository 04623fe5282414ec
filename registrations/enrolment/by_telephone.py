"""Staff register somebody who asked by telephone."""

from dataclasses import replace

from django.db import transaction

from registrations import audit
from registrations.enrolment import enrolment
from registrations.models import Registration


@transaction.atomic
def register(*, season, applicant, chosen, submission, by, now) -> list[Registration]:
    """As `enrolment.register`, with the same mails, which say who entered it; on the audit trail with the consent.

    Raises what that raises.
    """
    asked = replace(applicant, is_by_telephone=True)
    registrations = enrolment.register(season=season, applicant=asked, chosen=chosen, submission=submission, now=now)
    for registration in registrations:
        noted = {"status": registration.status, "consent_version": applicant.consent.version}
        audit.record("registered-by-telephone", registration, by=by, after=noted)
    return registrations
