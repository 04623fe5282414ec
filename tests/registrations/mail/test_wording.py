"""Mails to many share what they have in common, and nothing else."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.utils.translation import override

from registrations.mail import notices
from registrations.mail.notices import wording
from registrations.models import Participant
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.calendars import read_mail

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 9, 3, 8, 15, tzinfo=UTC)
STARTS_AT = datetime(2030, 10, 10, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BEFORE = Occurrence(starts_at=STARTS_AT - 24 * HOUR, ends_at=STARTS_AT - 23 * HOUR)
KINDS = {
    "confirmation": lambda r, now: notices.confirmation(r.participant, [r], now=now)[0],
    "invitation": lambda r, now: notices.invitation(r, now=now),
    "promoted": lambda r, now: notices.promoted(r, now=now),
    "slot_changed": lambda r, now: notices.slot_changed(r, previous=BEFORE, now=now),
    "rescheduled": lambda r, now: notices.rescheduled(r, previous=BEFORE, now=now),
    "cancelled": lambda r, now: notices.cancelled(r, now=now),
    "erased": lambda r, now: notices.erased(r, now=now),
    "invitation_withdrawn": lambda r, now: notices.invitation_withdrawn(r, now=now),
    "called_off": lambda r, now: notices.called_off(r, now=now),
    "revived": lambda r, now: notices.revived(r, previous=BEFORE, now=now),
    "declined": lambda r, now: notices.declined(r, now=now),
    "reminder": lambda r, now: notices.reminder(r, message_id="<1@minamata.test>", now=now),
    "left_waiting_list": lambda r, now: notices.left_waiting_list(r, now=now),
    "waiting_changed": lambda r, now: notices.waiting_changed(r, previous=BEFORE, was_called_off=False, now=now),
}
BEFORE_THE_START = [30 * 24 * HOUR, 5 * HOUR, HOUR / 6, -HOUR / 6]
NAMES = ["Zoé <b>Ñandú</b> & O'Brien", "%(name)s {{ name }} \\1", "\ue0000; \ue0001;", "محمد عبد الله"]


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=STARTS_AT, session__title="Mercury & <trade>")


def texts(mail):
    bodies = [read_mail(mail).get_body((kind,)).get_content() for kind in ("plain", "html")]
    return str(mail.subject), *bodies


def alone(monkeypatch, write):
    """The same mail, with nothing shared."""
    with monkeypatch.context() as patch:
        patch.setattr(wording, "words", wording.rendered)
        return texts(write())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "before", [30 * 24 * HOUR, 5 * HOUR, HOUR / 6, -HOUR / 6], ids=["far", "near", "open", "begun"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_mail_says_to_each_reader_what_it_would_say_alone(slot, monkeypatch, kind, before, language):
    OccurrenceFactory(session=slot.session, starts_at=STARTS_AT + 72 * HOUR)
    people = [RegistrationFactory(occurrence=slot, participant__name=name) for name in NAMES]
    Participant.objects.update(language=language)

    for person in people:
        person.participant.refresh_from_db()
        write = partial(KINDS[kind], person, STARTS_AT - before)
        assert texts(write()) == alone(monkeypatch, write)


def test_what_is_kept_between_mails_is_nobodys_own(slot):
    wording._with_blanks.cache_clear()
    for person in [RegistrationFactory(occurrence=slot, participant__name=f"Person {n}") for n in range(3)]:
        KINDS["rescheduled"](person, NOW)

    kept = wording._with_blanks.cache_info()

    assert (kept.misses, kept.hits) == (1, 2)


CHANGES = {
    "title": lambda r: setattr(r.session, "title", "Another title"),
    "time": lambda r: setattr(r.occurrence, "starts_at", STARTS_AT + HOUR / 2),
    "zone": lambda r: setattr(r.participant, "timezone", "Asia/Tokyo"),
    "place": lambda r: setattr(r.session.season, "place", "Minamata"),
    "rehearsal": lambda r: setattr(r.session.season, "is_rehearsal", True),
    "language": lambda r: setattr(r.participant, "language", "fr"),
    "entry": lambda r: setattr(r, "entry_was_mailed", False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_stands_in_the_next_mail(slot, monkeypatch, change):
    registration = RegistrationFactory(occurrence=slot)
    before = texts(KINDS["rescheduled"](registration, NOW))

    CHANGES[change](registration)

    after = texts(KINDS["rescheduled"](registration, NOW))
    assert after == alone(monkeypatch, lambda: KINDS["rescheduled"](registration, NOW))
    assert after != before


def test_title_that_looks_like_a_blank_is_shown_as_it_is(slot, monkeypatch):
    registration = RegistrationFactory(occurrence=slot)
    registration.session.title = "Mercury \ue0000; and \ue00099;"

    written = texts(KINDS["called_off"](registration, NOW))

    assert written == alone(monkeypatch, lambda: KINDS["called_off"](registration, NOW))
    assert registration.participant.name not in written[0]


def test_mail_of_its_own_kind_is_not_kept():
    wording._with_blanks.cache_clear()
    with override("en"):
        notices.already_registered(ParticipantFactory(), now=NOW)

    assert wording._with_blanks.cache_info().currsize == 0
