"""The form of every mail: its headers, its parts, and that nothing a person typed can change either."""

import email
import re
from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from registrations.mail import notices
from sessions.models import Occurrence
from tests.factories import ParticipantFactory, RegistrationFactory
from tests.support.calendars import calendar_part, method_of, read_mail, text_of
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 9, 3, 8, 15, tzinfo=UTC)
BEFORE = Occurrence(
    starts_at=datetime(2030, 10, 1, 13, 0, tzinfo=UTC), ends_at=datetime(2030, 10, 1, 14, 0, tzinfo=UTC)
)
CHANGES = {
    "slot_changed": ("REQUEST", lambda r: notices.slot_changed(r, previous=BEFORE, now=NOW)),
    "rescheduled": ("REQUEST", lambda r: notices.rescheduled(r, previous=BEFORE, now=NOW)),
    "cancelled": ("CANCEL", lambda r: notices.cancelled(r, now=NOW)),
    "called_off": ("CANCEL", lambda r: notices.called_off(r, now=NOW)),
}
HEADERS = [
    *("To", "Subject", "From", "Reply-To", "Date", "Message-ID", "Auto-Submitted"),
    *("MIME-Version", "Content-Type"),
]


def test_invitation_has_the_headers_of_a_mail_from_a_program():
    registration = RegistrationFactory(
        participant__name="Zoé Ñandú", participant__email="zoe@example.net", uid="0c9d6f0e@minamata.test"
    )

    mail = read_mail(_confirmation(registration))

    assert {name: mail[name] for name in HEADERS if name not in ("Subject", "Content-Type")} == {
        "From": '"Minamata Online, Secretariat of the Minamata Convention on Mercury" <events@minamata.test>',
        "Reply-To": "events@minamata.test",
        "To": "Zoé Ñandú <zoe@example.net>",
        "Date": "Tue, 03 Sep 2030 08:15:00 +0000",
        "Message-ID": "<0c9d6f0e.0@minamata.test>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }


@pytest.mark.parametrize(
    "title",
    [
        "Article 8 Emissions",
        "Émissions de mercure: estimation et projection à l'horizon 2035, première partie",
        "汞排放：估算与预测，第一部分，面向所有缔约方和其他利益攸关方的在线会议",
        "انبعاثات الزئبق: التقدير والإسقاط، الجزء الأول لجميع الأطراف وأصحاب المصلحة الآخرين",
        "Mercury " * 36,
    ],
)
def test_subject_is_read_as_it_was_written(title):
    registration = RegistrationFactory(
        occurrence__session__title=title.strip(), participant__timezone="America/Lima", status="cancelled"
    )
    message = notices.cancelled(registration, now=NOW)

    assert read_mail(message)["Subject"] == message.subject
    assert decoded(message) == message.subject


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien",
        "Nguyễn Thị Minh Khai Trần Hoàng Phương Anh Lê Quỳnh",
        "محمد عبد الله بن سلمان القحطاني الأنصاري",
        "李小龙",
    ],
)
def test_name_is_read_as_it_was_written(name):
    message = notices.cancelled(RegistrationFactory(participant__name=name, status="cancelled"), now=NOW)

    assert decoded(message, "To") in (f"{name} <{message.recipient}>", f'"{name}" <{message.recipient}>')


@pytest.mark.parametrize("length", first_always(range(30, 36)))
@pytest.mark.parametrize("letter", ["é", "Ж", "汞", "𝄞"])
def test_no_word_of_a_long_header_ends_with_padding(letter, length):
    words = f"a {letter * length} b"
    registration = RegistrationFactory(
        occurrence__session__title=words, participant__name=words, participant__timezone="UTC", status="cancelled"
    )
    message = notices.cancelled(registration, now=NOW)

    head = bytes(message.octets).partition(b"\r\n\r\n")[0]
    assert head.count(b"=?utf-8?") > 3
    assert re.search(rb"=\?=\r\n =\?", head) is None
    assert max(len(line) for line in head.split(b"\r\n")) <= 76
    assert decoded(message) == message.subject


def decoded(message, header="Subject"):
    """By the older parser of the standard library; the newer one puts spaces between encoded words of a name."""
    folded = email.message_from_bytes(bytes(message.octets))[header]
    return str(make_header(decode_header(re.sub(r"\r\n(?=[ \t])", "", folded))))


def test_invitation_has_the_parts_that_mail_programs_look_for():
    mail = read_mail(_confirmation(RegistrationFactory()))

    assert [(p.get_content_type(), p.get_content_disposition(), p.get_filename()) for p in mail.walk()] == [
        ("multipart/mixed", None, None),
        ("multipart/alternative", None, None),
        ("text/plain", None, None),
        ("text/html", None, None),
        ("text/calendar", None, None),
        ("application/ics", "attachment", "invite.ics"),
    ]
    assert mail.get_payload(1).get_payload(decode=True) == calendar_part(mail).get_payload(decode=True)


