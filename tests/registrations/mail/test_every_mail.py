"""What holds for a mail of any kind: no link leads nowhere, and a time is also on the clock of who reads it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db.models import URLField

from registrations.mail.kinds import MAIL_KINDS
from sessions.models import Material, Occurrence
from tests.support.calendars import read_mail
from tests.support.registrations import every_mail

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 10, 1, 6, 30, tzinfo=UTC)
CLOCK = re.compile(r"\b\d\d:\d\d\b")
WITHOUT_TARGET = re.compile(r"""<a\b(?![^>]*\bhref="[^"\s]+")[^>]*>""")
NAIROBI, GENEVA = timedelta(hours=3), timedelta(hours=2)
# We know no clock of somebody who is invited: they have that of the season.
ON_CLOCK_OF_SEASON = {"personal_invitation", "invitation_changed"}
# Each names no time, because whether it is of use does not depend on when the session is.
NAMES_NO_TIME = {
    *("sign_in_code", "nobody_registered", "links", "new_link"),
    *("staff_invitation", "staff_password"),
    *("please_confirm", "decline_question", "published", "next_season", "circular", "certificate"),
    "place_refused",
}


@pytest.fixture
def mails():
    return every_mail.one_of_each_kind(every_mail.people(now=NOW))


def bodies(mail) -> dict[str, str]:
    return {part: read_mail(mail).get_body((part,)).get_content() for part in ("plain", "html")}


def test_there_is_a_mail_of_each_kind_to_look_at(mails):
    missing = [kind for kind in MAIL_KINDS if kind not in mails]

    assert missing == [], "write one of each in `one_of_each_kind`, tests/support/registrations/every_mail.py"


def url_columns():
    columns = [(model, field) for model in apps.get_models() for field in model._meta.fields]
    return [(model, field.name) for model, field in columns if isinstance(field, URLField)]


def test_each_address_that_somebody_may_type_is_filled_so_that_its_link_is_seen(mails):
    urls = url_columns()

    empty = [f"{model.__name__}.{name}" for model, name in urls if not model.objects.exclude(**{name: ""}).exists()]

    assert empty == [], "fill it in `people`, tests/support/registrations/every_mail.py"


def test_sender_and_last_lines_say_who_writes_and_why(mails):
    heads = {str(read_mail(mail)["From"].addresses[0].display_name) for mail in mails.values()}
    texts = {kind: bodies(mail)["plain"].partition("About this mail")[2].split() for kind, mail in mails.items()}

    assert heads == {"Minamata Online, Secretariat of the Minamata Convention on Mercury"}
    for kind, words in texts.items():
        said = " ".join(words)
        assert said.startswith("You get this mail because "), kind
        assert "write to events@minamata.test." in said, kind
        assert said.endswith("the online sessions of the Secretariat of the Minamata Convention on Mercury."), kind


def test_host_of_the_site_is_never_its_name(mails):
    for kind, mail in mails.items():
        text = re.sub(r"https?://\S+", "", bodies(mail)["plain"])
        assert "localhost" not in text, kind


def test_no_link_leads_nowhere(mails):
    empty = {kind: WITHOUT_TARGET.findall(bodies(mail)["html"]) for kind, mail in mails.items()}

    assert {kind: links for kind, links in empty.items() if links} == {}


def test_no_link_leads_nowhere_once_staff_have_taken_out_each_address():
    people = every_mail.people(now=NOW)
    Material.objects.all().delete()
    for model, name in url_columns():
        model.objects.update(**{name: ""})

    mails = every_mail.one_of_each_kind(people)

    empty = {kind: WITHOUT_TARGET.findall(bodies(mail)["html"]) for kind, mail in mails.items()}
    assert {kind: links for kind, links in empty.items() if links} == {}, "raise Outdated in its composer"


def test_mail_that_people_can_stop_has_the_way_to_it_in_text_and_html(mails):
    stoppable = {kind: mail for kind, mail in mails.items() if MAIL_KINDS[kind].preference}

    lacking = [
        (kind, part)
        for kind, mail in stoppable.items()
        for part, body in bodies(mail).items()
        if read_mail(mail)["List-Unsubscribe"].strip("<>") not in body
    ]

    assert stoppable
    assert lacking == [], "include emails/_stop.txt and emails/_stop.html"


def test_mail_about_a_slot_names_its_time_in_text_and_html(mails):
    parts = {kind: {part for part, body in bodies(mail).items() if CLOCK.search(body)} for kind, mail in mails.items()}

    wrong = {kind for kind in parts if parts[kind] != (set() if kind in NAMES_NO_TIME else {"plain", "html"})}
    assert wrong == set(), "say the time in both bodies, or add the kind to NAMES_NO_TIME"


def test_time_of_a_slot_is_on_the_clock_of_who_reads_it(mails):
    starts = [slot.starts_at for slot in Occurrence.objects.all()]

    in_utc_only = {
        (kind, part)
        for kind, mail in mails.items()
        for part, body in bodies(mail).items()
        for start in starts
        if _has(body, start) and not _has(body, start + (GENEVA if kind in ON_CLOCK_OF_SEASON else NAIROBI))
    }

    assert in_utc_only == set()


def _has(body, moment) -> bool:
    return f"{moment:%H:%M}" in CLOCK.findall(body)
