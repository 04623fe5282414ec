"""The mails to one person who is invited to a session by invitation."""

from django.utils.translation import override

from registrations import links
from registrations.mail.notices.letters import Letter, message, random_message_id
from registrations.models import Message
from sessions import marked, rich_text, translations
from sessions.clocks.slot_clocks import clocks_of
from sessions.plain_text import one_line


def decline_question(invitation, *, now) -> Message:
    """To the mailbox that was invited: somebody who has the invitation wants to decline it."""
    message_id = random_message_id()
    letter = Letter(
        kind="decline_question",
        key=message_id,
        participant=None,
        season=invitation.session.season,
        now=now,
        message_id=message_id,
        context={
            "title": marked.words(invitation.session, "title", invitation.reads),
            "url": links.decline(invitation),
        },
        address=invitation.mailbox,
        language=invitation.reads,
        addressee=invitation.name,
    )
    return message(letter)


def personal_invitation(invitation, *, message_id, now) -> Message:
    """The time is given on the season's clock and in UTC: where the person is, nobody has said yet."""
    slots = invitation.session.occurrences.upcoming(now).in_order()
    return _to_invited("personal_invitation", invitation, slots, {}, message_id=message_id, now=now)


def invitation_changed(invitation, *, slots, previous, message_id, now, reason="") -> Message:
    """Somebody who has not answered hears of other times.

    `slots` are those to come, none if all are called off; `previous` has the times that do not hold any more, or is
    None.
    """
    news = {"previous": _clocks(previous, invitation) if previous else None, "reason": reason}
    return _to_invited("invitation_changed", invitation, slots, news, message_id=message_id, now=now)


def _to_invited(kind, invitation, slots, more, *, message_id, now) -> Message:
    session, season, language = invitation.session, invitation.session.season, invitation.reads
    with override(language):
        organiser = marked.organiser(season)
    letter = Letter(
        kind=kind,
        key=str(invitation.pk),
        participant=None,
        season=invitation.session.season,
        now=now,
        message_id=message_id,
        context={
            "season": season,
            "season_title": marked.words(season, "title", language),
            "title": marked.words(session, "title", language),
            "summary": _summary(session, language),
            "slots": [_clocks(slot, invitation) for slot in slots],
            "organiser": organiser,
            "url": links.invitation(invitation),
        }
        | more,
        address=invitation.email,
        language=language,
        addressee=invitation.name,
    )
    invited = message(letter)
    invited.invitation = invitation
    return invited


def _summary(session, language) -> str:
    found = translations.said(session, "summary", language)
    text = one_line(rich_text.plain(found.text))
    return marked.english(text) if found.is_fallback else text


def _clocks(slot, invitation):
    season = invitation.session.season
    with override(invitation.reads):
        return clocks_of(slot, reader_zone=season.timezone, season=season)
