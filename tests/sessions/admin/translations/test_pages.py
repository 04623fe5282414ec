"""The desk: states of translations, and the form in which staff write them."""

import json

import pytest
from django.urls import reverse

from registrations.models import StaffAction
from sessions import translations
from sessions.models import Season, Session
from sessions.translations import State
from tests.factories import OccurrenceFactory, QuestionFactory, SpeakerFactory

pytestmark = pytest.mark.django_db
ARABIC = "الزئبق في التجارة"


@pytest.fixture
def session():
    return OccurrenceFactory(session__title="Mercury in trade", session__summary="About it").session


def page_of(row, name="translations"):
    return reverse(f"admin:online_sessions_{row._meta.model_name}_{name}", args=[row.pk])


def form_of(owner, row=None):
    row = row or owner
    name = f"{row._meta.model_name}-{row.pk}"
    return reverse(f"admin:online_sessions_{owner._meta.model_name}_translate", args=[owner.pk, name])


def shown(client, address) -> dict:
    """The hidden entries of the page, as a browser sends them back."""
    context = client.get(address).context
    return dict(context["form"].shown_next)


def stored(row):
    return type(row).objects.get(pk=row.pk)


def test_table_says_what_is_missing_there_and_older_than_its_english(admin_client, session):
    translations.put(session, "title", "ar", ARABIC)
    translations.put(session, "title", "fr", "Le mercure", of="of older words")
    translations.put(session, "title", "es", "El mercurio", hidden=True)
    session.save()

    [part] = admin_client.get(page_of(session)).context["parts"]

    assert [cell.words for cell in part.lines[0].cells] == [
        *("there", "missing", "English changed since", "missing", "there, hidden")
    ]


def test_page_of_a_season_counts_the_texts_of_its_sessions(admin_client, session):
    translations.put(session, "title", "ar", ARABIC)
    session.save()

    [line] = admin_client.get(page_of(session.season)).context["sessions"]

    assert dict(line.numbers) | {"Arabic": "1 of 2", "French": "0 of 2"} == dict(line.numbers)


def test_staff_write_translations_beside_the_english(admin_client, session):
    typed = {"title-ar": ARABIC, "title-fr": " Le mercure\r\ndans le commerce ", "summary-ru": "О нём\r\n\r\n- раз"}

    answer = admin_client.post(form_of(session), shown(admin_client, form_of(session)) | typed, follow=True)

    row = stored(session)
    assert [translations.words(row, *text) for text in [("title", "ar"), ("title", "fr"), ("summary", "ru")]] == [
        *(ARABIC, "Le mercure dans le commerce", "О нём\n\n- раз")
    ]
    assert "3 translations are saved" in answer.text
    action = StaffAction.objects.get(action="translated")
    assert (action.before, action.after["Title, Arabic"]) == ({}, ARABIC)


def test_fields_run_in_the_direction_of_their_language(admin_client, session):
    text = admin_client.get(form_of(session)).text

    assert 'lang="ar" dir="rtl"' in text
    assert 'lang="fr" dir="ltr"' in text


def test_emptied_field_takes_the_translation_away(admin_client, session):
    translations.put(session, "title", "ar", ARABIC)
    session.save()

    admin_client.post(form_of(session), shown(admin_client, form_of(session)) | {"title-ar": ""})

    assert stored(session).translations == {}


def test_hidden_language_is_kept_and_not_read(admin_client, session):
    typed = {"title-ar": ARABIC, "title-fr": "Le mercure", "hidden": ["ar"]}

    admin_client.post(form_of(session), shown(admin_client, form_of(session)) | typed)

    said = [translations.words(stored(session), "title", code) for code in ("ar", "fr")]
    assert said == ["Mercury in trade", "Le mercure"]


def test_translation_that_is_still_right_is_up_to_date_again(admin_client, session):
    translations.put(session, "title", "ar", ARABIC, of="of older words")
    session.save()
    same = shown(admin_client, form_of(session)) | {"title-ar": ARABIC}

    admin_client.post(form_of(session), same)
    assert translations.state(stored(session), "title", "ar") == State.CHANGED

    admin_client.post(form_of(session), same | {"title-ar-right": "on"})
    assert translations.state(stored(session), "title", "ar") == State.THERE


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("title-fr", "a" * 301, "at most 300 characters"),
        ("summary-fr", "a" * 10_001, "at most 10000 characters"),
        ("title-fr", "a\0b", "Null characters"),
    ],
)
def test_limits_are_those_of_the_english(admin_client, session, field, text, reason):
    answer = admin_client.post(form_of(session), {field: text, "title-ar": ARABIC})

    assert reason in answer.text
    assert ARABIC in answer.text
    assert stored(session).translations == {}


