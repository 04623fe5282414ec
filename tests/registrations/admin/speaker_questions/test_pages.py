"""The pages of staff about questions to the speakers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import StaffAction
from sessions.models import SpeakerQuestion
from tests.factories import AskedQuestionFactory, OccurrenceFactory, SpeakerQuestionFactory
from tests.support.messages import said
from tests.support.staff import member

pytestmark = pytest.mark.django_db
STATES = ["New", "In work", "Answered, not published", "Published", "Not taken up"]


@pytest.fixture
def asked():
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=1))
    return AskedQuestionFactory(question__session=slot.session, participant__name="Amina Otieno", with_name=True)


def page(name, asked):
    row = asked.question if name == "change" else asked.question.session
    return reverse(f"admin:online_sessions_speakerquestion_{name}", args=[row.pk])


def another(asked, **fields):
    return AskedQuestionFactory(question__session=asked.question.session, **fields)


def send(client, asked, **typed):
    shown = client.get(page("change", asked)).context["form"].shown_next
    return client.post(page("change", asked), {"shown": shown, "answered": "", "shows_name": "on"} | typed)


def test_new_questions_come_first_and_each_state_has_its_place(admin_client, asked):
    at = asked.asked_at
    another(asked, question__hidden="unfit", question__taken_up_at=at)
    another(asked, question__wording="Why?", question__answer="So.", question__published_at=at)
    another(asked, question__answered="live", question__taken_up_at=at)
    another(asked, question__wording="Why?", question__taken_up_at=at)

    groups = admin_client.get(page("of_session", asked)).context["groups"]

    assert [words for words, _rows in groups] == STATES


def test_ticked_questions_become_one_with_the_number_of_people(admin_client, asked):
    other = another(asked, text="The same in other words?")
    sent = {"question": [asked.question_id, other.question_id], "merge": "1"}

    answer = admin_client.post(page("of_session", asked), sent)

    assert said(answer) == ["The questions are one now. Its page shows each of them."]
    [(_words, [row])] = admin_client.get(page("of_session", asked)).context["groups"]
    assert (row.text, row.people_in_words) == (asked.text, "asked by 2 people")


def test_ticks_of_another_session_do_nothing(admin_client, asked):
    foreign = AskedQuestionFactory()

    answer = admin_client.post(page("of_session", asked), {"question": [foreign.question_id, "x"], "live": "1"})

    assert said(answer) == ["Tick the questions first. Nothing was changed."]
    assert not SpeakerQuestion.objects.exclude(answered="").exists()


def test_not_taken_up_needs_a_reason(admin_client, asked):
    sent = {"question": asked.question_id, "hide": "1"}

    for reason in ("x", "unfit"):
        answer = admin_client.post(page("of_session", asked), sent | {"reason": reason})

    told = ["Choose why they are not taken up. Nothing was changed.", "1 question is not taken up."]
    assert said(answer) == told
    assert SpeakerQuestion.objects.get().hidden == "unfit"


def test_english_words_are_proposed_and_published_with_an_answer(admin_client, asked):
    form = admin_client.get(page("change", asked)).context["form"]
    assert form["wording"].value() == asked.text

    answer = send(admin_client, asked, wording="How long?", answer="Long.", publish="1")

    assert said(answer) == ["The question is published on the page of the session."]
    assert SpeakerQuestion.objects.published().get().wording == "How long?"


def test_words_of_another_language_are_not_proposed(admin_client, asked):
    foreign = another(asked, text="Pourquoi ?", language="fr")

    assert admin_client.get(page("change", foreign)).context["form"]["wording"].value() == ""


def test_question_that_anybody_may_have_sent_says_so(admin_client, asked):
    words = "sent right after a sign-up, which proves nobody"

    assert words not in admin_client.get(page("change", asked)).text
    assert words in admin_client.get(page("change", another(asked, with_sign_up=True))).text


def test_question_without_an_answer_is_saved_and_not_published(admin_client, asked):
    answer = send(admin_client, asked, wording="How long?", answer="", publish="1")

    assert said(answer)[0].startswith("It is saved, and not published")
    assert SpeakerQuestion.objects.filter(wording="How long?", published_at=None).exists()


def test_two_who_have_it_open_lose_nothing(admin_client, asked):
    shown = admin_client.get(page("change", asked)).context["form"].shown_next
    typed = {"shown": shown, "answered": "", "shows_name": "on"}
    admin_client.post(page("change", asked), typed | {"wording": "", "answer": "Theirs."})

    kept = admin_client.post(page("change", asked), typed | {"wording": "Mine?", "answer": ""})
    contested = admin_client.post(page("change", asked), typed | {"wording": "Mine?", "answer": "Mine."})

    assert kept.status_code == 302
    question = SpeakerQuestion.objects.get()
    assert (question.wording, question.answer) == ("Mine?", "Theirs.")
    assert "A colleague saved this meanwhile: “Theirs.”" in contested.context["form"].errors["answer"][0]
    assert contested.context["form"]["answer"].value() == "Mine."


def test_published_question_keeps_words(admin_client, asked):
    send(admin_client, asked, wording="How long?", answer="Long.", publish="1")

    answer = send(admin_client, asked, wording="", answer="Long.")

    assert answer.context["form"].errors["wording"]
    assert SpeakerQuestion.objects.published().get().wording == "How long?"


@pytest.mark.parametrize("role", ["Programme editor", "Registration officer"])
def test_who_asked_is_for_who_may_see_people(client, asked, role):
    desk = member(client, role)

    found = [desk.get(page(name, asked)).text for name in ("of_session", "moderator", "change")]
    table = desk.post(page("table", asked), {"csv": "1"}).text

    may_see = role == "Registration officer"
    assert {"Amina Otieno" in text for text in [*found, table]} == {may_see}
    assert asked.text in table


@pytest.mark.parametrize("role", ["Programme editor", "Registration officer"])
def test_names_are_published_by_who_sees_them(client, asked, role):
    send(member(client, role), asked, wording="How long?", answer="Long.", publish="1")

    assert SpeakerQuestion.objects.published().get().shows_name == (role == "Registration officer")


def test_question_of_the_chat_is_added_and_then_answered_on_its_page(admin_client, asked):
    answer = admin_client.post(page("of_session", asked), {"wording": " How\r\n long? ", "add": "1"})

    question = SpeakerQuestion.objects.get(asked_in_chat=True)
    shown = admin_client.get(answer["Location"])
    assert said(answer) == ["The question is added. Answer and publish it here."]
    assert shown.context["form"]["wording"].value() == question.wording == "How long?"
    assert "asked in the chat" in shown.text
    assert "erased their details" not in shown.text


def test_question_of_the_chat_is_stored_without_what_nobody_sees(admin_client, asked):
    admin_client.post(page("of_session", asked), {"wording": "\u2068How\u2069\u00a0\u200blong?\ufeff", "add": "1"})

    assert SpeakerQuestion.objects.get(asked_in_chat=True).wording == "How long?"


NOTHING_TO_READ = ["\u200b\ufeff", "\u2800", "\u3164", "Why \u202ebackwards?", "Wh\0y?", "\u200f", "?!"]


@pytest.mark.parametrize("wording", NOTHING_TO_READ[1:])
def test_wording_that_nobody_could_read_is_refused_where_it_is_typed(admin_client, asked, wording):
    answer = send(admin_client, asked, wording=wording, answer="Long.", publish="1")

    assert answer.context["form"].errors["wording"]
    assert not SpeakerQuestion.objects.published().exists()


@pytest.mark.parametrize("wording", ["", "  ", "x" * 501, *NOTHING_TO_READ])
def test_wrong_question_of_the_chat_comes_back_with_words_beside_the_field(admin_client, asked, wording):
    answer = admin_client.post(page("of_session", asked), {"wording": wording, "add": "1"})

    form = answer.context["from_chat"]
    assert form.errors["wording"]
    assert form["wording"].value() == wording
    assert asked.text in answer.text
    assert not SpeakerQuestion.objects.filter(asked_in_chat=True).exists()


def test_question_of_the_chat_says_so_also_beside_people_who_ask_the_same(admin_client, asked):
    chat = SpeakerQuestionFactory(session=asked.question.session, asked_in_chat=True, wording="How long?")
    rows = admin_client.get(page("moderator", asked)).context["questions"]
    alone = [row.people_in_words for row in rows]

    admin_client.post(page("of_session", asked), {"question": [chat.pk, asked.question_id], "merge": "1"})

    [row] = admin_client.get(page("moderator", asked)).context["questions"]
    assert alone == ["asked by 1 person", "asked in the chat"]
    assert row.people_in_words == "asked in the chat, and by 1 person"


def test_names_that_came_while_the_page_was_open_are_shown_before_they_are_published(admin_client, asked):
    shown = admin_client.get(page("change", asked)).context["form"].shown_next
    typed = {"wording": "How long?", "answer": "Long.", "answered": "", "shows_name": "on", "publish": "1"}
    another(asked, question=asked.question, with_name=True, participant__name="Zoe")

    first = admin_client.post(page("change", asked), typed | {"shown": shown})

    assert "Amina Otieno, Zoe" in first.context["form"].errors["shows_name"][0]
    assert not SpeakerQuestion.objects.published().exists()
    again = admin_client.post(page("change", asked), typed | {"shown": first.context["form"].shown_next})
    assert again.status_code == 302
    assert SpeakerQuestion.objects.published().get().shows_name


def test_what_is_published_loses_names_where_more_come_from_who_does_not_see_them(client, admin_client, asked):
    send(admin_client, asked, wording="How long?", answer="Long.", publish="1")
    other = another(asked, with_name=True, participant__name="Zoe")
    ticked = {"question": [asked.question_id, other.question_id], "merge": "1"}

    member(client, "Programme editor").post(page("of_session", asked), ticked)

    kept = SpeakerQuestion.objects.published().get()
    assert (kept.merged.get(), kept.shows_name) == (other.question, False)


def test_moderator_reads_what_many_ask_first_and_the_page_loads_again(admin_client, asked):
    twice = another(asked, text="What of rivers?")
    another(asked, text="what of rivers", question=twice.question)
    another(asked, question__answered="live")

    response = admin_client.get(page("moderator", asked))

    assert [row.text for row in response.context["questions"]] == ["What of rivers?", asked.text]
    assert response["Refresh"] == "15"
    assert "Refresh" not in admin_client.get(f"{page('moderator', asked)}?still")
    admin_client.post(page("moderator", asked), {"question": asked.question_id})
    assert SpeakerQuestion.objects.get(pk=asked.question_id).answered == "live"


def test_table_is_put_on_record(admin_client, asked):
    for kind in ("csv", "xlsx"):
        assert admin_client.post(page("table", asked), {kind: "1"}).status_code == 200

    noted = StaffAction.objects.filter(action="exported").order_by("pk")
    assert [action.after for action in noted] == [{"rows": 1, "file": "csv"}, {"rows": 1, "file": "xlsx"}]


def test_start_page_names_sessions_that_are_near_with_new_questions(admin_client, asked):
    far = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=9))
    AskedQuestionFactory(question__session=far.session)
    another(asked)
    another(asked, question__taken_up_at=asked.asked_at)

    text = admin_client.get(reverse("admin:index")).text

    title = asked.question.session.title
    assert f"2 new questions to the speakers of “{title}”." in text
    assert f"speakers of “{far.session.title}”" not in text


def test_start_page_names_new_questions_of_a_rehearsal_on_its_clock(admin_client, asked):
    season = asked.question.session.season
    type(season).objects.filter(pk=season.pk).update(is_rehearsal=True)
    sentence = f"Rehearsal: 1 new question to the speakers of “{asked.question.session.title}”."
    assert sentence in admin_client.get(reverse("admin:index")).text

    type(season).objects.set_ahead(season.pk, timedelta(days=5))
    assert sentence not in admin_client.get(reverse("admin:index")).text


def test_pages_ask_the_database_the_same_for_one_and_for_three(admin_client, asked, django_assert_max_num_queries):
    for _ in range(2):
        another(asked)

    for name in ("of_session", "moderator"):
        with django_assert_max_num_queries(10):
            admin_client.get(page(name, asked))


def test_viewers_have_no_way_in(client, asked):
    desk = member(client, "Viewer")

    assert {desk.get(page(name, asked)).status_code for name in ("of_session", "moderator", "change")} == {403}


def test_question_from_the_chat_offers_nothing_about_who_asked(admin_client, asked):
    chat = SpeakerQuestionFactory(session=asked.question.session, asked_in_chat=True)
    words = ["Publish the names of those who wish it", "Who asked reads this reason on their own page."]

    shown = [
        [
            each in admin_client.get(reverse("admin:online_sessions_speakerquestion_change", args=[row.pk])).text
            for each in words
        ]
        for row in (asked.question, chat)
    ]

    assert shown == [[True, True], [False, False]]


def test_list_says_that_who_asked_has_erased_their_details(admin_client, asked):
    asked.question.wording = "Why?"
    asked.question.save()
    asked.delete()

    [(_words, [row])] = admin_client.get(page("of_session", asked)).context["groups"]

    assert row.people_in_words == "who asked has erased their details"
