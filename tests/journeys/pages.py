"""Every page that a visitor or a participant can see, in a state worth looking at."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from registrations.models import Registration
from sessions.models import Occurrence
from tests.factories import ParticipantFactory, RegistrationFactory


@dataclass(frozen=True)
class Address:
    name: str
    path: str


def every_page(seasons) -> list[Address]:
    return public_pages(seasons) + personal_pages(seasons["rehearsal"])


def public_pages(seasons):
    archive, coming = (seasons[slug].get_absolute_url() for slug in ("2020", "rehearsal"))
    return [
        Address("home", "/"),
        Address("archive", archive),
        Address("one stream", f"{coming}?stream=science"),
        Address("session held", f"{archive}effectiveness-evaluation-indicators/"),
        Address("session that nothing confirms", f"{archive}cop-4-intersessional-work/"),
        Address("session to come", f"{coming}article-8-emissions/"),
        Address("all seasons", "/seasons/"),
        Address("time zone", "/time-zone/"),
        Address("privacy", "/privacy/"),
        Address("sign-up", "/sign-up/rehearsal/"),
        Address("sign-up of a season that is over", "/sign-up/2020/"),
        Address("check your mail", "/sign-up/rehearsal/check-your-mail/"),
        Address("no such page", "/nothing/"),
    ]


def personal_pages(season):
    """Of somebody with a long name, one registration whose door is open, one to come and one cancelled."""
    somebody = ParticipantFactory(season=season, name="Maria Aparecida Albuquerque Cavalcanti de Oliveira e Silva")
    slots = Occurrence.objects.filter(session__season=season).in_order()
    twice = [slot for slot in slots if slot.session.slug == "article-8-emissions"]
    once = next(slot for slot in slots if slot.session.slug == "material-flow-supply-demand-trade")
    last = slots.last()
    now = timezone.now()
    Occurrence.objects.filter(pk=once.pk).update(starts_at=now, ends_at=now + timedelta(hours=1))
    open_door = RegistrationFactory(participant=somebody, occurrence=once)
    waiting = RegistrationFactory(participant=somebody, occurrence=twice[0])
    gone = RegistrationFactory(
        participant=somebody, occurrence=last, status=Registration.Status.CANCELLED, cancelled_at=now
    )
    my = f"/my/{somebody.key}/"
    return [
        Address("my season", my),
        Address("details", f"{my}details/"),
        Address("change the slot", f"{my}{twice[0].session.slug}/time-slot/"),
        Address("cancel", f"{my}{twice[0].session.slug}/cancel/"),
        Address("come back", f"{my}{gone.session.slug}/come-back/"),
        Address("door open", f"/join/{open_door.join_key}/"),
        Address("waiting room", f"/join/{waiting.join_key}/"),
        Address("door after cancelling", f"/join/{gone.join_key}/"),
        Address("wrong link", "/my/nobody/"),
    ]
