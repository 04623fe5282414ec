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

    @cached_property
    def sessions_to_ask(self) -> list[tuple[int, str]]:
        """Ids and titles of those chosen, in order; empty where nobody knows who asks."""
        if not self.typed.fields:
            return []
        sessions = {time.occurrence.session_id: time.occurrence.session for time in self.times}
        return [(pk, marked.words(session, "title")) for pk, session in sessions.items()]

    @property
    def can_be_corrected(self) -> bool:
        return bool(self.typed.fields)
