"""What the tests of sign-up share: a moment before every slot, and short ways to register."""

from datetime import UTC, datetime

from registrations.enrolment import enrolment
from registrations.enrolment.applicant import Applicant, ChosenSlots, Details
from registrations.people.consent import Consent
from registrations.people.preferences import USUAL

NOW = datetime(2030, 9, 15, 12, 0, tzinfo=UTC)
CONSENT = Consent("1", "I agree.")


def details(name="Amina Otieno", **changes):
    known = {
        "name": name,
        "organisation": "Ministry of Environment",
        "country": "404",
        "stakeholder": "party",
        "language": "en",
        "timezone": "Africa/Nairobi",
        "access_needs": "",
    }
    return Details(**known | changes)


def register(
    *slots,
    email="amina@example.org",
    name="Amina Otieno",
    submission="",
    now=NOW,
    preferences=USUAL,
    waits_for=frozenset(),
    **changes,
):
    return enrolment.register(
        season=slots[0].session.season,
        applicant=Applicant(email, details(name, **changes), CONSENT, preferences),
        chosen=ChosenSlots([slot.pk for slot in slots], waits_for),
        submission=submission,
        now=now,
    )
