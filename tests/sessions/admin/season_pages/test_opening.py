"""Opening the registration of the sessions that are ticked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from registrations import publishing
from registrations.models import Message, StaffAction
from sessions.models import Season, Session
from tests.factories import OccurrenceFactory, SessionFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
LATER, BEFORE = timezone.now() + timedelta(days=5), timezone.now() - timedelta(days=5)
START = timezone.now() + timedelta(days=20)


def session_of(season=None, **fields):
    more = {"session__season": season} if season else {}
    fields = {f"session__{name}": value for name, value in fields.items()}
    return OccurrenceFactory(starts_at=START, ends_at=START + timedelta(hours=1), **more, **fields).session


def test_dates_that_keep_sessions_closed_are_taken_away(admin_client):
    early = session_of(registration_opens_at=LATER)
    late = session_of(early.season, registration_closes_at=BEFORE)
    open_page, chosen = page("season_open", early.season_id), {"session": [early.pk, late.pk]}

    shown = admin_client.get(open_page, chosen).text
    assert "Registration opens for 2 sessions." in shown
    assert Session.objects.filter(registration_opens_at=LATER).exists()

    answer = admin_client.post(open_page, chosen)

    assert said(answer) == ["Registration is open for 2 sessions."]
    assert set(Session.objects.values_list("registration_opens_at", "registration_closes_at")) == {(None, None)}
    assert list(StaffAction.objects.values_list("action", flat=True)) == ["registration-opened"] * 2
    assert Message.objects.count() == 0


def test_page_says_what_stays_and_why(admin_client):
    open_already = session_of(title="Air")
    SessionFactory(season=open_already.season, title="Water", is_published=False)
    chosen = {"session": [each.pk for each in Session.objects.all()]}

    shown = admin_client.get(page("season_open", open_already.season_id), chosen).text

    assert "Nothing is to be opened." in shown
    assert "Air: its registration is open already." in shown
    assert "Water: it has no time slot to come." in shown
    assert "Water is a draft: nobody sees it before it is published." in shown


@pytest.mark.parametrize("chosen", [[], ["x"], ["9" * 30], ["0"]])
def test_without_a_session_it_leads_back(admin_client, chosen):
    session = session_of()

    answers = [
        getattr(admin_client, how)(page("season_open", session.season_id), {"session": chosen})
        for how in ("get", "post")
    ]

    assert [answer.url for answer in answers] == [page("season_overview", session.season_id)] * 2


def test_sessions_of_other_seasons_are_left_alone(admin_client):
    session, other = session_of(), session_of(registration_opens_at=LATER)

    admin_client.post(page("season_open", session.season_id), {"session": [other.pk]})

    other.refresh_from_db()
    assert other.registration_opens_at == LATER


def test_second_of_two_who_press_opens_nothing_more():
    session, now = session_of(registration_opens_at=LATER), datetime.now(UTC)
    opened = {"season_id": session.season_id, "sessions": [session.pk], "now": now}

    assert publishing.open_registration(**opened) == 1
    with pytest.raises(publishing.AlreadySo):
        publishing.open_registration(**opened)

    assert Season.objects.get().changed_at == now
