"""What staff open and export with 100,000 registrations in a season, as ratios to the bare page of the same round."""

import json
import os
import subprocess
import sys

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone

from bench import arithmetic, measure, seed
from bench.browser import Browser
from bench.measure import Work
from bench.servers import ROOT
from registrations.attendance import uploads
from registrations.models import Message, Participant, Registration
from registrations.seats import counters
from sessions.models import Occurrence, Season
from tests.support.staff import sign_in

REGISTRATIONS, IN_EXCEL, ROUNDS, SECONDS = 100_000, 20_000, 3, 0.5
SMALL, STAFF = "small", "bench-desk"
REGISTRATION, PARTICIPANT = "/admin/registrations/registration/", "/admin/registrations/participant/"
QUESTIONS = "/admin/online_sessions/speakerquestion/session/{session}/of-session/"
EXPORT = f"{REGISTRATION}export/"
START, LIST = 60, 40
# Name, what it is, address, target.
PAGES = [
    ("start page", "Today", "/admin/", START),
    ("find", "its search box, a part of a name", "/admin/find/?q=many77", LIST),
    ("post", "mails that failed, who lacks one", "/admin/registrations/message/post/", START),
    ("people", "all registrations, the first page", REGISTRATION, LIST),
    ("people of a season", "the list with its filter", f"{REGISTRATION}?season={{season}}", LIST),
    ("people of a region", "the same by region", f"{REGISTRATION}?region=002", LIST),
    ("search of a name", "in the list of people", f"{REGISTRATION}?q=many77", LIST),
    ("search of three words", "in the list of people", f"{REGISTRATION}?q=ministry+77+person", LIST),
    ("search that finds nobody", "in the list of people", f"{REGISTRATION}?q=zzz", LIST),
    ("search of a participant", "in the list of participants", f"{PARTICIPANT}?q=many77", LIST),
    ("person", "the page of one, with 13 registrations", f"{PARTICIPANT}{{person}}/change/", LIST),
    ("questions", "300 questions to the speakers of a session", QUESTIONS, LIST),
    ("season", "its sessions with their slots", "/admin/online_sessions/season/{season}/overview/", LIST),
]
EXPORTS = [
    ("CSV of 100,000", "the file of a whole season", EXPORT + "?season={season}", "csv", 6000),
    ("CSV of 20,000", "the same of a smaller season", EXPORT + "?season={small}", "csv", 1200),
    ("XLSX of 20,000", "the Excel file of the smaller season", EXPORT + "?season={small}", "xlsx", 1200),
]
# Of each hundred registrations one waits, and of each hundred mails one has failed, for one of these reasons.
WAITS = """
UPDATE registrations_registration SET status = 'waitlisted', waiting_since = registered_at WHERE id % 100 = 7"""
FAILS = """
UPDATE registrations_message SET status = 'failed', sent_at = NULL, last_error =
    CASE id % 3 WHEN 0 THEN 'SMTPRecipientsRefused: 550 5.1.1 no such user'
    WHEN 1 THEN 'SMTPRecipientsRefused: 452 4.2.2 mailbox full' ELSE 'TimeoutError: timed out' END
WHERE id % 100 = 13"""


# A report of a meeting: lines, the page on which staff see who is recognised, and what reading it may hold.
LINES, MEGABYTES = 20_000, 100
ATTENDANCE = "/admin/registrations/registration/attendance/{slot}/preview/"


def run(servers, share) -> dict:
    season, small = _seed(share)
    rows = {"registrations": Registration.objects.count(), "people": Participant.objects.count()}
    rows |= {"waiting": Registration.objects.waiting().count(), "failed_mails": Message.objects.failed().count()}
    slot = next(iter(seed.first_slots(season).values()))
    works = _works(
        servers,
        {"slot": slot.pk, "session": slot.session_id, "season": season.pk, "small": small.pk}
        | {"person": season.participants.latest("pk").pk},
    )
    samples = {work.name: [] for work in works}
    for _round in range(ROUNDS):
        for work in works:
            samples[work.name].append(measure.once(servers, work))
    memory = _memory(servers, slot)
    return rows | {"pages": [arithmetic.row(work, samples) for work in works], "memory_of_a_report": memory}


