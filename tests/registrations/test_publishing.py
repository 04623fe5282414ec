"""Publishing and withdrawing: what is compared under the lock."""

import pytest

from registrations import publishing
from sessions.models import Season, Session
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Season, Session])
def test_somebody_who_signs_up_meanwhile_is_counted(model):
    slot = OccurrenceFactory()
    RegistrationFactory(occurrence=slot)
    pk = slot.session.season_id if model is Season else slot.session_id

    with pytest.raises(publishing.OtherNumber):
        publishing.withdraw(model, pk=pk, people=0, now=NOW)

    assert model.objects.get(pk=pk).is_published
    publishing.withdraw(model, pk=pk, people=1, now=NOW)
    with pytest.raises(publishing.AlreadySo):
        publishing.withdraw(model, pk=pk, people=1, now=NOW)


def test_programme_that_is_shown_has_changed():
    slot = OccurrenceFactory(session__is_published=False)

    publishing.publish(Session, pk=slot.session_id, now=NOW)

    assert Season.objects.get().changed_at == NOW
