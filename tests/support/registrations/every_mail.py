"""One mail of every kind, and the people and sessions that they are about."""

from copy import copy
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

from django.contrib.auth.models import User

from registrations.delegations.members import DelegationMembers
from registrations.mail import notices
from registrations.mail.notices import delegations, invitations, mailbox
from registrations.mail.notices.certificates import certificate
from registrations.mail.notices.circulars import circular
from registrations.mail.notices.next_season import next_season
from registrations.mail.notices.staff import staff_invitation, staff_password
from registrations.models import (
    Certificate,
    Delegation,
    Invitation,
    NextSeasonSubscriber,
    Participant,
    Registration,
    SeatRemoval,
)
from sessions.models import Part
from tests.factories import (
    DelegationFactory,
    InvitationFactory,
    MaterialFactory,
    NextSeasonSubscriberFactory,
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.support.registrations.certificates import certify
from tests.support.registrations.circulars import draft
from tests.support.site_map import MEETING

MESSAGE_ID = "<robot@minamata.test>"


def people(*, now, language="en") -> SimpleNamespace:
    """Somebody with seats in two sessions, one of them with a second time slot; somebody who waits; a focal point."""
    slot = OccurrenceFactory(starts_at=now + timedelta(days=3), meeting_url=MEETING)
    session = slot.session
    OccurrenceFactory(session=session, starts_at=slot.starts_at + timedelta(hours=5))
    MaterialFactory(session=session, url="https://recordings.example/1")
    season = {"session__season": session.season, "session__stream": session.stream}
    person = ParticipantFactory(season=session.season, language=language)
    full = OccurrenceFactory(starts_at=now + timedelta(days=4), capacity=1, **season)
    RegistrationFactory(occurrence=full)
    named = ParticipantFactory(season=session.season, named_by=person, confirmed_at=None, language=language)
    invitation = InvitationFactory(session__season=session.season, session__stream=session.stream, language=language)
    OccurrenceFactory(session=invitation.session, starts_at=now + timedelta(days=6))
    them = SimpleNamespace(
        now=now,
        language=language,
        person=person,
        seats=[
            RegistrationFactory(participant=person, occurrence=slot),
            RegistrationFactory(
                participant=person, occurrence=OccurrenceFactory(starts_at=now + timedelta(days=5), **season)
            ),
        ],
        waiting=RegistrationFactory(participant=person, occurrence=full, status="waitlisted"),
        named=RegistrationFactory(participant=named, occurrence=slot).participant,
        delegation=_delegation(session.season, slot, language),
        invitation=invitation,
        subscriber=NextSeasonSubscriberFactory(language=language),
        colleague=User.objects.create_user(
            "luis.ortega", email="luis.ortega@example.org", is_staff=True, is_superuser=True
        ),
    )
    them.certificate = certify(them.seats[0])
    return them


def _delegation(season, slot, language):
    return DelegationFactory(
        season=season, occurrences=[slot.pk], details=DelegationFactory.details | {"language": language}
    )


def one_of_each_kind(them) -> dict[str, object]:
    """Every kind of mail as it is composed, by kind."""
    now, person, [seat, other], waiting = them.now, them.person, them.seats, them.waiting
    before = copy(seat.occurrence)
    before.starts_at -= timedelta(hours=1)
    mails = [
        *notices.confirmation(person, [seat], now=now),
        *notices.confirmation(person, [seat, other], now=now),
        notices.promoted(seat, now=now),
        notices.already_registered(person, now=now),
        notices.slot_changed(seat, previous=before, now=now),
        notices.slot_changed_by_staff(seat, previous=before, now=now),
        notices.rescheduled(seat, previous=before, now=now),
        *_of_parts(seat, now),
        notices.cancelled(seat, now=now),
        notices.erased(seat, now=now),
        notices.invitation_withdrawn(seat, now=now),
        _taken_away(seat, now),
        notices.place_refused(person, [seat.occurrence], now=now),
        notices.called_off(seat, now=now),
        notices.revived(seat, previous=before, now=now),
        notices.declined(seat, now=now),
        notices.announcement(seat, now=now),
        notices.reminder(seat, message_id=MESSAGE_ID, now=now),
        notices.reminders([seat, other], message_id=MESSAGE_ID, now=now),
        notices.waitlisted(waiting, now=now),
        notices.left_waiting_list(waiting, now=now),
        notices.waiting_changed(waiting, previous=before, was_called_off=False, now=now),
        delegations.please_confirm(DelegationMembers(them.delegation), [other.occurrence], now=now),
        _of_delegation(them, other.occurrence),
        delegations.named(them.named, list(them.named.registrations.active()), by=person.name, now=now),
        *_to_invited(them.invitation, seat.occurrence, now),
        *_to_mailboxes(them),
        _circular(them, seat),
        certificate(them.certificate, message_id=MESSAGE_ID, now=now),
    ]
    return {mail.kind: mail for mail in mails}


def _of_parts(seat, now):
    """As if the slot were held in two parts, and the second had been moved and the third called off."""
    held, slot, day = copy(seat), copy(seat.occurrence), timedelta(days=1)
    times = [(slot.starts_at + number * day, slot.ends_at + number * day) for number in range(3)]
    slot.parts = tuple(Part(number, *each, is_called_off=number == 3) for number, each in enumerate(times, 1))
    before, held.occurrence = copy(slot), slot
    hour = timedelta(hours=1)
    before.parts = tuple(
        replace(part, is_called_off=False, starts_at=part.starts_at - (part.number - 1) * hour) for part in slot.parts
    )
    return [notices.parts_changed(held, previous=before, now=now), notices.part_entry(held, 2, now=now)]


def _to_invited(invitation, slot, now):
    written = {"message_id": MESSAGE_ID, "now": now}
    return [
        invitations.decline_question(invitation, now=now),
        invitations.personal_invitation(invitation, **written),
        invitations.invitation_changed(invitation, slots=[slot], previous=slot, **written),
    ]


def _to_mailboxes(them):
    person, now = them.person, them.now
    request = SimpleNamespace(recipient=person.email, message_id=MESSAGE_ID)
    return [
        mailbox.sign_in_code(person.email, "123-456", language=them.language, now=now),
        mailbox.nobody_registered("zoe@example.org", language=them.language, now=now),
        mailbox.own_links([person], request, now=now),
        mailbox.new_link(person, now=now),
        staff_invitation(them.colleague, by="claire.dubois", message_id=MESSAGE_ID, now=now),
        staff_password(them.colleague.email, [them.colleague], message_id=MESSAGE_ID, now=now),
        next_season(them.subscriber, person.season, message_id=MESSAGE_ID, now=now),
    ]


def _circular(them, seat):
    letter = draft(seat.session.season, sessions=(seat.session_id,))
    return circular(them.person, letter, about=[seat.session], message_id=MESSAGE_ID, now=them.now)


def _taken_away(seat, now):
    lost = copy(seat)
    lost.removal, lost.is_barred = SeatRemoval(reason="for-others", words="This session is for Parties."), True
    return notices.place_taken_away(lost, now=now)


def _of_delegation(them, slot):
    typed = delegations.typed([slot], [("Omar", them.named)], [], has_mail=True)
    staying = [delegations.with_link("Omar", them.named, now=them.now)]
    return delegations.delegation(them.person, [slot], staying, typed, now=them.now)


def read_again(them):
    """Their rows as they are stored by now."""
    them.person, them.named = (Participant.objects.get(pk=each.pk) for each in (them.person, them.named))
    them.seats = [Registration.objects.get(pk=each.pk) for each in them.seats]
    them.waiting = Registration.objects.get(pk=them.waiting.pk)
    them.invitation = Invitation.objects.get(pk=them.invitation.pk)
    them.delegation = Delegation.objects.get(pk=them.delegation.pk)
    them.certificate = Certificate.objects.get(pk=them.certificate.pk)
    them.subscriber = NextSeasonSubscriber.objects.get(pk=them.subscriber.pk)
