"""Changes of time slots in the admin: how far their mails have come."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import OccurrenceFactory
from tests.support.registrations.changes import HOUR, move, page, set_states, slot_with_people
from tests.support.registrations.mail_run import send_waiting_mails

pytestmark = pytest.mark.django_db

REFRESH = '<meta http-equiv="refresh" content="5">'


def progress_in_list(client):
    [change] = client.get(page("slotchange_changelist")).context["cl"].result_list
    return change.progress.in_words(timezone.now())


def page_of(client, change):
    return client.get(page("slotchange_change", change.pk))


def test_waiting_change_says_until_when(admin_client):
    change = move(slot_with_people())
    season = change.occurrence.session.season

    words = progress_in_list(admin_client)

    assert words == f"waiting until {change.mails_leave_at.astimezone(season.zone):%H:%M} (Geneva)"


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ({"sent": 1, "queued": 2}, "sending: 1 of 3"),
        ({"sent": 1, "failed": 1, "sending": 1}, "sending: 2 of 3"),
        ({"sent": 3}, "done: 3 sent"),
        ({"sent": 1, "failed": 1, "dropped": 1}, "done: 1 sent, 1 failed, 1 not needed any more"),
    ],
)
def test_progress_in_words_once_the_mails_leave(admin_client, states, words):
    slot = slot_with_people(3)
    change = move(slot, now=timezone.now() - HOUR)
    set_states(change, **states)

    assert progress_in_list(admin_client) == words


def test_change_that_nobody_had_to_hear_of_says_so(admin_client):
    move(OccurrenceFactory())

    assert progress_in_list(admin_client) == "nobody to tell"


def test_list_begins_with_the_newest(admin_client):
    slot = slot_with_people()
    first, second = move(slot, now=timezone.now() - HOUR), move(slot)

    rows = admin_client.get(page("slotchange_changelist")).context["cl"].result_list

    assert rows == [second, first]


def test_list_has_one_number_of_queries(admin_client, django_assert_max_num_queries):
    counts = []

    for more in (1, 2):
        for _change in range(more):
            move(slot_with_people(more))
        with django_assert_max_num_queries(14) as captured:
            admin_client.get(page("slotchange_changelist"))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_page_of_a_change_has_one_number_of_queries(admin_client, django_assert_max_num_queries):
    counts = []

    for people in (1, 3):
        change = move(slot_with_people(people))
        with django_assert_max_num_queries(14) as captured:
            page_of(admin_client, change)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_page_shows_both_times_and_the_mails_by_state(admin_client):
    slot = slot_with_people(3)
    change = move(slot, now=timezone.now() - HOUR)
    set_states(change, sent=1, failed=1, queued=1)

    response = page_of(admin_client, change)

    shown = response.content.decode()
    assert [
        line.split(",")[1].strip().split(" ")[0]
        for line in (response.context["before"][0], response.context["after"][0])
    ] == [
        "09:00–10:00",
        "10:00–11:00",
    ]
    assert response.context["progress"].rows == [
        ("Waiting", "1"),
        ("Being sent", "0"),
        ("Sent", "1"),
        ("Failed", "1"),
        ("Not needed any more", "0"),
    ]
    assert '<progress max="3" value="2"' in shown
    assert f'href="{page("message_changelist")}?change={change.pk}"' in shown


def test_page_loads_again_by_itself_while_mails_have_not_left_and_no_longer(admin_client):
    change = move(slot_with_people())
    waiting = page_of(admin_client, change).content.decode()
    send_waiting_mails()

    done = page_of(admin_client, change).content.decode()

    assert (REFRESH in waiting, REFRESH in done) == (True, False)
    assert "every 5 seconds" in waiting
    assert "every 5 seconds" not in done


def test_page_stays_still_for_who_wants_it(admin_client):
    change = move(slot_with_people())

    shown = admin_client.get(f"{page('slotchange_change', change.pk)}?still").content.decode()

    assert REFRESH not in shown
    assert "Load it again every 5 seconds" in shown


def test_page_of_a_change_offers_what_can_be_done_and_nothing_else(admin_client):
    change = move(slot_with_people())
    buttons = [page("slotchange_send_now", change.pk), page("slotchange_take_back", change.pk)]

    waiting = page_of(admin_client, change).content.decode()
    send_waiting_mails()
    done = page_of(admin_client, change).content.decode()

    assert [button in waiting for button in buttons] == [True, True]
    assert [button in done for button in buttons] == [False, False]


@pytest.mark.parametrize("pk", ["9" * 30, "0", "a\0b", "\N{SUPERSCRIPT TWO}"])
@pytest.mark.parametrize("name", ["", "take-back/", "send-now/", "change/"])
def test_address_that_makes_no_sense_is_no_fault_of_ours(admin_client, pk, name):
    answer = admin_client.post(f"{page('slotchange_changelist')}{pk}/{name}")

    assert answer.status_code in (302, 404, 405)


def test_nothing_is_added_or_deleted_here(admin_client):
    change = move(slot_with_people())

    answers = [admin_client.post(url) for url in (page("slotchange_add"), page("slotchange_delete", change.pk))]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_mail_list_is_narrowed_to_one_change_and_names_what_has_no_subject_yet(admin_client):
    change = move(slot_with_people(1))
    other = move(slot_with_people(1))

    response = admin_client.get(page("message_changelist"), {"change": change.pk})

    [mail] = response.context["cl"].result_list
    assert (mail.change, mail.subject) == (change, "")
    shown = response.content.decode()
    assert "[time slot moved]" in shown
    assert other.occurrence.session.title not in shown
    assert "By change of a time slot" in shown


def test_form_of_a_session_leads_to_its_own_changes(admin_client):
    change = move(slot_with_people(1))
    session = change.occurrence.session
    namesake = slot_with_people(1)
    type(session).objects.filter(pk=namesake.session_id).update(title=session.title)
    move(namesake)

    form = admin_client.get(reverse("admin:online_sessions_session_change", args=[session.pk])).text

    address = f"{page('slotchange_changelist')}?session={session.pk}"
    assert f'<a href="{address}">What was changed, and the mails of that</a>' in form
    assert list(admin_client.get(address).context["cl"].result_list) == [change]


@pytest.mark.parametrize("junk", ["\N{SUPERSCRIPT TWO}", "9" * 30, ""])
def test_mail_list_survives_a_change_that_makes_no_sense(admin_client, junk):
    move(slot_with_people(1))

    assert admin_client.get(page("message_changelist"), {"change": junk}).status_code == 200


def test_dropped_mail_says_why(admin_client):
    slot = slot_with_people(1)
    mail = move(slot).messages.get()
    move(slot)

    shown = admin_client.get(page("message_change", mail.pk)).content.decode()

    assert "dropped" in shown
    assert "Superseded by a later change of the time slot." in shown
    assert "[time slot moved]" in shown
