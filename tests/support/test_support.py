"""The tools of the other tests: if one of these fails, look no further."""

import smtplib

import pytest
from django.core.mail import EmailMessage
from django.db import connection

from minamata_online.celery import app

PLANTED = '<!doctype html><link rel="icon" href="data:,"><h1 style="color: red">Planted</h1>'
STRICT = {"Content-Security-Policy": "style-src 'self'", "Content-Type": "text/html"}


@pytest.mark.django_db
def test_tests_run_on_postgresql():
    assert connection.vendor == "postgresql"


@pytest.mark.browser
def test_browser_reaches_the_running_site(open_page, site):
    page = open_page()
    open_page.expect_fault("favicon.ico")

    response = page.goto(f"{site}/healthz")

    assert (response.status, page.inner_text("body").strip()) == (200, "ok")
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Africa/Nairobi"


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False])
def test_violation_of_the_csp_is_remembered(open_page, javascript):
    page = open_page(javascript=javascript)
    page.route("**/planted", lambda route: route.fulfill(body=PLANTED, headers=STRICT))

    page.goto("http://localhost/planted")

    assert "style-src" in open_page.unexpected_faults()[0]
    open_page.expect_fault("style-src")
    assert open_page.unexpected_faults() == []


@pytest.mark.browser
def test_site_serves_the_style_sheet_of_the_admin(open_page, site):
    response = open_page().goto(f"{site}/static/admin/css/base.css")

    assert (response.status, response.headers["content-type"]) == (200, "text/css")


def test_smtp_server_keeps_the_envelope_and_the_octets(smtp_server):
    EmailMessage("Zeit", "né à 09:00", "from@minamata.test", ["to@minamata.test"]).send()

    (mail,) = smtp_server.wait_for(1)
    assert (mail.mail_from, mail.rcpt_tos) == ("from@minamata.test", ("to@minamata.test",))
    assert mail.message["Subject"] == "Zeit"
    assert b"\r\n\r\n" in mail.octets


def test_smtp_server_refuses_when_told_to(smtp_server):
    smtp_server.answer_mail = lambda mail: "451 4.3.0 try later"

    with pytest.raises(smtplib.SMTPDataError, match="try later"):
        EmailMessage("Zeit", "", "from@minamata.test", ["to@minamata.test"]).send()

    assert smtp_server.mails == []


@pytest.mark.fault
def test_killed_worker_takes_tasks_after_its_restart(worker):
    worker.kill()

    worker.restart()

    app.send_task("tests.no_such_task")
    worker.wait_for_line("unregistered task of type 'tests.no_such_task'")


@pytest.mark.fault
def test_beat_ticks(worker, beat):
    beat.wait_for_line("Sending due task relay-due-mails")
