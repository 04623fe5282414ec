"""The staff's desk for registrations: to read and to search, while people change what is theirs by their own links."""

from registrations.admin.audit import action  # noqa: F401
from registrations.admin.certificates import certificate  # noqa: F401
from registrations.admin.circulars import circular  # noqa: F401
from registrations.admin.colleagues import colleague  # noqa: F401
from registrations.admin.invitations import batch, invitation, request  # noqa: F401
from registrations.admin.mail import mailbox, message  # noqa: F401
from registrations.admin.people import participant, registration, subscriber  # noqa: F401
from registrations.admin.seat_removals import removal  # noqa: F401
from registrations.admin.slot_changes import slot_change  # noqa: F401
from registrations.admin.speaker_questions import question  # noqa: F401
from registrations.admin.today import acts, feedback, finding, needs, questions, waiting  # noqa: F401
from registrations.admin.transfers import transfer  # noqa: F401
