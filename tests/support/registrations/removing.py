"""Staff who take places away, as the tests do it."""

from registrations.models import SeatRemoval
from registrations.seat_removals import plan, removing
from tests.support.registrations.signing_up import NOW

FAKE, OTHER = SeatRemoval.Reason.FAKE, SeatRemoval.Reason.OTHER


def take_away(*registrations, reason=OTHER, by=None, now=NOW, **terms) -> SeatRemoval:
    """Of those who were just looked at."""
    pks = [registration.pk for registration in registrations]
    shown = plan.of(pks, now=now).fingerprint
    terms = removing.Terms(reason=reason, **terms)
    return removing.take_away(registration_ids=pks, terms=terms, shown=shown, by=by, now=now)
