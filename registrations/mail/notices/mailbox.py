"""Mails to a mailbox that somebody typed, whoever is behind it."""

from dataclasses import dataclass

from django.conf import settings

from registrations import links
from registrations.mail.notices.letters import Letter, message, random_message_id
from sessions import marked
from sessions.plain_text import one_line


@dataclass(frozen=True)
class PersonWithLink:
    name: str
    season_title: str
    url: str


def sign_in_code(mailbox, code, *, language, now):
    """The code is not in the subject, which staff can read."""
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
    return _to_mailbox("sign_in_code", mailbox, language, now, {"code": code, "minutes": minutes})


def nobody_registered(mailbox, *, language, now):
    """Without the address: a local part can look like a link, and is a stranger's words."""
    context = {"home_url": links.home}
    return _to_mailbox("nobody_registered", mailbox, language, now, context)


def new_link(participant, *, now):
    """To somebody whose pages have another address now."""
    message_id = random_message_id()
    letter = Letter(
        kind="new_link",
        key=message_id,
        participant=participant,
        season=participant.season,
        now=now,
        message_id=message_id,
        context={},
    )
    return message(letter)


def own_links(people, request, *, now):
    """The links of all these people of one mailbox, in the language of the first, under the Message-ID of `request`."""
    context = {
        "people": [
            PersonWithLink(
                one_line(person.name),
                marked.words(person.season, "title", people[0].reads),
                links.my_season(person),
            )
            for person in people
        ],
        "sign_in_url": links.sign_in,
    }
    return _to_mailbox("links", request.recipient, people[0].reads, now, context, message_id=request.message_id)


def _to_mailbox(kind, mailbox, language, now, context, *, message_id=""):
    message_id = message_id or random_message_id()
    letter = Letter(
        kind=kind,
        key=message_id,
        participant=None,
        season=None,
        now=now,
        message_id=message_id,
        context=context,
        address=mailbox,
        language=language,
    )
    return message(letter)
