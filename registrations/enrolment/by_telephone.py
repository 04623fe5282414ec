"""Staff register somebody who asked by telephone."""

from dataclasses import asdict, dataclass, replace

from django.db import transaction

from registrations import audit
from registrations.enrolment import enrolment, preferences
from registrations.models import Participant, Registration
from registrations.people.identity import fold_address, fold_name


@dataclass(frozen=True)
class Entered:
    """The new registrations, and what became of what staff typed.

    `has_agreed` says that somebody else had named the person, who takes part only from now on; `is_left` that other
    details are stored of a known person, and stay.
    """

    registrations: list[Registration]
    has_agreed: bool
    is_left: bool


def register(*, season, applicant, chosen, submission, by, now) -> Entered:
    """As `enrolment.register`, with the same mails, which say who entered it; on the audit trail with the consent.

    Somebody whom another person had named says yes by it, and gets the entries that they lacked, in a transaction of
    their own. Raises what that raises.
    """
    participant, entered = _enter(season, applicant, chosen, submission, by, now)
    if entered.has_agreed:
        preferences.send_missing_entries(participant.pk, now=now)
    return entered


@transaction.atomic
def _enter(season, applicant, chosen, submission, by, now) -> tuple[Participant, Entered]:
    who = {"mailbox": fold_address(applicant.email), "name_key": fold_name(applicant.details.name)}
    theirs = Participant.objects.filter(season=season, anonymised_at=None, **who)
    was_known = theirs.exists()
    asked = replace(applicant, is_by_telephone=True)
    registrations = enrolment.register(season=season, applicant=asked, chosen=chosen, submission=submission, now=now)
    participant = registrations[0].participant if registrations else theirs.get()
    has_agreed = was_known and participant.confirmed_at == now
    # The same form sent again returns what the first one made, which is noted already.
    new = [each for each in registrations if each.registered_at == now]
    _note(participant, new, applicant.consent, has_agreed, by)
    return participant, Entered(registrations, has_agreed, _differs(participant, applicant.details))


def _note(participant, registrations, consent, has_agreed, by):
    agreed = {"consent_version": consent.version}
    if has_agreed:
        audit.record("agreed-by-telephone", participant, by=by, after=agreed)
    for registration in registrations:
        audit.record("registered-by-telephone", registration, by=by, after={"status": registration.status} | agreed)


def _differs(participant, details) -> bool:
    """Whether something that was typed is not what is stored."""
    return any(typed and typed != getattr(participant, name) for name, typed in asdict(details).items())
