"""A translation that nobody has read says so on its pages, and the English consent stands beside it."""

import html
import re

import pytest

from minamata_online.configuration import catalogues
from registrations.models import NextSeasonSubscriber, Participant
from registrations.people import consent
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.registrations.sign_up_form import typed

pytestmark = pytest.mark.django_db
WORDS = re.compile(r'<p class="draft">')
BINDING = re.compile(r'<div dir="ltr" lang="en"><p>We use your details', re.DOTALL)


@pytest.fixture(autouse=True)
def french_is_a_draft(settings):
    settings.DRAFT_LANGUAGES = {"fr"}


@pytest.mark.parametrize(("prefix", "is_draft"), [("", False), ("/fr", True), ("/es", False)])
def test_pages_of_a_draft_say_so_and_show_the_english_consent(client, prefix, is_draft):
    slot = OccurrenceFactory()
    page, form = f"{prefix}/about/", f"{prefix}/sign-up/{slot.session.season.slug}/"

    about, sign_up = client.get(page).text, client.get(form).text

    assert (bool(WORDS.search(about)), bool(WORDS.search(sign_up)), bool(BINDING.search(sign_up))) == (is_draft,) * 3


@pytest.mark.parametrize(("prefix", "is_draft"), [("/fr", True), ("/es", False)])
def test_what_was_agreed_to_is_stored_as_it_was_shown(client, prefix, is_draft):
    slot = OccurrenceFactory()

    client.post(f"{prefix}/sign-up/{slot.session.season.slug}/", typed(slot))

    person = Participant.objects.get()
    english = "We use your details to send you calendar entries"
    assert (english in person.consent_text) == is_draft
    assert person.consent_version == f"{consent.VERSION}-{prefix[1:]}"
    page = client.get(f"/my/{person.key}/data/").text
    assert (english in page, person.consent_text.partition(".")[0] in html.unescape(page)) == (is_draft, True)


@pytest.mark.parametrize(
    ("form", "said"),
    [("", "I agree that my details are used in this way."), ("delegation/", "the people I name know")],
)
def test_sentence_beside_the_box_is_in_english_too(client, form, said):
    season = OccurrenceFactory().session.season

    assert said in client.get(f"/fr/sign-up/{season.slug}/{form}").text


def test_who_was_signed_up_by_somebody_else_sees_it_too(client):
    person = ParticipantFactory(language="fr", confirmed_at=None)

    assert BINDING.search(client.get(f"/my/{person.key}/take-part/").text)


def test_consent_to_hear_of_the_next_season_is_bound_to_the_english_one_too(client):
    person = ParticipantFactory(language="fr")
    page, english = f"/my/{person.key}/mails/", "For this alone we keep your e-mail address"

    shown = client.get(page).text
    client.post(page, {"calendar_entries": "mail", "wants_next_season": "on"})

    stored = NextSeasonSubscriber.objects.get().consent_text
    assert [text.count(english) for text in (shown, stored)] == [1, 1]


def test_catalogue_counts_as_read_until_it_changes(tmp_path):
    catalogue = tmp_path / "fr/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("one")
    (tmp_path / "REVIEWED").write_text(f"fr 2027-01-10 {catalogues.digest_of(tmp_path, 'fr')} Zoé Martin\n")

    before = catalogues.drafts(tmp_path, {"fr", "es"})
    catalogue.write_text("two")

    assert (before, catalogues.drafts(tmp_path, {"fr", "es"})) == ({"es"}, {"fr", "es"})
