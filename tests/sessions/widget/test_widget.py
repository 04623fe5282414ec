"""The widget's script and the fragment as other sites load them: small, cached, open to all, in six languages."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from sessions import translations
from sessions.models import Part, Season
from tests.factories import OccurrenceFactory, RegistrationFactory, StreamFactory
from tests.support.registrations.inviting import hidden_slot

pytestmark = pytest.mark.django_db
SIX = ["ar", "zh-hans", "en", "fr", "ru", "es"]
IN_TWO_WEEKS = timezone.now() + timedelta(days=14)
SCRIPT, FRAGMENT = "/widget/season.js", "/widget/season.html"
TIME = re.compile(r'<time datetime="([^"]+)">')


@pytest.fixture
def slot():
    return OccurrenceFactory(
        starts_at=IN_TWO_WEEKS,
        session__title="Mercury in air",
        session__slug="air",
        session__season__slug="autumn",
    )


def test_script_has_less_than_8_kb_as_it_is_sent(client, settings):
    settings.SITE_URL = "https://online.minamataconvention.org"

    answer = client.get(SCRIPT)

    assert len(answer.content) <= 8000
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "//" not in answer.text.replace("https://", "")


def test_script_may_run_anywhere_and_is_asked_for_again_after_an_hour(client):
    first = client.get(SCRIPT, headers={"Origin": "https://www.example.org"})

    again = client.get(SCRIPT, headers={"If-None-Match": first["ETag"]})

    assert (first["Access-Control-Allow-Origin"], first["Cross-Origin-Resource-Policy"]) == ("*", "cross-origin")
    assert first["Cache-Control"] == "public, max-age=3600, stale-while-revalidate=604800, stale-if-error=604800"
    assert (again.status_code, first.cookies, first.get("Vary")) == (304, {}, "Accept-Encoding")
    assert "document.cookie" not in first.text
    assert re.findall(r"\.style\b|innerHTML|\beval\b|createElement\(.style|iframe|localStorage", first.text) == []


@pytest.mark.parametrize("language", SIX)
def test_script_has_its_words_in_each_language(client, language):
    with translation.override(language):
        words = [translation.gettext(text) for text in ("Coming sessions", "Sign up", "Times are on your clock.")]

    assert [word for word in words if word not in client.get(SCRIPT).text] == []


def test_script_leaves_out_languages_that_are_held_back(client, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]

    assert "Предстоящие" not in client.get(SCRIPT).text


@pytest.mark.parametrize("language", SIX)
def test_fragment_is_in_the_language_that_is_asked_for(client, slot, language):
    session = slot.session
    translations.put(session, "title", "ru", "Ртуть")
    session.save(update_fields=["translations"])

    answer = client.get(FRAGMENT, {"lang": language, "season": "autumn"})

    direction = "rtl" if language == "ar" else "ltr"
    assert answer.text.startswith(f'<section class="minamata-season" lang="{language}" dir="{direction}">')
    assert answer["Content-Language"] == language
    prefix = "" if language == "en" else f"/{language}"
    assert f'href="http://localhost:8081{prefix}/sign-up/autumn/?slot={slot.pk}"' in answer.text
    marked = {"en": "Mercury in air", "ru": "Ртуть"}
    assert marked.get(language, '<span lang="en" dir="ltr">Mercury in air</span>') in answer.text
    assert ("<script" in answer.text, "style" in answer.text) == (False, False)


def test_fragment_has_what_comes_and_nothing_that_is_hidden_or_over(client, slot):
    season, stream = slot.session.season, slot.session.stream
    kept = {"session__season": season, "session__stream": stream}
    OccurrenceFactory(**kept, session__title="Long ago", starts_at=timezone.now() - timedelta(days=1))
    full = OccurrenceFactory(**kept, session__title="Full", starts_at=IN_TWO_WEEKS + timedelta(days=1), capacity=1)
    off = OccurrenceFactory(
        **kept, session__title="Off", starts_at=IN_TWO_WEEKS + timedelta(days=2), called_off_at=timezone.now()
    )
    RegistrationFactory(occurrence=full)
    hidden_slot(**kept, session__title="Behind doors", starts_at=IN_TWO_WEEKS)

    text = client.get(FRAGMENT).text

    assert TIME.findall(text) == [each.starts_at.isoformat() for each in (slot, full, off)]
    assert [word for word in ("Long ago", "Behind doors") if word in text] == []
    assert f"?slot={full.pk}&amp;wait=1" in text
    assert "Join the waiting list: Full" in text
    assert "Called off" in text
    assert f"?slot={off.pk}" not in text


def test_fragment_takes_a_stream_a_number_and_a_level(client, slot):
    water = StreamFactory(season=slot.session.season, slug="water")
    for days in (1, 2):
        OccurrenceFactory(
            session__season=slot.session.season, session__stream=water, starts_at=IN_TWO_WEEKS + timedelta(days=days)
        )

    assert client.get(FRAGMENT).text.count("<time") == 3
    assert client.get(FRAGMENT, {"stream": "water"}).text.count("<time") == 2
    assert client.get(FRAGMENT, {"limit": "1", "heading": "4"}).text.count("<time") == 1
    assert '<h4 class="minamata-season-heading">' in client.get(FRAGMENT, {"heading": "4"}).text
    odd = client.get(FRAGMENT, {"limit": "٣", "heading": "9" * 5000})
    assert (odd.text.count("<time"), odd.text.count("<h2 ")) == (3, 1)


def test_slot_that_is_held_in_parts_has_the_time_of_each_that_is_held(client, slot):
    days = [IN_TWO_WEEKS + timedelta(days=n) for n in range(3)]
    parts = [Part(n + 1, day, day + timedelta(hours=2)) for n, day in enumerate(days)]
    parts[1] = replace(parts[1], is_called_off=True)
    type(slot).objects.update(starts_at=days[0], ends_at=parts[2].ends_at, parts=parts)

    text = client.get(FRAGMENT).text

    assert TIME.findall(text) == [days[0].isoformat(), days[2].isoformat()]
    assert text.count("?slot=") == 1


def test_fragment_without_anything_to_come_says_so(client, slot):
    type(slot).objects.update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))

    text = client.get(FRAGMENT, {"season": "autumn"}).text

    assert '<p class="minamata-season-none">No session is to come.</p>' in text
    assert 'href="http://localhost:8081/seasons/autumn/"' in text


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"season": "nothing"}, 404), ({"stream": "nothing"}, 404), ({"lang": "de"}, 422), ({"season": "\0"}, 404)],
)
def test_wrong_question_is_answered_in_words_and_never_with_a_page(client, slot, asked, status):
    answer = client.get(FRAGMENT, asked)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("what", [{"is_published": False}, {"is_rehearsal": True}])
def test_draft_and_rehearsal_are_in_no_widget(client, slot, what):
    Season.objects.update(**what)

    answers = [client.get(FRAGMENT, {"season": name}) for name in ("autumn", "nothing")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_warm_fragment_asks_nothing_of_the_database_and_follows_a_change(
    client, slot, settings, django_assert_num_queries
):
    first = client.get(FRAGMENT, {"lang": "ar"})
    settings.PROGRAMME_SECONDS = 60
    with django_assert_num_queries(0):
        again = client.get(FRAGMENT, {"lang": "ar"}, headers={"If-None-Match": first["ETag"]})
    settings.PROGRAMME_SECONDS = 0
    Season.objects.update(place="Nairobi")

    assert again.status_code == 304
    assert client.get(FRAGMENT, {"lang": "ar"}).content != first.content


def test_page_has_lines_to_copy_that_work_as_they_are(client, slot):
    page = client.get("/widget/")

    assert page.status_code == 200
    assert (
        "&lt;script src=&quot;http://localhost:8081/widget/season.js&quot; defer&gt;&lt;/script&gt;\n"
        "&lt;minamata-season lang=&quot;fr&quot;&gt;&lt;a href=&quot;http://localhost:8081/fr/&quot;&gt;"
        "Minamata Online\N{NO-BREAK SPACE}: séances à venir&lt;/a&gt;&lt;/minamata-season&gt;"
    ) in page.text
    assert page.text.count("<textarea") == 6
