class CannotRead(Exception):
    """The mailbox of calendar replies cannot be read; the text is a sentence for staff and never holds the password."""
