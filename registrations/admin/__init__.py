"""The staff's desk for registrations: to read and to search, while people change what is theirs by their own links."""

from registrations.admin import message, participant, registration, slot_change  # noqa: F401
