"""What retention removes, when, and what it never touches."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session as BrowserSession
from django.db import connection
from django.db.models import Count

from registrations.accounts.owners import owner_of
from registrations.models import AdmissionRequest, Invitation, Message, Participant, Registration, StaffAction
from registrations.privacy import retention
from tests.factories import (
    AttendanceIntervalFactory,
    InvitationFactory,
    MessageFactory,
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
    SeasonFactory,
)
from tests.support.races import race
from tests.support.registrations.old_mails import mail, texts
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db

LAST_DAY = date(2030, 3, 15)  # 184 days before
PAST = {"starts_at": datetime(2030, 3, 1, 8, tzinfo=UTC)}


def past_season(ends_on=LAST_DAY):
    return SeasonFactory(starts_on=date(2029, 9, 1), ends_on=ends_on)


def people_of(season, number=3):
    slot = OccurrenceFactory(session__season=season, **PAST)
    return [
        RegistrationFactory(
            occurrence=slot,
            participant__country=country,
            participant__stakeholder="ngo",
            joined_at=NOW if country == "404" else None,
            status="cancelled" if country == "756" else "confirmed",
        ).participant
        for country in ["404", "756", "356"][:number]
    ]


def statistics():
    by = ["session", "status", "occurrence", "participant__season"]
    joined = Registration.objects.exclude(joined_at=None)
    return [
        sorted(map(str, rows.order_by().values_list(*by).annotate(Count("pk"))))
        for rows in (Registration.objects, joined)
    ]


def left():
    return Participant.objects.filter(anonymised_at=None).count()


def test_people_of_a_past_season_become_anonymous_and_statistics_stay():
    people_of(past_season())
    before = statistics()

    tally = retention.apply(now=NOW)

    assert tally.people == 3
    assert set(Participant.objects.values_list("name", "email", "organisation")) == {("", "", "")}
    assert statistics() == before


def reason(kind="", pk=None, *, made_at=NOW):
    action = StaffAction.objects.create(
        action="moved", made_at=made_at, kind=kind, object_id=pk, about="Mercury in air", why="Ana Silva is ill"
    )
    return action.pk


def test_reasons_go_with_the_season_of_their_slot_or_a_term_after_what_is_gone():
    past = OccurrenceFactory(session__season=past_season(), **PAST)
    coming, registration = OccurrenceFactory(), RegistrationFactory()
    slot, old = "online_sessions.occurrence", NOW - timedelta(days=184)
    gone = [
        reason(slot, past.pk),
        reason(slot, past.pk, made_at=old - timedelta(days=99)),
        reason(slot, 10**9, made_at=old),
        reason(made_at=old),
    ]
    stays = [
        reason(slot, coming.pk, made_at=old),
        reason("registrations.registration", registration.pk, made_at=old),
        reason(slot, 10**9, made_at=old + timedelta(days=2)),
        reason(made_at=old + timedelta(days=2)),
    ]
    before = retention.preview(now=NOW).reasons

    assert (before, retention.apply(now=NOW).reasons) == (4, 4)

    kept = StaffAction.objects.exclude(why="").order_by("pk").values_list("pk", flat=True)
    assert list(kept) == stays
    assert set(StaffAction.objects.filter(pk__in=gone).values_list("about", "why")) == {("Mercury in air", "")}


@pytest.mark.parametrize(("ends_on", "people"), [(LAST_DAY, 1), (LAST_DAY + timedelta(days=1), 0)])
def test_term_is_over_to_the_day(ends_on, people):
    people_of(past_season(ends_on), 1)

    assert retention.apply(now=NOW).people == people


def test_term_is_a_setting(settings):
    settings.DATA_TERM_DAYS = 400
    people_of(past_season())

    assert retention.apply(now=NOW).people == 0


def test_season_with_a_slot_beyond_its_last_day_is_not_over():
    season = past_season()
    people_of(season)
    OccurrenceFactory(session__season=season, starts_at=NOW + timedelta(days=3))

    assert retention.apply(now=NOW).people == 0


def test_season_to_come_is_never_touched():
    RegistrationFactory()
    InvitationFactory()
    MessageFactory(sent_at=NOW, status="sent")
    before = [list(model.objects.values()) for model in (Participant, Registration, Invitation, Message)]

    retention.apply(now=NOW)

    assert [list(model.objects.values()) for model in (Participant, Registration, Invitation, Message)] == before


def test_invitations_and_requests_go_with_the_season_and_their_states_stay():
    session = OccurrenceFactory(session__season=past_season(), **PAST).session
    twice = [InvitationFactory(session=session, accepted_at=NOW) for _ in range(2)]
    who = {"name": "Zoe", "email": "zoe@example.org", "mailbox": "zoe@example.org", "words": "I am Zoe"}
    AdmissionRequest.objects.create(invitation=twice[0], asked_at=NOW, is_granted=True, **who)
    MessageFactory(
        participant=None, invitation=twice[0], recipient="amina@ministry.example", status="sent", sent_at=NOW
    )

    tally = retention.apply(now=NOW)

    assert (tally.invitations, tally.requests) == (2, 1)
    assert set(Invitation.objects.values_list("name", "email", "accepted_at")) == {("", "", NOW)}
    assert AdmissionRequest.objects.values_list("name", "email", "words", "is_granted").get() == ("", "", "", True)
    assert Message.objects.get().recipient == ""


def test_invitation_to_an_address_that_reads_like_an_erased_one_goes_too():
    session = OccurrenceFactory(session__season=past_season(), **PAST).session
    InvitationFactory(session=session, email="erased-1@example.org")

    retention.apply(now=NOW)

    assert Invitation.objects.get().email == ""


def test_account_goes_with_the_last_person_of_its_mailbox():
    season = past_season()
    gone = ParticipantFactory(season=season, email="gone@example.org")
    stays = ParticipantFactory(season=season, email="stays@example.org")
    ParticipantFactory(email="stays@example.org")
    for person in (gone, stays):
        owner_of(person.mailbox)

    retention.apply(now=NOW)

    assert [user.email for user in User.objects.all()] == ["stays@example.org"]
    assert EmailAddress.objects.count() == 1


# The run


def test_expired_browser_sessions_are_deleted():
    BrowserSession.objects.create(session_key="old", session_data="x", expire_date=NOW - timedelta(seconds=1))
    BrowserSession.objects.create(session_key="new", session_data="x", expire_date=NOW + timedelta(hours=1))

    assert retention.apply(now=NOW).browser_sessions == 1
    assert [each.session_key for each in BrowserSession.objects.all()] == ["new"]


def everything_due():
    people_of(past_season())
    InvitationFactory(session=Registration.objects.first().session)
    mail("sent", 40)
    BrowserSession.objects.create(session_key="old", session_data="x", expire_date=NOW - timedelta(seconds=1))


@pytest.mark.parametrize(("days", "visitors"), [(29, 0), (31, 1)])
def test_who_was_in_a_meeting_and_is_not_registered_is_forgotten_after_a_month(days, visitors):
    known = AttendanceIntervalFactory(report__imported_at=NOW - timedelta(days=days))
    nobody = AttendanceIntervalFactory(report=known.report, registration=None, name="Zoe", email="zoe@example.org")

    foretold, tally = retention.preview(now=NOW), retention.apply(now=NOW)

    for interval in (known, nobody):
        interval.refresh_from_db()
    assert (foretold.visitors, tally.visitors) == (visitors, visitors)
    assert (bool(nobody.name or nobody.email), bool(known.name)) == (not visitors, True)
    assert nobody.joined_at == known.joined_at


def test_preview_counts_what_is_done_and_changes_nothing():
    everything_due()

    foretold = retention.preview(now=NOW)

    assert (left(), foretold.people) == (4, 3)  # one is the reader of the old mail
    assert retention.apply(now=NOW) == foretold


def test_second_run_finds_nothing():
    everything_due()
    retention.apply(now=NOW)
    before = [list(model.objects.values()) for model in (Participant, Registration, Invitation, Message)]

    tally = retention.apply(now=NOW + timedelta(minutes=1))

    assert tally == retention.Tally()
    assert [list(model.objects.values()) for model in (Participant, Registration, Invitation, Message)] == before


def test_many_are_done_in_batches(monkeypatch):
    monkeypatch.setattr(retention, "ROWS_A_BATCH", 2)
    people_of(past_season())
    for _ in range(5):
        mail("sent", 40)

    tally = retention.apply(now=NOW)

    assert (tally.people, tally.mails, tally.is_finished) == (3, 5, True)


def test_run_stops_after_a_batch_when_its_time_is_up_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(retention, "ROWS_A_BATCH", 2)
    people_of(past_season())

    first = retention.apply(now=NOW, seconds=1e-9)

    assert (first.people, first.is_finished, left()) == (2, False, 1)
    assert retention.apply(now=NOW).people == 1


def test_number_of_queries_is_the_same_for_one_person_and_for_three(django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        people_of(past_season(), number)
        with django_assert_max_num_queries(114) as captured:
            retention.apply(now=NOW)
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_it_once(monkeypatch):
    assert connection.vendor == "postgresql"
    monkeypatch.setattr(retention, "ROWS_A_BATCH", 3)
    for _ in range(4):
        people_of(past_season())
    for _ in range(10):
        mail("sent", 40)
    before = statistics()

    tallies = race(2, lambda _number: retention.apply(now=NOW))

    rest = retention.apply(now=NOW)
    done = [*tallies, rest]
    assert (sum(each.people for each in done), sum(each.mails for each in done)) == (12, 10)
    assert statistics() == before
    assert texts() == set()
