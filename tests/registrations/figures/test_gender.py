"""The ready-made question about gender: staff tick it, people may answer, and nothing shows it beside a name."""

import pytest
from django.urls import reverse

from registrations.figures import gender
from registrations.models import Answer, StaffAction
from sessions import translations
from sessions.models import Question
from sessions.reference.ready_made import GENDER
from tests.factories import AnswerFactory, OccurrenceFactory, QuestionFactory, RegistrationFactory, SeasonFactory
from tests.support.registrations.sign_up_form import typed
from tests.support.sessions.admin_pages import page, season_form

pytestmark = pytest.mark.django_db


def ticked(client, season, is_asked=True):
    form = season_form(season, asks_gender="on" if is_asked else "")
    return client.post(page("season_change", season.pk), form)


@pytest.fixture
def slot():
    return OccurrenceFactory(session__season__slug="asked")


@pytest.fixture
def question(slot, admin_client):
    ticked(admin_client, slot.session.season)
    return Question.objects.get()


def test_season_does_not_ask_unless_staff_tick_it(admin_client):
    season = SeasonFactory()

    shown = admin_client.get(page("season_change", season.pk))
    admin_client.post(page("season_change", season.pk), season_form(season))

    assert shown.context["adminform"].form["asks_gender"].value() is False
    assert GENDER["help_text"] in shown.text
    assert not Question.objects.exists()


def test_tick_asks_and_asks_no_more_and_keeps_what_was_answered(admin_client, slot, question):
    season = slot.session.season
    assert (question.season, question.kind, question.is_required) == (season, "one", False)
    assert question.choices == ["Woman", "Man", "Another", "I prefer not to say"]
    RegistrationFactory(participant=AnswerFactory(question=question, participant__season=season).participant)

    answers = []
    for is_asked in (False, True):
        assert ticked(admin_client, season, is_asked).status_code == 302
        answers.append(gender.is_asked(season))

    assert answers == [False, True]
    assert (Question.objects.get().pk, Answer.objects.count()) == (question.pk, 1)
    noted = StaffAction.objects.filter(kind="online_sessions.question").order_by("pk")
    assert list(noted.values_list("action", flat=True)) == ["added", "changed", "changed"]


def test_staff_do_not_word_it_among_their_own_questions(admin_client, slot, question):
    QuestionFactory(season=slot.session.season, words="What is your job?")

    inlines = admin_client.get(page("season_change", slot.session.season_id)).context["inline_admin_formsets"]

    asked = [
        form.instance.words for inline in inlines for form in inline.formset.initial_forms if "words" in form.fields
    ]
    assert asked == ["What is your job?"]


def test_sign_up_says_that_answers_are_counted_alone(client, slot, question):
    shown = client.get(reverse("sign_up:form", args=["asked"])).text

    assert "Gender (optional)" in shown
    assert GENDER["help_text"] in shown
    assert "Only our staff read your answers" not in shown


def test_sign_up_and_own_page_take_it(client, slot, question):
    sent = {f"question-{question.pk}": "Woman"}
    client.post(reverse("sign_up:form", args=["asked"]), typed(slot, **sent))

    answer = Answer.objects.get()
    own = client.get(reverse("registrations:questions", args=[answer.participant.key])).text

    assert answer.value == "Woman"
    assert "For our figures" in own
    assert "Only our staff read your answers" not in own


def test_question_of_staff_still_says_who_reads_it(client, slot, question):
    QuestionFactory(season=slot.session.season)

    shown = client.get(reverse("sign_up:form", args=["asked"])).text

    assert shown.count("Only our staff read your answers") == 1


def test_answer_is_on_no_page_list_or_table_of_staff(admin_client, slot, question):
    registration = RegistrationFactory(occurrence=slot)
    person, session = registration.participant, registration.session
    told = {"participant": person, "value": "I prefer not to say"}
    AnswerFactory(question=question, **told)
    AnswerFactory(question__season=session.season, participant=person, value="Chemist")
    listed = reverse("admin:registrations_registration_changelist")
    addresses = [
        reverse("admin:registrations_participant_change", args=[person.pk]),
        reverse("admin:registrations_registration_change", args=[registration.pk]),
        f"{listed}?season={session.season_id}",
        f"{listed}?season={session.season_id}&answer={question.pk}-3",
        f"{reverse('admin:registrations_registration_answers')}?season={session.season_id}",
        f"{reverse('admin:registrations_registration_answers')}?session={session.pk}",
    ]

    texts = [admin_client.get(address).text for address in addresses]
    export = admin_client.post(reverse("admin:registrations_registration_export"))
    table = b"".join(export.streaming_content).decode("utf-8-sig")

    assert [text for text in [*texts, table] if "prefer not to say" in text] == []
    assert "Chemist" in texts[0]
    assert "Chemist" in table


def test_list_cannot_be_narrowed_to_who_answered_something(admin_client, slot, question):
    RegistrationFactory(occurrence=slot)
    AnswerFactory(question=question, participant=RegistrationFactory(occurrence=slot).participant, value="Woman")
    address = reverse("admin:registrations_registration_changelist")

    response = admin_client.get(f"{address}?season={slot.session.season_id}&answer={question.pk}-0")

    assert len(response.context["cl"].result_list) == 2


def test_person_has_it_among_their_own_data(client, slot, question):
    person = RegistrationFactory(occurrence=slot).participant
    AnswerFactory(question=question, participant=person, value="I prefer not to say")

    assert "I prefer not to say" in client.get(reverse("registrations:own_data", args=[person.key])).text


def test_its_words_come_in_every_language_and_staff_may_write_others(client, admin_client, slot, question):
    form = reverse("sign_up:form", args=["asked"])
    table = page("season_translations", slot.session.season_id)
    usual = client.get(f"/ar{form}").text
    states = [cell.words for cell in admin_client.get(table).context["parts"][-1].lines[0].cells]

    translations.put(question, "words", "ar", "جنسكم")
    question.choices = ["Woman", "Man"]
    question.save()
    own = client.get(f"/ar{form}").text

    assert all(words in usual for words in ("نوع الجنس", "أفضّل عدم الإفصاح", "نحن نكتفي بعدّ الإجابات"))
    assert "Woman</span>" not in usual
    assert states == ["comes with the site"] * 5
    assert "جنسكم" in own
    assert '<span lang="en" dir="ltr">Woman</span>' in own
