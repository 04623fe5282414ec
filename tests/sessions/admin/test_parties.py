"""Staff paste the list of the Parties as a whole: all of it is understood, or nothing is stored."""

from datetime import date

import pytest
from django.urls import reverse

from registrations.models import StaffAction
from sessions.models import Party
from tests.support.messages import said

pytestmark = pytest.mark.django_db
PAGE, LIST = reverse("admin:online_sessions_party_load"), reverse("admin:online_sessions_party_changelist")
SHOWN = "Kenya; 2017-12-20"


def stored() -> dict:
    return dict(Party.objects.values_list("country", "since"))


@pytest.fixture
def kenya():
    return Party.objects.create(country="404", since=date(2017, 12, 20))


def test_list_is_pasted_and_replaced(admin_client, admin_user, kenya):
    assert admin_client.get(PAGE).context["form"]["lines"].value() == SHOWN

    response = admin_client.post(
        PAGE, {"lines": "Gabon\t16 Aug 2017 a\nSwitzerland; 2017-08-16", "shown": SHOWN}, follow=True
    )

    assert said(response) == ["2 Parties are stored."]
    assert stored() == {"266": date(2017, 8, 16), "756": date(2017, 8, 16)}
    noted = StaffAction.objects.get()
    assert (noted.action, noted.made_by, noted.before, noted.after) == (
        *("parties-stored", admin_user),
        *({"parties": 1}, {"parties": 2}),
    )


def test_line_that_is_not_understood_is_named_and_nothing_is_stored(admin_client, kenya):
    typed = "Gabon; 2017-08-16\nAtlantis; 2017-08-16\nChad; soon\nGabon; 2017-08-16\nPeru; 0001-01-01"

    form = admin_client.post(PAGE, {"lines": typed, "shown": SHOWN}).context["form"]

    assert form.errors["lines"] == [
        "Line 2: no country is called so in the list of the United Nations: “Atlantis; 2017-08-16”",
        "Line 3: write the day as 2017-08-16: “Chad; soon”",
        "Line 5: the year cannot be right: “Peru; 0001-01-01”",
        "Line 4: this country is there twice: “Gabon; 2017-08-16”",
    ]
    assert form["lines"].value() == typed
    assert stored() == {"404": date(2017, 12, 20)}


def test_list_that_a_colleague_changed_meanwhile_is_not_overwritten(admin_client, kenya):
    form = admin_client.post(PAGE, {"lines": "Gabon; 2017-08-16", "shown": ""}).context["form"]

    assert "A colleague has changed the list meanwhile." in form.non_field_errors()[0]
    assert stored() == {"404": date(2017, 12, 20)}


def test_same_list_is_no_action(admin_client, kenya):
    admin_client.post(PAGE, {"lines": SHOWN, "shown": SHOWN})

    assert stored() == {"404": date(2017, 12, 20)}
    assert not StaffAction.objects.exists()


def test_list_shows_them_and_leads_to_the_page(admin_client, kenya):
    shown = admin_client.get(LIST).text

    assert "20 December 2017" in shown
    assert f'href="{PAGE}"' in shown
