"""The public pages: seasons, sessions, time zone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import Part
from tests.factories import MaterialFactory, OccurrenceFactory, SeasonFactory, SessionFactory, StreamFactory

pytestmark = pytest.mark.django_db


def page(client, address, zone="Africa/Nairobi"):
    client.cookies["zone"] = zone.replace("/", "%2F")
    return client.get(address).content.decode()


def upcoming(**session):
    starts_at = timezone.now() + timedelta(days=9)
    return OccurrenceFactory(
        session=SessionFactory(**session), starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )


def test_season_shows_a_slot_on_three_clocks(client):
    slot = OccurrenceFactory()

    shown = page(client, slot.session.season.get_absolute_url())

    hour = slot.starts_at.hour
    assert f"{hour + 3:02}:00–{hour + 4:02}:00" in shown
    assert f"Geneva, UTC+2: {hour + 2:02}:00" in shown
    assert f"UTC: {hour:02}:00" in shown


def test_season_without_a_known_zone_speaks_in_its_own_clock(client):
    slot = OccurrenceFactory()

    shown = client.get(slot.session.season.get_absolute_url()).content.decode()

    assert "local time in <b>Geneva</b>, because we do not know your time zone" in shown


def test_language_without_a_complete_catalogue_is_not_spoken(client):
    slot = OccurrenceFactory()

    shown = client.get(slot.session.season.get_absolute_url(), headers={"Accept-Language": "ar"}).content.decode()

    assert '<html lang="en" dir="ltr"' in shown


def test_nonsense_in_the_cookie_is_no_zone(client):
    slot = OccurrenceFactory()

    assert "because we do not know your time zone" in page(
        client, slot.session.season.get_absolute_url(), zone="../\0x"
    )


def test_date_of_a_session_is_the_readers(client):
    slot = OccurrenceFactory(starts_at="2030-10-08T13:00Z", ends_at="2030-10-08T14:00Z")

    shown = page(client, slot.session.season.get_absolute_url(), zone="Pacific/Apia")

    assert "Wednesday <b>9</b> October 2030" in shown
    assert "02:00 for you: night" in shown


def test_stream_filter_shows_the_sessions_of_the_stream(client):
    season = SeasonFactory()
    science, other = StreamFactory(season=season, slug="science"), StreamFactory(season=season)
    OccurrenceFactory(session=SessionFactory(season=season, stream=science, title="Flows of mercury"))
    OccurrenceFactory(session=SessionFactory(season=season, stream=other, title="Article 12"))

    shown = page(client, season.get_absolute_url() + "?stream=science")

    assert ("Flows of mercury" in shown, "Article 12" in shown) == (True, False)


def test_unknown_stream_season_and_session_are_404(client):
    season = OccurrenceFactory().session.season

    addresses = [season.get_absolute_url() + "?stream=x", "/seasons/x/", season.get_absolute_url() + "x/"]

    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


def test_hidden_session_is_nowhere(client):
    slot = OccurrenceFactory(session=SessionFactory(is_published=False, title="Not yet announced"))

    assert "Not yet announced" not in page(client, slot.session.season.get_absolute_url())
    assert client.get(slot.session.get_absolute_url()).status_code == 404
    assert client.get(f"{slot.session.get_absolute_url()}slot-{slot.pk}.ics").status_code == 404


def test_home_opens_with_the_coming_season_and_a_rehearsal_comes_later(client):
    today = timezone.now().date()
    for title, days, rehearsal in [("Past", -90, False), ("Rehearsed", 1, True), ("Real", 20, False)]:
        starts_on = today + timedelta(days=days)
        SeasonFactory(title=title, starts_on=starts_on, ends_on=starts_on + timedelta(days=60), is_rehearsal=rehearsal)

    assert "<h1>Real</h1>" in client.get("/").content.decode()


def test_home_without_any_season_says_so(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "No season is announced yet" in response.content.decode()


def test_season_without_sessions_says_so_and_names_other_streams_only_to_who_looks_at_one(client):
    stream = StreamFactory()
    address = stream.season.get_absolute_url()

    assert "No session is announced yet. Please come back later." in page(client, address)
    assert "Look at the other streams" in page(client, f"{address}?stream={stream.slug}")


def test_open_session_leads_to_sign_up_and_over_one_to_its_recording(client):
    open_slot, over = upcoming(), OccurrenceFactory(starts_at="2020-10-08T13:00Z", ends_at="2020-10-08T14:00Z")
    MaterialFactory(session=over.session, kind="recording", title="Recording", url="https://example.org/film")

    assert f"?session={open_slot.session.slug}" in page(client, open_slot.session.get_absolute_url())
    assert f'href="{over.session.get_absolute_url()}#published">Recording' in page(
        client, over.session.season.get_absolute_url()
    )
    assert 'href="https://example.org/film"' in page(client, over.session.get_absolute_url())


def test_recording_that_no_source_names_is_not_stated_as_a_fact(client):
    session = SessionFactory(unconfirmed_fields=["recording"])
    OccurrenceFactory(session=session, starts_at="2020-10-08T13:00Z", ends_at="2020-10-08T14:00Z")
    MaterialFactory(session=session, kind="recording", title="Recording")

    assert "Published:" not in page(client, session.season.get_absolute_url())
    assert "not confirmed by a source" in page(client, session.get_absolute_url())


def test_unconfirmed_facts_are_named_once_at_the_end(client):
    slot = OccurrenceFactory(session=SessionFactory(unconfirmed_fields=["title", "slots.start"]))

    of_season, of_session = (page(client, row.get_absolute_url()) for row in (slot.session.season, slot.session))

    assert "For 1 session no source that we know of confirms the title or the time." in of_season
    assert "confirms these facts: title, time of day." in of_session
    assert (of_season.count("no source"), of_session.count("No source")) == (1, 1)


@pytest.mark.parametrize(("access", "words"), [("open", []), ("invitation", ["Who could take part"])])
def test_session_that_is_over_says_neither_open_to_all_nor_free(client, access, words):
    session = SessionFactory(access=access)
    OccurrenceFactory(session=session, starts_at="2020-10-08T13:00Z", ends_at="2020-10-08T14:00Z")

    shown = page(client, session.get_absolute_url()).partition("<main")[2].partition("</main>")[0]

    candidates = ["Who can take part", "Who could take part", "open to all", "Price", "free"]
    assert [each for each in candidates if each in shown] == words


def test_session_to_come_says_who_can_take_part_and_that_it_is_free(client):
    shown = page(client, upcoming().session.get_absolute_url())

    assert "<dd>open to all</dd>" in shown
    assert "<dd>free</dd>" in shown


def test_texts_of_season_and_session_have_paragraphs_lists_and_links(client):
    text = "One\n\n- two\n- [three](https://a.test/)\n\n<script>"
    slot = upcoming(summary=text, season__introduction=f"First\n\n{text}")

    pages = [page(client, row.get_absolute_url()) for row in (slot.session, slot.session.season)]

    link = '<a href="https://a.test/" rel="noreferrer">three</a>'
    for shown in pages:
        assert f"<p>One</p>\n<ul>\n<li>two</li>\n<li>{link}</li>\n</ul>\n<p>&lt;script&gt;</p>" in shown
        assert 'One - two - three (https://a.test/) &lt;script&gt;">' in shown


def test_streams_are_a_choice_once_there_are_any(client):
    season = SeasonFactory()
    without = page(client, season.get_absolute_url())
    StreamFactory(season=season)

    shown = page(client, season.get_absolute_url())

    assert "All streams" in shown
    assert "All streams" not in without


def test_first_paragraph_of_a_season_stands_above_its_programme_the_others_below(client):
    slot = upcoming(title="Gold", season__introduction="What it is.\r\n\r\nWho made it.\r\n\r\nWhy.")

    shown = page(client, slot.session.season.get_absolute_url())

    others = shown.index("<p>Who made it.</p>\n<p>Why.</p>")
    assert shown.index("<p>What it is.</p>") < shown.index(">Gold</a>") < others


def test_session_offers_entries_of_the_time_slots_that_are_to_come(client):
    slot = upcoming()
    later = slot.starts_at + timedelta(days=1)
    off = OccurrenceFactory(session=slot.session, starts_at=later, called_off_at=timezone.now())

    shown = page(client, slot.session.get_absolute_url())

    assert [each for each in (slot, off) if f"/slot-{each.pk}.ics" in shown] == [slot]


def test_meeting_address_is_on_no_public_page(client):
    slot = upcoming()
    slot.meeting_url = "https://meeting.example.org/secret-room"
    slot.parts, slot.part_urls = (Part(1, slot.starts_at, slot.ends_at),), {"1": slot.meeting_url}
    slot.save()
    session = slot.session

    for address in [
        "/",
        session.season.get_absolute_url(),
        session.get_absolute_url(),
        f"{session.get_absolute_url()}slot-{slot.pk}.ics",
    ]:
        assert "secret-room" not in page(client, address)


def test_calendar_file_is_a_download_of_this_slot(client):
    slot = upcoming()

    response = client.get(f"{slot.session.get_absolute_url()}slot-{slot.pk}.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{slot.session.slug}.ics"'
    assert f"UID:{slot.uid}" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_season_asks_the_database_equally_often_for_any_number_of_sessions(client, rows, django_assert_num_queries):
    season = SeasonFactory()
    for _ in range(rows):
        OccurrenceFactory.create_batch(2, session=SessionFactory(season=season))

    with django_assert_num_queries(9):
        client.get(season.get_absolute_url())


def test_session_that_was_called_off_stays_among_those_to_come_until_its_time_has_passed(client):
    now = timezone.now()
    coming = upcoming(title="Called off next week")
    coming.called_off_at = now
    coming.save()
    season = coming.session.season
    was_to_be = SessionFactory(season=season, title="Called off last week")
    OccurrenceFactory(session=was_to_be, starts_at=now - timedelta(days=7), called_off_at=now)

    context = client.get(season.get_absolute_url()).context

    assert [card.session.title for card in context["coming"]] == ["Called off next week"]
    assert [card.session.title for card in context["past"]] == ["Called off last week"]


def test_session_whose_second_slot_was_called_off_is_over_after_the_first(client):
    slot = upcoming()
    slot.called_off_at = timezone.now()
    slot.save()
    OccurrenceFactory(session=slot.session, starts_at=timezone.now() - timedelta(days=7))

    assert client.get(slot.session.get_absolute_url()).context["card"].is_over


def test_session_for_a_region_says_so_where_people_choose(client):
    session = upcoming(audience="africa", title="Mercury in gold mining").session
    season = session.season
    pages = [season.get_absolute_url(), session.get_absolute_url(), reverse("sign_up:form", args=[season.slug])]

    for address in pages:
        assert re.search(r"Meant for(: |</dt><dd>)African States", page(client, address)), address


def test_session_for_all_says_nothing_of_regions(client):
    assert "Meant for" not in page(client, upcoming().session.season.get_absolute_url())
