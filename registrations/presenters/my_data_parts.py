"""Of what the page of one's own data is made: facts, things that have some, and lines."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from registrations.presenters import words_of
from sessions.clocks import dates

NOTHING = "\N{EN DASH}"


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class Thing:
    """One registration, invitation or request, with what is stored about it."""

    title: str
    facts: list[Fact]


@dataclass(frozen=True)
class Line:
    """One mail: its subject, or what it was about, and what became of it."""

    title: str
    state: str


def minutes_in_meetings(seconds):
    if seconds is not None:
        minutes = seconds // 60
        words = npgettext("how long", "%(number)s minute", "%(number)s minutes", minutes) % {
            "number": dates.number(minutes)
        }
        yield Fact(_("How long you were in the meeting, as its platform reported"), words)


def minutes_or_none(minutes) -> str:
    return NOTHING if minutes is None else dates.number(minutes)


def client(digest):
    if digest:
        yield Fact(_("Where the form came from, as a number that is kept for a day"), digest)


def taken_away(stored, may_register_again):
    """Nothing, unless the Secretariat took the place away."""
    if stored:
        reason = words_of.REMOVAL_REASONS[stored["reason"]] if stored["reason"] else _("no reason given")
        yield Fact(_("Cancelled by the Secretariat"), str(reason))
        yield Fact(_("May you register again?"), yes_or_no(may_register_again))
        if stored["words"]:
            yield Fact(_("What it wrote to you"), stored["words"])


def yes_or_no(is_so) -> str:
    return _("yes") if is_so else _("no")
