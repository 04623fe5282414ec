"""Ready values of the fragment: the time slots that come, on the season's clock."""

from dataclasses import dataclass

from registrations.seats import availability
from sessions.api import published, values
from sessions.presenters.slots import SlotCard, SlotTime
from sessions.widget import words


@dataclass(frozen=True)
class Item:
    """`sign_up` is an address, or None where nobody can sign up."""

    card: SlotCard
    sign_up: str | None

    @property
    def step(self) -> str:
        """What the link says, or why there is none."""
        said = words.common()
        return said["sign_up"] if self.card.is_open else said["wait"] if self.card.has_waiting_list else self.card.words

    @property
    def session(self):
        return self.card.occurrence.session

    @property
    def times(self) -> list[SlotTime]:
        """Of the slot, or of each of its parts that is held."""
        return [part for part in self.card.time.parts if not part.is_off] or [self.card.time]


def items(programme, asked, now) -> list[Item]:
    """Raises Http404 for a stream that the season does not have."""
    stream = programme.stream(asked.stream) if asked.stream else None
    coming = [
        slot
        for slot in published.slots(programme)
        if not slot.is_over(now) and (stream is None or slot.session.stream_id == stream.pk)
    ]
    return [_item(slot, availability.state(slot, now)) for slot in coming[: asked.limit]]


def _item(slot, state) -> Item:
    card = SlotCard(slot, slot.session.season.timezone, state)
    return Item(card, values.sign_up(slot, state))
