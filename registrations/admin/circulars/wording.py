"""Who gets a circular and why, in words for the staff."""

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from registrations.admin.circulars.forms import ATTENDANCE
from registrations.models import Participant, Registration
from registrations.people import audiences
from registrations.people.audiences import Audience
from sessions.clocks import dates
from sessions.clocks.wall_clock import on_clock
from sessions.models import Occurrence, Session
from sessions.reference import countries


def audience(circular) -> list[tuple[str, list[str]]]:
    """Each kind of choice that was made, with what was chosen; empty where nothing was."""
    chosen = Audience.of(circular.audience)
    if chosen.everybody:
        return [(_("Who"), [_("Everybody in this season")])]
    rows = [
        (_("People ticked in the list"), _ticked(chosen)),
        (_("Sessions"), _sessions(chosen)),
        (_("Time slots"), _slots(chosen, circular.season)),
        (_("State"), _named(chosen.states, Registration.Status.choices)),
        (_("Who came"), _named([chosen.attendance] if chosen.attendance else [], ATTENDANCE)),
        (_("Personal page"), [_("Never opened")] if chosen.unopened else []),
        (_("UN regions"), _named(chosen.regions, countries.regions(get_language() or "en"))),
        (_("Countries"), _named(chosen.countries, countries.choices(get_language() or "en"))),
        (_("Stakeholder groups"), _named(chosen.groups, Participant.Stakeholder.choices)),
        (_("Languages of their mails"), _named(chosen.languages, settings.LANGUAGES)),
    ]
    return [(label, values) for label, values in rows if values]


def who_gets_it(circular, left_out) -> list[str]:
    """The rule by which it is sent, and how many of those who are meant get nothing."""
    if Audience.of(circular.audience).is_of_sessions:
        rule = _("It is about a session of theirs, so it goes to all of them. Nobody can stop such mails.")
    else:
        rule = _(
            "It is not about a session of theirs, so it goes only to those who asked for news. One click in it stops "
            "such mails."
        )
    return [rule, *([_left_out(left_out)] if left_out else []), _on_pages(circular)]


def button(people) -> str:
    if not people:
        return _("Send it (nobody chosen)")
    text = ngettext("Send it to %(number)s person", "Send it to %(number)s people", people)
    return text % {"number": dates.number(people)}


def _on_pages(circular) -> str:
    if audiences.is_for_all(circular.audience):
        return _(
            "It goes to everybody of what you chose, so it stands on their personal pages, too, as soon as it leaves. "
            "Who registers later finds it there."
        )
    return _("It stands on no personal page, because you chose people by more than session and time slot.")


def _left_out(people) -> str:
    text = ngettext(
        "%(number)s person who fits gets nothing: named by somebody else and not confirmed, or did not ask for news.",
        "%(number)s people who fit get nothing: named by somebody else and not confirmed, or did not ask for news.",
        people,
    )
    return text % {"number": dates.number(people)}


def _ticked(chosen) -> list[str]:
    """Their number alone: who may read this may not see names."""
    if not chosen.ticked:
        return []
    text = ngettext("%(number)s registration", "%(number)s registrations", len(chosen.ticked))
    return [text % {"number": dates.number(len(chosen.ticked))}]


def _sessions(chosen) -> list[str]:
    return list(Session.objects.filter(pk__in=chosen.sessions).order_by("title").values_list("title", flat=True))


def _slots(chosen, season) -> list[str]:
    slots = Occurrence.objects.filter(pk__in=chosen.slots).select_related("session").order_by("starts_at", "pk")
    clocks = [(on_clock(slot.starts_at, slot.ends_at, season.timezone, season.place), slot) for slot in slots]
    return [f"{clock.in_words}: {slot.session.title}" for clock, slot in clocks]


def _named(values, choices) -> list[str]:
    return [str(words) for value, words in choices if value in values]
