"""Why a claimed mail does not leave."""


class Outdated(Exception):
    """Nobody needs this mail any more; the words say why."""


class Overtaken(Exception):
    """A later mail has been posted since this one was claimed: it is that one's turn, at `turn_at` or now."""

    def __init__(self, turn_at=None):
        super().__init__()
        self.turn_at = turn_at
