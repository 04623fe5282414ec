"""Ready values for the page on which a focal point signs up a delegation."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from registrations.models import Participant
from registrations.people import consent
from registrations.presenters.my_season import MySeason
from registrations.presenters.problems import Problem
from registrations.presenters.sign_up import SignUpPage
from registrations.seats.offers import Offer
from sessions.clocks import dates


@dataclass(frozen=True)
class OfferWithoutList(Offer):
    """A delegation gets seats, or it chooses another slot: it does not wait."""

    @cached_property
    def with_list(self) -> list:
        return []


def without_lists(offers) -> list[OfferWithoutList]:
    return [OfferWithoutList(offer.session, offer.slots, offer.now, offer.read_seats) for offer in offers]


@dataclass(frozen=True)
class DelegationPage(SignUpPage):
    # Each of the people says so on a page of their own.
    asks_for_recordings = False
    is_for_others = True

    @property
    def agreement(self) -> str:
        return consent.agreement_for_others()

    @property
    def binding_consent(self) -> list[str]:
        return consent.binding(self.season, consent.agreement_for_others)

    @cached_property
    def problems(self) -> list[Problem]:
        of_lines = [problem for number, line in enumerate(self.form.lines, 1) for problem in _problems(number, line)]
        return [*super().problems, *of_lines]


@dataclass(frozen=True)
class TakePartPage:
    """Asks somebody whom a focal point has named whether they take part."""

    participant: Participant
    season: MySeason

    @property
    def is_unconfirmed(self) -> bool:
        return self.season.is_unconfirmed

    @property
    def named_by(self) -> str:
        return self.participant.named_by.name if self.participant.named_by else ""

    @property
    def to_come(self) -> list:
        entries = self.season.entries
        return [entry for entry in entries if not entry.is_cancelled and not entry.is_over]

    @property
    def consent(self) -> list[str]:
        return consent.shown(self.participant.season)

    @property
    def binding_consent(self) -> list[str]:
        return consent.binding(self.participant.season)


def _problems(number, line):
    for name, errors in line.errors.items():
        words = _("Person %(number)s: %(words)s") % {"number": dates.number(number), "words": errors[0]}
        yield Problem(line[name].id_for_label, words)
