"""The page of people who were moved, and the page that takes it back: what they show, ask for and refuse."""

import pytest
from django.utils import timezone

from registrations.admin.base import slot_time
from registrations.enrolment import enrolment
from registrations.models import Message, Registration
from sessions.clocks import dates
from sessions.models import Occurrence
from tests.support.messages import said
from tests.support.registrations.transferring import move, sign_up, two_slots

pytestmark = pytest.mark.django_db
NAMES = ["Ana", "Ben", "Cleo", "Dan"]


def page_of(transfer, end="change/"):
    return f"/admin/registrations/transfer/{transfer.pk}/{end}"


def moved(*names, **capacities):
    here, there = two_slots(**capacities)
    people = sign_up(here, *names)
    return move(people, there, now=timezone.now()), people, here


def look(client, transfer):
    return client.get(page_of(transfer, "take-back/"))


def confirm(client, transfer, shown=None, **typed):
    shown = shown or look(client, transfer).context["outlook"].fingerprint
    return client.post(page_of(transfer, "take-back/"), {"confirm": "1", "shown": shown} | typed)


def slots_of(people):
    return set(Registration.objects.filter(pk__in=[each.pk for each in people]).values_list("occurrence", flat=True))


def test_page_shows_who_was_moved_and_how_far_the_mails_have_come(admin_client):
    transfer, _people, _here = moved("Ana", "Ben")

    page = admin_client.get(page_of(transfer))

    assert [(each["name"].name, each["state"]) for each in page.context["rows"]] == [
        ("Ana", "confirmed"),
        ("Ben", "confirmed"),
    ]
    assert "Until then these people do not hear of the move." in page.text
    assert f'href="{page_of(transfer, "take-back/")}"' in page.text
    assert f'href="/admin/registrations/message/?transfer={transfer.pk}"' in page.text


def test_page_of_the_registration_says_when_and_from_where_and_leads_there(admin_client):
    transfer, [person], here = moved("Ana")

    shown = admin_client.get(f"/admin/registrations/registration/{person.pk}/change/").text

    assert f'<a href="{page_of(transfer)}">{dates.in_geneva(transfer.made_at)}</a>: from {slot_time(here)}' in shown


def test_list_shows_how_far_the_mails_have_come_in_as_many_queries_for_three_as_for_one(
    admin_client, django_assert_max_num_queries
):
    sent, _people, _here = moved("Ana")
    Message.objects.filter(transfer=sent).update(status="sent", attempts=1)
    admin_client.get("/admin/registrations/transfer/")
    with django_assert_max_num_queries(20) as first:
        one = admin_client.get("/admin/registrations/transfer/")
    for name in NAMES[1:3]:
        moved(name)

    with django_assert_max_num_queries(len(first)):
        page = admin_client.get("/admin/registrations/transfer/")

    assert "done: 1 sent" in one.text
    assert page.text.count("waiting until") == 2


def test_what_becomes_of_each_is_said_before(admin_client):
    here, there = two_slots(first=2)
    ana, ben = sign_up(here, *NAMES[:2])
    sign_up(here, "Cleo")
    transfer = move([ana, ben], there, now=timezone.now())

    page = look(admin_client, transfer)

    assert page.context["effects"] == [
        "1 person has the seat again that they had before.",
        "1 person stays as they are; the reason is in the table.",
        "1 person who goes back has not heard of the move, and gets no mail about it.",
    ]
    then = {each["name"].name: (each["then"], each["mail"]) for each in page.context["rows"]}
    assert then["Ben"] == ("Stays here: no seat is free in the time slot before.", "no change")
    assert then["Ana"][0].startswith("Back to ")
    assert slots_of([ana, ben]) == {there.pk}


def test_many_go_back_once_their_number_is_typed(admin_client):
    transfer, people, here = moved(*NAMES)

    wrong = confirm(admin_client, transfer, people="3")
    assert "Type 4 here to confirm" in wrong.text
    assert slots_of(people) == {transfer.occurrence_id}

    done = confirm(admin_client, transfer, people="4")
    page = admin_client.get(done.url)
    assert slots_of(people) == {here.pk}
    assert done.url == page_of(transfer)
    assert said(done) == ["4 people are back."]
    assert "Taken back" in page.text
    assert "take-back/" not in page.text


def test_of_a_few_no_number_is_asked(admin_client):
    transfer, people, here = moved("Ana")

    confirm(admin_client, transfer)

    assert slots_of(people) == {here.pk}


def test_changed_meanwhile_is_said_and_shown_anew(admin_client):
    transfer, people, _here = moved("Ana", "Ben")
    shown = look(admin_client, transfer).context["outlook"].fingerprint
    enrolment.cancel(registration_id=people[0].pk, now=timezone.now())

    page = confirm(admin_client, transfer, shown=shown)

    assert "has changed meanwhile. Nothing was changed." in page.text
    assert "Has cancelled, or their details were erased." in page.text
    assert slots_of(people) == {transfer.occurrence_id}


def test_where_nobody_can_go_back_there_is_no_button(admin_client):
    transfer, people, here = moved("Ana")
    Occurrence.objects.filter(pk=here.pk).update(called_off_at=timezone.now())

    page = look(admin_client, transfer)
    sent = confirm(admin_client, transfer)

    assert "Nobody can go back." in page.text
    assert 'name="shown"' not in page.text
    assert sent.status_code == 200
    assert slots_of(people) == {transfer.occurrence_id}


def test_taken_back_already_leads_to_its_page(admin_client):
    transfer, _people, _here = moved("Ana")
    confirm(admin_client, transfer)

    again = look(admin_client, transfer)

    assert "This move was taken back already." in said(again)
    assert again.url == page_of(transfer)


def test_slot_that_was_deleted_is_said(admin_client):
    transfer, _people, here = moved("Ana")
    here.delete()

    assert "a time slot that was deleted" in admin_client.get(page_of(transfer)).text
    assert "the time slot before was deleted" in look(admin_client, transfer).text


def test_page_of_a_registration_leads_to_the_move(admin_client):
    transfer, [ana], _here = moved("Ana")

    page = admin_client.get(f"/admin/registrations/registration/{ana.pk}/change/")

    assert f'href="{page_of(transfer)}"' in page.text
