"""Why somebody does not get the time slots that they chose."""


class Refused(Exception):
    """Some slots cannot be had; `occurrence_ids` names them."""

    def __init__(self, occurrences):
        self.occurrence_ids = {occurrence.pk for occurrence in occurrences}
        super().__init__(self.occurrence_ids)


class RegistrationClosed(Refused):
    """The slot takes no registrations at this moment."""


class NoSeatLeft(Refused):
    """The slot is full, and the person did not agree to wait, or nobody can wait any more."""


class SlotGone(RegistrationClosed):
    """Staff deleted the slot after the person had chosen it."""

    def __init__(self, occurrence_ids):
        super().__init__([])
        self.occurrence_ids = set(occurrence_ids)


class SlotMoved(Refused):
    """The slot begins at another time than the person was shown."""


class TakenAway(Refused):
    """Staff have taken the person's place in the session away, and they may not have another by themselves."""
