"""Registrations, participants and mails in the admin: to read, to search, and never a personal key."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User

from registrations.models import Message
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.changes import page
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db

MODELS = ["registration", "participant", "message"]
NOW = datetime(2030, 9, 2, 12, 0, tzinfo=UTC)


def names(client, **filters):
    rows = client.get(page("registration_changelist"), filters).context["cl"].result_list
    return sorted(row.participant.name for row in rows)


def register(name, **details):
    return RegistrationFactory(
        participant__name=name, **{f"participant__{key}": value for key, value in details.items()}
    )


def mail(registration, status=Message.Status.SENT, **more):
    number = Message.objects.count()
    return Message.objects.create(
        kind="confirmation",
        dedupe_key=f"key-{number}",
        participant=registration.participant,
        registration=registration,
        recipient=registration.participant.email,
        subject="Your registration",
        message_id=f"<{number}@minamata.test>",
        octets=f"Link: {registration.participant.key} {registration.join_key}".encode(),
        status=status,
        queued_at=NOW,
        due_at=NOW,
        **more,
    )


def every_page(client, registration, message):
    addresses = [page(f"{model}_changelist") for model in MODELS]
    objects = {"registration": registration, "participant": registration.participant, "message": message}
    addresses += [page(f"{model}_change", row.pk) for model, row in objects.items()]
    return "".join(client.get(address).content.decode() for address in addresses)


def test_person_is_found_by_the_address_as_they_write_it(admin_client):
    register("Mia", email="mia@xn--fa-hia.de")
    register("Zoe", email="zoe@example.org")

    assert names(admin_client, q="mia@faß.de") == ["Mia"]
    assert names(admin_client, q="Mia mia@FAß.de") == ["Mia"]
    assert names(admin_client, q="a@1א.com") == []


def test_personal_keys_and_the_text_of_mails_are_on_no_page(admin_client):
    registration = RegistrationFactory(submission="submission-of-the-form")
    message = mail(registration)

    shown = every_page(admin_client, registration, message)

    assert shown.count("Your registration") >= 3
    secrets = [registration.participant.key, registration.join_key, registration.submission, "Link:"]
    assert [secret for secret in secrets if secret in shown] == []


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_changed_or_deleted_here(admin_client, model):
    registration = RegistrationFactory()
    rows = {"registration": registration, "participant": registration.participant, "message": mail(registration)}
    address, pk = page(f"{model}_change", rows[model].pk), rows[model].pk

    answers = [admin_client.post(url) for url in (page(f"{model}_add"), address, page(f"{model}_delete", pk))]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert admin_client.get(address).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_lists_have_one_number_of_queries(admin_client, django_assert_max_num_queries, model):
    counts = []

    for more in (1, 2):
        for _registration in range(more):
            mail(RegistrationFactory())
        with django_assert_max_num_queries(14) as captured:
            admin_client.get(page(f"{model}_changelist"))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_page_of_a_person_has_one_number_of_queries(admin_client, django_assert_max_num_queries):
    person = ParticipantFactory()
    # What a process asks once.
    admin_client.get(page("participant_change", person.pk))
    counts = []

    for more in (1, 2):
        for _slot in range(more):
            slot = OccurrenceFactory(session__season=person.season)
            RegistrationFactory(participant=person, occurrence=slot)
        with django_assert_max_num_queries(14) as captured:
            admin_client.get(page("participant_change", person.pk))
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("query", ["Kamau", "wanjiru@example.net", "Ministry of Mining"])
def test_registration_is_found_by_name_address_or_organisation(admin_client, query):
    register("Wanjiru Kamau", email="wanjiru@example.net", organisation="Ministry of Mining")
    register("Somebody Else")

    assert names(admin_client, q=query) == ["Wanjiru Kamau"]


def test_list_is_narrowed_by_season_session_and_slot(admin_client):
    wanted = register("Wanted")
    other_slot = OccurrenceFactory(session=wanted.session)
    RegistrationFactory(participant__name="Other slot", occurrence=other_slot)
    register("Other season")
    chosen = {"season": wanted.session.season_id, "session": wanted.session_id}

    found = names(admin_client, **chosen), names(admin_client, **chosen, slot=wanted.occurrence_id)

    assert found == (["Other slot", "Wanted"], ["Wanted"])


def test_choosing_a_season_forgets_the_session_of_another(admin_client):
    registration, other = RegistrationFactory(), RegistrationFactory()
    chosen = {"season": registration.session.season_id, "session": registration.session_id}

    shown = admin_client.get(page("registration_changelist"), chosen).content.decode()

    assert f'href="?season={other.session.season_id}"' in shown


@pytest.mark.parametrize("name", ["season", "session", "slot"])
def test_filter_survives_an_address_that_makes_no_sense(admin_client, name):
    register("Wanjiru Kamau")

    assert names(admin_client, **{name: "²"}) == ["Wanjiru Kamau"]


def test_countries_are_named_and_only_those_of_participants_are_offered(admin_client):
    register("Kenyan", country="404")
    register("Swiss", country="756")

    shown = admin_client.get(page("registration_changelist")).content.decode()

    assert 'data-heading="Country, region">Kenya<br><span class="quiet">Africa</span></td>' in shown
    assert "Uruguay" not in shown
    assert names(admin_client, country="404") == ["Kenyan"]


def test_page_of_a_registration_shows_the_person_and_their_mails(admin_client):
    registration = register("Wanjiru Kamau", access_needs="Captions, please")
    message = mail(registration, sent_at=NOW + timedelta(minutes=1))

    shown = admin_client.get(page("registration_change", registration.pk)).content.decode()

    assert "Captions, please" in shown
    assert (
        f'<a href="{page("message_change", message.pk)}">Your registration</a>, sent, 2 Sep 2030, 14:01 (Geneva)'
        in shown
    )


def test_failed_mails_are_queued_again_and_sent_ones_are_not(admin_client):
    registration = RegistrationFactory()
    failed, sent = mail(registration, Message.Status.FAILED), mail(registration)

    admin_client.post(page("message_changelist"), {"action": "send_again", "_selected_action": [failed.pk, sent.pk]})

    assert dict(Message.objects.values_list("pk", "status")) == {failed.pk: "queued", sent.pk: "sent"}


def test_staff_who_may_only_look_cannot_send_again(client):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_message"))
    sign_in(client, reader)
    failed = mail(RegistrationFactory(), Message.Status.FAILED)

    client.post(page("message_changelist"), {"action": "send_again", "_selected_action": [failed.pk]})

    failed.refresh_from_db()
    assert failed.status == Message.Status.FAILED


def test_mails_of_a_kind_are_chosen_in_words(admin_client):
    registration = RegistrationFactory()
    mail(registration)
    moved = mail(registration)
    Message.objects.filter(pk=moved.pk).update(kind="rescheduled")

    response = admin_client.get(page("message_changelist"), {"kind": "rescheduled"})

    assert [row.pk for row in response.context["cl"].result_list] == [moved.pk]
    assert ">time slot moved</a>" in response.text
