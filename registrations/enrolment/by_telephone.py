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


def register(*, season, applicant, chosen, submission, by, now, is_late=False) -> Entered:
    """As `enrolment.register`, with the same mails, which say who entered it; on the audit trail with the consent.

    Somebody whom another person had named says yes by it, and gets the entries that they lacked, in a transaction of
    their own. `is_late` says that staff do so after the closing date, which is on the audit trail. Raises what
    `enrolment.register` raises.
    """
    asked = replace(applicant, is_by_telephone=True, is_late=is_late)
    participant, entered = _enter(season, asked, chosen, submission, by, now)
    if entered.has_agreed:
        preferences.send_missing_entries(participant.pk, now=now)
    return entered


@transaction.atomic
def _enter(season, applicant, chosen, submission, by, now) -> tuple[Participant, Entered]:
    who = {"mailbox": fold_address(applicant.email), "name_key": fold_name(applicant.details.name)}
    theirs = Participant.objects.filter(season=season, anonymised_at=None, **who)
    was_known = theirs.exists()
    registrations = enrolment.register(
        season=season, applicant=applicant, chosen=chosen, submission=submission, now=now
    )
    participant = registrations[0].participant if registrations else theirs.get()
    has_agreed = was_known and participant.confirmed_at == now
    # The same form sent again returns what the first one made, which is noted already.
    new = [each for each in registrations if each.registered_at == now]
    _note(participant, new, applicant, has_agreed, by)
    return participant, Entered(registrations, has_agreed, _differs(participant, applicant.details))


def _note(participant, registrations, applicant, has_agreed, by):
    agreed = {"consent_version": applicant.consent.version}
    if has_agreed:
        audit.record("agreed-by-telephone", participant, by=by, after=agreed)
    late = {"after_the_closing_date": True} if applicant.is_late else {}
    for registration in registrations:
        said = {"status": registration.status} | agreed | late
        audit.record("registered-by-telephone", registration, by=by, after=said)


def _differs(participant, details) -> bool:
    """Whether something that was typed is not what is stored."""
    return any(typed and typed != getattr(participant, name) for name, typed in asdict(details).items())
