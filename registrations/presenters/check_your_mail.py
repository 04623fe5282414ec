"""Ready values for the page after a sign-up or a delegation: the address and the sessions exactly as typed."""

from dataclasses import dataclass
from functools import cached_property

from sessions import marked
from sessions.presenters.slots import SlotTime


@dataclass(frozen=True)
class CheckYourMailPage:
    """`typed` has address, zone and slots of the form; `programme` is the PublicProgramme they are shown from."""

    programme: object
    typed: object

    @property
    def email(self) -> str:
        return self.typed.email

    @cached_property
    def times(self) -> list[SlotTime]:
        slots = [slot for of_session in self.programme.slots.values() for slot in of_session]
        chosen = [slot for slot in slots if slot.pk in self.typed.slots and not slot.session.is_by_invitation]
        return [SlotTime(slot, self.typed.zone) for slot in sorted(chosen, key=lambda slot: slot.starts_at)]

    @property
    def has_night(self) -> bool:
        """Of what was typed alone: who is registered already reads the same."""
        return any(time.clocks.is_at_night for time in self.times)

    @property
    def sessions_to_ask(self) -> list[tuple[int, str]]:
        """Ids and titles of those chosen that take questions, in order; empty where nobody knows who asks."""
        return self._named(row for row in self._chosen.values() if row.takes_questions)

    def sessions_of_form(self, named) -> list[tuple[int, str]]:
        """As `sessions_to_ask`, with the one that a form names (its id as text), or any: it is refused in words."""
        rows = list(self._chosen.values())
        return self._named([row for row in rows if row.takes_questions or str(row.pk) == named] or rows[:1])

    @property
    def takes_no_questions(self) -> bool:
        """Whether none of those chosen does."""
        return bool(self._chosen) and not self.sessions_to_ask

    def _named(self, sessions) -> list[tuple[int, str]]:
        return [(session.pk, marked.words(session, "title")) for session in sessions]

    @cached_property
    def _chosen(self) -> dict:
        if not self.typed.fields:
            return {}
        return {time.occurrence.session_id: time.occurrence.session for time in self.times}

    @property
    def can_be_corrected(self) -> bool:
        return bool(self.typed.fields)
