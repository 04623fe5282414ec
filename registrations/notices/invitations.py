"""The mail that invites one person to a session by invitation."""

from django.conf import settings

from registrations import links
from registrations.models import Message
from registrations.notices.letters import Letter, message
from sessions.clocks import three_clocks
from sessions.plain_text import one_line


def personal_invitation(invitation, *, message_id, now) -> Message:
    """The time stands on the season's clock and on UTC: where the person is, nobody has said yet."""
    session, season = invitation.session, invitation.session.season
    slots = session.occurrences.upcoming(now).in_order()
    letter = Letter(
        kind="personal_invitation",
        key=str(invitation.pk),
        participant=None,
        season=None,
        now=now,
        message_id=message_id,
        context={
            "season": season,
            "season_title": one_line(season.title),
            "title": one_line(session.title),
            "summary": one_line(session.summary),
            "slots": [
                three_clocks(slot.starts_at, slot.ends_at, reader_zone=season.timezone, season=season) for slot in slots
            ],
            "organiser": one_line(season.organiser) or settings.ORGANIZER_NAME,
            "url": links.invitation(invitation),
        },
        address=invitation.email,
        language=invitation.language,
        addressee=invitation.name,
    )
    invited = message(letter)
    invited.invitation = invitation
    return invited
