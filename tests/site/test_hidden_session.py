"""A session by invitation that nobody announced: its words and its addresses are nowhere for anybody else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from registrations.mailings import reminders
from registrations.models import Message
from registrations.rescheduling import changes
from tests.factories import MaterialFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory, SpeakerFactory
from tests.support.registrations.announcing import announce
from tests.support.registrations.inviting import accept, hidden_slot, invite
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import details

pytestmark = pytest.mark.django_db

WORD = "Quetzalcoatl"


@pytest.fixture
def shown():
    """An ordinary session of the same season and stream, in two weeks."""
    starts_at = timezone.now() + timedelta(days=14)
    return OccurrenceFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))


@pytest.fixture
def hidden(shown):
    session = shown.session
    slot = hidden_slot(
        session__season=session.season,
        session__stream=session.stream,
        session__slug=WORD.lower(),
        session__title=f"{WORD} behind doors",
        session__summary=f"About {WORD}.",
        starts_at=shown.starts_at,
        ends_at=shown.ends_at,
    )
    SpeakerFactory(session=slot.session, name=f"Dr {WORD}")
    return slot


def sign_up(slot, **changes):
    season = slot.session.season
    sent = vars(details()) | {"email": "zoe@example.org", "consent": "on", "session": slot.session.slug} | changes
    return Client().post(f"/sign-up/{season.slug}/", sent)


def stranger_sees(shown):
    """Each public address that shows the programme or depends on it."""
    season, session = shown.session.season.get_absolute_url(), shown.session.get_absolute_url()
    stranger = ParticipantFactory(season=shown.session.season)
    RegistrationFactory(participant=stranger, occurrence=shown)
    mine = f"/my/{stranger.key}/"
    return [
        *("/", "/seasons/", "/time-zone/", "/privacy/", "/about/", "/robots.txt", "/sitemap.xml"),
        *("/nothing/", "/my/nobody/", "/my/send-link/"),
        *(season, f"{season}?stream={shown.session.stream.slug}", f"{season}calendar.ics", session),
        f"/poster/{shown.session.season.slug}/",
        *("/api/v1/seasons/", *(f"/api/v1{season}{path}" for path in ("", "sessions/", "slots/", "materials/"))),
        *("/widget/", "/widget/season.html"),
        *(f"{session}calendar.ics", f"{season}streams/{shown.session.stream.slug}/calendar.ics"),
        *(f"{session}slot-{shown.pk}.ics", f"/sign-up/{shown.session.season.slug}/"),
        *(f"/sign-up/{shown.session.season.slug}/?session={WORD.lower()}", "/account/sign-in/"),
        *(mine, f"{mine}calendar.ics", f"{mine}details/", f"/calendars/{stranger.feed_key}/calendar.ics"),
    ]


def test_word_is_at_no_address(shown, hidden):
    found = [
        address
        for address in stranger_sees(shown)
        # The visitor's own question comes back in no answer either.
        if WORD.casefold() in Client().get(address).content.decode().casefold()
    ]

    assert found == []


def test_public_pages_are_the_same_octets_with_and_without_it(shown):
    addresses = stranger_sees(shown)
    before = {address: without_tokens(Client().get(address)) for address in addresses}

    hidden_slot(session__season=shown.session.season, session__stream=shown.session.stream, starts_at=shown.starts_at)

    assert {address: without_tokens(Client().get(address)) for address in addresses} == before


def addresses_of(slot, session_slug, slot_pk, material_pk, key):
    page = f"{slot.session.season.get_absolute_url()}{session_slug}/"
    mine = f"/my/{key}/{session_slug}/"
    return [
        *(page, f"{page}calendar.ics", f"{page}slot-{slot_pk}.ics", f"{page}files/{material_pk}/x.pdf"),
        *(f"{mine}{what}/" for what in ("session", "cancel", "time-slot", "come-back")),
        *(f"{mine}calendar.ics", f"{mine}files/{material_pk}/"),
    ]


def test_its_own_addresses_answer_as_if_it_did_not_exist(hidden):
    material = MaterialFactory(session=hidden.session, file="x/x.pdf", url="")
    other = ParticipantFactory(season=hidden.session.season)
    real = addresses_of(hidden, hidden.session.slug, hidden.pk, material.pk, other.key)
    none = addresses_of(hidden, "no-such-session", 999_999, 999_999, other.key)

    for address, twin in zip(real, none, strict=True):
        for method in ("get", "post"):
            real_answer, no_answer = (getattr(Client(), method)(each) for each in (address, twin))
            assert real_answer.status_code == no_answer.status_code in (404, 405)
            assert without_tokens(real_answer) == without_tokens(no_answer), address


def test_sign_up_form_knows_neither_the_session_nor_its_slot(shown, hidden):
    twin = [sign_up(shown, session=slug) for slug in (hidden.session.slug, "no-such-session")]
    slots = [sign_up(shown, **{f"slot-{shown.session.pk}": pk}, name="") for pk in (hidden.pk, 999_999)]

    for real, none in (twin, slots):
        assert real.status_code == none.status_code == 422
        assert without_tokens(real).replace(hidden.session.slug, "no-such-session") == without_tokens(none)
    assert not any(WORD in answer.content.decode() for answer in (*twin, *slots))


def test_its_person_finds_every_link_of_every_page_and_mail_open(hidden, settings):
    """Of the mails that confirm, move and remind."""
    settings.SITE_URL = "http://testserver"
    [invited] = invite(hidden.session, now=timezone.now()).invitations
    registration = accept(invited, hidden, now=hidden.starts_at - timedelta(days=30))
    send_waiting_mails()
    later = hidden.starts_at + timedelta(hours=1)
    changes.reschedule(occurrence_id=hidden.pk, starts_at=later, ends_at=later + timedelta(hours=1), now=timezone.now())
    mails = send_waiting_mails()
    Message.objects.update(due_at=hidden.starts_at - timedelta(days=30))
    assert reminders.post_due(now=later - timedelta(hours=1)) == 1
    Message.objects.update(expires_at=None)
    mails = send_waiting_mails()
    mine = f"/my/{registration.participant.key}/"
    pages = [mine, f"{mine}{hidden.session.slug}/session/", f"/join/{registration.join_key}/"]

    found = links_in([Client().get(page).content.decode() for page in pages] + [text_of(mail) for mail in mails])

    assert [mail.kind for mail in mails] == ["personal_invitation", "confirmation", "rescheduled", "reminder"]
    assert {f"/invitation/{invited.key}/", f"{mine}{hidden.session.slug}/session/"} < found
    assert closed(found) == {}


def test_mail_of_what_was_published_leads_to_the_persons_own_page(hidden, settings):
    settings.SITE_URL = "http://testserver"
    MaterialFactory(session=hidden.session, url="https://video.example/1")
    registration = RegistrationFactory(occurrence=hidden, participant__wants_announcements=True)
    over = timezone.now() - timedelta(hours=1)
    type(hidden).objects.update(starts_at=over - timedelta(hours=1), ends_at=over)

    assert announce(hidden.session, now=timezone.now()) == 1
    [mail] = send_waiting_mails()

    found = links_in([text_of(mail)])
    assert f"/my/{registration.participant.key}/{hidden.session.slug}/session/" in found
    assert closed(found) == {}


def text_of(mail) -> str:
    return bytes(mail.octets).decode().replace("=\r\n", "").replace("=3D", "=")


def links_in(texts) -> set[str]:
    """Addresses of our own, without static files."""
    found = {link for text in texts for link in re.findall(r'(?:href="|http://testserver)(/[^\s"<>?#\\]+)', text)}
    return {link for link in found if not link.startswith("/static/")}


def closed(links) -> dict[str, int]:
    answers = {link: Client().get(link).status_code for link in links}
    return {link: status for link, status in answers.items() if status >= 400}


def test_its_own_page_shows_it_to_its_person_only(hidden):
    [invited] = invite(hidden.session, now=timezone.now()).invitations
    registration = accept(invited, hidden, now=timezone.now())
    mine = f"/my/{registration.participant.key}/{hidden.session.slug}/session/"

    shown = Client().get(mine)

    assert WORD in shown.content.decode()
    assert (shown["Cache-Control"], shown["X-Robots-Tag"]) == ("no-store", "noindex")
    registration.status = "cancelled"
    registration.save()
    assert Client().get(mine).status_code == 404
    my_season = Client().get(f"/my/{registration.participant.key}/").content.decode()
    assert "open your invitation and accept it" in my_season
    assert f"/{hidden.session.slug}/session/" not in my_season


def test_its_files_open_with_the_persons_key_and_stay_in_no_cache(hidden, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "slides.pdf").write_bytes(b"%PDF-1.7 slides")
    material = MaterialFactory(session=hidden.session, title="Slides", file="slides.pdf")
    registration = RegistrationFactory(occurrence=hidden)
    mine = f"/my/{registration.participant.key}/{hidden.session.slug}/"

    assert f'href="{mine}files/{material.pk}/"' in Client().get(f"{mine}session/").content.decode()
    answer = Client().get(f"{mine}files/{material.pk}/")

    assert (b"".join(answer.streaming_content), answer["Cache-Control"]) == (b"%PDF-1.7 slides", "no-store")


@pytest.mark.parametrize("state", ["called off", "over", "cancelled"])
def test_join_links_of_a_hidden_session_lead_to_no_closed_page(hidden, state):
    registration = RegistrationFactory(occurrence=hidden)
    changes = {"called off": {"called_off_at": hidden.starts_at}, "cancelled": {}}
    over = {"starts_at": timezone.now() - timedelta(hours=2), "ends_at": timezone.now() - timedelta(hours=1)}
    type(hidden).objects.update(**changes.get(state, over))
    if state == "cancelled":
        type(registration).objects.update(status="cancelled")

    shown = Client().get(f"/join/{registration.join_key}/").content.decode()

    assert hidden.session.get_absolute_url() not in shown
    assert "/sign-up/" not in shown


def without_tokens(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = re.sub(r'name="(csrfmiddlewaretoken|submission|opened)" value="[^"]*"', "", content.decode())
    return re.sub(r"DTSTAMP:\w+", "", text)
