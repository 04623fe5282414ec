"""A member of staff who moves a time slot over HTTP."""

from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from tests.faults.crowd import NO_ANSWER, TOKEN
from tests.support.sessions.admin_pages import page
from tests.support.staff import sign_in


def cookies_of_staff() -> str:
    User.objects.filter(username="mover").delete()
    client = sign_in(Client(), User.objects.create_superuser("mover"))
    cookies = {name: cookie.value for name, cookie in client.cookies.items()} | {settings.CSRF_COOKIE_NAME: TOKEN}
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def send_move(port, slot, cookies, people) -> int:
    """The button of the page that moves the slot; the status of the answer."""
    typed = {"day": "2030-11-01", "begins": "09:00", "ends": "10:00", "confirm": "yes", "people": people}
    known = {"sequence": slot.sequence, "shown": people, "why": "", "csrfmiddlewaretoken": TOKEN}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": "localhost", "Cookie": cookies}
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", page("occurrence_move", slot.pk), urlencode(typed | known), headers)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return NO_ANSWER
    finally:
        connection.close()
