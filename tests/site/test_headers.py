"""What every answer says to browsers, and what only a site in production can show."""

import json
import os
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support import warm
from tests.support.headers import directives
from tests.support.staff import sign_in
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

# A path of our own, which no browser reads as the name of another site.
HERE = re.compile(r"/(?![/\\\s])")
PRODUCTION = {
    "SECRET_KEY": "k9-" * 30 + "wZ4_qLm!x7Rt",
    "SITE_URL": "https://online.example.org",
    "DEBUG": "0",
    "DATABASE_URL": "sqlite://:memory:",
}
LOOK = """
import json, sys
import minamata_online.wsgi
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client

# Tables straight from the models, which takes a moment; other tests run the migrations.
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
client = Client(headers={"Host": "online.example.org"})
answers = [client.get("/my/send-link/", secure=True), client.get("/my/send-link/")]
client.post("/account/sign-in/", {"email": "amina@example.org"}, secure=True)
chosen = client.post("/time-zone/", {"zone": "Asia/Tokyo"}, secure=True)
print(json.dumps({
    "headers": [dict(answer.headers) | {"status": answer.status_code} for answer in answers],
    "cookies": {
        name: [bool(m["secure"]), bool(m["httponly"]), m["samesite"], m["path"], m["domain"]]
        for name, m in client.cookies.items()
    },
}))
"""


@pytest.fixture
def addresses():
    registration = RegistrationFactory(occurrence=OccurrenceFactory())
    session, season = registration.session, registration.session.season
    return {
        "programme": "/",
        "season": season.get_absolute_url(),
        "session": session.get_absolute_url(),
        "sign-up": reverse("sign_up:form", args=[season.slug]),
        "delegation": reverse("sign_up:delegation", args=[season.slug]),
        "take part": f"/my/{registration.participant.key}/take-part/",
        "check your mail": reverse("sign_up:check_your_mail", args=[season.slug]),
        "send link": "/my/send-link/",
        "my season": f"/my/{registration.participant.key}/",
        "details": f"/my/{registration.participant.key}/details/",
        "join": f"/join/{registration.join_key}/",
        "stop": f"/stop/reminders/{registration.participant.stop_key}/",
        "wrong link": "/my/nobody/",
        "no such page": "/nothing/",
        "feed": f"{season.get_absolute_url()}calendar.ics",
        "own feed": f"/calendars/{registration.participant.feed_key}/calendar.ics",
        "sign in": "/account/sign-in/",
        "staff sign in": "/staff/sign-in/",
        "health": "/healthz",
    }


def test_every_answer_is_closed_to_other_sites(client, addresses):
    answers = {name: client.get(address) for name, address in addresses.items()}

    for name, answer in answers.items():
        policy = directives(answer)
        assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == (["'none'"],) * 3, name
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"], name
        assert "unsafe" not in answer["Content-Security-Policy"], name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["X-Frame-Options"] == "DENY", name
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", name
        assert answer["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin"), name
        assert "camera=()" in answer["Permissions-Policy"], name


def test_desk_of_the_staff_keeps_the_same_policy(client, admin_user):
    answer = sign_in(client, admin_user).get("/admin/")

    assert answer.status_code == 200
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert directives(answer)["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("name", ["my season", "details", "take part", "join", "stop", "wrong link"])
def test_personal_answers_are_kept_and_told_nowhere(client, addresses, name):
    answer = client.get(addresses[name])

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] in ("no-referrer", "strict-origin")


def test_pages_have_nothing_inline_and_nothing_from_elsewhere(client, addresses):
    for name, address in addresses.items():
        page = client.get(address).text
        assert " style=" not in page, name
        assert "<style" not in page, name
        assert " onclick=" not in page, name
        assert "<script>" not in page, name
        assert 'src="http' not in page, name


@pytest.mark.parametrize(
    "then",
    first_always(
        [
            *("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"),
            *("https:evil.example", "///evil.example", "http://testserver@evil.example/", "data:text/html,x"),
        ]
    ),
)
def test_no_answer_leads_to_another_site(client, then):
    later = urlencode({"next": then})
    pages = ["/time-zone/", "/account/sign-in/", "/account/sign-in/code/", "/account/sign-out/"]
    pages += ["/account/registrations/", "/account/sign-up/", "/staff/sign-in/", "/staff/sign-in/again/", "/admin/"]
    sent = {"zone": "Asia/Tokyo", "email": "amina@example.org", "login": "x", "password": "y", "next": then}

    answers = {("looked", page): client.get(f"{page}?{later}") for page in pages}
    answers |= {("sent", page): client.post(f"{page}?{later}", sent) for page in pages}

    leads = {what: answer["Location"] for what, answer in answers.items() if "Location" in answer}
    assert {("sent", "/time-zone/"), ("sent", "/account/sign-in/")} <= leads.keys()
    assert {what: to for what, to in leads.items() if not HERE.match(to)} == {}


def test_check_for_production_is_clean():
    run = in_production(["manage.py", "check", "--deploy", "--fail-level", "DEBUG"])

    assert (run.returncode, run.stderr) == (0, "")


def test_production_speaks_encrypted_only(tmp_path):
    run = in_production(["-c", LOOK], STATIC_ROOT=str(tmp_path))
    found = json.loads(run.stdout.splitlines()[-1])
    encrypted, plain = found["headers"]

    assert encrypted["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert (plain["status"], plain["Location"]) == (301, "https://online.example.org/my/send-link/")
    # Secure, hidden from scripts, SameSite, path, domain; a script guesses the time zone.
    assert found["cookies"] == {
        "__Host-sessionid": [True, True, "Lax", "/", ""],
        "__Host-csrftoken": [True, False, "Lax", "/", ""],
        "zone": [True, False, "Lax", "/", ""],
    }


def in_production(command, **more):
    given = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return warm.run(command, env=given | PRODUCTION | more)
