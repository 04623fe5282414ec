"""What PostgreSQL writes into its log while people come back, press twice and are faster than each other: no error,
because with each error it keeps the statement, and with it addresses, names and access needs."""

import os
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from registrations.accounts.owners import owner_of
from registrations.enrolment import own_details
from registrations.mailings import reminders
from registrations.models import NextSeasonSubscriber, Participant
from registrations.next_season import subscription
from tests.factories import InvitationFactory, OccurrenceFactory, ParticipantFactory
from tests.support.races import just_before_the_first_write, race
from tests.support.registrations.account_sign_in import signed_in
from tests.support.registrations.inviting import accept, hidden_slot, invite, page_of
from tests.support.registrations.sign_up_form import delegation_of, typed
from tests.support.registrations.signing_up import NOW, details, register

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not os.environ.get("POSTGRES_LOG"), reason="The log of a server of your own is not read."),
]
ADDRESS = "amina@example.org"


@pytest.fixture
def logged():
    """Call it for the lines of this test's database that tell of an error or of a statement."""
    log = Path(os.environ["POSTGRES_LOG"])
    begin = log.stat().st_size
    database = connection.settings_dict["NAME"]

    def lines() -> list[str]:
        with log.open(errors="replace") as text:
            text.seek(begin)
            own = [line for line in text if line.startswith(f"{database}|")]
        return [line for line in own if any(word in line for word in ("ERROR", "DETAIL", "STATEMENT"))]

    return lines


def test_log_is_read_where_an_error_happens(logged):
    register(OccurrenceFactory(), email=ADDRESS)

    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.get().save(force_insert=True)

    assert any(ADDRESS in line for line in logged())


def test_people_who_come_back_leave_nothing(client, logged):
    slot = OccurrenceFactory()
    season = slot.session.season
    other = OccurrenceFactory(session__season=season)

    for number, sent in enumerate([slot, slot, other]):
        client.post(f"/sign-up/{season.slug}/", typed(sent, submission=f"form-{number}", email=ADDRESS))

    assert Participant.objects.count() == 1
    assert logged() == []


def test_delegations_of_known_people_leave_nothing(client, logged):
    slot = OccurrenceFactory()
    for number in range(2):
        sent = delegation_of(slot, people=[("Amina Otieno", ADDRESS), ("Omar Said", "")], submission=f"list-{number}")
        client.post(f"/sign-up/{slot.session.season.slug}/delegation/", sent)

    assert logged() == []


def test_two_behind_a_mailbox_who_ask_for_the_next_season_leave_nothing(logged):
    first = ParticipantFactory(email=ADDRESS, name="Amina")
    people = [first, ParticipantFactory(season=first.season, email=ADDRESS, name="Boris")]

    for _round in range(5):
        race(2, lambda number: subscription.ask(participant=people[number], now=NOW))
        [asked] = NextSeasonSubscriber.objects.all()
        asked.delete()

    assert logged() == []


def test_signing_in_again_leaves_nothing(logged):
    register(OccurrenceFactory(), email=ADDRESS)
    for _ in range(2):
        signed_in(Client(), ADDRESS)

    assert logged() == []


def test_name_that_somebody_else_behind_the_mailbox_has_leaves_nothing(logged):
    slot = OccurrenceFactory()
    register(slot, name="Omar Said")
    [registration] = register(slot, name="Amina Otieno")

    with pytest.raises(own_details.NameTaken):
        own_details.correct(participant=registration.participant, details=details("OMAR Said"), now=NOW)

    assert logged() == []


def test_name_that_somebody_takes_at_this_moment_leaves_nothing(logged):
    slot = OccurrenceFactory()
    [registration] = register(slot, name="Amina Otieno")
    somebody_signs_up = just_before_the_first_write(
        lambda: race(1, lambda _number: register(slot, name="Omar Said")),
    )

    with somebody_signs_up, pytest.raises(own_details.NameTaken):
        own_details.correct(participant=registration.participant, details=details("Omar Said"), now=NOW)

    assert logged() == []
    assert set(Participant.objects.values_list("name", flat=True)) == {"Amina Otieno", "Omar Said"}


def test_one_of_several_people_who_take_a_name_at_once_has_it_and_nothing_is_left(logged):
    slot = OccurrenceFactory()
    people = [register(slot, name=name)[0].participant for name in ("Amina Otieno", "Zoe Otieno")]

    def take_name(number):
        try:
            if number == len(people):
                return register(slot, name="Omar Said")
            own_details.correct(participant=people[number], details=details("Omar Said"), now=NOW)
        except own_details.NameTaken:
            return None

    race(3, take_name)

    assert Participant.objects.filter(name="Omar Said").count() == 1
    assert logged() == []


def test_invitations_and_requests_made_twice_leave_nothing(client, logged):
    slot = hidden_slot()
    register(OccurrenceFactory(session__season=slot.session.season), email="amina@ministry.example")
    invited = InvitationFactory(session=slot.session, name="Amina Otieno", email="amina@ministry.example")
    for _ in range(2):
        invite(slot.session)
        accept(invited, slot)
        client.post(
            page_of(invited, "ask/"), {"name": "Zoe", "email": "zoe@example.org", "organisation": "", "words": ""}
        )

    assert logged() == []


def test_everything_at_once_leaves_nothing(logged):
    slot = OccurrenceFactory(starts_at=NOW.replace(day=20), ends_at=NOW.replace(day=20, hour=13))
    path = f"/sign-up/{slot.session.season.slug}/"

    race(4, lambda number: Client().post(path, typed(slot, submission=f"form-{number}", email=ADDRESS)))
    race(4, lambda _number: owner_of(ADDRESS))
    race(4, lambda _number: reminders.post_due(now=NOW.replace(day=19, hour=13)))

    assert logged() == []
