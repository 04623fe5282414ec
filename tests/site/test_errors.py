"""Answers to what goes wrong: each says what is so and what to do."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db


def test_unknown_address_leads_to_the_programme(client):
    response = client.get("/nothing/")

    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_icon_that_browsers_ask_for_by_themselves_is_there(client):
    response = client.get("/favicon.ico")

    assert (response.status_code, response["Location"]) == (302, "/static/img/icon.png")


def test_form_of_another_site_is_refused_in_plain_words():
    elsewhere = {"Origin": "https://evil.example"}
    response = Client(enforce_csrf_checks=True).post("/time-zone/", {"zone": "Asia/Tokyo"}, headers=elsewhere)

    assert response.status_code == 403
    assert "The form could not be checked" in response.content.decode()


def test_foreign_host_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_error_page_needs_nothing_of_the_request(name):
    assert "Go to the programme" in render_to_string(name)
