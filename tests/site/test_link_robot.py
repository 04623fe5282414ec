"""A mail scanner opens every link of every mail, twice and in every way that is said to be safe: nothing changes."""

import html
import re
from copy import copy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from registrations.admin.mail import wording
from registrations.delegations.party import Party
from registrations.mail import notices
from registrations.mail.notices import delegations, invitations, mailbox
from tests.factories import (
    DelegationFactory,
    InvitationFactory,
    MaterialFactory,
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.support.calendars import calendar_part, read_mail
from tests.support.site_map import MEETING
from tests.support.snapshot import whole_database

pytestmark = pytest.mark.django_db
KINDS = sorted(folder.parent.name for folder in Path(settings.BASE_DIR).glob("templates/emails/*/body.txt"))
LINK = re.compile(r"https?://[^\s<>\"\\]+")
PREFETCH = {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch", "X-Moz": "prefetch"}
# What makes a mail program fetch something by itself.
LOADS = re.compile(
    r"""<(?:img|link|script|iframe|object|video|audio|source|input)\b|\bbackground=|url\(|@import|\bsrc"""
)
MESSAGE_ID = "<robot@minamata.test>"


@pytest.fixture
def people():
    """Somebody with seats in two sessions, one of them with a second time slot; somebody who waits; a focal point."""
    now = timezone.now()
    slot = OccurrenceFactory(starts_at=now + timedelta(days=3), meeting_url=MEETING)
    session = slot.session
    OccurrenceFactory(session=session, starts_at=slot.starts_at + timedelta(hours=5))
    MaterialFactory(session=session, url="https://recordings.example/1")
    season = {"session__season": session.season, "session__stream": session.stream}
    person = ParticipantFactory(season=session.season)
    full = OccurrenceFactory(starts_at=now + timedelta(days=4), capacity=1, **season)
    RegistrationFactory(occurrence=full)
    named = ParticipantFactory(season=session.season, named_by=person, confirmed_at=None)
    return SimpleNamespace(
        now=now,
        person=person,
        seats=[
            RegistrationFactory(participant=person, occurrence=slot),
            RegistrationFactory(
                participant=person, occurrence=OccurrenceFactory(starts_at=now + timedelta(days=5), **season)
            ),
        ],
        waiting=RegistrationFactory(participant=person, occurrence=full, status="waitlisted"),
        named=RegistrationFactory(participant=named, occurrence=slot).participant,
        delegation=DelegationFactory(season=session.season, occurrences=[slot.pk]),
        invitation=InvitationFactory(session__season=session.season, session__stream=session.stream),
    )


def _of_delegation(them, slot):
    typed = delegations.typed([slot], [("Omar", them.named)], [], has_mail=True)
    staying = [delegations.with_link("Omar", them.named, now=them.now)]
    return delegations.delegation(them.person, [slot], staying, typed, now=them.now)


def one_of_each_kind(them) -> dict[str, object]:
    """Every kind of mail as it is composed, by kind."""
    now, person, [seat, other], waiting = them.now, them.person, them.seats, them.waiting
    before = copy(seat.occurrence)
    before.starts_at -= timedelta(hours=1)
    OccurrenceFactory(session=them.invitation.session, starts_at=now + timedelta(days=6))
    request = SimpleNamespace(recipient=person.email, message_id=MESSAGE_ID)
    mails = [
        *notices.confirmation(person, [seat], now=now),
        *notices.confirmation(person, [seat, other], now=now),
        notices.promoted(seat, now=now),
        notices.already_registered(person, now=now),
        notices.slot_changed(seat, previous=before, now=now),
        notices.rescheduled(seat, previous=before, now=now),
        notices.cancelled(seat, now=now),
        notices.erased(seat, now=now),
        notices.invitation_withdrawn(seat, now=now),
        notices.called_off(seat, now=now),
        notices.revived(seat, previous=before, now=now),
        notices.declined(seat, now=now),
        notices.published(seat, now=now),
        notices.reminder(seat, message_id=MESSAGE_ID, now=now),
        notices.waitlisted(waiting, now=now),
        notices.left_waiting_list(waiting, now=now),
        notices.waiting_changed(waiting, previous=before, was_called_off=False, now=now),
        delegations.please_confirm(Party(them.delegation), [seat.occurrence], now=now),
        _of_delegation(them, seat.occurrence),
        delegations.named(them.named, list(them.named.registrations.active()), by=person.name, now=now),
        invitations.decline_question(them.invitation, now=now),
        invitations.personal_invitation(them.invitation, message_id=MESSAGE_ID, now=now),
        invitations.invitation_changed(
            them.invitation, slots=[seat.occurrence], previous=seat.occurrence, message_id=MESSAGE_ID, now=now
        ),
        mailbox.sign_in_code(person.email, "123-456", language="en", now=now),
        mailbox.nobody_registered("zoe@example.org", language="en", now=now),
        mailbox.own_links([person], request, now=now),
        mailbox.new_link(person, now=now),
    ]
    return {mail.kind: mail for mail in mails}


def links_in(message) -> set[str]:
    """In both texts, in the calendar part, and in the headers for mail programs."""
    mail = read_mail(message)
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    texts = [part if isinstance(part, str) else part.decode() for part in parts]
    texts += [mail.get("List-Unsubscribe", ""), html.unescape(" ".join(texts)), " ".join(texts).replace("\r\n ", "")]
    return {link.rstrip(".,;)") for text in texts for link in LINK.findall(text)}


def test_every_kind_of_mail_is_here(people):
    assert sorted(one_of_each_kind(people)) == KINDS == sorted(wording.KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_mail_loads_nothing_from_anywhere_and_does_not_tell_the_meeting(people, kind):
    mail = read_mail(one_of_each_kind(people)[kind])
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    text = "".join(part if isinstance(part, str) else part.decode() for part in parts).replace("\r\n ", "")

    assert LOADS.findall(mail.get_body(("html",)).get_content()) == []
    assert MEETING not in text


def test_links_of_calendar_parts_are_among_those_that_are_opened(people):
    mail = one_of_each_kind(people)["confirmation"]
    entry = calendar_part(read_mail(mail)).get_content().replace("\r\n ", "")
    door = f"{settings.SITE_URL}/join/{people.seats[0].join_key}/"

    assert (entry.count(door) > 1, door in links_in(mail)) == (True, True)


@pytest.mark.parametrize("kind", KINDS)
def test_opening_every_link_twice_changes_nothing(people, kind):
    mail = one_of_each_kind(people)[kind]
    addresses = sorted(link for link in links_in(mail) if link.startswith(settings.SITE_URL))
    before = whole_database()

    for address in [*addresses, *addresses]:
        path = address.removeprefix(settings.SITE_URL) or "/"
        scanner = Client()
        answers = [
            scanner.get(path, follow=True),
            scanner.head(path),
            scanner.options(path),
            scanner.get(path, headers=PREFETCH),
        ]
        assert answers[0].status_code == 200, path
        assert all(answer.status_code in (200, 302, 405) for answer in answers), path

    assert whole_database() == before
    assert addresses or kind == "sign_in_code"


def test_opening_is_only_safe_because_buttons_act(people):
    """The robot would see a change: one button of one page is one."""
    seat, before = people.seats[0], whole_database()

    Client().post(f"/my/{people.person.key}/{seat.session.slug}/cancel/")

    assert whole_database() != before
