"""What a stranger sees who types somebody's name and address does not depend on whether that person is registered.

Each form is sent in two worlds that look the same from outside: in one of them the person holds the seats, in the other
one somebody else does. Compared are the answers, the public pages afterwards, and the mails to every mailbox but the
person's own, which may hear about its own people.
"""

import re
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from registrations.models import Delegation, Message, Participant, Registration
from tests.factories import InvitationFactory, OccurrenceFactory, RegistrationFactory, SeasonFactory
from tests.support.calendars import read_mail
from tests.support.registrations.inviting import page_of
from tests.support.registrations.sign_up_form import delegation_of, typed
from tests.support.registrations.waiting import full_slot
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
STORED, TYPED, MAILBOX = "Juma Kiptoo", "JUMA kiptoo", "juma@example.org"
# Keys, UIDs and tokens are another one each time; so are the moments of mails, and the last minute of a button.
ALWAYS_NEW = re.compile(
    r"[\w-]{24,}(?:\.\d+)?(?:@[\w.]+)?|\d{8}T\d{6}Z|\d{4}-\d\d-\d\dT[\d:.]+Z|value=\"\d{9,}:[^\"]*\""
    r"|until [^<]*, \d\d:\d\d"
)


class Undone(Exception):
    """Takes back what was done in a world."""


@pytest.fixture
def world():
    """Juma has a seat in one slot, waits for another one, and is invited to a hidden session."""
    season = SeasonFactory()
    open_slot = OccurrenceFactory(session__season=season, session__title="Mercury in rice", capacity=50)
    full = full_slot(session__season=season, session__title="Mercury in fish")
    seat = RegistrationFactory(
        occurrence=open_slot, participant__season=season, participant__name=STORED, participant__email=MAILBOX
    )
    RegistrationFactory(
        participant=seat.participant, occurrence=full, status="waitlisted", waiting_since=timezone.now()
    )
    invited = InvitationFactory(session__season=season, opened_at=timezone.now(), name="Ana", email="ana@example.org")
    OccurrenceFactory(session=invited.session)
    return {"season": season, "open": open_slot, "full": full, "invited": invited}


@contextmanager
def in_a_world_of_its_own(*, is_registered):
    cache.clear()
    try:
        with transaction.atomic():
            if not is_registered:
                Participant.objects.filter(mailbox=MAILBOX).update(
                    name="Zoe", name_key="zoe", email="zoe@example.net", mailbox="zoe@example.net"
                )
            yield
            raise Undone
    except Undone:
        pass


def alike(text) -> str:
    return ALWAYS_NEW.sub("(new)", text)


def public_pages(world) -> list[str]:
    season = world["season"]
    paths = [season.get_absolute_url(), f"/sign-up/{season.slug}/", f"/sign-up/{season.slug}/delegation/"]
    paths += [world[slot].session.get_absolute_url() for slot in ("open", "full")]
    paths += [f"{season.get_absolute_url()}calendar.ics", page_of(world["invited"]), page_of(world["invited"], "ask/")]
    return [alike(Client().get(path).text) for path in paths]


def mails_to_others() -> list[tuple]:
    mails = Message.objects.exclude(recipient__iexact=MAILBOX).order_by("recipient", "kind")
    return [(mail.recipient, mail.kind, mail.subject, texts_of(mail)) for mail in mails]


def texts_of(mail) -> list[str]:
    return [alike(part.get_content()) for part in read_mail(mail).walk() if part.get_content_maintype() == "text"]


def learned(world, send, *, is_registered):
    """All that a stranger and other mailboxes learn when `send` sends forms, and gives back their answers."""
    with in_a_world_of_its_own(is_registered=is_registered):
        answers = [
            (answer.status_code, alike(getattr(answer, "url", "")), alike(answer.text)) for answer in send(world)
        ]
        seen = {"answers": answers, "pages": public_pages(world), "mails": mails_to_others()}
    return seen


