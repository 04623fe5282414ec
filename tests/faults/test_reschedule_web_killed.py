"""The web process dies after it has stored a change to many: beat has the worker prepare their mails."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from registrations.mail import batches
from registrations.models import Message, SlotChange
from registrations.rescheduling import preparing
from tests.faults.crowd import slot_with_people
from tests.faults.waiting import wait_until
from tests.support.sessions.admin_pages import page
from tests.support.staff import sign_in

pytestmark = pytest.mark.fault

PEOPLE, TOKEN, NO_ANSWER = batches.PEOPLE_AT_ONCE + 100, "a" * 32, 0


def test_web_killed_after_the_change_was_stored_loses_no_mail(servers, start_processes, smtp_server):
    # Given a frozen broker, for which the page waits after the commit
    slot = slot_with_people(PEOPLE)
    cookies = cookies_of_staff()
    servers.freeze_valkey()

    # When the process dies before its answer, and the broker has heard of nothing
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(send_move, servers.port, slot, cookies)
        wait_until(SlotChange.objects.exists)
        servers.kill_web_workers()
        status = answer.result()
    servers.thaw_valkey()
    servers.empty_valkey()
    assert (status, Message.objects.count()) == (NO_ANSWER, 0)

    # Then each person has one mail
    start_processes("worker", "beat")
    wait_until(lambda: not preparing.unprepared())
    change = SlotChange.objects.get()
    people = set(slot.registrations.values_list("pk", flat=True))
    assert Counter(change.messages.values_list("registration", flat=True)) == dict.fromkeys(people, 1)
    SlotChange.objects.update(mails_leave_at=timezone.now())
    Message.objects.update(due_at=timezone.now())
    smtp_server.wait_for(PEOPLE, timeout=120)
    addresses = Counter(mail.rcpt_tos[0] for mail in smtp_server.mails)
    assert addresses == dict.fromkeys(change.messages.values_list("recipient", flat=True), 1)


def cookies_of_staff() -> str:
    client = sign_in(Client(), User.objects.create_superuser("mover"))
    cookies = {name: cookie.value for name, cookie in client.cookies.items()} | {settings.CSRF_COOKIE_NAME: TOKEN}
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def send_move(port, slot, cookies) -> int:
    """The button of the page that moves the slot; the status of the answer."""
    typed = {"day": "2030-11-01", "begins": "09:00", "ends": "10:00", "confirm": "yes", "people": PEOPLE}
    known = {"sequence": slot.sequence, "shown": PEOPLE, "why": "", "csrfmiddlewaretoken": TOKEN}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": "localhost", "Cookie": cookies}
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", page("occurrence_move", slot.pk), urlencode(typed | known), headers)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return NO_ANSWER
    finally:
        connection.close()
