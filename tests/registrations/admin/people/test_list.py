"""The list of people of a season, session or slot: what it says of each, and how filters narrow it together."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.models import Registration
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.signing_up import NOW, register
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db

LIST = "/admin/registrations/registration/"
WAITLISTED = Registration.Status.WAITLISTED


def shown(client, **filters):
    return client.get(LIST, filters).context["cl"].result_list


def names(client, **filters):
    return sorted(each.participant.name for each in shown(client, **filters))


def test_who_waits_has_the_place_and_nobody_else(admin_client):
    slot = OccurrenceFactory(capacity=1)
    for name in ["Seated", "First", "Second"]:
        register(slot, name=name, waits_for={slot.pk})

    text = admin_client.get(LIST, {"session": slot.session_id}).text

    places = {each.participant.name: each.place for each in shown(admin_client)}
    assert places == {"Seated": None, "First": 1, "Second": 2}
    assert text.count("on the waiting list, place 2") == 1


@pytest.mark.parametrize("people", [LIST, "/admin/registrations/participant/"])
def test_mailbox_that_sends_mails_back_is_marked_beside_the_address(admin_client, people):
    slot = OccurrenceFactory()
    for name in ["ana", "ben", "zoe"]:
        RegistrationFactory(occurrence=slot, participant__name=name, participant__email=f"{name}@example.org")
    recording.record("ana@example.org", Verdict.BAD, "5.1.1", "User unknown", now=NOW)
    recording.record("ben@example.org", Verdict.SOFT, "4.2.2", "Full", now=NOW)

    text = admin_client.get(people).text

    assert 'ana@example.org<br><span class="quiet">takes no mail</span>' in text
    assert text.count("takes no mail") == 1


@pytest.mark.parametrize("people", [LIST, "/admin/registrations/participant/"])
def test_marks_of_mailboxes_cost_one_query_for_all_rows(admin_client, people, django_assert_num_queries):
    RegistrationFactory()
    with CaptureQueriesContext(connection) as of_one:
        admin_client.get(people)
    RegistrationFactory.create_batch(2, occurrence=OccurrenceFactory())

    with django_assert_num_queries(len(of_one)):
        admin_client.get(people)


def test_each_row_can_be_chosen_and_says_whose_it_is(admin_client):
    registration = RegistrationFactory(participant__name="Ana <Nani>")

    text = admin_client.get(LIST).text

    box = f'name="_selected_action" value="{registration.pk}" class="action-select"'
    assert f'<input type="checkbox" {box} aria-label="Choose Ana &lt;Nani&gt;' in text


def test_filters_narrow_one_another(admin_client):
    slot = OccurrenceFactory(capacity=1)
    people = {"Kenyan seated": ("404", "party"), "Kenyan waits": ("404", "ngo"), "Swiss waits": ("756", "ngo")}
    for name, (country, group) in people.items():
        register(slot, name=name, country=country, stakeholder=group, waits_for={slot.pk})
    RegistrationFactory(participant__name="Of another season", participant__country="404", status=WAITLISTED)

    of_slot = {"season": slot.session.season_id, "session": slot.session_id, "slot": slot.pk}
    waiting = of_slot | {"status__exact": "waitlisted"}

    assert names(admin_client, **of_slot) == ["Kenyan seated", "Kenyan waits", "Swiss waits"]
    assert names(admin_client, **waiting) == ["Kenyan waits", "Swiss waits"]
    assert names(admin_client, **waiting, region="002") == ["Kenyan waits"]
    assert names(admin_client, **waiting, region="150", country="404") == []
    assert names(admin_client, **of_slot, region="002", participant__stakeholder__exact="party") == ["Kenyan seated"]
    assert names(admin_client, **of_slot, region="002", q="SEATED") == ["Kenyan seated"]


def test_filter_by_agreement_is_in_words(admin_client):
    RegistrationFactory(participant__name="Named", participant__confirmed_at=None)
    RegistrationFactory(participant__name="Agreed", participant__confirmed_at=NOW)

    assert "named by a focal point, has not said yes" in admin_client.get(LIST).text
    assert names(admin_client, participant__confirmed_at__isempty="1") == ["Named"]
    assert names(admin_client, participant__confirmed_at__isempty="0") == ["Agreed"]


@pytest.mark.parametrize("region", ["999", "²", "x' OR 1"])
def test_region_that_is_none_has_nobody(admin_client, region):
    RegistrationFactory(participant__country="404")

    assert names(admin_client, region=region) == []


def test_who_speaks_for_no_country_is_of_no_region(admin_client):
    RegistrationFactory(participant__country="000")

    text = admin_client.get(LIST).text

    assert "International organisation or no country</td>" in text


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ([], "People of all seasons"),
        (["season"], "People of Season 2"),
        (["season", "session"], "People of Mercury"),
        (["season", "session", "slot"], "People of Mercury, Tue 8 Oct 2030"),
    ],
)
def test_title_says_whose_people_they_are(admin_client, chosen, title):
    slot = OccurrenceFactory(session__title="Mercury", session__season__title="Season 2")
    ids = {"season": slot.session.season_id, "session": slot.session_id, "slot": slot.pk}

    page = admin_client.get(LIST, {name: ids[name] for name in chosen})

    assert page.context["title"].startswith(title)


@pytest.mark.parametrize("name", ["season", "session", "slot"])
@pytest.mark.parametrize("value", ["²", "9" * 30, "0", "-1", "77777"])
def test_title_survives_an_address_that_makes_no_sense(admin_client, name, value):
    assert admin_client.get(LIST, {name: value}).context["title"] == "People of all seasons"


def forms_of(slot):
    pages = {"season": slot.session.season_id, "session": slot.session_id, "occurrence": slot.pk}
    return {name: reverse(f"admin:online_sessions_{name}_change", args=[pk]) for name, pk in pages.items()}


def test_season_session_and_slot_lead_to_their_people(admin_client):
    slot = register(OccurrenceFactory(), now=NOW)[0].occurrence
    season, session = f"?season={slot.session.season_id}", f"&amp;session={slot.session_id}"

    pages = {name: admin_client.get(page).text for name, page in forms_of(slot).items()}

    assert f'href="{LIST}{season}"' in pages["season"]
    assert f'href="{LIST}{season}{session}"' in pages["session"]
    assert f'href="{LIST}{season}{session}&amp;slot={slot.pk}"' in pages["session"]
    assert f'href="{LIST}{season}{session}&amp;slot={slot.pk}"' in pages["occurrence"]


def test_staff_who_see_no_people_find_no_link_that_would_refuse_them(client):
    editor = User.objects.create_user("editor", is_staff=True)
    allowed = [f"{action}_{model}" for action in ("view", "change") for model in ("season", "session", "occurrence")]
    editor.user_permissions.set(Permission.objects.filter(codename__in=allowed))
    sign_in(client, editor)
    slot = OccurrenceFactory()

    pages = {name: client.get(page) for name, page in forms_of(slot).items()}

    assert {page.status_code for page in pages.values()} == {200}
    assert [name for name, page in pages.items() if LIST in page.text or "Who is registered:" in page.text] == []
