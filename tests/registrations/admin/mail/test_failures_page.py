"""Mails that did not arrive: by reason and address on the page "Post", sent again, or marked as done."""

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.admin.base import in_geneva
from registrations.admin.mail import failed, failures_page
from registrations.mail import outbox
from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.mail.failures import Reason
from registrations.models import Mailbox, Message
from tests.factories import MessageFactory, OccurrenceFactory, ParticipantFactory
from tests.support.messages import said
from tests.support.page_forms import forms_in
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import register
from tests.support.staff import registration_officer

pytestmark = pytest.mark.django_db
POST, PAGE = "/admin/registrations/message/post/", "/admin/registrations/message/post/failures/"
UNKNOWN, FULL = "SMTPRecipientsRefused: 550 5.1.1 User unknown", "SMTPRecipientsRefused: 452 4.2.2 Full"


def failed_mail(address="ana@example.net", words=UNKNOWN, **more):
    return MessageFactory(status="failed", recipient=address, last_error=words, **more)


def bounced(address, verdict=Verdict.BAD, status="5.1.1", words="User unknown"):
    recording.record(address, verdict, status, words, now=timezone.now())
    return Mailbox.objects.get(address=address)


def statuses() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("status", flat=True))


def test_failures_stand_by_reason_then_by_address_with_their_mailbox_and_people():
    person = ParticipantFactory(email="Ana@example.net")
    mails = [failed_mail("Ana@example.net", participant=person), failed_mail(participant=person)]
    other = failed_mail("joe@example.org", words=FULL, participant=None)
    mailbox = bounced("ana@example.net")
    alone = bounced("zoe@example.org", Verdict.REFUSED, "5.7.1", "Blocked")

    groups = failed.groups()

    assert [(group.reason, group.mails) for group in groups] == [
        (Reason.ADDRESS, 2),
        (Reason.FULL, 1),
        (Reason.REFUSED, 0),
    ]
    found = [[(set(each.mails), each.mailbox, each.people) for each in group.addresses] for group in groups]
    assert found == [
        [({mail.pk for mail in mails}, mailbox.pk, [person])],
        [({other.pk}, None, [])],
        [(set(), alone.pk, [])],
    ]


def test_erased_person_is_not_behind_an_address():
    failed_mail(participant=ParticipantFactory(email="ana@example.net", anonymised_at=timezone.now()))

    [group] = failed.groups()

    assert group.addresses[0].people == []


def test_page_shows_the_latest_addresses_and_says_that_there_are_more(admin_client, monkeypatch):
    monkeypatch.setattr(failed, "ADDRESSES", 2)
    for number in range(3):
        failed_mail(f"ana{number}@example.net")

    page = admin_client.get(POST)

    [group] = page.context["failed"]
    assert (group.mails, len(group.addresses), group.has_more) == (3, 2, True)
    assert "These are the latest." in page.text


def test_row_sends_its_mails_again_and_no_others(admin_client):
    mails = [failed_mail(), failed_mail(), failed_mail("joe@example.org")]

    answer = admin_client.post(PAGE, {"act": "again", "mail": [mail.pk for mail in mails[:2]]})

    assert said(answer) == ["2 mails will be sent again."]
    assert statuses() == ["queued", "queued", "failed"]


def test_done_is_undone_on_the_page_of_what_is_done(admin_client):
    mail, mailbox = failed_mail(), bounced("ana@example.net")
    failures = {"mail": [mail.pk], "mailbox": [mailbox.pk]}

    admin_client.post(PAGE, {"act": "done"} | failures)
    assert failed.groups() == []
    assert "No mail has failed, and no mailbox sends our mails back." in admin_client.get(POST).text
    [entry] = admin_client.get(PAGE).context["settled"]
    assert (entry.mails, entry.mailbox) == ([mail.pk], mailbox.pk)

    admin_client.post(PAGE, {"act": "open"} | failures)
    assert len(failed.groups()) == 1
    assert "Nothing has been marked as done." in admin_client.get(PAGE).text


def test_whole_reason_is_shown_first_and_many_are_confirmed_by_their_number(admin_client):
    mails = [failed_mail(f"ana{number}@example.net") for number in range(4)]
    full = failed_mail("joe@example.org", words=FULL)

    preview = admin_client.post(PAGE, {"act": "again", "reason": "address"})
    assert set(preview.context["chosen"]) == {("mail", mail.pk) for mail in mails}
    assert statuses() == ["failed"] * 5

    sent = {"act": "again", "reason": "address", "mail": [mail.pk for mail in mails], "confirm": "yes"}
    assert "Type 4 here to confirm." in admin_client.post(PAGE, sent | {"people": "5"}).text
    assert statuses() == ["failed"] * 5

    late = failed_mail("late@example.net")
    assert said(admin_client.post(PAGE, sent | {"people": "4"})) == ["4 mails will be sent again."]
    full.refresh_from_db()
    late.refresh_from_db()
    assert (full.status, late.status) == ("failed", "failed")


