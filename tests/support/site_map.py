"""Every address of the site, read from the routes themselves, and something behind each of them."""

import re
from datetime import timedelta
from functools import cache

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from registrations import links
from registrations.accounts.owners import owner_of
from registrations.figures import counting, keeping
from sessions.staff import groups, password_links
from tests.factories import (
    DelegationFactory,
    InvitationFactory,
    NextSeasonSubscriberFactory,
    OccurrenceFactory,
    RegistrationFactory,
)
from tests.support.registrations.certificates import certify
from tests.support.registrations.circulars import circular_on_pages
from tests.support.sessions.uploads import material_with_file
from tests.support.staff import sign_in

STRANGER, PARTICIPANT, WITHOUT_FACTOR, OWNER = "stranger", "participant", "without second factor", "owner"
PEOPLE = [STRANGER, PARTICIPANT, "Viewer", "Registration officer", "Programme editor", WITHOUT_FACTOR, OWNER]
# The one key that opens it; anybody who has it may come in, and all others are as good as none.
KEYED = {
    "registrations:my_season": "person",
    "registrations:add": "person",
    "registrations:recordings": "person",
    "registrations:take_part": "person",
    "registrations:details": "person",
    "registrations:questions": "person",
    "registrations:ask_speakers": "person",
    "registrations:mails": "person",
    "registrations:own_data": "person",
    "registrations:own_data_file": "person",
    "registrations:own_certificates": "person",
    "registrations:certificate": "certificate",
    "registrations:certificate_file": "certificate",
    "registrations:erase_certificate": "certificate",
    "registrations:erase": "person",
    "registrations:my_calendar": "person",
    "registrations:change_slot": "person",
    "registrations:cancel": "person",
    "registrations:come_back": "person",
    "registrations:session_calendar": "person",
    "registrations:add_by_hand": "person",
    "registrations:renew_feed_key": "person",
    "registrations:renew_key": "person",
    "registrations:own_session": "person",
    "registrations:feedback": "person",
    "registrations:own_file": "person",
    "registrations:own_circular": "person",
    "registrations:invitation": "invitation",
    "registrations:decline_invitation": "invitation",
    "registrations:asked_to_decline": "invitation",
    "registrations:decline_by_mail": "invitation",
    "registrations:ask_for_invitation": "invitation",
    "registrations:asked_for_invitation": "invitation",
    "registrations:delegation_to_confirm": "delegation",
    "registrations:own_feed": "feed",
    "registrations:stop": "stop",
    "registrations:reminders": "stop",
    "registrations:join": "join",
    "registrations:ask_from_join": "join",
    "staff_new_password": "new password",
}
PASSWORD = "a long password for tests"
MEETING = "https://meet.example.org/secret-room"


def one_of_everything(*, starts_in=timedelta(days=3)):
    """Somebody with a seat in a session that has a file, somebody with an invitation, and the parts of addresses."""
    starts_at = timezone.now() + starts_in
    slot = OccurrenceFactory(starts_at=starts_at, meeting_url=MEETING)
    registration = RegistrationFactory(
        occurrence=slot, participant__name="Wanjiru Kamau", participant__email="wanjiru.kamau@example.net"
    )
    session = registration.session
    material = material_with_file(session=session)
    _publish_figures(session.season)
    invitation = InvitationFactory(
        opened_at=registration.registered_at, session__title="Behind doors", session__slug="behind-doors"
    )
    return {
        "registration": registration,
        "invitation": invitation,
        "colleague": User.objects.create_user("luis.ortega", email="luis.ortega@example.org", is_staff=True),
        "certificate": certify(registration),
        "delegation": DelegationFactory(season=session.season, occurrences=[slot.pk]),
        "values": {
            "season": session.season.slug,
            "stream": session.stream.slug,
            "slug": session.slug,
            "number": registration.occurrence.pk,
            "pk": material.pk,
            "circular": circular_on_pages(session).pk,
            "filename": material.file.name.rpartition("/")[2],
            "what": "reminders",
            "proof": links.proof_of(invitation),
            "stop_key": NextSeasonSubscriberFactory().stop_key,
        },
    }


def _publish_figures(season):
    """As they are now, though the season goes on."""
    now = timezone.now()
    keeping.keep(season, counting.tables(season, now=now), now=now)
    keeping.publish(season, now=now)


def everybody(rows):
    """A client for each of PEOPLE; the participant is the one with the seat."""
    groups.set_up()
    users = {name: User.objects.create_user(name, password=PASSWORD, is_staff=True) for name in groups.GROUPS}
    for name, user in users.items():
        user.groups.add(Group.objects.get(name=name))
    users[OWNER] = User.objects.create_superuser(OWNER, password=PASSWORD)
    users[PARTICIPANT] = owner_of(rows["registration"].participant.mailbox)
    clients = {name: sign_in(Client(), user) for name, user in users.items()}
    clients[WITHOUT_FACTOR] = Client()
    clients[WITHOUT_FACTOR].force_login(User.objects.create_user("new", password=PASSWORD, is_staff=True))
    return clients | {STRANGER: Client()}


@cache
def routes():
    """Of all addresses outside the staff's desk the name, or the text where it has none, and what is in it."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns, space, before):
    for pattern in patterns:
        text = before + str(pattern.pattern)
        if not hasattr(pattern, "url_patterns"):
            yield (f"{space}{pattern.name}" if pattern.name else text), text
        elif pattern.namespace != "admin":
            yield from _walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space, text)


def address(name, values) -> str:
    text = routes()[name]
    needed = re.findall(r"<\w+:(\w+)>", text)
    return reverse(name, kwargs={each: values[each] for each in needed}) if name != text else f"/{text}"


def opened_by(rows, name) -> str:
    """The address `name` with the key that opens it, where it needs one."""
    return address(name, rows["values"] | {"key": keys_of(rows).get(KEYED.get(name))})


def keys_of(rows) -> dict[str, str]:
    registration, person = rows["registration"], rows["registration"].participant
    return {
        "person": person.key,
        "feed": person.feed_key,
        "stop": person.stop_key,
        "join": registration.join_key,
        "invitation": rows["invitation"].key,
        "delegation": rows["delegation"].key,
        "certificate": rows["certificate"].key,
        "new password": password_links.key_of(rows["colleague"], password_links.FORGOTTEN),
        "the number": str(person.pk),
        "nobody": "A" * 24,
        "nothing sound": "%00%FF",
    }


def is_a_fault(path, status) -> bool:
    """Of ours: /readyz says with 503 that others did not answer in time, which happens on a busy machine."""
    return status >= 500 and (path, status) != ("/readyz", 503)
