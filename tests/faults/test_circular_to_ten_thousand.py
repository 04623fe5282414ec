"""A circular to ten thousand people, whose workers die and which is taken back half-way: all numbers agree."""

import re
from collections import Counter
from threading import Event

import pytest
from django.db import transaction
from django.utils import timezone

from bench import seed
from registrations.circulars import sending
from registrations.models import Circular, Message, Participant
from registrations.tasks import MAILS_A_BATCH
from tests.factories import MessageFactory, OccurrenceFactory
from tests.faults.waiting import somebody_waits_for_a_lock, wait_until
from tests.support.messages import said
from tests.support.page_forms import forms_in
from tests.support.registrations.circulars import SUBJECT, TEXT, page

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

PEOPLE, PEOPLE_SHOWN = 10_000, "10,000"
# A worker dies in the middle of the batch with this person, another one with so many mails at the mail server.
IN_THE_MIDDLE, LEFT_BEFORE_THE_KILL = 5_250, 300
# All 10,000 would keep the worker busy for a minute.
LEFT_BEFORE_IT_IS_TAKEN_BACK = 1_000
SHORT_LEASE = {"MAIL_LEASE_SECONDS": "5", "EMAIL_TIMEOUT": "4"}


@pytest.fixture
def circular(officer, settings):
    """Written and sent on its pages, with the number typed that they show; its mails wait, and nobody works yet."""
    settings.RECALL_MINUTES = 30
    slot = OccurrenceFactory()
    seed.people(slot.session.season, PEOPLE, slots=[slot], tag="many-")
    written = fill_in(officer, f"{page('add')}?session={slot.session_id}", subject=SUBJECT, text=TEXT)
    preview = written.url
    assert f"{PEOPLE_SHOWN} people will be told by mail." in officer.get(preview).text
    fill_in(officer, preview, people=PEOPLE_SHOWN)
    return Circular.objects.get()


def fill_in(client, address, **typed):
    """Send the form of a page that has these fields, all else as a browser does."""
    forms = forms_in(client.get(address).text, address)
    [form] = [form for form in forms if typed.keys() <= set(form.names)]
    return client.post(form.action, form.values | typed)


@pytest.fixture
def stuck_until(smtp_server):
    """The mail server takes so many mails, and no other until the second event; the first one says that one waits."""
    one_waits, goes_on = Event(), Event()

    def answer(mail):
        if len(smtp_server.mails) >= LEFT_BEFORE_THE_KILL and not goes_on.is_set():
            one_waits.set()
            goes_on.wait(60)
            return "451 4.3.0 too late: who sent it is dead"

    smtp_server.answer_mail = answer
    yield one_waits, goes_on
    goes_on.set()


def block(circular):
    """The mail to somebody, stored by a transaction that is never committed."""
    person = Participant.objects.order_by("pk")[IN_THE_MIDDLE]
    MessageFactory(kind="confirmation", dedupe_key=f"{sending.KIND}:{circular.pk}:{person.pk}")


def number_in(words) -> int:
    return int(re.match(r"[\d,]+", words).group().replace(",", ""))


def shown_as_sent(officer, circular) -> int:
    """On the page of the circular, in the row of the mails; another “Sent” is a time."""
    text = officer.get(page("change", circular)).text
    return number_in(re.search(r"<dt>Sent</dt><dd>([\d,]+)</dd>", text).group(1))


def test_of_ten_thousand_people_each_has_one_mail_or_none_and_staff_read_how_many(
    officer, circular, start_celery, smtp_server, stuck_until
):
    # Given a worker that is killed in the middle of preparing the mails, and another one that prepares the others
    with transaction.atomic():
        block(circular)
        worker, _clock = start_celery("worker", **SHORT_LEASE), start_celery("beat")
        wait_until(somebody_waits_for_a_lock, 120)
        worker.kill()
        transaction.set_rollback(True)
    worker.start()
    wait_until(lambda: not sending.unprepared(), 120)
    assert (circular.messages.count(), smtp_server.mails) == (PEOPLE, [])

    # When that one is killed with mails in its hands, a third goes on, and staff take the circular back half-way
    one_waits, goes_on = stuck_until
    Message.objects.update(due_at=timezone.now())
    assert one_waits.wait(120)
    worker.kill()
    goes_on.set()
    worker.start()
    smtp_server.wait_for(LEFT_BEFORE_IT_IS_TAKEN_BACK, timeout=120)
    [_done, hear_nothing] = said(officer.post(page("take_back", circular)))[-2:]
    wait_until(lambda: not Message.objects.unsent().exists(), 120)

    # Then the people are those who were counted, each has a mail in the mailbox or one that was dropped
    mails = dict(circular.messages.values_list("recipient", "status"))
    assert (circular.people, circular.messages.count(), len(mails)) == (PEOPLE, PEOPLE, PEOPLE)
    arrived = Counter(mail.rcpt_tos[0] for mail in smtp_server.mails)
    assert arrived == dict.fromkeys((recipient for recipient, status in mails.items() if status == "sent"), 1)
    dropped = sum(status == "dropped" for status in mails.values())
    assert len(arrived) + dropped == PEOPLE
    assert shown_as_sent(officer, circular) == len(arrived)
    # What the two processes of the worker had in their hands left, or was dropped a moment later.
    assert 0 <= dropped - number_in(hear_nothing) <= 2 * MAILS_A_BATCH
