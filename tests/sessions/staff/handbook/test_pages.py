"""The handbook in the desk: a page for each chapter, its pictures, and nothing for strangers."""

import pytest
from django.urls import reverse

from sessions.staff.handbook import chapters

pytestmark = pytest.mark.django_db


def test_chapter_has_its_title_its_words_and_the_way_to_the_others(admin_client):
    shown = admin_client.get(chapters.address("people")).content.decode()

    assert "<h1>Help a person</h1>" in shown
    assert '<h2 id="correct-an-address">Correct an address</h2>' in shown
    assert all(f'<a href="{chapters.address(name)}"' in shown for name in chapters.NAMES)


def test_handbook_begins_with_its_contents(admin_client):
    assert "<h1>Handbook</h1>" in admin_client.get(reverse("admin:handbook")).content.decode()


def test_picture_is_a_png(admin_client):
    answer = admin_client.get(reverse("admin:handbook_picture", args=["telephone"]))

    assert (answer["Content-Type"], answer.content[1:4]) == ("image/png", b"PNG")


@pytest.mark.parametrize("path", ["nothing/", "pictures/nothing.png", "people.md"])
def test_what_is_not_there_is_not_found(admin_client, path):
    assert admin_client.get(f"/admin/handbook/{path}", follow=True).status_code == 404


def test_stranger_is_led_to_the_sign_in(client):
    answer = client.get(chapters.address("people"))

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("admin:login"))
