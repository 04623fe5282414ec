"""The alarms and the board of deploy/: each looks at numbers that there are, and at night somebody reads what to do."""

import json
import re
from datetime import timedelta

import pytest

from registrations import last_runs
from registrations.mail import health
from registrations.models import PostPause
from tests.support import alarms, running
from tests.support.paths import ROOT

BOARD = ROOT / "deploy" / "grafana" / "minamata-online.json"
GUIDE = (ROOT / "docs" / "at-night.md").read_text()
TRIED_IN = [
    "tests/faults/test_alarms.py",
    "tests/faults/test_media_disk_full.py",
    "tests/operations/test_certificate.py",
]
TOKEN = "0123456789abcdef-of-the-watcher"
NAME = re.compile(r"\bminamata_[a-z_]+\b")


@pytest.fixture
def numbers(client, settings, transactional_db):
    """Of a site that has everything, with names and labels as in /metrics."""
    settings.METRICS_TOKEN, settings.CALENDAR_REPLIES = TOKEN, "imaps://events:secret@mail.example.org"
    running.everything_ran()
    running.ran(last_runs.BACKUP)
    text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    samples = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(number) for name, number in samples}


def test_every_alarm_looks_at_a_number_that_there_is(numbers):
    looked_at = {alarm.sample for alarm in alarms.read()}

    assert len(looked_at) > 10
    assert looked_at - set(numbers) == {alarms.ANSWERS, alarms.CERTIFICATE}


def test_no_alarm_rings_while_all_is_well(numbers):
    assert alarms.ringing(numbers) <= {"MediaDiskNearlyFull"}


def test_board_shows_numbers_that_there_are_and_each_that_an_alarm_looks_at(numbers):
    shown = set(NAME.findall(" ".join(expressions_of_board())))

    assert shown <= {name.partition("{")[0] for name in numbers}
    assert shown >= {NAME.match(alarm.sample)[0] for alarm in alarms.read() if alarm.sample.startswith("minamata")}


def expressions_of_board() -> list[str]:
    return [target["expr"] for panel in json.loads(BOARD.read_text())["panels"] for target in panel["targets"]]


def test_labels_on_the_board_are_those_of_the_numbers(numbers):
    expressions = " ".join(expressions_of_board())
    labels = {re.match(r"(\w+)\{(\w+)", name).groups() for name in numbers if "{" in name}

    assert set(re.findall(r'minamata_[a-z_]+\{[a-z]+="[^"]+"\}', expressions)) <= set(numbers)
    grouped = re.findall(r"by \((\w+)\) \(.*?(minamata_[a-z_]+)", expressions)
    assert len(grouped) > 5
    assert {(name, label) for label, name in grouped} <= labels


def test_alarms_have_the_limits_of_readyz():
    limits = {alarm.sample: timedelta(seconds=alarm.limit) for alarm in alarms.read()}

    assert limits["minamata_beat_age_seconds"] == last_runs.SILENT_AFTER
    assert limits["minamata_clock_difference_seconds"] == last_runs.SKEW
    assert limits["minamata_mail_oldest_due_seconds"] == health.LATE_AFTER
    assert limits["minamata_change_unprepared_seconds"] == health.LATE_AFTER
    domains = {alarm.sample: alarm.limit for alarm in alarms.read()}["minamata_refusing_domains"]
    assert domains == health.SEVERAL_DOMAINS - 1
    of_runs = {name: limits[f'minamata_last_run_age_seconds{{name="{name}"}}'] for name in last_runs.LATE_AFTER}
    assert of_runs == last_runs.LATE_AFTER


def test_guide_has_a_section_for_each_alarm_in_their_order():
    every = alarms.read()

    assert re.findall(r"^## (\w+)$", GUIDE, re.MULTILINE) == [alarm.name for alarm in every]
    assert [alarm.runbook for alarm in every] == [f"docs/at-night.md#{alarm.name.lower()}" for alarm in every]
    assert {alarm.severity for alarm in every} == {"critical", "warning"}


def test_guide_has_the_words_of_readyz():
    hour = timedelta(hours=1)
    ages = {"oldest_due_age": hour, "stuck_age": hour, "oldest_unprepared_age": hour}
    problems = health.Report(mails={}, lacking=1, refusing_domains=3, pause=PostPause(code="550"), **ages).problems
    quoted = re.findall(r"`post: (.+?)(?: \.\.\.)?`", GUIDE)

    said = [words for problem in problems for words in quoted if problem.startswith(words)]
    assert sorted(said) == sorted(quoted)
    assert len(quoted) == len(problems)
    for name in (last_runs.BEAT, last_runs.WORKER, *last_runs.LATE_AFTER):
        assert f"`{name}: not seen for ...`" in GUIDE


def test_every_alarm_is_tried_by_breaking_something():
    named = [name for path in TRIED_IN for name in re.findall(r'"([A-Z]\w+)"', (ROOT / path).read_text())]

    assert {alarm.name for alarm in alarms.read()} <= set(named)


@pytest.mark.parametrize("alarm", alarms.read(), ids=lambda alarm: alarm.name)
def test_section_says_what_people_notice_what_is_seen_and_what_waits(alarm):
    section = GUIDE.partition(f"## {alarm.name}\n")[2].partition("\n## ")[0]

    assert "**People notice:**" in section
    assert "**`/readyz`:**" in section
    assert ("**it waits** until morning" in section.lower()) == (alarm.severity == "warning")


def test_answers_ring_by_how_many_more_there_are(numbers):
    errors = 'minamata_answers_total{status="5xx"}'
    before = numbers | {errors: 1000.0}

    assert "ManyErrors" not in alarms.ringing(before | {errors: 1020.0}, before)
    assert "ManyErrors" in alarms.ringing(before | {errors: 1021.0}, before)
