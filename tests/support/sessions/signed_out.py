"""Members of staff whose sign-in ended while they had a page of the desk open."""

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client
from django.urls import reverse

from sessions.staff import unsent_forms
from tests.support.database_dump import whole_database
from tests.support.staff import sign_in


def cookie_of(user) -> str:
    """What a browser keeps in which they had a page open."""
    client = sign_in(Client(), user)
    client.get(reverse("admin:find"))
    return client.cookies[unsent_forms.COOKIE].value


def send_without_a_sign_in(user, cookie, path, typed):
    """Gives what they see after the next sign-in."""
    BrowserSession.objects.all().delete()
    client = Client()
    client.cookies[unsent_forms.COOKIE] = cookie
    sent = client.post(path, typed)
    assert sent.url.startswith("/admin/login/"), path
    return sign_in(client, user).get(path, follow=True)


def without_sign_ins() -> dict:
    """The whole database, without what a sign-in writes."""
    User.objects.update(last_login=None)
    return whole_database(without=["sessions.Session"])
