"""What staff confirm to many comes back after a sign-in with the number that they typed, and waits for the button."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from registrations.models import Message, Registration
from tests.factories import (
    MaterialFactory,
    MessageFactory,
    NextSeasonSubscriberFactory,
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.support.page_forms import forms_in
from tests.support.registrations.circulars import draft
from tests.support.registrations.removing import take_away
from tests.support.sessions.admin_pages import sent_by
from tests.support.sessions.signed_out import cookie_of, send_without_a_sign_in, without_sign_ins
from tests.support.sessions.uploads import session_over
from tests.support.staff import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
UNKNOWN = "SMTPRecipientsRefused: 550 5.1.1 User unknown"


@pytest.fixture
def anna():
    return User.objects.create_superuser("anna", "anna@example.org", password=PASSWORD)


@pytest.fixture
def desk(client, anna):
    return sign_in(client, anna)


@pytest.fixture
def people():
    """Four in one time slot of a session that has two."""
    slot = OccurrenceFactory()
    later = slot.starts_at + timedelta(days=1)
    OccurrenceFactory(session=slot.session, starts_at=later, ends_at=later + timedelta(hours=1))
    return [RegistrationFactory(occurrence=slot) for _ in range(4)]


def of(name, *rows) -> str:
    return reverse(f"admin:{name}", args=[row.pk for row in rows])


def calling_off(desk, people):
    return desk.get(of("online_sessions_occurrence_call_off", people[0].occurrence))


def moving(desk, people):
    path = of("online_sessions_occurrence_move", people[0].occurrence)
    return desk.post(path, {"day": "2030-10-20", "begins": "15:00", "ends": "16:00"})


def withdrawing(desk, people):
    return desk.get(of("online_sessions_season_withdraw", people[0].session.season))


def sending_a_circular(desk, people):
    return desk.get(
        of("registrations_circular_preview", draft(people[0].session.season, sessions=(people[0].session_id,)))
    )


def announcing(desk, people):
    NextSeasonSubscriberFactory()
    return desk.get(of("online_sessions_season_announce", people[0].session.season))


def telling_of_a_recording(desk, people):
    session = session_over()
    MaterialFactory(session=session, kind="recording", title="Recording", url="https://video.example/1")
    RegistrationFactory.create_batch(4, occurrence=session.occurrences.get(), participant__wants_announcements=True)
    return desk.get(of("online_sessions_session_announce", session))


def giving_back(desk, people):
    return desk.get(of("registrations_seatremoval_change", take_away(*people, words="We need the room.", is_told=True)))


def taking_away(desk, people):
    chosen = {"registration": [each.pk for each in people]}
    page = desk.get(of("registrations_seatremoval_take"), chosen)
    terms = {"reason": "fake", "telling": "silent", "shown": page.context["form"]["shown"].value()}
    return desk.post(of("registrations_seatremoval_take"), chosen | terms)


def moving_people(desk, people):
    other = people[0].session.occurrences.last()
    chosen = {"registration": [each.pk for each in people], "slot": other.pk, "look": "1"}
    return desk.post(of("registrations_registration_move_people"), chosen)


def sending_again(desk, people):
    for each in people:
        MessageFactory(participant=each.participant, registration=each, status="failed", last_error=UNKNOWN)
    return desk.post(of("registrations_registration_send_mails"), {"registration": [each.pk for each in people]})


def inviting(desk, people):
    slot = OccurrenceFactory(session__access="invitation")
    typed = {"people": "Amina Otieno <amina@ministry.example>\nJoe <joe@ministry.example>"}
    return desk.post(of("online_sessions_session_invite", slot.session), typed)


def failing(desk, people):
    for each in people:
        MessageFactory(participant=each.participant, status="failed", last_error=UNKNOWN)
    return desk.post(of("registrations_message_failures"), {"act": "again", "reason": "address"})


def saving_with_effects(desk, people):
    path = of("online_sessions_season_change", people[0].session.season)
    return desk.post(path, sent_by(desk.get(path)) | {"reminder_hours": "none"})


ASKED = [
    *(calling_off, moving, withdrawing, sending_a_circular, announcing, giving_back, taking_away, moving_people),
    telling_of_a_recording,
    *(sending_again, inviting, failing, saving_with_effects),
]


def question_of(page):
    """The form of the page that asks for a number, and the name of its entry."""
    for form in forms_in(page.text, page.request["PATH_INFO"]):
        for name in ("confirm-people", "people"):
            if name in form.typed and form.method == "post":
                return form, name
    raise AssertionError("The page asks for no number.")


@pytest.mark.parametrize("ask", ASKED)
def test_number_is_back_and_the_button_does_it(desk, anna, people, ask):
    cookie = cookie_of(anna)
    form, name = question_of(ask(desk, people))
    typed = form.values | {name: ["2" if ask is inviting else "1" if ask is announcing else "4"], "confirm": ["1"]}
    before = without_sign_ins()

    back = send_without_a_sign_in(anna, cookie, form.action, typed)

    again, _name = question_of(back)
    assert (again.action, again.values[name]) == (form.action, typed[name])
    assert without_sign_ins() == before
    done = sign_in(desk, anna).post(again.action, again.values | {"confirm": "1"})
    assert done.status_code == 302
    assert without_sign_ins() != before


def test_number_that_is_another_one_by_now_is_asked_for_once_more(desk, anna, people):
    form, name = question_of(calling_off(desk, people))
    RegistrationFactory(occurrence=people[0].occurrence)

    back = send_without_a_sign_in(anna, cookie_of(anna), form.action, form.values | {name: ["4"], "confirm": ["1"]})

    again, _name = question_of(back)
    refused = sign_in(desk, anna).post(again.action, again.values | {"confirm": "1"})
    assert "Type 5 here to confirm." in refused.text


@pytest.mark.parametrize(("act", "words"), [("again", "Send these mails again"), ("open", "Not done after all")])
def test_button_beside_a_failure_asks_after_the_sign_in(desk, anna, act, words):
    mail = MessageFactory(status="failed", last_error=UNKNOWN)
    path = of("registrations_message_failures")

    back = send_without_a_sign_in(anna, cookie_of(anna), path, {"act": act, "mail": [mail.pk]})

    mail.refresh_from_db()
    assert mail.status == "failed"
    [form] = [each for each in forms_in(back.text, path) if each.values.get("mail") == [str(mail.pk)]]
    assert (form.values["act"], words in back.text, mail.recipient in back.text) == ([act], True, True)


def test_failure_that_was_to_be_sent_again_is_sent_by_the_button(desk, anna):
    mail = MessageFactory(status="failed", last_error=UNKNOWN)
    path = of("registrations_message_failures")
    back = send_without_a_sign_in(anna, cookie_of(anna), path, {"act": "again", "mail": [mail.pk]})
    [form] = [each for each in forms_in(back.text, path) if "act" in each.values]

    sign_in(desk, anna).post(path, form.values)

    assert Message.objects.get(pk=mail.pk).status == "queued"


def test_merge_is_back_with_what_was_chosen_and_ticked(desk, anna):
    kept = ParticipantFactory(name="Ana Silva", organisation="Ministry", country="BR")
    lost = ParticipantFactory(name="Ana Sylva", organisation="Museum", country="BR", season=kept.season)
    path = f"{of('registrations_participant_merge', kept)}?other={lost.pk}"
    [form] = [each for each in forms_in(desk.get(path).text, path) if "is_one" in each.offered]
    typed = form.values | {"organisation": ["lost"], "is_one": ["on"]}

    back = send_without_a_sign_in(anna, cookie_of(anna), path, typed)

    [again] = [each for each in forms_in(back.text, path) if "is_one" in each.offered]
    assert again.values | {"csrfmiddlewaretoken": []} == typed | {"csrfmiddlewaretoken": []}
    lost.refresh_from_db()
    assert lost.anonymised_at is None
    assert sign_in(desk, anna).post(path, again.values).status_code == 302
    lost.refresh_from_db()
    assert lost.anonymised_at is not None


def test_rows_ticked_in_a_list_are_ticked_again_with_their_action(desk, anna, people):
    path = of("registrations_registration_changelist")
    chosen = [str(each.pk) for each in people[:2]]

    back = send_without_a_sign_in(anna, cookie_of(anna), path, {"action": "move", "_selected_action": chosen})

    [form] = [each for each in forms_in(back.text, path) if "_selected_action" in each.offered]
    assert (sorted(form.values["_selected_action"]), form.values["action"]) == (sorted(chosen), ["move"])
    assert Registration.objects.active().count() == 4
