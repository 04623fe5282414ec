"""Staff read feedback once it is open, take it as a file, and publish numbers and texts that they chose."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import Feedback, FeedbackTicket, FeedbackWords, StaffAction
from sessions.models import Session
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page
from tests.support.staff import member

pytestmark = pytest.mark.django_db
COUNTS = {"useful": [22, 14, 6, 2], "level": [0, 44, 0]}


@pytest.fixture
def feedback():
    slot = OccurrenceFactory(starts_at=timezone.now() - timedelta(days=30), session__title="Mercury in rice")
    today = timezone.now().date()
    made = Feedback.objects.create(session=slot.session, opened_on=today, answers=44, counts=COUNTS)
    texts = ["=HYPERLINK(1)", "<b>More</b> time", "Less text", "Thanks", "Nothing"]
    FeedbackWords.objects.bulk_create([FeedbackWords(feedback=made, text=text) for text in texts])
    return made


def address(feedback):
    return page("session_feedback", feedback.session_id)


def publish(client, feedback, *texts, **more):
    keys = [feedback.words.get(text=text).key for text in texts]
    version = client.get(address(feedback)).context["version"]
    return client.post(address(feedback), {"version": version, "text": keys} | more, follow=True)


def public_page(client, feedback):
    return client.get(feedback.session.get_absolute_url()).text


def test_page_shows_true_numbers_and_texts_without_markup(admin_client, feedback):
    response = admin_client.get(address(feedback))

    cells = [[row.cell for row in table.rows] for table in response.context["tables"]]
    assert cells == [["22", "14", "6", "2"], ["0", "44", "0"]]
    assert "44 people answered." in response.text
    assert "&lt;b&gt;More&lt;/b&gt; time" in response.text


def test_page_shows_beside_it_what_everybody_would_see(admin_client, feedback):
    public = admin_client.get(address(feedback)).context["public"]

    # All said the same to the other question: of each it would be known.
    assert [(table.name, [row.cell for row in table.rows]) for table in public] == [
        ("useful", ["22", "14", None, None])
    ]


def test_published_numbers_and_chosen_texts_are_on_the_page_of_the_session(admin_client, client, feedback):
    before = public_page(client, feedback)

    response = publish(admin_client, feedback, "<b>More</b> time")

    after = public_page(client, feedback)
    assert said(response) == ["The page of the session shows the numbers and 1 text."]
    assert "What people thought of it" not in before
    assert "44 people answered." in after
    assert ("&lt;b&gt;More&lt;/b&gt; time" in after, "Less text" in after) == (True, False)
    action = StaffAction.objects.get(action="feedback-published")
    assert (action.after, action.about) == ({"texts": 1}, "Mercury in rice")


def test_taken_back_nothing_is_left_and_it_comes_back_with_the_same_numbers(admin_client, client, feedback):
    publish(admin_client, feedback, "Thanks")
    shown = Feedback.objects.get().shown

    publish(admin_client, feedback, take_back="yes")

    assert "What people thought of it" not in public_page(client, feedback)
    assert not FeedbackWords.objects.filter(is_published=True).exists()
    publish(admin_client, feedback)
    assert Feedback.objects.get().shown == shown


def test_two_who_publish_at_once_do_not_undo_each_other(admin_client, feedback):
    version = admin_client.get(address(feedback)).context["version"]
    publish(admin_client, feedback, "Thanks")

    response = admin_client.post(address(feedback), {"version": version}, follow=True)

    assert said(response)[0].startswith("Meanwhile somebody published something else")
    assert FeedbackWords.objects.filter(is_published=True).count() == 1


def test_draft_and_unread_answers_are_not_published(admin_client, feedback):
    Session.objects.update(is_published=False)
    of_draft = said(publish(admin_client, feedback))
    Feedback.objects.update(answers=None)
    unread = said(admin_client.post(address(feedback), {"version": ""}, follow=True))

    assert [of_draft[0][:26], unread[0][:28]] == ["The session is not public:", "The session is not public: i"]
    assert not Feedback.objects.exclude(published_at=None).exists()


def test_texts_can_be_published_where_no_number_is_left(admin_client, client, feedback):
    Feedback.objects.update(counts={"useful": [2, 2, 1, 0]})

    nothing = said(publish(admin_client, feedback))
    before = public_page(client, feedback)
    one = said(publish(admin_client, feedback, "Less text"))
    after = public_page(client, feedback)

    assert nothing == [
        "Nothing was published: small numbers are hidden from others, too little would be left, and no text is ticked."
    ]
    assert one == ["The page of the session shows 1 text and no numbers."]
    assert "What people thought of it" not in before
    assert ("Less text" in after, "people answered" in after) == (True, False)


def test_texts_of_a_draft_cannot_be_ticked(admin_client, feedback):
    assert 'name="text"' in admin_client.get(address(feedback)).text

    Session.objects.update(is_published=False)
    draft = admin_client.get(address(feedback)).text

    assert "Less text" in draft
    assert 'name="text"' not in draft


@pytest.mark.parametrize("version", ["", "\0", "x" * 5000])
def test_forged_forms_do_nothing(admin_client, feedback, version):
    response = admin_client.post(address(feedback), {"version": version, "text": ["\0", "none"]}, follow=True)

    assert response.status_code == 200
    assert not Feedback.objects.exclude(published_at=None).exists()


def test_season_shows_where_each_session_stands_and_their_sum(admin_client, feedback):
    open_one = OccurrenceFactory(session__season=feedback.session.season, starts_at=timezone.now() - timedelta(hours=2))
    seat = RegistrationFactory(occurrence=open_one)
    FeedbackTicket.objects.create(participant=seat.participant, session=seat.session, answered_on=timezone.now().date())

    response = admin_client.get(page("season_feedback", feedback.session.season_id))

    states = [row["state"] for row in response.context["sessions"]]
    assert states[0] == "44 people answered."
    assert states[1].startswith("1 person has answered so far. People can answer until ")
    assert [row.cell for row in response.context["tables"][0].rows] == ["22", "14", "6", "2"]


def test_session_about_which_nobody_answered_leaves_nothing_to_wait_for(admin_client):
    slot = OccurrenceFactory(starts_at=timezone.now() - timedelta(days=30))

    assert "Nobody answered." in admin_client.get(page("session_feedback", slot.session_id)).text


def test_file_has_each_answer_and_computes_nothing(admin_client, feedback):
    response = admin_client.post(page("season_feedback_file", feedback.session.season_id))

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == '"Session";"Question";"Answer";"People"'
    assert lines[1] == '"Mercury in rice";"How useful is the session for your work?";"Very useful";"22"'
    assert sum("'=HYPERLINK" in line for line in lines) == 1
    assert len(lines) == 1 + 4 + 3 + 5
    assert StaffAction.objects.filter(action="exported").count() == 1


def test_officer_reads_and_publishes_nothing_and_viewer_sees_nothing(client, feedback):
    member(client, "Registration officer")
    read = client.get(address(feedback))
    refused = client.post(address(feedback), {"version": read.context["version"]})
    member(client, "Viewer")

    assert (read.status_code, refused.status_code, client.get(address(feedback)).status_code) == (200, 403, 403)
    assert "submit" not in read.text.split('id="content-main"')[1]
    assert (
        page("season_feedback", feedback.session.season_id)
        not in client.get(page("season_change", feedback.session.season_id)).text
    )


def test_today_says_that_it_can_be_read_for_a_week(admin_client, feedback):
    sentence = f"What people said of 1 session of “{feedback.session.season}” can be read now."
    now = admin_client.get("/admin/").text
    Feedback.objects.update(opened_on=timezone.now().date() - timedelta(days=8))

    assert (sentence in now, sentence in admin_client.get("/admin/").text) == (True, False)
