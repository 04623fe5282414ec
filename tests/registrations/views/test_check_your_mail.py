"""The page after a sign-up shows what was typed, from a cookie of a few minutes, and leads back to correct it."""

import time
from datetime import timedelta

import pytest
from django.core import signing

from registrations.models import Delegation, Participant
from registrations.views.support import typed_form
from sessions.models import Part, Season
from tests.support.registrations.nights import LIMA
from tests.support.registrations.sign_up_form import delegation_of, filled_in

pytestmark = pytest.mark.django_db
AT_NIGHT_WORDS = "For a session at night, the mail says how to change to another time slot or how to get the recording."


class Earlier(signing.TimestampSigner):
    def timestamp(self):
        return signing.b62_encode(int(time.time()) - 16 * 60)


@pytest.fixture
def sent(client, address, slot, late_slot):
    """Call it with changes for the page that the form leads to."""

    def send(**changes):
        return client.post(address, filled_in(client.get(address, {"slot": slot.pk}), **changes), follow=True)

    return send


def test_address_and_sessions_are_shown_as_typed(sent):
    page = sent(email="Amina.o@Example.org")

    assert "We are sending a mail to <bdi>Amina.o@example.org</bdi>." in page.text
    assert "Mercury in rice" in page.text
    assert "10:00–11:00" in page.text
    assert page["Cache-Control"] == "no-store"


def test_cookie_is_short_for_scripts_unreadable_and_for_this_form_alone(client, address, sent):
    sent(access_needs="A sign interpreter")

    cookie = client.cookies["typed"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (900, True, "Lax")
    assert cookie["path"] == address
    assert len(cookie.OutputString()) < 4096


def test_hours_say_in_whose_time_they_are(sent):
    page = sent(timezone="Africa/Nairobi")

    assert "Local time in Nairobi, UTC+3" in page.text


def test_hours_of_no_place_are_called_utc_alone(sent):
    page = sent(timezone="UTC")

    assert "<span>UTC</span>" in page.text
    assert "Local time in" not in page.text


def test_link_to_correct_leads_to_the_address(sent, address):
    page = sent(email="amina@example.con")

    assert f'href="{address}?correct=1#id_email"' in page.text


def test_wrong_address_is_corrected_in_the_form_as_it_was_sent(client, address, slot, sent):
    page = sent(email="amina@example.con", organisation="Ministry & Sons", access_needs="A sign interpreter")
    # What was lost is met first, because an address with an anchor leads past it.
    assert f'href="{address}?correct=1"' in page.text

    form = client.get(address, {"correct": "1"})

    assert "no-store" in form["Cache-Control"]
    assert "interpreter" not in form.text
    assert 'tabindex="-1" autofocus>What would help you to take part was not kept' in form.text
    again = filled_in(form, email="amina@example.com")
    assert again["organisation"] == ["Ministry & Sons"]
    client.post(address, again)
    assert set(Participant.objects.values_list("email", flat=True)) == {"amina@example.con", "amina@example.com"}
    assert set(Participant.objects.values_list("registrations__occurrence", flat=True)) == {slot.pk}


def test_address_that_was_corrected_on_the_way_is_the_one_that_is_shown(client, address, sent):
    review = sent(email="amina@gmial.com")

    page = client.post(address, filled_in(review, meant="amina@gmail.com"), follow=True)

    assert "We are sending a mail to <bdi>amina@gmail.com</bdi>." in page.text
    assert client.get(address, {"correct": "1"}).context["form"]["email"].value() == "amina@gmail.com"


def test_very_long_form_keeps_the_address_alone(client, address, sent):
    page = sent(name="水銀\U00020000" * 60, organisation="".join(map(chr, range(0x4E00, 0x4E00 + 200))))

    assert "amina@example.org" in page.text
    assert len(client.cookies["typed"].OutputString()) < 4096


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "\x00", "a" * 5000])
def test_cookie_that_is_not_ours_shows_the_page_for_everybody(client, address, slot, value):
    client.cookies["typed"] = value

    page = client.get(f"{address}check-your-mail/")

    assert "to the address you gave" in page.text
    assert client.get(address, {"correct": "1"}).status_code == 200


def test_cookie_of_another_version_shows_the_page_for_everybody(client, address, slot):
    client.cookies["typed"] = signing.dumps(["amina@example.org"], salt=typed_form.SALT, compress=True)

    page = client.get(f"{address}check-your-mail/")

    assert "to the address you gave" in page.text
    assert client.get(address, {"correct": "1"}).status_code == 200


