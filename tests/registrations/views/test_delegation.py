"""The form of a focal point: twenty lines, errors beside them, and nothing lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Delegation, Message, Participant, Registration
from tests.factories import OccurrenceFactory
from tests.support.registrations.delegations import press
from tests.support.registrations.delegations import words as words_of_mail
from tests.support.registrations.sign_up_form import delegation_of
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(season):
    return OccurrenceFactory(session__season=season, session__title="Mercury in rice")


@pytest.fixture
def address(season):
    return reverse("sign_up:delegation", args=[season.slug])


def sign_everybody_up():
    for asked in Delegation.objects.filter(signed_up_at=None):
        press(asked, now=timezone.now())


def problems(response) -> list[tuple[str, str]]:
    return [(problem.anchor, problem.words) for problem in response.context["page"].problems]


def test_page_begins_with_five_lines_and_is_linked_from_the_sign_up(client, season, address, slot):
    page = client.get(address, {"session": slot.session.slug})

    assert page.status_code == 200
    assert page.text.count('<fieldset class="person">') == 5
    assert page.context["page"].choices[0].is_ticked
    assert f'href="{address}"' in client.get(reverse("sign_up:form", args=[season.slug])).text


def test_form_writes_to_the_focal_point_alone_and_signs_nobody_up(client, address, season, slot):
    answer = client.post(address, delegation_of(slot, takes_part="yes"))

    assert (answer.status_code, answer.url) == (302, f"/sign-up/{season.slug}/delegation/check-your-mail/")
    assert "Nobody is signed up yet" in client.get(answer.url).text
    assert list(Message.objects.values_list("kind", "recipient")) == [("please_confirm", "point@example.org")]
    assert (Participant.objects.count(), Registration.objects.count()) == (0, 0)


def test_mail_has_the_sessions_and_the_link_and_no_name_but_the_focal_point_s(client, address, slot):
    client.post(address, delegation_of(slot))

    for part in ("plain", "html"):
        text = words_of_mail(part)
        assert all(each in text for each in ("Focal Point", "Mercury in rice", Delegation.objects.get().key))
        assert [name in text for name in ("Omar Said", "Juma Kiptoo", "juma@example.org")] == [False] * 3


@pytest.mark.parametrize(("number", "kept"), [(20, 20), (25, 20)])
def test_form_has_room_for_twenty_people(client, address, slot, number, kept):
    people = [(f"Person {'x' * each}", f"person{each}@example.org" if each % 2 else "") for each in range(number)]

    answer = client.post(address, delegation_of(slot, people=people))

    assert (answer.status_code, len(Delegation.objects.get().named)) == (302, kept)


def test_more_lines_keep_everything_that_was_typed(client, address, slot):
    sent = delegation_of(slot, add_lines="1", consent="on", opened="x", email="half@")

    page = client.post(address, sent)

    assert page.status_code == 200
    assert page.text.count('<fieldset class="person">') == 10
    assert all(f'value="{typed_text}"' in page.text for typed_text in ("Omar Said", "juma@example.org", "half@"))
    assert page.context["form"]["takes_part"].value() == "no"
    assert page.context["form"].submission == "form-1"
    assert problems(page) == []
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "lines"), [("5", 10), ("15", 20), ("20", 20), ("9999", 10), ("-1", 10), ("", 10), ("²", 10), ("\0", 10)]
)
def test_number_of_lines_stays_within_bounds(client, address, slot, sent, lines):
    page = client.post(address, delegation_of(slot, lines=sent, add_lines="1"))

    assert page.text.count('<fieldset class="person">') == lines


def test_errors_are_beside_their_lines_and_nothing_is_lost(client, address, slot):
    people = [
        ("Omar Said", ""),
        ("http://evil.example", ""),
        ("", "nobody@example.org"),
        ("omar  SAID", "POINT@example.org"),
        ("Ana", "ana@"),
    ]

    answer = client.post(address, delegation_of(slot, people=people))

    assert answer.status_code == 422
    assert [anchor for anchor, _words in problems(answer)] == [
        *("id_person-1-name", "id_person-2-name", "id_person-3-name", "id_person-4-email"),
    ]
    assert problems(answer)[2][1].startswith("Person 4: This person is in the form already.")
    for anchor, words in problems(answer):
        assert f'id="{anchor}_error">{words.partition(": ")[2]}' in answer.text.replace("&quot;", '"')
    assert all(f'value="{name}"' in answer.text for name in ("Omar Said", "http://evil.example", "ana@"))
    assert (Registration.objects.count(), Message.objects.count()) == (0, 0)


def test_errors_of_the_focal_point_and_of_lines_are_listed_together(client, address, slot):
    answer = client.post(address, delegation_of(slot, people=[("$", "")], email="", consent=None))

    assert [anchor for anchor, _words in problems(answer)] == ["id_email", "id_consent", "id_person-0-name"]


def test_form_without_people_says_so(client, address, slot):
    answer = client.post(address, delegation_of(slot, people=[]))

    assert problems(answer) == [
        ("id_person-0-name", "Person 1: Please name at least one person, or use the form for one person."),
    ]


def test_focal_point_who_takes_part_is_not_named_again(client, address, slot):
    answer = client.post(address, delegation_of(slot, people=[("FOCAL point", "")], takes_part="yes"))

    assert [anchor for anchor, _words in problems(answer)] == ["id_person-0-name"]


def test_form_does_not_tell_how_many_places_are_left(client, address, slot):
    slot.capacity = 1
    slot.save()

    assert client.post(address, delegation_of(slot)).status_code == 302


def test_full_session_offers_no_waiting_list(client, address, season, slot):
    OccurrenceFactory(session__season=season, session__slug="full", capacity=0)

    page = client.get(address)

    assert "waiting list" not in page.text
    assert client.post(address, delegation_of(slot) | {"session": ["full"]}).status_code == 409


def test_button_of_the_time_zone_keeps_the_lines(client, address, slot):
    page = client.post(address, delegation_of(slot, show_times="1", timezone="America/Lima"))

    assert "Times are those of Lima" in page.text
    assert 'value="juma@example.org"' in page.text


def test_same_form_sent_again_and_again_is_one_mail(client, address, slot):
    client.post(address, delegation_of(slot, submission="form-1"))
    sign_everybody_up()
    Message.objects.all().delete()

    answers = [client.post(address, delegation_of(slot, submission="form-2")).status_code for _ in range(10)]

    assert answers == [302] * 10
    assert list(Message.objects.values_list("kind", "recipient")) == [("please_confirm", "point@example.org")]


# Guards


def test_focal_point_s_mailbox_that_has_had_its_mails_gets_no_more(client, address, slot):
    for number in range(4):
        client.post(address, delegation_of(slot, submission=f"form-{number}"))

    answer = client.post(address, delegation_of(slot, submission="form-5"))

    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 3601) == (429, True)
    assert [anchor for anchor, _words in problems(answer)] == ["id_email"]
    assert 'value="Omar Said"' in answer.text
    assert Message.objects.count() == 4


def test_form_is_no_mail_gun_for_those_it_names(client, address, slot):
    for number in range(8):
        people = [(f"Somebody {'y' * number}", "victim@example.org")]
        client.post(address, delegation_of(slot, people=people, email=f"p{number}@example.org", submission=f"{number}"))

    assert Message.objects.filter(recipient="victim@example.org").count() == 0


def test_crowded_mailbox_is_said_at_its_line(client, address, slot):
    people = [(f"Person {'x' * number}", "victim@example.org") for number in range(5)]

    crowded = client.post(address, delegation_of(slot, people=people))

    assert [anchor for anchor, _words in problems(crowded)] == ["id_person-4-email"]


@pytest.mark.parametrize("name", ["Your payment failed please call +1 800 555 0100", "Call 0 8 0 0 now"])
def test_names_are_no_place_for_telephone_numbers(client, address, slot, name):
    answer = client.post(address, delegation_of(slot, name=name, people=[(name, "juma@example.org")]))

    assert [anchor for anchor, _words in problems(answer)] == ["id_name", "id_person-0-name"]
    assert "without a number of four or more digits" in answer.text
    assert Message.objects.count() == 0


def test_people_with_variants_of_one_address_are_counted_together(client, address, slot):
    tagged = [(f"Person {'x' * number}", f"victim+{number}@example.org") for number in range(5)]
    own = [("Omar", "point+omar@example.org"), ("Ana", "point+ana@example.org"), ("Juma", "point+juma@example.org")]

    of_others = client.post(address, delegation_of(slot, people=tagged))
    of_the_point = client.post(address, delegation_of(slot, people=own, takes_part="yes"))

    assert [anchor for anchor, _words in problems(of_others)] == ["id_person-4-email"]
    assert [anchor for anchor, _words in problems(of_the_point)] == ["id_person-2-email"]
    assert Message.objects.count() == 0


def test_robots_are_asked_to_press_again(client, address, slot, settings):
    settings.SIGN_UP_SECONDS = 3

    answer = client.post(address, delegation_of(slot))

    assert (answer.status_code, problems(answer)[0][0]) == (422, "send")
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "field", first_always(["lines", "person-0-name", "session", "person-0-email", "takes_part", "add_lines"], 2)
)
@pytest.mark.parametrize("junk", first_always(["a\x00b", "x" * 100_000, "\ud800", "{{7*7}}"]))
def test_junk_is_no_fault_of_ours(client, address, slot, field, junk):
    sent = delegation_of(slot) | {field: junk.encode("utf-8", "surrogatepass")}

    assert client.post(address, sent).status_code < 500


def test_season_that_is_not_published_has_no_such_page(client, season, address):
    season.is_published = False
    season.save()

    assert client.get(address).status_code == 404


def test_page_asks_the_database_the_same_for_one_session_and_for_three(
    client, address, season, slot, django_assert_num_queries
):
    for number in range(2):
        with django_assert_num_queries(9):
            client.get(address)
        OccurrenceFactory(
            session__season=season,
            starts_at=timezone.now() + timedelta(days=9 + number),
            session__slug=f"more-{number}",
        )


def test_focal_point_is_asked_whether_they_take_part_themselves(client, address, slot):
    assert client.get(address).context["form"]["takes_part"].value() is None

    answer = client.post(address, delegation_of(slot, takes_part=None))

    assert (answer.status_code, problems(answer)) == (
        422,
        [("takes-part", "Please say whether you take part yourself.")],
    )
    assert 'value="Omar Said"' in answer.text
    assert Delegation.objects.count() == 0
