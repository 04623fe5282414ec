"""A browser that keeps no cookies can sign up; a form on somebody else's page cannot."""

import pytest
from django.test import Client

from registrations.models import Delegation, Registration
from tests.factories import OccurrenceFactory
from tests.support.registrations.sign_up_form import delegation_of, filled_in

pytestmark = pytest.mark.django_db
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def slot():
    return OccurrenceFactory()


@pytest.fixture
def address(slot):
    return f"/sign-up/{slot.session.season.slug}/"


@pytest.fixture
def without_cookies():
    """Each request is the first one of its browser."""
    return lambda: Client(enforce_csrf_checks=True)


def test_sign_up_works_without_cookies(without_cookies, address, slot):
    form = without_cookies().get(address, {"slot": slot.pk})

    answer = without_cookies().post(address, filled_in(form), headers=OURS)

    assert (answer.status_code, answer.url) == (302, f"{address}check-your-mail/")
    assert Registration.objects.get().occurrence == slot
    assert "to the address you gave" in without_cookies().get(answer.url).text


def test_review_and_mistakes_work_without_cookies(without_cookies, address, slot):
    wrong = without_cookies().post(address, filled_in(without_cookies().get(address), session=None), headers=OURS)
    again = filled_in(wrong, session=slot.session.slug, email="amina@gmial.com")
    review = without_cookies().post(address, again, headers=OURS)

    answer = without_cookies().post(address, filled_in(review, meant="amina@gmail.com"), headers=OURS)

    assert [wrong.status_code, review.status_code, answer.status_code] == [422, 200, 302]
    registration = Registration.objects.get()
    assert (registration.occurrence, registration.participant.email) == (slot, "amina@gmail.com")


def test_delegation_works_without_cookies(without_cookies, address, slot):
    sent = delegation_of(slot)

    assert without_cookies().post(f"{address}delegation/", sent, headers=OURS).status_code == 302
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example", ""])
def test_form_of_another_site_is_refused(without_cookies, address, slot, origin):
    form = without_cookies().get(address, {"slot": slot.pk})

    answer = without_cookies().post(address, filled_in(form), headers={"Origin": origin} if origin else {})

    assert answer.status_code == 403
    assert Registration.objects.count() == 0


def test_pages_that_need_a_cookie_still_do(without_cookies):
    """Whoever is signed in has a session, which a page of another site would use."""
    sent = {"email": "amina@example.org"}

    assert without_cookies().post("/account/sign-in/", sent, headers=OURS).status_code == 403
