"""Forms of staff whose sign-in ended while they were typing come back after the next one, and nothing is saved."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registrations.rescheduling import changes
from sessions.models import Session
from sessions.staff import unsent_forms
from tests.factories import OccurrenceFactory, RegistrationFactory, SessionFactory, StreamFactory
from tests.support.sessions.admin_pages import page, sent_by
from tests.support.sessions.uploads import upload
from tests.support.staff import PASSWORD, SECOND_STEP, SECRET, SIGN_IN, code, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    user = User.objects.create_superuser("anna", password=PASSWORD)
    TOTP.activate(user, SECRET)
    return user


@pytest.fixture
def desk(anna):
    return sign_in(Client(), anna)


def end_the_sign_in():
    BrowserSession.objects.all().delete()


def sign_in_again(client, response, name="anna"):
    """By password and second factor, from where the answer leads; gives the page that follows."""
    sign_in = client.get(response.url, follow=True)
    then = sign_in.context["redirect_field_value"]
    client.post(SIGN_IN, {"login": name, "password": PASSWORD, "next": then})
    return client.post(SECOND_STEP, {"code": code()}, follow=True)


def test_form_is_back_after_the_sign_in_and_is_saved_by_the_button_only(desk):
    session = SessionFactory()
    address = page("session_change", session.pk)
    typed = sent_by(desk.get(address)) | {"summary": "An hour of work", "new_slots-0-day": "2030-10-0"}
    end_the_sign_in()

    back = sign_in_again(desk, desk.post(address, typed | {"new_slots-TOTAL_FORMS": 1}))

    assert back.request["PATH_INFO"] == address
    assert "Your form is back" in back.content.decode()
    again = sent_by(back)
    assert (again["summary"], again["new_slots-0-day"]) == ("An hour of work", "2030-10-0")
    session.refresh_from_db()
    assert session.summary == ""
    desk.post(address, again | {"new_slots-TOTAL_FORMS": 0})
    session.refresh_from_db()
    assert session.summary == "An hour of work"
    assert "Your form is back" not in desk.get(address).content.decode()


def test_page_of_the_sign_in_says_that_the_form_is_kept(desk):
    address, words = page("session_change", SessionFactory().pk), "What you typed is kept"
    typed = sent_by(desk.get(address))
    end_the_sign_in()
    before = desk.get(SIGN_IN).content.decode()

    after = desk.post(address, typed, follow=True).content.decode()

    assert (words in before, words in after) == (False, True)


def test_new_session_is_back_too(desk):
    stream = StreamFactory()
    address = f"{page('session_add')}?season={stream.season_id}"
    typed = sent_by(desk.get(address)) | {"title": "New", "slug": "new", "stream": stream.pk}
    end_the_sign_in()

    back = sign_in_again(desk, desk.post(address, typed))

    assert sent_by(back)["title"] == "New"
    assert not Session.objects.exists()
    desk.post(address, sent_by(back))
    assert Session.objects.get().title == "New"


def test_what_a_colleague_saved_during_the_sign_in_is_asked_for(desk, admin_client):
    session = SessionFactory()
    address = page("session_change", session.pk)
    typed = sent_by(desk.get(address)) | {"title": "Of Anna"}
    admin_client.post(address, sent_by(admin_client.get(address)) | {"title": "Of a colleague"})
    end_the_sign_in()

    back = sign_in_again(desk, desk.post(address, typed))

    [question] = back.context["questions"]
    assert (question.theirs, question.mine) == ("Of a colleague", "Of Anna")


def test_reloading_keeps_it_and_discarding_drops_it(desk):
    slot = OccurrenceFactory(capacity=9)
    address = page("occurrence_change", slot.pk)
    typed = sent_by(desk.get(address)) | {"capacity": "7"}
    end_the_sign_in()
    sign_in_again(desk, desk.post(address, typed))

    assert sent_by(desk.get(address))["capacity"] == "7"
    after = desk.get(address, {"discard": "yes"}, follow=True)

    assert sent_by(after)["capacity"] == 9


def test_nobody_else_gets_to_see_it(desk):
    session = SessionFactory()
    address = page("session_change", session.pk)
    typed = sent_by(desk.get(address)) | {"summary": "Of Anna alone"}
    ben = User.objects.create_superuser("ben", password=PASSWORD)
    TOTP.activate(ben, SECRET)
    end_the_sign_in()

    back = sign_in_again(desk, desk.post(address, typed), name="ben")

    assert back.request["PATH_INFO"] == address
    assert "Of Anna alone" not in back.content.decode()


def test_chosen_file_is_named_to_be_chosen_again(desk):
    session = SessionFactory()
    address = page("session_change", session.pk)
    new = {"materials-TOTAL_FORMS": 1, "materials-0-title": "Slides", "materials-0-file": upload("slides.pdf")}
    typed = sent_by(desk.get(address)) | new
    end_the_sign_in()

    back = sign_in_again(desk, desk.post(address, typed))

    assert "Please choose this file again" in back.text
    assert back.context["unsent"].files == ["slides.pdf"]


@pytest.mark.parametrize("cookie", ["", "forged:1abc:xyz"])
def test_forms_of_strangers_are_not_even_read(client, cookie):
    client.cookies[unsent_forms.COOKIE] = cookie

    answer = client.post(page("session_add"), {"title": "x" * 1000})

    assert answer.url.startswith("/admin/login/")
    assert not BrowserSession.objects.exists()


def test_forms_of_who_was_removed_from_the_staff_are_not_read_either(desk, anna):
    address = page("session_change", SessionFactory().pk)
    typed = sent_by(desk.get(address)) | {"title": "Of somebody who left"}
    User.objects.filter(pk=anna.pk).update(is_active=False)
    end_the_sign_in()

    answer = desk.post(address, typed)

    assert answer.url.startswith("/admin/login/")
    assert not BrowserSession.objects.exists()


def test_form_of_a_window_from_before_the_sign_in_is_back(anna):
    client = sign_in(Client(enforce_csrf_checks=True), anna)
    session = SessionFactory()
    address = page("session_change", session.pk)
    typed = sent_by(client.get(address)) | {"title": "Of the old window", "csrfmiddlewaretoken": "a" * 64}

    back = client.post(address, typed, follow=True, headers={"origin": "http://testserver"})

    assert back.redirect_chain == [(address, 302)]
    assert sent_by(back)["title"] == "Of the old window"
    session.refresh_from_db()
    assert session.title != "Of the old window"


def test_form_that_another_site_sends_stays_refused(anna):
    client = sign_in(Client(enforce_csrf_checks=True), anna)
    address = page("session_change", SessionFactory().pk)

    client.get(address)

    answer = client.post(address, {"title": "Of somebody else"}, headers={"origin": "https://evil.example"})

    assert answer.status_code == 403
    assert "Of somebody else" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("occurrence_call_off", {"why": "The speaker is ill", "people": "0"}),
        ("occurrence_move", {"day": "2030-10-09", "begins": "15:00", "ends": "16:00"}),
        ("occurrence_move", {"day": "2030-10-09", "begins": "15:00", "ends": "16:00", "why": "Ill", "confirm": "yes"}),
    ],
)
def test_pages_that_change_a_slot_are_filled_again_and_do_nothing(desk, name, typed):
    slot = OccurrenceFactory()
    address = page(name, slot.pk)
    desk.get(address)
    end_the_sign_in()

    back = sign_in_again(desk, desk.post(address, {"sequence": "0", "shown": "0"} | typed))

    shown = back.content.decode()
    assert all(text in shown for name, text in typed.items() if name in ("why", "day", "begins"))
    before = slot.starts_at
    slot.refresh_from_db()
    assert (slot.starts_at, slot.is_called_off) == (before, False)


def test_pasted_list_of_guests_is_back(desk):
    slot = OccurrenceFactory(session__access="invitation")
    address = page("session_invite", slot.session_id)
    desk.get(address)
    end_the_sign_in()

    back = sign_in_again(desk, desk.post(address, {"people": "Amina Otieno <amina@ministry.example>"}))

    assert "Amina Otieno &lt;amina@ministry.example&gt;" in back.content.decode()


def test_reason_for_taking_back_is_back(desk):
    slot = RegistrationFactory().occurrence
    change = changes.call_off(occurrence_id=slot.pk, now=timezone.now())
    address = reverse("admin:registrations_slotchange_take_back", args=[change.pk])
    assert desk.get(address).status_code == 200
    end_the_sign_in()

    back = sign_in_again(desk, desk.post(address, {"why": "It was the other slot"}))

    assert "It was the other slot" in back.content.decode()
    slot.refresh_from_db()
    assert slot.is_called_off


@pytest.mark.parametrize(
    ("name", "of", "typed"),
    [
        ("auth_user_add", None, {"name": "claire.dubois", "email": "claire@example.org", "role": "Viewer"}),
        ("auth_user_change", "user", {"email": "claire@example.org", "role": "Viewer"}),
        (
            "registrations_participant_address",
            "participant",
            {"email": "right@example.org", "shown": "wrong@example.org"},
        ),
        ("registrations_participant_name", "participant", {"name": "The Right Name", "shown": "Wrong"}),
        ("registrations_occurrence_telephone", "occurrence", {"name": "Zoe Calls", "access_needs": "Captions"}),
    ],
)
def test_pages_about_people_are_filled_again(desk, anna, name, of, typed):
    registration = RegistrationFactory()
    rows = {"user": anna, "participant": registration.participant, "occurrence": registration.occurrence}
    address = reverse(f"admin:{name}", args=[rows[of].pk] if of else [])
    desk.get(address)
    end_the_sign_in()

    back = sign_in_again(desk, desk.post(address, typed))

    form = back.context["form"]
    assert {name: form[name].value() for name in typed} == typed


@pytest.mark.parametrize(
    ("action", "name", "typed"),
    [
        ("take_away", "seatremoval_take", {"reason": "other", "telling": "told", "words": "We need the room."}),
        ("move", "registration_move_people", {}),
    ],
)
def test_people_who_were_ticked_are_still_chosen(desk, action, name, typed):
    slot = OccurrenceFactory()
    later = slot.starts_at + timedelta(days=1)
    other = OccurrenceFactory(session=slot.session, starts_at=later, ends_at=later + timedelta(hours=1))
    registration = RegistrationFactory(occurrence=slot)
    typed = typed or {"slot": str(other.pk)}
    desk.post(
        reverse("admin:registrations_registration_changelist"),
        {"action": action, "_selected_action": [registration.pk]},
    )
    end_the_sign_in()
    sent = typed | {"registration": [registration.pk], "look": "1", "shown": "x"}

    back = sign_in_again(desk, desk.post(reverse(f"admin:registrations_{name}"), sent))

    form = back.context["form"]
    assert {name: str(form[name].value()) for name in typed} == typed
    assert f'name="registration" value="{registration.pk}"' in back.text
    registration.refresh_from_db()
    assert (registration.is_confirmed, registration.occurrence) == (True, slot)
