"""The list and the form of sessions."""

from datetime import UTC, date, datetime

import pytest

from registrations.models import Registration
from sessions.models import Season, Session
from tests.factories import (
    OccurrenceFactory,
    RegistrationFactory,
    SeasonFactory,
    SessionFactory,
    SpeakerFactory,
    StreamFactory,
)
from tests.support.messages import said
from tests.support.sessions.admin_pages import edit_session, page, sent_by
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

SLOT = {"starts_at": datetime(2030, 10, 8, 7, 0, tzinfo=UTC), "ends_at": datetime(2030, 10, 8, 8, 30, tzinfo=UTC)}


def add_page(season):
    return f"{page('session_add')}?season={season.pk}"


def test_list_shows_first_slot_on_two_clocks_and_who_is_confirmed(admin_client):
    slot = OccurrenceFactory(**SLOT, capacity=20)
    OccurrenceFactory(session=slot.session, starts_at=datetime(2030, 10, 9, 7, 0, tzinfo=UTC), capacity=10)
    RegistrationFactory(occurrence=slot)
    RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)

    shown = admin_client.get(page("session_changelist")).content.decode()

    assert "Tue 8 Oct 2030, 09:00–10:30 Geneva" in shown
    assert "Tue 8 Oct, 07:00–08:30 UTC" in shown
    assert "1 of 30" in shown


def test_list_has_one_number_of_queries(admin_client, django_assert_max_num_queries):
    counts = []

    for more in (1, 2):
        for _session in range(more):
            RegistrationFactory()
        # One of them is for the rehearsals that are ahead of the true time.
        with django_assert_max_num_queries(9) as captured:
            admin_client.get(page("session_changelist"))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_session_is_found_by_its_speaker(admin_client):
    SpeakerFactory(name="Wanjiru Kamau", session__title="Mercury science")
    SessionFactory(title="Gold mining")

    found = admin_client.get(page("session_changelist"), {"q": "wanjiru"}).context["cl"].result_list

    assert [session.title for session in found] == ["Mercury science"]


def test_new_session_gets_its_slot_in_the_same_step(admin_client):
    stream = StreamFactory(season__starts_on=date(2030, 9, 1))
    typed = sent_by(admin_client.get(add_page(stream.season)))
    slot = {"day": "2030-10-08", "begins": "09:00", "ends": "10:30"}
    new = {f"new_slots-0-{name}": value for name, value in slot.items()}

    answer = admin_client.post(page("session_add"), typed | new | {"title": "New", "slug": "new", "stream": stream.pk})

    session = Session.objects.get()
    assert session.occurrences.values("starts_at", "ends_at").get() == SLOT
    told = "It is a draft: staff alone see it. When it is ready, choose “Publish …” on its page, under “People”."
    assert told in said(answer)


def test_form_of_a_session_offers_streams_of_its_season_alone(admin_client):
    session = SessionFactory(stream__title="Air")
    StreamFactory(title="Water")

    form = admin_client.get(page("session_change", session.pk)).context["adminform"].form

    assert [label for _pk, label in form.fields["stream"].choices] == ["---------", "Air"]


def test_stream_of_another_season_is_refused(admin_client):
    session = SessionFactory()

    response = edit_session(admin_client, session, stream=StreamFactory(season=SeasonFactory()).pk)

    assert response.context["adminform"].form.errors == {"stream": ["Choose a stream of this season."]}


@pytest.mark.parametrize("entry", ["slug", "season"])
def test_what_links_and_people_depend_on_cannot_be_changed_later(admin_client, entry):
    session = SessionFactory()

    shown = admin_client.get(page("session_change", session.pk))

    assert entry not in shown.context["adminform"].form.fields
    assert entry in admin_client.get(page("session_add")).context["adminform"].form.fields


def test_opening_of_registration_is_typed_on_the_season_clock(admin_client):
    session = SessionFactory()
    opening = {"registration_opens_at_0": "2030-10-01", "registration_opens_at_1": "09:00"}

    edit_session(admin_client, session, **opening)

    session.refresh_from_db()
    assert session.registration_opens_at == datetime(2030, 10, 1, 7, 0, tzinfo=UTC)
    shown = admin_client.get(page("session_change", session.pk)).content.decode()
    assert 'value="09:00:00"' in shown