def test_after_some_minutes_nothing_is_shown(client, address, sent):
    sent()
    typed = signing.loads(client.cookies["typed"].value, salt=typed_form.SALT)
    client.cookies["typed"] = Earlier(salt=typed_form.SALT).sign_object(typed, compress=True)

    page = client.get(f"{address}check-your-mail/")

    assert "to the address you gave" in page.text


def test_page_of_one_person_is_not_kept_for_another(client, address, slot, sent):
    sent()
    client.cookies.clear()

    assert "amina" not in client.get(f"{address}check-your-mail/").text


# A session at night


def test_way_out_of_a_night_is_told_by_what_was_typed_alone(client, address, at_night):
    client.cookies["zone"] = LIMA.replace("/", "%2F")
    form = filled_in(client.get(address, {"slot": at_night.pk}))

    new = client.post(address, form, follow=True)
    again = client.post(address, form | {"submission": "form-2"}, follow=True)

    assert AT_NIGHT_WORDS in new.text
    assert (Participant.objects.count(), AT_NIGHT_WORDS in again.text) == (1, True)


def test_by_day_the_page_says_nothing_of_nights(sent):
    assert AT_NIGHT_WORDS not in sent().text


# A delegation


def test_page_after_a_delegation_tells_who_finds_the_way_out_of_a_night(client, address, at_night):
    page = client.post(f"{address}delegation/", delegation_of(at_night, timezone=LIMA), follow=True)

    assert "each person can ask for another time slot or for the recording on their own page" in page.text


def test_page_after_a_delegation_shows_the_address_and_leads_back_with_its_people(client, address, slot):
    form = f"{address}delegation/"
    sent = delegation_of(slot, email="point@example.con", access_needs=None)

    page = client.post(form, sent, follow=True)
    again = client.get(form, {"correct": "1"})

    assert "We are sending a mail to <bdi>point@example.con</bdi>. Nobody is signed up yet" in page.text
    assert ("Mercury in rice" in page.text, "10:00–11:00" in page.text) == (True, True)
    assert f'href="{form}?correct=1#id_email"' in page.text
    assert ["no-store" in answer["Cache-Control"] for answer in (page, again)] == [True, True]
    assert ('value="Omar Said"' in again.text, 'value="juma@example.org"' in again.text) == (True, True)
    assert client.cookies["typed_delegation"]["path"] == form
    client.post(form, filled_in(again, email="point@example.com"))
    assert set(Delegation.objects.values_list("email", flat=True)) == {"point@example.con", "point@example.com"}


def test_form_of_a_delegation_does_not_fill_in_that_of_one_person(client, address, slot, sent):
    sent(name="Wanjiru")

    client.post(f"{address}delegation/", delegation_of(slot))

    assert client.get(address, {"correct": "1"}).context["form"]["name"].value() == "Wanjiru"
    assert "to the address you gave" not in client.get(f"{address}check-your-mail/").text


def test_page_after_a_delegation_is_the_same_for_everybody_without_a_cookie(client, address, slot):
    page = client.get(f"{address}delegation/check-your-mail/")

    assert "to the address you gave. Nobody is signed up yet" in page.text
    assert "Correct it" not in page.text


def test_page_after_a_sign_up_in_a_rehearsal_says_that_staff_keep_the_mail(client, address, slot, sent, season):
    Season.objects.update(is_rehearsal=True)

    page = sent(email="amina@example.org")
    again = client.get(page.wsgi_request.path, HTTP_COOKIE="")
    form = f"{address}delegation/"
    delegation = client.post(form, delegation_of(slot, email="point@example.org"), follow=True)

    for each, mailbox in ((page, "amina@example.org"), (delegation, "point@example.org")):
        assert "We have your form" in each.text
        assert f"The mail to <bdi>{mailbox}</bdi> is kept for the staff of the rehearsal." in each.text
    for each in (page, again, delegation):
        untrue = ("sending a mail", "No mail?", "Open the mail", "get a mail")
        assert [words for words in untrue if words in each.text] == []


def test_what_happens_now_is_a_heading_where_something_stands_under_it(sent, season):
    happens_now = "<h2>What happens now</h2>"
    assert happens_now in sent().text

    Season.objects.update(is_rehearsal=True)

    assert happens_now not in sent(email="amina@example.org").text


def test_parts_of_a_slot_say_on_whose_clock_they_are(sent, slot):
    next_day = Part(2, slot.starts_at + timedelta(days=1), slot.ends_at + timedelta(days=1))
    slot.parts = (Part(1, slot.starts_at, slot.ends_at), next_day)
    slot.ends_at = next_day.ends_at
    slot.save()

    assert sent().text.count("Local time in Nairobi, UTC+3") == 2
