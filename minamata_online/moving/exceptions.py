"""Why a database is not moved."""


class CannotMove(Exception):
    """The message is a sentence for whoever asked; nothing was changed."""
