"""People who sign up one after the other, and send their form again until it is accepted."""

import html
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.utils import timezone

from registrations.models import Participant, Registration
from registrations.people.identity import fold_name
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.registrations.sign_up_form import typed

TOKEN = "a" * 32
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Host": "localhost", "Cookie": f"csrftoken={TOKEN}"}
FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
AT_ONCE, AT_MOST = 4, 1000
TIMEOUT_SECONDS, PAUSE_SECONDS = 120, 0.2
ACCEPTED, AWAY, NO_ANSWER = 302, 503, 0


@dataclass(frozen=True)
class Answer:
    status: int
    seconds: float
    retry_after: str = ""
    page: str = ""


class Crowd:
    """`answers` in their order; `accepted` are the addresses that were told so."""

    def __init__(self, port, slot):
        self._port, self._path, self._slot = port, f"/sign-up/{slot.session.season.slug}/", slot
        self.answers, self.accepted = [], []
        self._changed, self._is_over = threading.Condition(), threading.Event()

    @contextmanager
    def at_work(self):
        """Inside, so many people at once; afterwards each of them was accepted."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            lanes = [pool.submit(self._one_after_the_other, lane) for lane in range(AT_ONCE)]
            try:
                yield self
            finally:
                self._is_over.set()
        for lane in lanes:
            lane.result()

    def wait_for_more(self, number, status, timeout=60):
        """Until so many further answers of this status came."""
        with self._changed:
            enough = self.number(status) + number
            came = self._changed.wait_for(lambda: self.number(status) >= enough, timeout)
        assert came, f"fewer than {number} answers {status} in {timeout} s"

    def number(self, status) -> int:
        return sum(answer.status == status for answer in self.answers)

    def sign_up(self, number) -> int:
        """One person; how often the form was sent."""
        email = f"person{number}@example.org"
        form = typed(self._slot, submission=f"form-{number}", csrfmiddlewaretoken=TOKEN, email=email)
        body, ends = urlencode(form, doseq=True), time.monotonic() + TIMEOUT_SECONDS
        for times in range(1, AT_MOST):
            answer = self._send(body)
            self._keep(answer, email)
            if answer.status == ACCEPTED:
                return times
            assert time.monotonic() < ends, f"{email} was never accepted: {answer}"
            if answer.status == AWAY:
                # The page has a button that sends what was typed once more.
                body = urlencode([(name, html.unescape(value)) for name, value in FIELD.findall(answer.page)])
            time.sleep(PAUSE_SECONDS)

    def _one_after_the_other(self, lane):
        for number in range(lane, AT_MOST, AT_ONCE):
            if self._is_over.is_set():
                return
            self.sign_up(number)

    def _send(self, body) -> Answer:
        connection, begun = HTTPConnection("127.0.0.1", self._port, timeout=60), time.monotonic()
        try:
            connection.request("POST", self._path, body, HEADERS)
            response = connection.getresponse()
            page, retry_after = response.read().decode(), response.getheader("Retry-After", "")
            return Answer(response.status, time.monotonic() - begun, retry_after, page)
        except (OSError, HTTPException):
            return Answer(NO_ANSWER, time.monotonic() - begun)
        finally:
            connection.close()

    def _keep(self, answer, email):
        with self._changed:
            self.answers.append(answer)
            if answer.status == ACCEPTED:
                self.accepted.append(email)
            self._changed.notify_all()


def slot_with_people(number):
    slot = OccurrenceFactory()
    season = slot.session.season
    names = [f"Person {n}" for n in range(number)]
    people = Participant.objects.bulk_create(
        ParticipantFactory.build(season=season, name=name, name_key=fold_name(name)) for name in names
    )
    now = timezone.now()
    Registration.objects.bulk_create(
        Registration(
            participant=person,
            session=slot.session,
            occurrence=slot,
            status=Registration.Status.CONFIRMED,
            registered_at=now,
            revised_at=now,
            entry_was_mailed=True,
        )
        for person in people
    )
    return slot
