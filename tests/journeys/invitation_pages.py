"""The pages of invitations, in each state worth looking at."""

from django.utils import timezone

from sessions.models import Session
from tests.factories import InvitationFactory, MaterialFactory, RegistrationFactory, SpeakerFactory


def addresses(season) -> dict[str, str]:
    """Path by name; of the season's session by invitation, which nobody has announced."""
    session = season.sessions.get(access=Session.Access.INVITATION)
    assert not session.is_public
    SpeakerFactory(session=session, role="Head of division", affiliation="Ministry of Water")
    MaterialFactory(session=session, title="Agenda", file="x/agenda.pdf", size=1_000_000)
    now, slot = timezone.now(), session.occurrences.get()
    sealed = InvitationFactory(session=session, name="Maria Aparecida Albuquerque Cavalcanti de Oliveira e Silva")
    opened = InvitationFactory(session=session, opened_at=now)
    declined = InvitationFactory(session=session, opened_at=now, declined_at=now)
    registration = RegistrationFactory(occurrence=slot)
    accepted = InvitationFactory(session=session, opened_at=now, accepted_at=now, registration=registration)
    withdrawn = InvitationFactory(session=session, withdrawn_at=now)
    return {
        "invitation, sealed": f"/invitation/{sealed.key}/",
        "invitation, open": f"/invitation/{opened.key}/",
        "invitation, declined": f"/invitation/{declined.key}/",
        "invitation, accepted": f"/invitation/{accepted.key}/",
        "invitation, withdrawn": f"/invitation/{withdrawn.key}/",
        "decline an invitation": f"/invitation/{opened.key}/decline/",
        "ask to be let in": f"/invitation/{opened.key}/ask/",
        "asked to be let in": f"/invitation/{opened.key}/asked/",
        "own page of a hidden session": f"/my/{registration.participant.key}/{session.slug}/session/",
    }
