"""People with registrations, invitations and delegations, what happened to slots, the outbox, the audit log."""

from registrations.models.answers import Answer
from registrations.models.asked_questions import AskedQuestion
from registrations.models.attendance_intervals import AttendanceInterval
from registrations.models.attendance_reports import AttendanceReport
from registrations.models.attendance_uploads import AttendanceUpload
from registrations.models.certificates import Certificate, CertificateEntry, CertificateIssue
from registrations.models.circulars import Circular, CircularWords
from registrations.models.cleared_suspects import ClearedSuspect
from registrations.models.clock_moves import ClockMove
from registrations.models.delegations import Delegation
from registrations.models.feedback import Feedback, FeedbackTicket, FeedbackWords
from registrations.models.figures import Figures
from registrations.models.invitations import AdmissionRequest, Invitation, InvitationBatch
from registrations.models.keys import new_key
from registrations.models.last_runs import LastRun
from registrations.models.mailboxes import Mailbox
from registrations.models.messages import Message
from registrations.models.next_season import NextSeasonSubscriber, SeasonAnnouncement
from registrations.models.pauses import PostPause
from registrations.models.people import Participant
from registrations.models.registrations import Registration
from registrations.models.seat_removals import SeatRemoval
from registrations.models.slot_changes import ReminderRound, SlotChange
from registrations.models.staff_actions import StaffAction
from registrations.models.transfers import MovedPerson, Transfer
from registrations.models.uploads import UploadedTable

__all__ = [
    "AdmissionRequest",
    "Answer",
    "AskedQuestion",
    "AttendanceInterval",
    "AttendanceReport",
    "AttendanceUpload",
    "Certificate",
    "CertificateEntry",
    "CertificateIssue",
    "Circular",
    "CircularWords",
    "ClearedSuspect",
    "ClockMove",
    "Delegation",
    "Feedback",
    "FeedbackTicket",
    "FeedbackWords",
    "Figures",
    "Invitation",
    "InvitationBatch",
    "LastRun",
    "Mailbox",
    "Message",
    "MovedPerson",
    "NextSeasonSubscriber",
    "Participant",
    "PostPause",
    "Registration",
    "ReminderRound",
    "SeasonAnnouncement",
    "SeatRemoval",
    "SlotChange",
    "StaffAction",
    "Transfer",
    "UploadedTable",
    "new_key",
]
