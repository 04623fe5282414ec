"""The fields about a person begin with what is known."""

import pytest

from registrations.forms.person import DetailsForm
from tests.factories import ParticipantFactory
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


def test_details_begin_with_what_is_known():
    person = ParticipantFactory(name="Amina", country="404", timezone="Asia/Kathmandu")

    form = DetailsForm(participant=person, now=NOW)

    assert (form["name"].value(), form["country"].value()) == ("Amina", "404")
    assert '<option value="Asia/Kathmandu" selected>Nepal (UTC+5:45)</option>' in str(form["timezone"])
