"""The page on which staff send the newest mails of chosen registrations again: shown, typed, sent or refused."""

import pytest
from django.contrib.auth.models import Permission, User

from registrations.enrolment import enrolment
from registrations.models import Message, StaffAction
from tests.factories import MessageFactory, OccurrenceFactory, RegistrationFactory
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db

LIST = "/admin/registrations/registration/"
SEND = "/admin/registrations/registration/send-mails/"


@pytest.fixture
def people(smtp_server):
    slot = OccurrenceFactory()
    found = [
        register(slot, name=f"Person {name}", email=f"person-{name}@example.org")[0] for name in ("A", "B", "C", "D")
    ]
    send_waiting_mails()
    return found


def look(client, registrations):
    return client.post(LIST, {"action": "send_again", "_selected_action": [each.pk for each in registrations]})


def confirm(client, registrations, shown, **typed):
    chosen = {"registration": [each.pk for each in registrations], "shown": shown, "confirm": "1"}
    return client.post(SEND, chosen | typed, follow=True)


def sent_again() -> list[str]:
    """To whom, besides the first mails of all."""
    return [mail.recipient for mail in send_waiting_mails()[4:]]


def test_each_mail_is_shown_before_anything_leaves(admin_client, people):
    page = look(admin_client, people)

    assert "4 mails are sent again" in page.text
    assert page.text.count(f"{Message.objects.first().subject}, sent ") == 4
    assert sent_again() == []


def test_they_leave_once_more_on_record(admin_client, people):
    shown = look(admin_client, people).context["shown"]

    answer = confirm(admin_client, people, shown, people="4")

    assert "4 mails are on their way once more, as of now." in answer.text
    assert sorted(sent_again()) == [each.participant.email for each in people]
    assert StaffAction.objects.filter(action="mail-sent-again").count() == 4


def test_wrong_number_sends_nothing_and_asks_again(admin_client, people):
    shown = look(admin_client, people).context["shown"]

    answer = confirm(admin_client, people, shown, people="3")

    assert "Type 4 here to confirm." in answer.text
    assert sent_again() == []


def test_pressed_twice_it_sends_once(admin_client, people):
    shown = look(admin_client, people[:1]).context["shown"]

    confirm(admin_client, people[:1], shown)
    second = confirm(admin_client, people[:1], shown)

    assert "A mail to these people has left or was sent again meanwhile." in second.text
    assert sent_again() == [people[0].participant.email]


def test_who_needs_none_gets_none_and_the_page_says_why(admin_client, people):
    shown = look(admin_client, people[:2]).context["shown"]
    enrolment.cancel(registration_id=people[1].pk, now=people[1].registered_at)

    answer = confirm(admin_client, people[:2], shown)

    assert "1 mail is on its way once more, as of now." in answer.text
    assert "1 mail was not sent again: A mail about this registration is on its way." in answer.text


def test_registration_without_a_mail_says_so_and_there_is_no_button(admin_client):
    page = look(admin_client, [RegistrationFactory()])

    assert "No mail about this registration has left or failed." in page.text
    assert 'name="confirm"' not in page.text


def test_mail_that_failed_is_the_newest_and_says_so(admin_client, people):
    Message.objects.filter(registration=people[0]).update(status="failed", sent_at=None)

    assert f"{Message.objects.first().subject}, failed" in look(admin_client, people[:1]).text


def test_list_of_what_a_person_has_leaves_once(admin_client):
    first = RegistrationFactory()
    second = RegistrationFactory(participant=first.participant)
    MessageFactory(kind="named", participant=first.participant, registration=None, status="sent", sent_at=NOW)

    page = look(admin_client, [first, second])

    assert "1 mail is sent again" in page.text


def test_who_may_not_change_mails_has_no_such_action(client, people):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_registration"))
    sign_in(client, reader)

    assert "Send the newest mail again" not in client.get(LIST).text
    assert confirm(client, people, "").status_code == 403
