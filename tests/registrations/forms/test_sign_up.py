"""The shape of what the sign-up form takes."""

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from registrations.forms.sign_up import SignUpForm
from registrations.presenters.problems import problems_in
from registrations.seats import offers
from sessions.public import snapshot
from tests.factories import OccurrenceFactory
from tests.support.registrations.sign_up_form import WHO
from tests.support.registrations.signing_up import NOW, details

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory()


def typed(slot, **changes):
    """What a browser sends; a change to None leaves the field out."""
    sent = WHO | {"session": [slot.session.slug], "submission": "form-1"}
    return {name: value for name, value in (sent | changes).items() if value is not None}


@pytest.fixture
def form(slot):
    """Call it with changes for the form as it was sent."""

    def sent(**changes):
        data = QueryDict(urlencode(typed(slot, **changes), doseq=True))
        return SignUpForm(data, offers=offers.in_programme(snapshot.of(slot.session.season.slug), NOW), now=NOW)

    return sent


def test_whole_form_gives_details_and_slots(form, slot):
    whole = form()

    assert whole.is_valid(), whole.errors
    assert whole.details() == details(organisation="")
    assert whole.occurrence_ids() == [slot.pk]


@pytest.mark.parametrize("field", ["session", "name", "email", "country", "stakeholder", "consent"])
def test_missing_field_is_said_in_words_of_its_own(form, field):
    without = form(**{field: None})

    assert list(without.errors) == [field]
    assert without.errors[field][0].startswith(("Please", "We need"))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *((field, "a\x00b") for field in ("name", "email", "organisation", "country", "stakeholder", "timezone")),
        *((field, "a\x00b") for field in ("access_needs", "session", "language")),
        ("name", "N" * 201),
        ("organisation", "O" * 201),
        ("access_needs", "A" * 1001),
        ("email", "a" * 250 + "@example.org"),
        ("timezone", "Mars/Olympus"),
        ("country", "999"),
        ("session", "unknown"),
    ],
)
def test_unfit_text_is_an_error_beside_its_field(form, field, text):
    assert list(form(**{field: text}).errors) == [field]


def test_zone_of_a_country_that_has_only_one_need_not_be_chosen(form):
    whole = form(timezone="", country="404")

    assert whole.is_valid()
    assert whole.cleaned_data["timezone"] == "Africa/Nairobi"


def test_zone_of_a_country_with_several_must_be_chosen(form):
    assert list(form(timezone="", country="076").errors) == ["timezone"]


def test_old_spelling_of_a_zone_is_stored_as_its_current_name(form):
    whole = form(timezone="Asia/Calcutta")

    assert whole.is_valid()
    assert whole.cleaned_data["timezone"] == "Asia/Kolkata"


def test_slot_of_a_session_that_is_not_ticked_does_not_count(form, slot):
    other = OccurrenceFactory(session__season=slot.session.season)

    whole = form(**{f"slot-{other.session.pk}": other.pk})

    assert whole.is_valid()
    assert whole.occurrence_ids() == [slot.pk]


def test_slot_of_another_session_is_not_taken(form, slot):
    other = OccurrenceFactory(session__season=slot.session.season)

    whole = form(**{f"slot-{slot.session.pk}": other.pk})

    assert whole.is_valid()
    assert whole.occurrence_ids() == [slot.pk]


def test_key_of_the_form_is_the_same_for_the_same_content_only(form):
    keys = []
    for email in ("amina@example.org", "amina@example.org", "juma@example.org"):
        whole = form(email=email)
        assert whole.is_valid()
        keys.append(whole.submission_key())

    assert keys[0] == keys[1] != keys[2]


def test_problems_name_the_field_and_link_to_it(form):
    wrong = form(session=None, name="", organisation="www.evil.com")

    problems = [(problem.anchor, problem.words) for problem in problems_in(wrong, {"session": "sessions"})]

    assert problems == [
        ("sessions", "Please tick at least one session."),
        ("id_name", "Please write your name."),
        (
            "id_organisation",
            "Organisation (optional): "
            "This looks like a web address. Leave the address out; after a full stop, leave a space.",
        ),
    ]
