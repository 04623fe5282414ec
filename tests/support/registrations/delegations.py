"""What the tests of delegations share: a focal point, the people named, and short ways to sign up and to confirm."""

from email import message_from_bytes, policy

from registrations.delegations import confirming, delegation
from registrations.delegations.members import Applicants, FocalPoint, Named
from registrations.enrolment.applicant import ChosenSlots
from registrations.models import Delegation, Message, Participant, Registration, new_key
from registrations.people import consent
from tests.support.registrations.signing_up import CONSENT, NOW, details

POINT = "focal.point@ministry.example"
STAYS = [Named("Omar Said"), Named("李小龙")]
OWNS = [Named("Juma Kiptoo", "juma@example.org"), Named("Ana M.", "ana@example.org")]


def ask(*slots, named=(*STAYS, *OWNS), takes_part=False, email=POINT, submission="", now=NOW, name="Focal Point"):
    """The form alone: what waits for the button, None where the same form was sent before."""
    known = set(Delegation.objects.values_list("pk", flat=True))
    delegation.ask(
        season=slots[0].session.season,
        applicants=Applicants(FocalPoint(email, details(name), takes_part), list(named), CONSENT),
        chosen=ChosenSlots([slot.pk for slot in slots]),
        submission=submission or new_key(),
        now=now,
    )
    return Delegation.objects.filter(mailbox=email.casefold()).exclude(pk__in=known).first()


def press(asked, *, now=NOW) -> list[Registration]:
    """The button in the focal point's mail, and whom it brings in."""
    known = set(Registration.objects.values_list("pk", flat=True))
    delegation.sign_up(delegation_id=asked.pk, occurrence_ids=asked.occurrences, now=now)
    made = Registration.objects.exclude(pk__in=known).select_related("participant").order_by("pk")
    return list(made.filter(occurrence__in=asked.occurrences))


def sign_up(*slots, now=NOW, **typed) -> list[Registration]:
    return press(ask(*slots, now=now, **typed), now=now)


def confirm(person, now=NOW):
    agreed = consent.given(person.season)
    return confirming.confirm(participant=person, consent=agreed, now=now)


def person(name):
    return Participant.objects.get(name=name)


def mime(**wanted):
    return message_from_bytes(bytes(Message.objects.get(**wanted).octets), policy=policy.default)


def words(part, **wanted) -> str:
    return mime(**wanted).get_body((part,)).get_content()


def has_entry(message) -> bool:
    return b"text/calendar" in bytes(message.octets)


def mails(kind=None) -> list[tuple[str, str]]:
    """Without the one to the focal point that asks for the button."""
    found = Message.objects.filter(kind=kind) if kind else Message.objects.exclude(kind="please_confirm")
    return sorted(found.values_list("kind", "recipient"))
