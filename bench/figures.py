"""The figures of a season that is over: for staff with 100,000 registrations and with a million, and published ones."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from bench import arithmetic, measure, seed
from bench.browser import Browser
from bench.measure import Work
from registrations.figures import keeping, storing
from registrations.models import Registration
from sessions.models import Occurrence, Season
from sessions.reference import countries
from tests.support.staff import sign_in

# In bare pages; a million is to be answered at all.
TARGETS = {100_000: 120, 1_000_000: None}
ROUNDS, SECONDS = 3, 1
# From four weeks from now to some days ago; longer ago, the data clock would take the people away.
BACK = timedelta(days=110)
SAID = """
UPDATE registrations_participant SET country = (%(countries)s)[1 + id %% %(number)s],
    stakeholder = (%(groups)s)[1 + id %% 7], language = (%(languages)s)[1 + id %% 6] WHERE season_id = %(season)s"""
# Two of three came; one slot of three has a report.
CAME = """
UPDATE registrations_registration SET joined_at = registered_at, attended_seconds =
    CASE WHEN occurrence_id %% 3 = 0 THEN 600 + id %% 3000 END
WHERE id %% 3 > 0 AND session_id IN (SELECT id FROM online_sessions_session WHERE season_id = %(season)s)"""
CANCELLED = """
UPDATE registrations_registration SET status = 'cancelled', joined_at = NULL, attended_seconds = NULL
WHERE id %% 20 = 0 AND session_id IN (SELECT id FROM online_sessions_session WHERE season_id = %(season)s)"""
REPORTS = """
INSERT INTO registrations_attendancereport (occurrence_id, layout, file_name, sha256, encoding, zone, day_first,
    columns, rows, imported_at)
SELECT o.id, 'webex', 'report.csv', md5(o.id::text), '', 'UTC', true, '{}', 1, o.ends_at
FROM online_sessions_occurrence o JOIN online_sessions_session s ON s.id = o.session_id
WHERE s.season_id = %(season)s AND o.id %% 3 = 0"""


def run(servers, share) -> dict:
    bare = _asking(Browser(servers.bare_port), "/")
    works = [Work("bare", "13 rows, small template", bare, processes=("bare", "database"))]
    works = [measure.long_enough(work, SECONDS) for work in works]
    staff = _staff(servers)
    for size in TARGETS:
        season = _seed(f"figures-{size}", int(size * share))
        path = f"/admin/online_sessions/season/{season.pk}/figures/"
        works.append(Work(f"{size:,} registrations", "figures of the season", _asking(staff, path), TARGETS[size]))
    seed.analyse()
    samples = {work.name: [] for work in works}
    for work in works:
        work.run(1)
    for _round in range(ROUNDS):
        for work in works:
            samples[work.name].append(measure.once(servers, work))
    return {"registrations": Registration.objects.count(), "pages": [arithmetic.row(work, samples) for work in works]}


def published() -> Season:
    """Figures that everybody sees, of 1,500 people from 250 countries."""
    season, now = _seed("published", 13 * 1500), timezone.now()
    storing.store(season_id=season.pk, now=now)
    keeping.publish(season, now=now)
    return season


def _seed(slug, number) -> Season:
    season = seed.coming(slug)
    slots = list(seed.first_slots(season).values())
    seed.people(season, number // len(slots), slots=slots, tag=f"{slug}-")
    codes = [code for code, _name in countries.choices("en")]
    said = {
        "season": season.pk,
        "countries": codes,
        "number": len(codes),
        "groups": ["party", "non-party", "igo", "ngo", "academia", "industry", "other"],
        "languages": ["en", "fr", "es", "ru", "ar", "zh-hans"],
    }
    with connection.cursor() as cursor:
        for statement in [SAID, CAME, CANCELLED, REPORTS]:
            cursor.execute(statement, said)
    return _over(season)


def _over(season) -> Season:
    """Held before today; the dates of the season go with its slots."""
    times = {"starts_at": F("starts_at") - BACK, "ends_at": F("ends_at") - BACK}
    Occurrence.objects.filter(session__season=season).update(**times)
    season.starts_on, season.ends_on = season.starts_on - BACK, season.ends_on - BACK
    season.save()
    return season


def _staff(servers) -> Browser:
    client = sign_in(Client(), get_user_model().objects.create_superuser("bench-figures", password=None))
    browser = Browser(servers.port)
    browser.cookies["sessionid"] = client.cookies["sessionid"].value
    return browser


def _asking(browser, path):
    def run(number):
        for _ in range(number):
            answer = browser.get(path)
            assert answer.status == 200, (path, answer.status)

    return run
