"""Published questions to the speakers in the answer of their session: as staff worded them, without names."""

import pytest
from django.utils import timezone

from registrations.speaker_questions import editing
from sessions import translations
from tests.factories import AskedQuestionFactory, SpeakerQuestionFactory

pytestmark = pytest.mark.django_db
PATHS = ["/api/v1/seasons/autumn/sessions/", "/api/v1/seasons/autumn/sessions/air/"]


def published(slot, **fields):
    ready = {"wording": "How long?", "answered": "written", "published_at": timezone.now()}
    return SpeakerQuestionFactory(session=slot.session, **ready | fields)


def test_session_has_them_in_the_language_asked_for(ask, slot):
    first = published(slot, answer="For *decades*.\n\nSee [the list](https://example.org/).")
    translations.put(first, "wording", "fr", "Combien de temps ?")
    first.save()
    published(slot, wording="Why?", answered="live", asked_in_chat=True)

    session = ask("sessions/air/", lang="fr")

    assert session["questions"] == [
        {
            "question": {"text": "Combien de temps ?", "language": "fr"},
            "answer": {"text": "For decades.\n\nSee the list (https://example.org/).", "language": "en"},
            "answered": "written",
            "asked_in_chat": False,
        },
        {
            "question": {"text": "Why?", "language": "en"},
            "answer": None,
            "answered": "live",
            "asked_in_chat": True,
        },
    ]
    assert ask("sessions/", lang="fr")["items"][0]["questions"] == session["questions"]


@pytest.mark.parametrize(("answer", "answered"), [("Long.", "written"), ("", "live")])
def test_one_that_does_not_say_how_it_was_answered_says_what_its_page_shows(ask, slot, answer, answered):
    published(slot, answer=answer, answered="")

    assert ask("sessions/air/")["questions"][0]["answered"] == answered


@pytest.mark.parametrize("fields", [{"answer": "So."}, {"hidden": "unfit"}, {"answered": "live"}], ids=str)
def test_question_that_is_not_published_changes_no_octet(client, slot, fields):
    before = [client.get(path).content for path in PATHS]

    AskedQuestionFactory(question=SpeakerQuestionFactory(session=slot.session, wording="Why?", **fields))

    assert [client.get(path).content for path in PATHS] == before


def test_none_has_a_name_and_those_of_a_session_by_invitation_are_left_out(client, ask, slot):
    words = {"question__wording": "How long?", "question__answer": "Long."}
    person = {"participant__name": "Wanjiru Kamau", "with_name": True}
    asked = AskedQuestionFactory(question__session=slot.session, **words, **person)
    editing.publish(question_id=asked.question_id, now=timezone.now(), by=None)

    on_page, open_to_all = (client.get(path).text for path in (slot.session.get_absolute_url(), PATHS[1]))
    type(slot.session).objects.update(access="invitation")

    assert "Wanjiru Kamau" in on_page
    assert ("How long?" in open_to_all, "Wanjiru Kamau" in open_to_all) == (True, False)
    assert ask("sessions/air/")["questions"] == []