def _memory(servers, slot) -> dict:
    """Of a process that shows the report, and then lets it count; no work before needs it any more."""
    command = [sys.executable, "-m", "bench.report_memory", str(slot.pk), STAFF]
    environment = os.environ | servers.environment
    run = subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    taken = json.loads(run.stdout)
    verdict = arithmetic.verdict(max(taken.values()), MEGABYTES)
    return {f"{what}_megabytes": most for what, most in taken.items()} | {"target": MEGABYTES, "verdict": verdict}


def _seed(share) -> tuple[Season, Season]:
    """One season has what a full Excel file is measured with, and the other the rest of the registrations."""
    season, small = Season.objects.get(slug=seed.COMING), seed.coming(SMALL)
    for each, number, tag in [(season, REGISTRATIONS - IN_EXCEL, "many"), (small, IN_EXCEL, SMALL)]:
        slots = list(seed.first_slots(each).values())
        seed.people(each, int(number * share) // len(slots), slots=slots, tag=tag, with_mails=True)
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        cursor.execute(FAILS)
    with transaction.atomic():
        counters.count_anew(Occurrence.objects.all())
    # Full, so that the worker gives nobody a seat meanwhile.
    Occurrence.objects.filter(waiting__gt=0).update(capacity=F("taken"))
    seed.questions_to_speakers(next(iter(seed.first_slots(season).values())), 300)
    seed.analyse()
    return season, small


def _works(servers, known) -> list[Work]:
    """Pages so often that they take some time; an export is one file."""
    bare, staff = Browser(servers.bare_port), _staff(servers, known["slot"])
    token = staff.get(REGISTRATION).hidden("csrfmiddlewaretoken")
    pages = [Work("bare", "13 rows, small template", _asking(bare, "/"), processes=("bare", "database"))]
    pages += [Work(name, what, _asking(staff, path.format(**known)), target) for name, what, path, target in PAGES]
    exports = [
        Work(name, what, _exporting(staff, path.format(**known), {kind: "", "csrfmiddlewaretoken": token}), target)
        for name, what, path, kind, target in EXPORTS
    ]
    report = _asking(staff, ATTENDANCE.format(**known))
    words = f"{LINES:,} lines of a report recognised and matched, and the page that shows it"
    reading = Work("attendance of 20,000", words, report, 800)
    return [*(measure.long_enough(work, SECONDS) for work in pages), reading, *exports]


def _staff(servers, slot_id) -> Browser:
    user = get_user_model().objects.create_superuser(STAFF, password=None)
    client = sign_in(Client(), user)
    _upload_a_report(Occurrence.objects.get(pk=slot_id), user)
    browser = Browser(servers.port)
    browser.cookies["sessionid"] = client.cookies["sessionid"].value
    return browser


def _upload_a_report(slot, user):
    """Two visits of everybody in the slot, and of strangers for the rest of the lines."""
    known = slot.registrations.values_list("participant__name", "participant__email")[: LINES // 2]
    strangers = [(f"Stranger {number}", f"stranger{number}@example.net") for number in range(LINES // 2 - len(known))]
    hours = f"{slot.starts_at:%Y-%m-%d %H:%M:%S}\t{slot.ends_at:%Y-%m-%d %H:%M:%S}"
    lines = [f"{name}\t{email}\t{hours}" for name, email in [*known, *strangers] * 2]
    # Below the heading one line less.
    text = "\n".join(["Name\tEmail\tJoin time\tLeave time", *lines[1:]])
    file = [("report.csv", text.encode())]
    uploads.store(occurrence=slot, files=file, zone="UTC", by=user, now=timezone.now())


def _asking(browser, path):
    def run(number):
        for _ in range(number):
            answer = browser.get(path)
            assert answer.status == 200, (path, answer.status)

    return run


def _exporting(browser, path, fields):
    def run(number):
        for _ in range(number):
            answer = browser.post(path, fields)
            assert answer.status == 200, (path, answer.status)
            assert "filename" in answer.headers["Content-Disposition"], path

    return run
