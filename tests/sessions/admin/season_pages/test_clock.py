"""The page on which staff move the clock of a rehearsal: forward, once, and only as far as the page has shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations import tasks
from registrations.models import ClockMove, Message, Participant, StaffAction
from registrations.rehearsals import moving
from sessions.clocks import moment
from sessions.models import Season
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.races import race
from tests.support.sessions.admin_pages import season_form
from tests.support.staff import member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def season():
    slot = OccurrenceFactory(session__season__is_rehearsal=True, starts_at=timezone.now() + 20 * DAY)
    RegistrationFactory(occurrence=slot, registered_at=timezone.now())
    return slot.session.season


@pytest.fixture
def editor(client):
    return member(client, "Programme editor")


def page(season):
    return reverse("admin:online_sessions_season_clock", args=[season.pk])


def form(season, ahead, **more):
    local = (moment.of(season) + ahead).astimezone(season.zone)
    seen = season.clock_ahead // timedelta(microseconds=1)
    return {"day": local.date().isoformat(), "hour": f"{local:%H:%M}", "seen": seen} | more


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_page_shows_what_happens_until_then_and_moves_nothing(editor, season):
    shown = editor.post(page(season), form(season, 25 * DAY))

    assert "3 reminders are due" in text_of(shown)
    assert not ClockMove.objects.exists()


def test_button_moves_it_and_the_page_says_which_mails_came(editor, season):
    editor.post(page(season), form(season, 25 * DAY, confirm="yes"))
    tasks.relay()
    while move := moving.under_way(season):
        tasks.move_clock(move.pk)

    season.refresh_from_db()
    assert 24 * DAY < season.clock_ahead <= 25 * DAY
    assert "reminder: 3" in text_of(editor.get(page(season)))
    [action] = StaffAction.objects.filter(action="clock-moved")
    assert action.made_at < timezone.now()


def test_next_event_is_the_first_that_happens(editor, season):
    shown = text_of(editor.post(page(season), form(season, DAY, next="yes")))

    assert "Reminder, 3 days before" in shown
    assert "Reminder, 1 hour before" not in shown.partition("Or choose another moment")[0]


def test_next_event_does_something_for_somebody(editor, season):
    """Reminders of nobody and sessions that are drafts made sixty presses of a season."""
    OccurrenceFactory(session__season=season, session__is_published=False, starts_at=timezone.now() + 5 * DAY)
    OccurrenceFactory(session__season=season, session__title="Air", starts_at=timezone.now() + 9 * DAY)

    shown = text_of(editor.get(page(season)))

    assert "What people notice next: The meeting opens for people with a place “Air”" in shown
    assert "1 session to come is a draft" in shown


def test_one_press_goes_to_the_end_of_the_next_day_with_a_session(editor, season):
    day = (timezone.now() + 20 * DAY + timedelta(hours=1)).astimezone(season.zone).date()

    answer = editor.post(page(season), form(season, DAY, session_day="yes"))

    assert answer.context["form"].to.astimezone(season.zone).date() == day + DAY
    assert "3 reminders are due" in text_of(answer)
    assert not ClockMove.objects.exists()


def test_page_loads_again_until_the_clock_has_arrived(editor, season):
    reloads = f'<meta http-equiv="refresh" content="5; url={page(season)}">'
    assert reloads not in editor.get(page(season)).text
    move = moving.begin(season_id=season.pk, to=moment.of(season) + DAY, seen=timedelta(), by=None)

    assert reloads in editor.get(page(season)).text
    assert reloads not in editor.get(f"{page(season)}?still").text

    moving.go_on(move_id=move.pk, seconds=60)
    assert reloads not in editor.get(page(season)).text


@pytest.mark.parametrize("ahead", [-DAY, timedelta(0), 4000 * DAY])
def test_clock_goes_forward_only_and_not_beyond_all_that_happens(editor, season, ahead):
    answer = editor.post(page(season), form(season, ahead, confirm="yes"))

    assert "This moment is not possible" in text_of(answer)
    assert not ClockMove.objects.exists()


@pytest.mark.parametrize(
    "typed", [{"day": "9999-99-99"}, {"day": "0001-01-01"}, {"hour": "x"}, {"seen": "-1"}, {"seen": ""}]
)
def test_what_is_no_moment_is_no_fault(editor, season, typed):
    answer = editor.post(page(season), form(season, DAY, confirm="yes") | typed)

    assert answer.status_code == 200
    assert not ClockMove.objects.exists()


def test_older_version_of_the_form_moves_nothing(editor, season):
    older = form(season, 10 * DAY, confirm="yes")
    Season.objects.set_ahead(season.pk, DAY)

    answer = editor.post(page(season), older)

    assert "somebody has moved it" in text_of(answer)
    assert not ClockMove.objects.exists()


def test_second_press_moves_nothing(editor, season):
    sent = form(season, 10 * DAY, confirm="yes")
    editor.post(page(season), sent)
    editor.post(page(season), sent)

    assert ClockMove.objects.count() == 1


def test_real_season_has_no_such_page(editor, season):
    Season.objects.filter(pk=season.pk).update(is_rehearsal=False)

    answer = editor.post(page(season), form(season, DAY, confirm="yes"), follow=True)

    assert "This season is a real one" in text_of(answer)
    assert not ClockMove.objects.exists()


@pytest.mark.parametrize("role", ["Registration officer", "Viewer"])
def test_who_may_not_change_a_season_moves_no_clock(client, season, role):
    assert member(client, role).post(page(season), form(season, DAY, confirm="yes")).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_move(season):
    def press(_number):
        try:
            moving.begin(season_id=season.pk, to=moment.of(season) + DAY, seen=season.clock_ahead, by=None)
        except moving.MovedMeanwhile:
            return False
        return True

    assert sorted(race(2, press)) == [False, True]


def test_box_lists_mails_and_shows_one_whole(client, season):
    officer = member(client, "Registration officer")
    moving.do_what_is_due(season, now=moment.of(season) + 19.5 * DAY, is_night_over=True)
    [mail] = Message.objects.filter(rehearsal=season)
    box = reverse("admin:registrations_message_box", args=[season.pk])

    listed, none = text_of(officer.get(box)), text_of(officer.get(box, {"q": "nobody-of-this-name"}))
    read = officer.get(reverse("admin:registrations_message_boxed", args=[season.pk, mail.pk]))
    html = officer.get(reverse("admin:registrations_message_boxed_html", args=[season.pk, mail.pk]))

    assert (mail.subject in listed, mail.subject in none) == (True, False)
    assert mail.registration.join_key in text_of(read)
    assert "script" not in html["Content-Security-Policy"]
    assert "sandbox" in html["Content-Security-Policy"]
    assert '<base target="_blank">' in html.content.decode()


def test_mail_of_another_season_is_not_in_the_box(client, season):
    officer = member(client, "Registration officer")
    other = OccurrenceFactory(session__season__is_rehearsal=True, starts_at=timezone.now() + 20 * DAY).session.season
    moving.do_what_is_due(season, now=moment.of(season) + 19.5 * DAY, is_night_over=False)
    mail = Message.objects.get()

    for name in ("boxed", "boxed_html"):
        address = reverse(f"admin:registrations_message_{name}", args=[other.pk, mail.pk])
        assert officer.get(address).status_code == 404


def test_season_does_not_become_a_real_one_while_its_clock_is_asked_to_move(admin_client, season):
    moving.begin(season_id=season.pk, to=moving.furthest(season), seen=timedelta(), by=None)

    answer = admin_client.post(
        reverse("admin:online_sessions_season_change", args=[season.pk]), season_form(season, is_rehearsal="")
    )

    [words] = answer.context["adminform"].form.errors["is_rehearsal"]
    assert "Its clock is being moved forward" in words


def test_move_does_nothing_to_people_of_a_season_that_is_real_by_then(season):
    """It reminded them of sessions to come, and erased their details as if the term was over."""
    move = moving.begin(season_id=season.pk, to=moving.furthest(season), seen=timedelta(), by=None)
    Season.objects.filter(pk=season.pk).update(is_rehearsal=False)

    assert not moving.go_on(move_id=move.pk, seconds=60)

    assert not Message.objects.exists()
    assert not Participant.objects.exclude(anonymised_at=None).exists()
    assert moving.under_way(season) is None
