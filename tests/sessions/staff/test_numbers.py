import pytest

from sessions.staff.numbers import row_number
from tests.factories import RegistrationFactory, SessionFactory
from tests.support.registrations.changes import page as registrations_page
from tests.support.sessions.admin_pages import page
from tests.support.thorough import first_always

# Python makes no number of so many digits, and a column has none of twenty.
ENDLESS, WIDE = "9" * 5000, "9" * 20


@pytest.mark.parametrize("text", [None, "", "no", "-1", "1.5", "²", WIDE, ENDLESS])
def test_what_is_no_number_of_a_row_is_none(text):
    assert row_number(text) is None


def test_number_of_a_row_is_read():
    assert row_number("9" * 18) == 10**18 - 1


@pytest.mark.parametrize("number", [WIDE, ENDLESS])
@pytest.mark.parametrize("name", first_always(["season", "session", "slot", "batch", "change"]))
@pytest.mark.parametrize("kind", ["registration", "message", "invitation"])
def test_desk_filter_takes_numbers_of_any_length(admin_client, kind, name, number):
    RegistrationFactory()

    response = admin_client.get(registrations_page(f"{kind}_changelist"), {name: number}, follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize("number", [WIDE, ENDLESS])
def test_form_of_a_session_takes_numbers_of_any_length(admin_client, number):
    SessionFactory()

    response = admin_client.post(page("session_add"), {"season": number})

    assert response.status_code == 200


@pytest.mark.parametrize("number", [WIDE, ENDLESS])
def test_page_of_a_session_that_is_gone_takes_rows_of_any_number(admin_client, number):
    session = SessionFactory()
    address = page("session_change", session.pk)
    session.delete()

    response = admin_client.post(
        address, {"title": "Typed", "slots-TOTAL_FORMS": number, "occurrences-TOTAL_FORMS": number}
    )

    assert response.status_code == 409
    assert "Typed" in response.content.decode()
