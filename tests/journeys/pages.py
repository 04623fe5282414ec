"""Every page that a visitor or a participant can see, in a state worth looking at."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from registrations.figures import keeping, storing
from registrations.models import Registration
from sessions.models import Occurrence, Question
from tests.factories import DelegationFactory, MaterialFactory, ParticipantFactory, QuestionFactory, RegistrationFactory
from tests.journeys import invitation_pages
from tests.support.registrations.certificates import certify

CHOICES = ["Soils", "Latin America and the Caribbean, with the small island developing States"]


@dataclass(frozen=True)
class Address:
    name: str
    path: str


def every_page(seasons) -> list[Address]:
    return public_pages(seasons) + personal_pages(seasons["rehearsal"]) + pages_of_invitations(seasons["rehearsal"])


def pages_of_invitations(season):
    return [Address(name, path) for name, path in invitation_pages.addresses(season).items()]


def public_pages(seasons):
    archive, coming = (seasons[slug].get_absolute_url() for slug in ("2020", "rehearsal"))
    return [
        Address("home", "/"),
        Address("archive", archive),
        Address("one stream", f"{coming}?stream=science"),
        Address("session held", f"{archive}effectiveness-evaluation-indicators/"),
        Address("session with its materials", archive_with_materials(seasons["2020"])),
        Address("session that nothing confirms", f"{archive}cop-4-intersessional-work/"),
        Address("session to come", f"{coming}article-8-emissions/"),
        Address("published figures", published_figures(seasons["2020"])),
        Address("all seasons", "/seasons/"),
        Address("poster", "/poster/2020/"),
        Address("time zone", "/time-zone/"),
        Address("privacy", "/privacy/"),
        Address("about", "/about/"),
        Address("accessibility", "/accessibility/"),
        Address("sign-up", "/sign-up/rehearsal/"),
        Address("sign-up for one session", "/sign-up/rehearsal/?session=article-8-emissions"),
        Address("sign-up of a season that is over", "/sign-up/2020/"),
        Address("sign-up of a delegation", "/sign-up/rehearsal/delegation/"),
        Address("delegation: one more step", "/sign-up/rehearsal/delegation/check-your-mail/"),
        Address("check your mail", "/sign-up/rehearsal/check-your-mail/"),
        Address("send me my link", "/my/send-link/"),
        Address("new link sent", "/my/new-link/sent/"),
        Address("link sent", "/my/send-link/sent/"),
        Address("data are erased", "/my/erased/"),
        Address("check a certificate", "/c/"),
        Address("sign in with a code", "/account/sign-in/"),
        Address("sign in as staff", "/staff/sign-in/"),
        Address("no such page", "/nothing/"),
    ]


def published_figures(season) -> str:
    """Of people from several countries, some with a number that is hidden."""
    slot = Occurrence.objects.filter(session__season=season).in_order()[0]
    for country, number in {"404": 12, "756": 7, "604": 5, "250": 2}.items():
        RegistrationFactory.create_batch(number, occurrence=slot, participant__country=country)
    storing.store(season_id=season.pk, now=timezone.now())
    keeping.publish(season, now=timezone.now())
    return f"{season.get_absolute_url()}figures/"


def archive_with_materials(season) -> str:
    """A session of which there is something of each kind, in several scripts, as links, files and neither."""
    session = season.sessions.get(slug="material-flow-supply-demand-trade")
    film, drive = "https://www.youtube.com/watch?v=4uM1kZ3qHsE", "https://drive.example.org/" + "folder" * 30
    of_session = {"session": session, "size": 2_516_582}
    MaterialFactory(**of_session, kind="recording", title="Recording", url=film, language="en")
    MaterialFactory(**of_session, kind="recording", title="Enregistrement", url=film, language="fr")
    MaterialFactory(**of_session, title="تدفقات الزئبق", file="2020/x/زئبق.pptx", language="ar")
    MaterialFactory(**of_session, kind="document", title="Annex_" * 20, file="2020/x/annex.pdf", language="other")
    MaterialFactory(**of_session, kind="document", title="Further reading", url=drive)
    return session.get_absolute_url()


def personal_pages(season):
    """Of somebody with a long name, one registration whose meeting is open, one to come and one cancelled."""
    somebody = ParticipantFactory(season=season, name="Maria Aparecida Albuquerque Cavalcanti de Oliveira e Silva")
    open_meeting, waiting, gone = _registrations(somebody)
    named = ParticipantFactory(season=season, name="Omar", named_by=somebody, confirmed_at=None)
    RegistrationFactory(participant=named, occurrence=gone.occurrence)
    ParticipantFactory(season=season, name="Juma", email=somebody.email, named_by=somebody)
    for kind in Question.Kind:
        QuestionFactory(
            season=season, kind=kind, words=f"{kind.label}?", help_text="Speakers read it.", choices=CHOICES
        )
    slots = [gone.occurrence_id, waiting.occurrence_id]
    asked = DelegationFactory(season=season, occurrences=slots, takes_part=True)
    my = f"/my/{somebody.key}/"
    return [
        Address("delegation to sign up", f"/delegations/{asked.key}/"),
        Address("take part", f"/my/{named.key}/take-part/"),
        Address("my season before saying yes", f"/my/{named.key}/"),
        Address("my season", my),
        Address("details", f"{my}details/"),
        Address("questions", f"{my}questions/"),
        Address("mails", f"{my}mails/"),
        Address("my data", f"{my}data/"),
        Address("my certificates", f"{my}certificates/"),
        Address("certificate", f"/certificates/{certify(open_meeting).key}/"),
        Address("erase my data", f"{my}erase/"),
        Address("stop the reminders", f"/stop/reminders/{somebody.stop_key}/"),
        Address("new link", f"{my}new-link/"),
        Address("new address for the calendar", f"{my}new-calendar-address/"),
        Address("change the slot", f"{my}{waiting.session.slug}/time-slot/"),
        Address("cancel", f"{my}{waiting.session.slug}/cancel/"),
        Address("come back", f"{my}{gone.session.slug}/come-back/"),
        Address("meeting open", f"/join/{open_meeting.join_key}/"),
        Address("waiting room", f"/join/{waiting.join_key}/"),
        Address("meeting after cancelling", f"/join/{gone.join_key}/"),
        Address("wrong link", "/my/nobody/"),
    ]


def _registrations(somebody) -> list[Registration]:
    """In a meeting that is open now, in one of two slots to come, and in the last session, cancelled."""
    slots, now = Occurrence.objects.filter(session__season=somebody.season).in_order(), timezone.now()
    twice = next(slot for slot in slots if slot.session.slug == "article-8-emissions")
    once = next(slot for slot in slots if slot.session.slug == "material-flow-supply-demand-trade")
    Occurrence.objects.filter(pk=once.pk).update(starts_at=now, ends_at=now + timedelta(hours=1))
    cancelled = {"status": Registration.Status.CANCELLED, "cancelled_at": now}
    return [
        RegistrationFactory(participant=somebody, occurrence=once),
        RegistrationFactory(participant=somebody, occurrence=twice),
        RegistrationFactory(participant=somebody, occurrence=slots.last(), **cancelled),
    ]