@pytest.mark.parametrize("field", ["registration_opens_at", "registration_closes_at"])
@pytest.mark.parametrize("day", first_always(["0001-01-01", "9999-12-31"]))
def test_moment_that_not_every_zone_could_show_is_an_error_beside_the_field(admin_client, field, day):
    response = edit_session(admin_client, SessionFactory(), **{f"{field}_0": day, f"{field}_1": "23:30:00"})

    assert response.context["adminform"].form.errors == {field: ["Choose a year from 1990 to 2100."]}


def test_unconfirmed_entries_are_edited_one_a_line(admin_client):
    session = SessionFactory(unconfirmed_fields=["title"])

    edit_session(admin_client, session, unconfirmed_fields="title\r\n\r\n slots.start ")

    session.refresh_from_db()
    assert session.unconfirmed_fields == ["title", "slots.start"]


@pytest.mark.parametrize(
    "line", first_always(["javascript:alert(1)", "the report of 2020", "//example.org/", "https://"])
)
def test_source_that_is_no_web_address_is_refused_and_named(admin_client, line):
    """Pages show sources as links; a file that is loaded is held to the same."""
    session = SessionFactory()
    sent = sent_by(admin_client.get(page("season_change", session.season_id)))

    of_session = edit_session(admin_client, session, sources=f"https://example.org/a\n{line}")
    of_season = admin_client.post(page("season_change", session.season_id), sent | {"sources": line})

    for answer in (of_session, of_season):
        [error] = answer.context["adminform"].form.errors["sources"]
        assert error.startswith(f"“{line}” is not a web address.")


@pytest.mark.parametrize("name", ["season_changelist", "session_changelist", "occurrence_changelist"])
def test_nothing_is_deleted_in_bulk(admin_client, name):
    OccurrenceFactory()

    shown = admin_client.get(page(name))

    assert shown.context["action_form"] is None


def test_session_with_registrations_is_not_deleted(admin_client):
    session = RegistrationFactory().session

    admin_client.post(page("session_delete", session.pk), {"post": "yes"})

    assert Session.objects.filter(pk=session.pk).exists()


@pytest.mark.parametrize("name", ["season_add", "session_add"])
def test_address_fills_in_no_field(admin_client, name):
    empty = admin_client.get(page(name)).context["adminform"].form.initial
    model = {"season_add": Season, "session_add": Session}[name]
    fields = {each.name for each in model._meta.get_fields()} - {"season"}

    shown = admin_client.get(page(name), dict.fromkeys(fields, "2030-01-01"))

    assert (shown.status_code, shown.context["adminform"].form.initial) == (200, empty)


def test_way_to_the_public_page_is_shown_once_there_is_one(admin_client):
    session = SessionFactory(is_published=False)
    address = page("session_change", session.pk)

    shown = []
    for is_published in (False, True):
        Session.objects.update(is_published=is_published)
        shown.append("View on site" in admin_client.get(address).text)

    assert shown == [False, True]


def test_errors_of_the_long_form_are_links_to_their_fields(admin_client):
    stream = StreamFactory(season__starts_on=date(2030, 9, 1))
    typed = sent_by(admin_client.get(add_page(stream.season)))
    slot = {"day": "8 Oct 2030", "begins": "09:00", "ends": "10:30"}
    new = {f"new_slots-0-{name}": value for name, value in slot.items()}

    form = admin_client.post(page("session_add"), typed | new | {"title": "", "slug": "new", "stream": stream.pk}).text

    day = "Day: Type the day as year-month-day, for example 2030-10-22."
    assert f'<li><a href="#id_new_slots-0-day">{day}</a></li>' in form
    assert '<li><a href="#id_title">Title: This field is required.</a></li>' in form


def test_meeting_address_without_its_beginning_is_a_safe_one(admin_client):
    stream = StreamFactory(season__starts_on=date(2030, 9, 1))
    typed = sent_by(admin_client.get(add_page(stream.season)))
    slot = {"day": "2030-10-08", "begins": "09:00", "ends": "10:30", "meeting_url": "meet.example.org/1"}
    new = {f"new_slots-0-{name}": value for name, value in slot.items()}

    admin_client.post(page("session_add"), typed | new | {"title": "New", "slug": "new", "stream": stream.pk})

    assert Session.objects.get().occurrences.get().meeting_url == "https://meet.example.org/1"
