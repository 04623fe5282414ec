"""The page on which people choose their time zone, also with a browser that keeps no cookies."""

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


def test_chosen_zone_is_remembered_and_leads_back(client):
    response = client.post("/time-zone/", {"zone": "Asia/Calcutta", "next": "/seasons/2020/"})

    assert (response.status_code, response["Location"]) == (302, "/seasons/2020/")
    assert client.cookies["zone"].value == "Asia%2FKolkata"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_time_zone_leads_to_no_other_site(client, elsewhere):
    response = client.post("/time-zone/", {"zone": "Asia/Tokyo", "next": elsewhere})

    assert response["Location"] == "/"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "a\0b"])
def test_wrong_zone_is_said_beside_the_field(client, zone):
    response = client.post("/time-zone/", {"zone": zone, "next": "/"})

    assert response.status_code == 400
    assert "Choose a city from the list." in response.content.decode()
    assert "zone" not in client.cookies


def test_looking_at_the_time_zone_page_changes_nothing(client):
    client.get("/time-zone/?zone=Asia/Tokyo")

    assert "zone" not in client.cookies
