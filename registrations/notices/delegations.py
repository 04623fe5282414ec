"""The mails of a delegation: to the focal point who signed people up, and to the people named."""

from dataclasses import dataclass

from registrations import links
from registrations.models import Registration
from registrations.models.delegations import TERM
from registrations.notices import seats
from registrations.notices.letters import Letter, message, random_message_id
from sessions.plain_text import one_line


@dataclass(frozen=True)
class PersonWithLink:
    name: str
    url: str


def please_confirm(party, slots, *, now):
    """To the mailbox that a focal point typed, and to nobody else: where to look at it all, and to sign them up.

    Without the names typed: as long as nobody has pressed the button, they are a stranger's words.
    """
    return message(
        Letter(
            kind="please_confirm",
            key=party.asked.key,
            participant=None,
            season=party.asked.season,
            now=now,
            message_id=random_message_id(),
            context={
                "season": party.asked.season,
                "season_title": one_line(party.asked.season.title),
                "titles": [one_line(slot.session.title) for slot in sorted(slots, key=_by_time)],
                "number": len(party.named),
                "delegation_url": links.delegation(party.asked),
                "days": TERM.days,
            },
            address=party.asked.mailbox,
            language=party.point.details.language,
            addressee=party.point.name,
        )
    )


def delegation(focal, slots, staying, owning, *, has_mail, now):
    """To the focal point: everybody named, with the links of those who stay with them, and nobody else's.

    `staying` are pairs of name and person, `owning` names, both as the focal point has typed them: their stored
    spelling would tell who was registered before. `has_mail` says that the focal point takes part and gets the mails
    of an ordinary sign-up as well.
    """
    return message(
        Letter(
            kind="delegation",
            key=random_message_id(),
            participant=focal,
            season=focal.season,
            now=now,
            message_id=random_message_id(),
            context={
                "seats": [seats.seat(_as_of(focal, slot), now) for slot in sorted(slots, key=_by_time)],
                "staying": [PersonWithLink(one_line(name), links.my_season(person)) for name, person in staying],
                "owning": [one_line(name) for name in owning],
                "number": len(staying) + len(owning),
                "has_mail": has_mail,
            },
        )
    )


def named(person, *, by, now):
    """To somebody with an address of their own: who signed them up, for what, and where to say yes or no.

    `by` is the focal point's name as typed.
    """
    return message(
        Letter(
            kind="named",
            key=random_message_id(),
            participant=person,
            season=person.season,
            now=now,
            message_id=random_message_id(),
            context={
                "by": one_line(by),
                "seats": seats.all_of(person, now),
                "is_confirmed": person.confirmed_at is not None,
                "take_part_url": links.take_part(person),
            },
        )
    )


def _by_time(slot):
    return slot.starts_at, slot.pk


def _as_of(focal, slot) -> Registration:
    """For the clocks of the mail only: the focal point may take part in nothing."""
    return Registration(participant=focal, occurrence=slot, session=slot.session, status=Registration.Status.CONFIRMED)
