"""Objects for tests: each factory gives a plausible default, a test names only what matters to it."""

from tests.factories.people import (
    AnswerFactory,
    AskedQuestionFactory,
    DelegationFactory,
    FeedbackTicketFactory,
    InvitationFactory,
    NextSeasonSubscriberFactory,
    ParticipantFactory,
    RegistrationFactory,
    SpeakerQuestionFactory,
)
from tests.factories.programme import (
    MaterialFactory,
    OccurrenceFactory,
    QuestionFactory,
    SeasonFactory,
    SessionFactory,
    SpeakerFactory,
    StreamFactory,
)
from tests.factories.reports import (
    AttendanceIntervalFactory,
    AttendanceReportFactory,
    AttendanceUploadFactory,
    MessageFactory,
    UploadedTableFactory,
)

__all__ = [
    "AnswerFactory",
    "AskedQuestionFactory",
    "AttendanceIntervalFactory",
    "AttendanceReportFactory",
    "AttendanceUploadFactory",
    "DelegationFactory",
    "FeedbackTicketFactory",
    "InvitationFactory",
    "MaterialFactory",
    "MessageFactory",
    "NextSeasonSubscriberFactory",
    "OccurrenceFactory",
    "ParticipantFactory",
    "QuestionFactory",
    "RegistrationFactory",
    "SeasonFactory",
    "SessionFactory",
    "SpeakerFactory",
    "SpeakerQuestionFactory",
    "StreamFactory",
    "UploadedTableFactory",
]
