"""The mails of a delegation: to the focal point who signed people up, and to the people named."""

from dataclasses import dataclass

from registrations import links
from registrations.mail.notices import seats
from registrations.mail.notices.letters import Letter, message, random_message_id
from registrations.models import Registration
from registrations.models.delegations import TERM
from sessions import marked
from sessions.models import Occurrence
from sessions.plain_text import one_line
from sessions.translations import offered


@dataclass(frozen=True)
class PersonWithLink:
    name: str
    url: str
    changed: list[seats.Seat]


def please_confirm(members, slots, *, now):
    """To the mailbox that a focal point typed, and to nobody else: where to look at it all, and to sign them up.

    Without the names typed: as long as nobody has pressed the button, they are a stranger's words.
    """
    language = offered(members.point.details.language)
    return message(
        Letter(
            kind="please_confirm",
            key=members.asked.key,
            participant=None,
            season=members.asked.season,
            now=now,
            message_id=random_message_id(),
            context={
                "season": members.asked.season,
                "season_title": marked.words(members.asked.season, "title", language),
                "titles": [marked.words(slot.session, "title", language) for slot in sorted(slots, key=_by_time)],
                "number": len(members.named),
                "delegation_url": links.delegation(members.asked),
                "days": TERM.days,
            },
            address=members.asked.mailbox,
            language=language,
            addressee=members.point.name,
        )
    )


def typed(slots, staying, owning, *, has_mail) -> dict:
    """What the focal point's mail is written from, now and later.

    `staying` are pairs of name and person, `owning` names, both as the focal point has typed them: their stored
    spelling would tell who was registered before. `has_mail` says that the focal point takes part and gets the mails
    of an ordinary sign-up as well.
    """
    return {
        "slots": [slot.pk for slot in slots],
        "staying": [[name, person.pk] for name, person in staying],
        "owning": owning,
        "has_mail": has_mail,
    }


def total_sequence(written_from) -> int:
    """Higher after a change of a time slot, or of what somebody has who stays with the focal point."""
    slots = Occurrence.objects.filter(pk__in=written_from["slots"])
    people = [pk for _name, pk in written_from["staying"]]
    staying = Registration.objects.filter(participant__in=people)
    return sum(slots.values_list("sequence", flat=True)) + staying.total_sequence()


def delegation(focal, slots, staying, written_from, *, now):
    """To the focal point: everybody named, with the links of those who stay with them, and nobody else's.

    `staying` are PersonWithLink, `written_from` is what `typed` gave. Of people with an address of their own the mail
    says what was typed: what they have done since is theirs.
    """
    mail = message(
        Letter(
            kind="delegation",
            key=random_message_id(),
            participant=focal,
            season=focal.season,
            now=now,
            message_id=random_message_id(),
            sequence=total_sequence(written_from),
            context={
                "seats": [seats.seat(_as_of(focal, slot), now) for slot in sorted(slots, key=_by_time)],
                "staying": staying,
                "owning": [one_line(name) for name in written_from["owning"]],
                "number": len(staying) + len(written_from["owning"]),
                "has_mail": written_from["has_mail"],
            },
        )
    )
    mail.written_from = written_from
    return mail


def with_link(name, person, changed=(), *, now):
    """`changed` are the registrations of somebody who has other time slots than everybody was signed up for."""
    own = [seats.seat(registration, now) for registration in seats.in_order(changed)]
    return PersonWithLink(one_line(name), links.my_season(person), own)


def named(person, registrations, *, by, now, is_as_before=True):
    """To somebody with an address of their own: who signed them up, for what, and where to say yes or no.

    `by` is the focal point's name as typed; `is_as_before` says that nothing has changed since they typed it.
    """
    listed = [seats.seat(registration, now) for registration in seats.in_order(registrations)]
    mail = message(
        Letter(
            kind="named",
            key=random_message_id(),
            participant=person,
            season=person.season,
            now=now,
            message_id=random_message_id(),
            sequence=person.registrations.all().total_sequence(),
            context={
                "by": one_line(by),
                "seats": listed,
                "asks": person.confirmed_at is None and not all(seat.is_called_off or seat.is_over for seat in listed),
                "is_as_before": is_as_before and person.confirmed_at is not None,
                "take_part_url": links.take_part(person),
            },
        )
    )
    mail.written_from |= {"by": by}
    return mail


def _by_time(slot):
    return slot.starts_at, slot.pk


def _as_of(focal, slot) -> Registration:
    """For the clocks of the mail only: the focal point may take part in nothing."""
    return Registration(participant=focal, occurrence=slot, session=slot.session, status=Registration.Status.CONFIRMED)
