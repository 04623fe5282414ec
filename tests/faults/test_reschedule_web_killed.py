"""The web process dies after it has stored a change to many: beat has the worker prepare their mails."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from registrations.mail import batches
from registrations.models import Message, SlotChange
from registrations.rescheduling import preparing
from tests.faults.crowd import slot_with_people
from tests.faults.staff import cookies_of_staff, send_move
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.fault

PEOPLE, NO_ANSWER = batches.PEOPLE_AT_ONCE + 100, 0


def test_web_killed_after_the_change_was_stored_loses_no_mail(servers, start_processes, smtp_server):
    # Given a frozen broker, for which the page waits after the commit
    slot = slot_with_people(PEOPLE)
    cookies = cookies_of_staff()
    servers.freeze_valkey()

    # When the process dies before its answer, and the broker has heard of nothing
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(send_move, servers.port, slot, cookies, PEOPLE)
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
