"""One form several times at once, over HTTP and PostgreSQL connections of their own."""

import pytest
from django.test import Client

from registrations.models import Message, Registration
from tests.factories import OccurrenceFactory
from tests.support.races import race
from tests.support.registrations.sign_up_form import typed
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("round_", first_always(range(5)))
def test_form_sent_three_times_at_once_is_one_registration_one_mail_and_the_same_page(round_):
    slot = OccurrenceFactory(capacity=1)
    path = f"/sign-up/{slot.session.season.slug}/"

    answers = race(3, lambda _number: Client().post(path, typed(slot)))

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, f"{path}check-your-mail/")}
    assert (Registration.objects.count(), Message.objects.count()) == (1, 1)
