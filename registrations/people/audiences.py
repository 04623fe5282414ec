"""To whom staff write: what they have chosen, and the people of a season whom that means."""

from dataclasses import asdict, dataclass, fields

from django.db.models import Exists, OuterRef

from registrations.models import Participant, Registration
from sessions.reference import countries

CAME, ABSENT = "came", "absent"
ACTIVE = [str(status) for status in Registration.ACTIVE]
# What is said of sessions and not of people; the states count only if they are those of everybody in a session.
NOT_PERSONAL = {"everybody", "sessions", "slots", "states"}


@dataclass(frozen=True)
class Audience:
    """People fit who fit each kind of choice that was made, and one of the values chosen of that kind.

    Session, time slot, state and attendance are those of one registration; `ticked` are registrations, by id. Without
    a state, of people who have a seat or wait for one. Nothing chosen means nobody; `everybody` has to be chosen.
    """

    everybody: bool = False
    ticked: tuple[int, ...] = ()
    sessions: tuple[int, ...] = ()
    slots: tuple[int, ...] = ()
    states: tuple[str, ...] = ()
    attendance: str = ""
    unopened: bool = False
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @classmethod
    def of(cls, stored: dict):
        """From JSON; what another version of the program has stored beside is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: tuple(v) if isinstance(v, list) else v for name, v in stored.items() if name in known})

    def to_store(self) -> dict:
        """For JSON, without what was not chosen."""
        chosen = {name: value for name, value in asdict(self).items() if value}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in chosen.items()}

    @property
    def is_empty(self) -> bool:
        return not self.to_store()

    @property
    def is_of_sessions(self) -> bool:
        """Whether each of them has, or waits for, a seat in what was chosen: it is about that session."""
        return bool(self.sessions or self.slots or self.ticked) and set(self.states) <= set(ACTIVE)

    def has_chosen(self, registration) -> bool:
        """Whether its session and its time slot are among those chosen, if any of that kind were."""
        is_of_session = not self.sessions or registration.session_id in self.sessions
        return is_of_session and (not self.slots or registration.occurrence_id in self.slots)


def is_for_all(stored: dict) -> bool:
    """Whether a choice, as it is stored, means everybody of sessions, time slots or the season, whoever they are.

    Not if it says something that this version of the program does not know.
    """
    return bool(stored) and stored.keys() <= NOT_PERSONAL and set(stored.get("states", ACTIVE)) == set(ACTIVE)


def people(season, audience, *, now):
    """Those who are meant and may be written to, each once; nobody where nothing was chosen.

    Never those whose details were erased, nor those named by somebody else who have not confirmed. What is not about
    a session of theirs goes only to those who asked for news.
    """
    if audience.is_empty:
        return Participant.objects.none()
    found = _meant(season, audience, now).filter(confirmed_at__isnull=False)
    return found if audience.is_of_sessions else found.filter(wants_announcements=True)


def number_left_out(season, audience, *, now) -> int:
    """How many are meant and get nothing, because they have not confirmed or did not ask for news."""
    if audience.is_empty:
        return 0
    return _meant(season, audience, now).count() - people(season, audience, now=now).count()


def registrations(audience, *, now):
    """Those by which people belong to it."""
    found = Registration.objects.in_states(audience.states or ACTIVE)
    if audience.ticked:
        found = found.filter(pk__in=audience.ticked)
    if audience.sessions:
        found = found.filter(session__in=audience.sessions)
    if audience.slots:
        found = found.filter(occurrence__in=audience.slots)
    if audience.attendance == CAME:
        found = found.came()
    if audience.attendance == ABSENT:
        held = {"occurrence__ends_at__lte": now, "occurrence__called_off_at": None}
        found = found.confirmed().absent().filter(**held)
    return found


def _meant(season, audience, now):
    found = Participant.objects.filter(season=season, anonymised_at=None)
    if audience.countries:
        found = found.filter(country__in=audience.countries)
    if audience.regions:
        found = found.filter(country__in=countries.of_regions(audience.regions))
    if audience.groups:
        found = found.filter(stakeholder__in=audience.groups)
    if audience.languages:
        found = found.filter(language__in=audience.languages)
    if audience.unopened:
        found = found.filter(page_opened_at=None)
    own = registrations(audience, now=now).filter(participant=OuterRef("pk"))
    return found.filter(Exists(own)).order_by("pk")