@pytest.mark.parametrize("kind", CHANGES)
def test_change_names_its_method_twice_and_answers_the_invitation(kind):
    method, notice = CHANGES[kind]
    registration = RegistrationFactory(sequence=4, uid="0c9d6f0e@minamata.test")

    message = notice(registration)

    mail = read_mail(message)
    assert calendar_part(mail)["Content-Type"].params == {"charset": "utf-8", "method": method}
    assert method_of(text_of(calendar_part(mail))) == method
    assert (message.kind, message.dedupe_key) == (kind, f"{kind}:0c9d6f0e@minamata.test:4")
    assert [mail[name] for name in ("Message-ID", "In-Reply-To", "References")] == [
        "<0c9d6f0e.4@minamata.test>",
        "<0c9d6f0e.0@minamata.test>",
        "<0c9d6f0e.0@minamata.test>",
    ]


def test_invitations_answer_the_summary_which_has_no_calendar():
    person = ParticipantFactory()
    registrations = RegistrationFactory.create_batch(2, participant=person)

    summary, *invitations = notices.confirmation(person, registrations, now=NOW)

    assert [part.get_content_type() for part in read_mail(summary).walk()] == [
        *("multipart/alternative", "text/plain", "text/html")
    ]
    assert [read_mail(invitation)["In-Reply-To"] for invitation in invitations] == [summary.message_id] * 2
    assert [read_mail(invitation)["References"] for invitation in invitations] == [summary.message_id] * 2


def test_mails_without_a_calendar_have_message_ids_of_their_own():
    person = ParticipantFactory()

    messages = [notices.already_registered(person, now=NOW) for _ in range(2)]

    assert len({message.message_id for message in messages}) == 2
    assert [read_mail(message)["Message-ID"] for message in messages] == [message.message_id for message in messages]


@pytest.mark.parametrize(
    "title", ["🜐☿️👩🏽‍🔬 汞" * 30, "x" * 300, "Hg\r\nBcc: eve@example.org", "=?utf-8?q?a=0d=0aBcc:_e?="]
)
def test_octets_pass_through_any_mail_server(title):
    registration = RegistrationFactory(occurrence__session__title=title)

    octets = bytes(_confirmation(registration).octets)

    assert octets.isascii()
    assert re.findall(rb"(?<!\r)\n|\r(?!\n)", octets) == []
    assert max(map(len, octets.split(b"\r\n"))) <= 998
    assert read_mail(_confirmation(registration)).keys() == HEADERS


@pytest.fixture
def zoe():
    return RegistrationFactory(participant__email="zoe@example.net")


@pytest.mark.parametrize(
    "name",
    ["=?utf-8?q?a=0d=0aBcc:_e?=", "Zoé, <eve@example.org>; eve@example.org:", "Zoé\r\nBcc: eve@example.org", "\0"],
)
def test_no_name_adds_a_header_or_a_recipient(zoe, name):
    require_mail_to_zoe_alone(zoe, name)


@pytest.mark.thorough
@runs(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(name=st.text(min_size=1, max_size=200))
def test_nothing_typed_as_a_name_adds_a_header_or_a_recipient(zoe, name):
    require_mail_to_zoe_alone(zoe, name)


def require_mail_to_zoe_alone(zoe, name):
    zoe.participant.name = name

    mail = read_mail(notices.called_off(zoe, now=NOW))

    assert mail.keys() == [*HEADERS[:6], "In-Reply-To", "References", *HEADERS[6:]]
    assert [address.addr_spec for address in mail["To"].addresses] == ["zoe@example.net"]


def test_no_address_but_the_recipients_and_ours_in_any_mail():
    person, neighbour = ParticipantFactory(), ParticipantFactory(email="neighbour@example.net")
    registrations = RegistrationFactory.create_batch(2, participant=person)
    RegistrationFactory(occurrence=registrations[0].occurrence, participant=neighbour)

    messages = notices.confirmation(person, registrations, now=NOW)
    messages += [notice(registrations[0]) for _method, notice in CHANGES.values()]

    assert {address for message in messages for address in _addresses(message)} == {
        *(person.email, "events@minamata.test")
    }


def test_meeting_address_is_in_no_mail():
    registration = RegistrationFactory(occurrence__meeting_url="https://meet.example.org/secret")

    messages = [_confirmation(registration), *(notice(registration) for _method, notice in CHANGES.values())]

    assert [message.kind for message in messages if "meet.example.org" in _everything(message)] == []


def _confirmation(registration):
    [message] = notices.confirmation(registration.participant, [registration], now=NOW)
    return message


def _everything(message):
    mail = read_mail(message)
    parts = [text_of(part).replace("\r\n ", "") for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*map(str, mail.values()), *parts])


def _addresses(message):
    own_ids = r"[0-9a-f-]{36}(\.\d+)?@"
    return re.findall(r"[\w.+-]+@[\w.-]+\w", re.sub(own_ids, "", _everything(message)))
