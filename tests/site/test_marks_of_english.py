"""What staff wrote in English alone is marked in everything that somebody reads in Arabic."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.mail.kinds import MAIL_KINDS
from sessions.models import Question
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.registrations.every_mail import one_of_each_kind, people, read_again
from tests.support.registrations.own_pages import address, held
from tests.support.registrations.sign_up_form import corrected, typed
from tests.support.sessions.staff_texts import (
    ENGLISH,
    all_in_arabic,
    arabic_pages,
    one_with_questions,
    unmarked,
    write_all,
)

pytestmark = pytest.mark.django_db
IN_ENGLISH = '<span lang="en" dir="ltr">'
IN_AN_ATTRIBUTE = re.compile(f'="[^"<>]*{IN_ENGLISH}')


@pytest.fixture
def person():
    return ParticipantFactory(language="ar", timezone="Africa/Nairobi")


def test_every_page_marks_it():
    rows = one_with_questions()
    write_all(translated=False)
    all_in_arabic()

    found = arabic_pages(rows)

    assert {name: texts for name, html in found.items() if (texts := unmarked(html))} == {}
    assert {name for name, html in found.items() if IN_AN_ATTRIBUTE.search(html)} == set()
    assert all(ENGLISH in found[name] for name in ("registrations:my_season", "registrations:own_data", "sign_up:form"))


def test_every_mail_marks_it():
    them = people(now=timezone.now(), language="ar")
    write_all(translated=False)
    read_again(them)

    mails = {kind: _html(mail) for kind, mail in one_of_each_kind(them).items()}

    assert set(mails) == set(MAIL_KINDS)
    assert {kind: texts for kind, html in mails.items() if (texts := unmarked(html))} == {}
    assert f"{IN_ENGLISH}{ENGLISH}sessiontitle</span>" in mails["confirmation"]


def _html(mail) -> str:
    return message_from_bytes(bytes(mail.octets), policy=policy.default).get_body(["html"]).get_content()


def test_what_was_done_marks_it(client, person):
    slot, other = held(person, days=3).occurrence, held(person, days=5).occurrence
    later = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=5))
    new = OccurrenceFactory(session__season=person.season, starts_at=slot.starts_at + timedelta(days=1))
    write_all(translated=False)
    done = [
        client.post(address("change_slot", person, slot), {"slot": later.pk}, follow=True),
        client.post(address("cancel", person, other), follow=True),
        client.post(address("come_back", person, other), {"slot": other.pk}, follow=True),
        client.post(address("add", person), {"slot": new.pk}, follow=True),
        client.post(address("details", person), corrected(timezone="Pacific/Auckland"), follow=True),
        client.post(reverse("registrations:stop", args=["announcements", person.stop_key])),
    ]

    said = [answer.text.partition('<main id="main"')[2].partition("</h1>")[0] for answer in done]
    assert [IN_ENGLISH in text for text in said] == [True] * len(done)
    assert [texts for answer in done if (texts := unmarked(answer.text))] == []


def test_what_is_wrong_in_a_form_marks_it(client, person):
    slot = held(person, days=3).occurrence
    for kind in (Question.Kind.LINE, Question.Kind.ONE):
        Question.objects.create(season=person.season, words="a", kind=kind, choices=list("abcdefg"), is_required=True)
    write_all(translated=False)
    [line, one] = Question.objects.order_by("pk")
    wrong = {f"question-{line.pk}": "http://spam.example/", f"question-{one.pk}": "no choice"}

    sign_up = client.post(f"/ar/sign-up/{person.season.slug}/", typed(slot))
    answers = client.post(address("questions", person), wrong)

    for answer in (sign_up, answers):
        summary = answer.text.partition('class="error-summary"')[2].partition("</ul>")[0]
        assert summary.count(f"{IN_ENGLISH}{ENGLISH}questionwords</span>") == 2
        assert f'<option value="{ENGLISH}A" lang="en" dir="ltr">' in answer.text
        assert "&lt;span" not in answer.text
        assert unmarked(answer.text) == set()
