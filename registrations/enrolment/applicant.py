"""Who asks for a seat, and in which slots: what they say of themselves, agreed to, and want to get from us."""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field, fields

from registrations.people.consent import Consent
from registrations.people.preferences import USUAL, Preferences


@dataclass(frozen=True)
class Details:
    """What a person says of themselves; `country` is an M49 code, `timezone` an IANA name."""

    name: str
    organisation: str
    country: str
    stakeholder: str
    language: str
    timezone: str
    access_needs: str

    @classmethod
    def of(cls, stored: dict):
        """From JSON; what another version of the program has stored beside is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


@dataclass(frozen=True)
class Applicant:
    """Somebody who signs up, or whom somebody else has named: then they are not confirmed before they say yes.

    Who asked `is_by_telephone` has said yes to the staff who enter it; these may do so after the closing date
    (`is_late`). `client_digest` says where a form came from (limits.clients).
    """

    email: str
    details: Details
    consent: Consent
    preferences: Preferences = USUAL
    is_named: bool = False
    is_by_telephone: bool = False
    is_late: bool = False
    client_digest: str = ""
    # To questions of staff, by their ids.
    answers: dict[int, list[str]] = field(default_factory=dict)

    def fields(self, now) -> dict:
        """Those of the participant to be stored."""
        agreed = {
            "consent_version": self.consent.version,
            "consent_text": self.consent.text,
            "consented_at": now,
            "confirmed_at": None if self.is_named else now,
        }
        return asdict(self.details) | asdict(self.preferences) | agreed


@dataclass(frozen=True)
class ChosenSlots:
    """The ids of the slots, and of those whose waiting list is as welcome.

    `has_moved` says of a slot whether it begins at another time than the person was shown.
    """

    occurrence_ids: Collection[int]
    waits_for: Collection[int] = frozenset()
    has_moved: Callable | None = None
