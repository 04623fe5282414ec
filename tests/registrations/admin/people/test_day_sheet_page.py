"""The host's sheet about a time slot: true numbers, names only by a button that is on record."""

from datetime import timedelta

import pytest
from django.urls import reverse

from registrations.models import StaffAction
from registrations.presenters.staff import day_sheet
from registrations.presenters.staff.day_sheet import Count
from tests.factories import OccurrenceFactory, RegistrationFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(session__title="Mercury in rice")


def somebody(slot, **person):
    state = person.pop("status", "confirmed")
    details = {f"participant__{name}": value for name, value in person.items()}
    return RegistrationFactory(occurrence=slot, status=state, **details).participant


def page(slot, query=""):
    return reverse("admin:registrations_occurrence_day_sheet", args=[slot.pk]) + query


def sheet(client, slot):
    return client.get(page(slot)).context["sheets"][0]["of"]


def test_sheet_counts_those_who_have_a_place(admin_client, slot):
    details = [("404", "ngo", "fr"), ("404", "party", "en"), ("756", "ngo", "en"), ("000", "", "")]
    for country, group, language in details:
        somebody(slot, country=country, stakeholder=group, language=language)
    somebody(slot, country="250", status="waitlisted")
    somebody(slot, country="250", status="cancelled")
    somebody(slot, country="250", confirmed_at=None)
    SpeakerFactory(session=slot.session, name="Ana Silva")

    found = sheet(admin_client, slot)

    assert (found.number, found.number_of_countries, found.panel) == (4, 2, ["Ana Silva (Panel)"])
    nowhere = "International organisation or no country"
    assert found.countries == [Count("Kenya", 2), Count(nowhere, 1), Count("Switzerland", 1)]
    assert found.regions == [Count("Africa", 2), Count("Europe", 1), Count("no region", 1)]
    assert found.groups == [
        Count("Non-governmental organisation", 2),
        Count("Government of a Party", 1),
        Count("not said", 1),
    ]
    assert found.languages == [Count("English", 2), Count("French", 1), Count("not known", 1)]


def test_names_and_needs_are_on_it_once_the_button_is_pressed_and_that_is_on_record(admin_client, admin_user, slot):
    somebody(slot, name="Amina Otieno", organisation="UNEP", country="404", access_needs="Captions")
    somebody(slot, name="Juma Kiptoo", access_needs=" ")

    before = admin_client.get(page(slot)).text
    assert not StaffAction.objects.exists()
    after = admin_client.post(page(slot))

    assert [words for words in ("Amina", "Captions", "UNEP") if words in before] == []
    assert "1 person needs something" in before
    [shown] = after.context["sheets"]
    assert [(each.name, each.about) for each in shown["of"].people] == [
        ("Amina Otieno", "UNEP · Kenya"),
        ("Juma Kiptoo", ""),
    ]
    assert [(each.name, each.access_needs) for each in shown["of"].with_needs] == [("Amina Otieno", "Captions")]
    noted = StaffAction.objects.get()
    about = (noted.action, noted.made_by, noted.object_id, noted.after)
    assert about == ("day-sheet-with-names", admin_user, slot.pk, {"people": 2})
    assert "no-store" in after["Cache-Control"]


def test_many_names_follow_on_sheets_of_their_own_and_the_button_says_how_many(admin_client, slot, monkeypatch):
    monkeypatch.setattr(day_sheet, "MOST_NAMES", 2)
    monkeypatch.setattr(day_sheet, "NAMES_A_SHEET", 2)
    for name in ("Amina Otieno", "Juma Kiptoo"):
        somebody(slot, name=name)
    assert admin_client.get(page(slot)).context["button"].endswith("2 people on 1 sheet")

    somebody(slot, name="Zoe Wanjiru", access_needs="Captions")
    assert admin_client.get(page(slot)).context["button"].endswith("3 people on 3 sheets")
    shown = admin_client.post(page(slot))

    [sheet] = shown.context["sheets"]
    names = [[person.name for person in people] for people in sheet["of"].more_sheets]
    assert (names, sheet["of"].people) == ([["Amina Otieno", "Juma Kiptoo"], ["Zoe Wanjiru"]], [])
    assert shown.text.count('class="day-sheet"') == 3
    assert "Captions" in shown.text


def test_countries_that_do_not_fit_are_counted_together(admin_client, slot, monkeypatch):
    monkeypatch.setattr(day_sheet, "MOST_COUNTRIES", 1)
    for country in ("404", "404", "756", "250"):
        somebody(slot, country=country)

    found = sheet(admin_client, slot)

    assert (found.countries, found.others, found.number_of_countries) == ([Count("Kenya", 2)], 2, 3)


def test_day_has_a_sheet_for_each_of_its_slots(admin_client, slot):
    later = OccurrenceFactory(session__season=slot.session.season, starts_at=slot.starts_at + timedelta(hours=6))
    OccurrenceFactory(session__season=slot.session.season, starts_at=slot.starts_at + timedelta(days=1))
    OccurrenceFactory(starts_at=slot.starts_at)
    for each in (slot, later):
        somebody(each, name="Amina Otieno")

    shown = admin_client.get(page(slot, "?day")).context["sheets"]
    admin_client.post(page(slot, "?day"))

    assert [each["of"].slot for each in shown] == [slot, later]
    assert list(StaffAction.objects.order_by("pk").values_list("object_id", flat=True)) == [slot.pk, later.pk]


def test_empty_slot_says_so(admin_client, slot):
    shown = admin_client.get(page(slot)).text

    assert "Nobody has a place yet." in shown
    assert "Nobody has said that they need anything." in shown


def test_form_of_the_slot_leads_to_it(admin_client, slot):
    shown = admin_client.get(reverse("admin:online_sessions_occurrence_change", args=[slot.pk])).text

    assert f'href="{page(slot)}"' in shown


def test_number_of_queries_is_the_same_for_one_person_and_for_three(admin_client, slot, django_assert_max_num_queries):
    counts = []
    for _more in range(2):
        somebody(slot, access_needs="Captions")
        with django_assert_max_num_queries(12) as captured:
            admin_client.get(page(slot))
        counts.append(len(captured))
        somebody(slot)

    assert counts[0] == counts[1]