def sign_up(*slots):
    def send(world):
        chosen = [world[slot] for slot in slots]
        form = typed(*chosen, name=TYPED, email=MAILBOX)
        waits = {f"slot-{slot.session.pk}": f"wait-{slot.pk}" for slot in chosen if slot is world["full"]}
        client, path = Client(), f"/sign-up/{world['season'].slug}/"
        return [client.post(path, form | waits), client.get(f"{path}check-your-mail/")]

    return send


def delegation(**changes):
    """The form, the page behind the focal point's link, its button, and the focal point's own page afterwards."""

    def send(world):
        client, path = Client(), f"/sign-up/{world['season'].slug}/delegation/"
        form = delegation_of(world["open"], people=[(TYPED, MAILBOX), ("Omar Said", "")], **changes)
        answers = [client.post(path, form)]
        page = f"/delegations/{Delegation.objects.get().key}/"
        answers += [client.get(page), client.post(page, {"slot": world["open"].pk}), client.get(page)]
        point = Participant.objects.get(name="Focal Point")
        return [*answers, client.get(f"/my/{point.key}/"), client.get(f"/my/{point.key}/data/my-data.json")]

    return send


def named_as_focal_point(world):
    form = delegation_of(world["open"], name=TYPED, email=MAILBOX, people=[("Omar Said", "omar@example.org")])
    return [Client().post(f"/sign-up/{world['season'].slug}/delegation/", form)]


def delegation_that_finds_no_place(world):
    form = delegation_of(world["full"], people=[(TYPED, MAILBOX)])
    return [Client().post(f"/sign-up/{world['season'].slug}/delegation/", form)]


def links(_world):
    client = Client()
    return [client.post("/my/send-link/", {"email": MAILBOX}), client.get("/my/send-link/sent/")]


def sign_in_code(_world):
    client = Client()
    asked = client.post("/account/sign-in/", {"email": MAILBOX})
    return [asked, client.get("/account/sign-in/code/"), client.post("/account/sign-in/code/", {"code": "1234-5678"})]


def ask_to_be_let_in(world):
    sent = {"name": TYPED, "email": MAILBOX, "organisation": "", "words": ""}
    client = Client()
    return [
        client.post(page_of(world["invited"], "ask/"), sent),
        client.get(page_of(world["invited"], "asked/")),
    ]


def decline_in_their_place(world):
    return [Client().post(page_of(world["invited"], "decline/"), {"email": MAILBOX})]


def new_password_of_staff(_world):
    client, path = Client(), "/staff/sign-in/forgotten/"
    return [client.post(path, {"email": MAILBOX}), client.get(f"{path}sent/")]


FORMS = {
    "new password of staff": new_password_of_staff,
    "sign-up": sign_up("open"),
    "sign-up for a waiting list": sign_up("full"),
    "sign-up for both": sign_up("open", "full"),
    "delegation": delegation(),
    "delegation with the focal point": delegation(takes_part="yes"),
    "delegation in their name": named_as_focal_point,
    "delegation to a full slot": delegation_that_finds_no_place,
    "send me my links": links,
    "code to sign in": sign_in_code,
    "request to be let in": ask_to_be_let_in,
    "invitation of somebody else": decline_in_their_place,
}


@pytest.mark.parametrize("form", first_always(FORMS, 2))
def test_form_tells_a_stranger_nothing(world, form):
    known, unknown = (learned(world, FORMS[form], is_registered=is_registered) for is_registered in (True, False))

    assert known["answers"] == unknown["answers"]
    assert known["pages"] == unknown["pages"]
    assert known["mails"] == unknown["mails"]


def test_two_worlds_do_differ(world):
    """The proof that the test above can fail: the person's own mailbox hears another thing."""
    kinds = []
    for is_registered in (True, False):
        with in_a_world_of_its_own(is_registered=is_registered):
            sign_up("open")(world)
            kinds.append((Message.objects.get().kind, Registration.objects.count()))

    assert kinds == [("already_registered", 3), ("confirmation", 4)]
