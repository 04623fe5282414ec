"""The staff's desk for registrations: to read and to search, while people change what is theirs by their own links."""

from registrations.admin import (  # noqa: F401
    admission_request,
    invitation,
    invitation_batch,
    message,
    participant,
    registration,
    slot_change,
    staff_action,
)
