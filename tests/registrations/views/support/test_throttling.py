"""A person may change a lot behind their own link, and cancel always."""

import pytest

from registrations.limits import rates
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.sign_up_form import typed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["details/", "{slug}/time-slot/", "{slug}/come-back/"])
def test_person_can_change_a_lot_and_then_waits(client, page):
    registration = RegistrationFactory()
    slot = OccurrenceFactory(session=registration.session)
    path = f"/my/{registration.participant.key}/{page.format(slug=registration.session.slug)}"
    sent = typed(slot) | {"slot": slot.pk, "name": "Juma"}
    answers = [client.post(path, sent).status_code for _ in range(3)]
    for _ in range(rates.CHANGES_OF_A_PERSON.times):
        rates.passes(rates.CHANGES_OF_A_PERSON, str(registration.participant.pk))

    stopped = client.post(path, sent)

    assert set(answers) <= {302, 409}
    assert (stopped.status_code, 0 < int(stopped["Retry-After"]) <= 3600) == (429, True)
    assert "You have changed a lot within the last hour." in stopped.text


def test_cancelling_is_never_limited(client):
    registration = RegistrationFactory()
    for _ in range(rates.CHANGES_OF_A_PERSON.times + 1):
        rates.passes(rates.CHANGES_OF_A_PERSON, str(registration.participant.pk))

    answer = client.post(f"/my/{registration.participant.key}/{registration.session.slug}/cancel/")

    registration.refresh_from_db()
    assert (answer.status_code, registration.is_cancelled) == (302, True)
