"""Why there is no archive."""


class CannotArchive(Exception):
    """The message is a sentence for whoever asked for the archive."""