def test_after_a_bad_night_the_latest_are_done_at_once_and_then_the_others(admin_client):
    Message.objects.bulk_create(
        Message(
            **{"kind": "circular", "status": "failed", "queued_at": timezone.now(), "due_at": timezone.now()},
            **{"recipient": f"{number}@example.net", "message_id": f"<{number}@minamata.test>"},
            **{"dedupe_key": f"{number}", "last_error": UNKNOWN},
        )
        for number in range(1050)
    )
    Mailbox.objects.bulk_create(
        Mailbox(address=f"{number}@example.net", state="bad", last_at=timezone.now(), last_status="5.1.1")
        for number in range(1050)
    )

    preview = admin_client.post(PAGE, {"act": "done", "reason": "address"})
    [form] = [form for form in forms_in(preview.text, PAGE) if "act" in form.values]
    answer = admin_client.post(PAGE, form.values | {"confirm": "yes", "people": str(failures_page.AT_MOST)})

    assert "These are the latest. If there are more, do the same again afterwards." in preview.text
    assert (answer.status_code, Message.objects.settled().count()) == (302, failures_page.AT_MOST)


def test_whole_reason_is_marked_as_done_with_its_mailboxes(admin_client):
    mail, same = failed_mail(), bounced("ana@example.net", Verdict.UNREAD, "", "")
    alone, other = bounced("joe@example.net"), bounced("zoe@example.net", Verdict.REFUSED, "5.7.1")

    preview = admin_client.post(PAGE, {"act": "done", "reason": "address"})
    assert preview.context["what"] == ["1 mail did not arrive.", "2 mailboxes send our mails back."]
    shown = {"mail": [mail.pk], "mailbox": [same.pk, alone.pk]}
    assert set(preview.context["chosen"]) == {(name, pk) for name, pks in shown.items() for pk in pks}

    admin_client.post(PAGE, {"act": "done", "reason": "address", "confirm": "yes"} | shown)

    assert list(Message.objects.settled()) == [mail]
    assert list(Mailbox.objects.to_see_to()) == [other]


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "again"},
        {"act": "done", "mail": ["x", "\u0663", "9" * 30]},
        {"act": "again", "reason": "full"},
        {"act": "again", "reason": "address", "confirm": "yes"},
        {"act": "nothing"},
        {},
    ],
)
def test_what_names_nothing_does_nothing(admin_client, sent):
    failed_mail()

    answer = admin_client.post(PAGE, sent)

    assert (answer.status_code, answer.url) == (302, reverse("admin:registrations_message_post"))
    assert statuses() == ["failed"]
    assert not Message.objects.settled().exists()


def test_what_a_colleague_has_seen_to_meanwhile_is_not_done_twice(admin_client):
    mail = failed_mail()
    outbox.requeue_failed(mails=Message.objects.all(), now=timezone.now())

    answer = admin_client.post(PAGE, {"act": "done", "mail": [mail.pk]})

    assert said(answer) == ["Somebody has seen to these mails meanwhile. Nothing was done."]


@pytest.fixture
def came_back(smtp_server):
    """The confirmation of somebody whose mailbox is full, which is no trouble with the mailbox yet."""
    register(OccurrenceFactory(), email="ana@example.net", now=timezone.now())
    [mail] = send_waiting_mails()
    Message.objects.update(came_back_at=timezone.now(), last_error="552 5.2.2 Mailbox full")
    bounced("ana@example.net", Verdict.SOFT, "5.2.2", "552 5.2.2 Mailbox full")
    return mail


def test_mail_that_came_back_stands_by_its_reason_with_what_came_back(admin_client, came_back):
    page = admin_client.get(POST)

    [group] = page.context["failed"]
    [entry] = group.addresses
    assert (group.reason, entry.mails, entry.people) == (Reason.FULL, [came_back.pk], [came_back.participant])
    [(subject, moment)] = entry.first_subjects
    came_back.refresh_from_db()
    assert (subject, moment) == (came_back.subject, in_geneva(came_back.came_back_at))
    assert f"came back {moment}" in page.text
    assert f"/participant/{came_back.participant.pk}/address/" in page.text


def test_mail_that_came_back_is_sent_again_from_its_row_once(admin_client, came_back):
    act = {"act": "again", "mail": [came_back.pk]}

    assert said(admin_client.post(PAGE, act)) == ["1 mail will be sent again."]
    assert failed.groups() == []
    again = said(admin_client.post(PAGE, act))
    assert again[-1] == "Somebody has seen to these mails meanwhile. Nothing was done."
    assert statuses() == ["sent", "queued"]


def test_mail_that_came_back_is_done_and_not_done_after_all(admin_client, came_back):
    admin_client.post(PAGE, {"act": "done", "mail": [came_back.pk]})
    assert failed.groups() == []
    assert "Everybody was told." in admin_client.get(POST).text

    admin_client.post(PAGE, {"act": "open", "mail": [came_back.pk]})
    assert len(failed.groups()) == 1


def test_mail_that_came_back_and_is_not_sent_again_says_why(admin_client):
    to_nobody = {"kind": "sign_in_code", "participant": None, "recipient": "ana@example.net"}
    code = MessageFactory(status="sent", came_back_at=timezone.now(), **to_nobody)

    [reason] = said(admin_client.post(PAGE, {"act": "again", "mail": [code.pk]}))

    assert reason.startswith("This mail went to a mailbox, not to a person.")


def test_who_may_only_look_sees_no_button_and_does_nothing(client):
    officer = registration_officer(client)
    mail = failed_mail()
    assert "Send again" in officer.get(POST).text
    group = officer.get(POST).context["user"].groups.get()
    group.permissions.remove(*group.permissions.filter(codename="change_message"))

    assert "Send again" not in officer.get(POST).text
    assert officer.post(PAGE, {"act": "again", "mail": [mail.pk]}).status_code == 403
    assert statuses() == ["failed"]