def test_each_choice_has_one_line(admin_client, session):
    question = QuestionFactory(season=None, session=session, kind="one", choices=["By train", "On foot"])
    address = form_of(session, question)

    refused = admin_client.post(address, {"choices-fr": "En train"})
    admin_client.post(address, {"choices-fr": "En train\r\nÀ pied"})

    assert "Write 2 lines" in refused.text
    assert translations.words(stored(question), "choices", "fr") == ["En train", "À pied"]


def test_what_a_colleague_stored_meanwhile_stays_or_is_a_question(admin_client, session):
    opened = shown(admin_client, form_of(session))
    translations.put(session, "title", "ar", ARABIC)
    translations.put(session, "title", "fr", "Le mercure")
    session.save()

    asked = admin_client.post(form_of(session), opened | {"title-fr": "Du mercure"})
    assert "A colleague saved this meanwhile: “Le mercure”." in asked.text.replace("&quot;", '"')

    again = dict(asked.context["form"].shown_next) | {"title-fr": "Du mercure", "title-ar": ARABIC}
    admin_client.post(form_of(session), again)
    assert [translations.words(stored(session), "title", code) for code in ("ar", "fr")] == [ARABIC, "Du mercure"]


def test_what_a_colleague_stored_or_hid_stays_when_something_else_is_to_be_corrected(admin_client, session):
    opened = shown(admin_client, form_of(session))
    translations.put(session, "title", "fr", "Le mercure", hidden=True)
    session.save()

    too_long = admin_client.post(form_of(session), opened | {"title-ar": "x" * 301}).context["form"]
    on_page = {name: value for name in too_long.fields if (value := too_long[name].value())}
    admin_client.post(form_of(session), dict(too_long.shown_next) | on_page | {"title-ar": ARABIC})

    kept = stored(session)
    assert (translations.typed(kept, "title", "fr"), translations.is_hidden(kept, "title", "fr")) == (
        "Le mercure",
        True,
    )
    assert (translations.typed(kept, "title", "ar"), translations.is_hidden(kept, "title", "ar")) == (ARABIC, False)


def test_empty_form_changes_nothing(admin_client, session):
    translations.put(session, "title", "ar", ARABIC)
    session.save()

    assert admin_client.post(form_of(session), {}).status_code == 302

    assert translations.typed(stored(session), "title", "ar") == ARABIC


def test_new_english_is_read_before_its_translation_is_saved(admin_client, session):
    opened = shown(admin_client, form_of(session))
    Session.objects.filter(pk=session.pk).update(title="Mercury in world trade")

    answer = admin_client.post(form_of(session), opened | {"title-ar": ARABIC})

    assert "The English of “Title” was changed meanwhile." in answer.text
    assert stored(session).translations == {}


@pytest.mark.parametrize("sent", ["[]", "{", json.dumps({"title-ar": 3}), "[" * 100_000])
def test_hidden_entries_that_no_browser_sends_do_no_harm(admin_client, session, sent):
    answer = admin_client.post(form_of(session), {"shown": sent, "english": sent, "title-ar": ARABIC}, follow=True)

    assert answer.status_code == 200


def test_row_of_another_session_has_no_form_here(admin_client, session):
    other = SpeakerFactory(role="Chair")

    assert admin_client.get(form_of(session, other)).status_code == 404
    assert admin_client.get(form_of(session, other).replace("speaker", "nothing")).status_code == 404


def test_season_has_its_streams_and_questions(admin_client, session):
    season = session.season
    QuestionFactory(season=season, words="Your job title")

    parts = admin_client.get(page_of(season)).context["parts"]

    assert [part.label for part in parts] == ["This season", f"Stream “{session.stream}”", "Question “Your job title”"]


def test_lists_and_forms_lead_there(admin_client, session):
    for name in session.TRANSLATED:
        translations.put(session, name, "ar", ARABIC)
    session.save()

    listed = admin_client.get(reverse("admin:online_sessions_session_changelist")).text
    form = admin_client.get(reverse("admin:online_sessions_session_change", args=[session.pk])).text
    of_season = admin_client.get(reverse("admin:online_sessions_season_change", args=[session.season_id])).text

    assert '<td class="field-translated" data-heading="Translated">Arabic</td>' in listed
    assert f'<a href="{page_of(session)}">Translations (complete: Arabic)</a>' in form
    assert page_of(Season.objects.get(pk=session.season_id)) in of_season
