"""The choice of a time zone by a browser that keeps no cookies."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
NAIROBI = {"zone": "Africa/Nairobi", "next": "/"}
OURS = {"Origin": "http://testserver"}
NO_COOKIES = "Your browser keeps no cookies for this site"


@pytest.mark.parametrize("headers", [OURS, {}, {"Origin": "null"}])
def test_without_cookies_the_page_says_why_nothing_is_kept(headers):
    response = Client(enforce_csrf_checks=True).post("/time-zone/", NAIROBI, headers=headers)

    assert response.status_code == 400
    assert "Please press the button again" not in response.text
    assert NO_COOKIES in response.text
    assert "You can sign up without cookies" in response.text
    assert "zone" not in response.cookies


def test_form_of_another_site_changes_nothing():
    response = Client(enforce_csrf_checks=True).post("/time-zone/", NAIROBI, headers={"Origin": "https://evil.example"})

    assert response.status_code == 403
    assert "zone" not in response.cookies


def test_old_token_beside_a_cookie_is_no_obstacle():
    browser = Client(enforce_csrf_checks=True)
    browser.get("/time-zone/")

    response = browser.post("/time-zone/", NAIROBI | {"csrfmiddlewaretoken": "x" * 64}, headers=OURS)

    assert response.status_code == 302
    assert response.cookies["zone"].value == "Africa%2FNairobi"
