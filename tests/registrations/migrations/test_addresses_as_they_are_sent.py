"""Addresses stored before domains were read by IDNA 2008 (a migration)."""

from importlib import import_module

import pytest
from django.apps import apps

from registrations.models import AdmissionRequest, Invitation, Participant
from tests.factories import InvitationFactory, ParticipantFactory, SeasonFactory

pytestmark = pytest.mark.django_db

migration = import_module("registrations.migrations.0013_addresses_as_they_are_sent")


def stored_by(model) -> list:
    return list(model.objects.order_by("pk").values_list("email", "mailbox"))


def migrate():
    migration.store_as_sent(apps, None)


def test_addresses_in_other_scripts_get_their_form_and_all_others_stay():
    ParticipantFactory(email="Mia@faß.de", mailbox="mia@fass.de")
    ParticipantFactory(email="zoe@Bücher.example", mailbox="zoe@xn--bcher-kva.example")
    ParticipantFactory(email="Amina@Example.org", mailbox="amina@example.org")
    ParticipantFactory(email="a@1א.com", mailbox="a@1א.com")

    migrate()

    assert stored_by(Participant) == [
        ("Mia@xn--fa-hia.de", "mia@xn--fa-hia.de"),
        ("zoe@xn--bcher-kva.example", "zoe@xn--bcher-kva.example"),
        ("Amina@Example.org", "amina@example.org"),
        ("a@1א.com", "a@1א.com"),
    ]


def test_person_who_is_there_twice_then_keeps_both_rows_and_one_address_for_comparison():
    season = SeasonFactory()
    ParticipantFactory(season=season, name="Mia", email="mia@xn--fa-hia.de")
    second = ParticipantFactory(season=season, name="Mia", email="mia@faß.de", mailbox="mia@fass.de")

    migrate()

    assert stored_by(Participant) == [
        ("mia@xn--fa-hia.de", "mia@xn--fa-hia.de"),
        ("mia@xn--fa-hia.de", f"mia@xn--fa-hia.de {second.pk}"),
    ]


def test_invitations_and_requests_are_converted_too():
    invited = InvitationFactory(email="mia@faß.de", mailbox="mia@fass.de")
    AdmissionRequest.objects.create(
        invitation=invited, name="Li", email="li@ö.example", mailbox="li@xn--nda.example", asked_at=invited.invited_at
    )

    migrate()

    assert stored_by(Invitation) == [("mia@xn--fa-hia.de", "mia@xn--fa-hia.de")]
    assert stored_by(AdmissionRequest) == [("li@xn--nda.example", "li@xn--nda.example")]
