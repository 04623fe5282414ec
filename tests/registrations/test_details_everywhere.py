"""Whoever adds a detail that people tell us decides here where it is asked for, shown, copied and left out."""

import re
from dataclasses import fields

import pytest
from django.urls import reverse

from registrations.admin.people import merge_page, telephone_form
from registrations.corrections import merge_plan
from registrations.enrolment.applicant import Details
from registrations.forms.person import PersonForm
from registrations.views.support import typed_form
from tests.factories import OccurrenceFactory, ParticipantFactory

pytestmark = pytest.mark.django_db

DETAILS = {field.name for field in fields(Details)}
# For a quarter of an hour in a signed cookie of the browser in which somebody typed it, for the page after the form.
IN_THE_COOKIE = {"name", "organisation", "country", "stakeholder", "language", "timezone"}
# In "Your details" of My season, with a word of the value by which it is found there.
ON_MY_SEASON = {"name": "Zoe", "organisation": "Ministry", "country": "Kenya", "timezone": "Nairobi"}
NOT_ON_MY_SEASON = {
    "stakeholder": "It is on the page on which details are corrected.",
    "language": "As the group.",
    "access_needs": "Health, perhaps: not on a page that is opened beside others.",
}
SPOKEN_TO = re.compile(r"\b(you|your|I|me|my)\b", re.IGNORECASE)


def test_two_people_who_are_merged_differ_in_it_and_staff_see_its_name():
    assert set(merge_plan.DETAILS) == DETAILS - {"name"} == set(merge_page.LABELS)


def test_what_may_be_about_health_is_in_no_cookie():
    assert DETAILS - typed_form.LEFT_OUT == IN_THE_COOKIE, "name it in typed_form.LEFT_OUT, or here"


def test_staff_at_the_telephone_are_not_spoken_to_as_if_it_were_about_them():
    slot = OccurrenceFactory()
    form = telephone_form.TelephoneForm(slots=[slot], chosen=slot, now=slot.starts_at)

    said = {name: f"{form.fields[name].label} {form.fields[name].help_text}" for name in PersonForm.base_fields}

    assert {name: words for name, words in said.items() if SPOKEN_TO.search(words)} == {}, "say it in LABELS"


def test_each_is_on_the_page_of_the_person_or_left_out_for_a_reason(client):
    said = {"name": "Zoe Sand", "organisation": "Ministry of Water", "country": "404", "timezone": "Africa/Nairobi"}
    person = ParticipantFactory(**said)

    text = client.get(reverse("registrations:my_season", args=[person.key])).text
    [details] = re.findall(r'<section id="details">.*?</section>', text, re.DOTALL)

    assert ON_MY_SEASON.keys() | NOT_ON_MY_SEASON.keys() == DETAILS
    assert {name for name, word in ON_MY_SEASON.items() if word not in details} == set()
