"""What the site stores of its own is in English, whatever language the page is in: staff read it, and pages say it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

from registrations.models import Message, Participant, StaffAction
from tests.factories import InvitationFactory, OccurrenceFactory, QuestionFactory
from tests.support.registrations.own_pages import address
from tests.support.registrations.sign_up_form import corrected, delegation_of, typed

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
ARABIC = re.compile(r"[\u0600-\u06ff]+")
# The wording to which somebody agreed; a mail, which its reader has too.
IN_THEIR_LANGUAGE = {"consent_text", "octets", "subject"}
REASONS = re.compile(r"(?:raise Outdated|\.drop)\((?!not_sent\.|reason|self)([^)]*)\)")


def stored_in_arabic() -> list[str]:
    return [
        f"{model.__name__}.{field.attname}: {value}"
        for app in ("registrations", "online_sessions")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if field.attname not in IN_THEIR_LANGUAGE
        for value in model.objects.values_list(field.attname, flat=True)
        if ARABIC.search(str(value))
    ]


def test_person_who_reads_arabic_leaves_none_behind(client):
    slot = OccurrenceFactory()
    season = slot.session.season
    later = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=5))
    other = OccurrenceFactory(session__season=season, starts_at=slot.starts_at + timedelta(days=1))
    question = QuestionFactory(season=season, kind="tick")

    client.post(f"/ar/sign-up/{season.slug}/", typed(slot, **{f"question-{question.pk}": "on"}))
    person = Participant.objects.get()
    sent = [
        client.post(address("change_slot", person, slot), {"slot": later.pk}),
        client.post(address("add", person), {"slot": other.pk}),
        client.post(address("cancel", person, slot)),
        client.post(address("come_back", person, slot), {"slot": slot.pk}),
        client.post(address("details", person), corrected()),
        client.post(reverse("registrations:stop", args=["announcements", person.stop_key])),
        client.post(f"/ar/sign-up/{season.slug}/delegation/", delegation_of(slot)),
    ]

    assert [answer.status_code for answer in sent] == [302] * 5 + [200, 302]
    assert person.language == "ar"
    assert ARABIC.search(person.consent_text)
    assert stored_in_arabic() == []


def test_erasing_in_arabic_drops_mails_for_a_reason_in_english(client):
    slot = OccurrenceFactory()
    client.post(f"/ar/sign-up/{slot.session.season.slug}/", typed(slot))
    person = Participant.objects.get()

    client.post(address("erase", person), {"confirmed": "on", "understood": "on"})

    person.refresh_from_db()
    assert person.anonymised_at
    assert stored_in_arabic() == []
    assert Message.objects.dropped().exists()


def test_answer_to_an_invitation_leaves_none_behind(client):
    invitation = InvitationFactory(language="ar")
    OccurrenceFactory(session=invitation.session)

    client.post(reverse("registrations:ask_for_invitation", args=[invitation.key]), {"name": "Zoe", "email": "z@a.org"})
    client.post(reverse("registrations:decline_invitation", args=[invitation.key]))

    assert stored_in_arabic() == []
    assert not StaffAction.objects.exists()


def test_every_reason_of_a_mail_that_is_not_sent_is_in_the_list():
    found = {path.name: REASONS.findall(path.read_text()) for path in (ROOT / "registrations").rglob("*.py")}

    assert {name: reasons for name, reasons in found.items() if reasons} == {}
