"""Which mails are answers of calendars, and what they answer."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.calendar_replies import parsing
from registrations.calendar_replies.parsing import Decline
from registrations.mail.incoming import MOST_OCTETS
from tests.registrations.calendar_replies.mails import SEQUENCES, UID, calendar, event, mail_of, of_program, reply
from tests.support.thorough import first_always

DECLINED = [Decline(UID, 0)]
REPORT = """Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: text/plain

Your mail could not be delivered.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
--r
"""


@pytest.mark.parametrize("program", SEQUENCES)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_decline_of_every_program_is_understood(program, line_end):
    octets = of_program(program).replace(b"\n", line_end)

    assert parsing.read(octets) == [Decline(UID, SEQUENCES[program])]


@pytest.mark.parametrize("program", ["gmail", "apple", "thunderbird"])
def test_acceptance_of_the_same_programs_is_nothing(program):
    octets = of_program(program).replace(b"DECLINED", b"ACCEPTED")

    assert parsing.read(octets.partition(b"application/ics")[0]) == []


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "NEEDS-ACTION", "DELEGATED", "COMPLETED", "X-NO", ""])
def test_other_answers_are_nothing(partstat):
    assert parsing.read(reply(partstat=partstat)) == []


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "DECLINECOUNTER", "REFRESH", "PUBLISH", "ADD", "X-REPLY"])
def test_other_methods_are_nothing(method):
    assert parsing.read(reply(method=method)) == []


@pytest.mark.parametrize("partstat", ["DECLINED", "TENTATIVE", "ACCEPTED", "NEEDS-ACTION"])
def test_proposed_time_is_a_decline_whatever_the_answer_beside_it(partstat):
    times = "DTSTART:20300905T090000Z\nDTEND:20300905T100000Z\nCOMMENT:Could it be later?\n"

    found = parsing.read(reply(method="COUNTER", partstat=partstat, sequence=2, more=times))

    assert found == [Decline(UID, 2, proposes_time=True)]


def test_proposed_time_for_nothing_is_nothing():
    assert parsing.read(reply(uid="", method="COUNTER")) == []


def test_names_and_values_are_read_in_any_case():
    assert parsing.read(reply().replace(b"REPLY", b"reply").replace(b"DECLINED", b"Declined")) == DECLINED
    assert parsing.read(reply().replace(b"ATTENDEE", b"Attendee").replace(b"VEVENT", b"vevent")) == DECLINED


def test_method_of_the_header_counts_when_the_body_has_none():
    text = calendar(event()).replace("METHOD:REPLY\n", "")

    assert parsing.read(mail_of(text, content_type="text/calendar; method=REPLY")) == DECLINED
    assert parsing.read(mail_of(text, content_type="text/calendar; method=reply")) == DECLINED
    assert parsing.read(mail_of(text)) == []


def test_method_of_the_body_is_believed_before_that_of_the_header():
    refresh, answer = calendar(event(), method="REFRESH"), calendar(event())

    assert parsing.read(mail_of(refresh, content_type="text/calendar; method=REPLY")) == []
    assert parsing.read(mail_of(answer, content_type="text/calendar; method=REQUEST")) == DECLINED


@pytest.mark.parametrize(
    "content_type", ["application/ics", "TEXT/Calendar", 'application/octet-stream; name="invite.ics"']
)
def test_calendar_part_is_found_under_its_usual_types(content_type):
    assert parsing.read(mail_of(calendar(event()), content_type=content_type)) == DECLINED


def test_same_text_in_a_plain_mail_is_nothing():
    assert parsing.read(mail_of(calendar(event()), content_type="text/plain")) == []


def test_part_is_found_at_any_depth_of_a_mail_that_a_person_could_write():
    nested = mail_of(calendar(event())).decode()
    for level in range(15):
        nested = f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n{nested}\r\n--b{level}--\r\n"

    assert parsing.read(nested.encode()) == DECLINED


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "iso-8859-1", "iso-2022-jp", "no-such-charset", "idna", '"'])
def test_charset_of_the_part_is_used_and_a_wrong_one_is_no_harm(charset):
    text = calendar(event(more="SUMMARY:Emissions\n")).replace("\n", "\r\n")
    codec = charset if charset in {"utf-16", "iso-2022-jp"} else "utf-8"
    header = f"Content-Type: text/calendar; charset={charset}\r\n\r\n"

    assert parsing.read(header.encode() + text.encode(codec)) == DECLINED


def test_text_of_another_charset_in_an_ascii_mail_is_no_harm():
    text = mail_of(calendar(event(more="SUMMARY:Zoé\n")), content_type="text/calendar").decode()

    assert parsing.read(text.encode("iso-8859-1")) == DECLINED


def test_byte_order_mark_is_no_harm():
    assert parsing.read(mail_of("\ufeff" + calendar(event()))) == DECLINED


def test_folded_lines_are_read_as_one():
    text = calendar(event()).replace("ATTENDEE;PARTSTAT=DECLINED", "ATTENDEE;CN=Amina;PART\n STAT=DECLI\n\tNED")
    text = text.replace(UID, f"{UID[:10]}\n {UID[10:]}")

    assert parsing.read(mail_of(text)) == DECLINED


def test_quoted_name_with_colons_hides_nothing_and_adds_nothing():
    text = calendar(event()).replace("ATTENDEE;", 'ATTENDEE;CN="a;PARTSTAT=ACCEPTED:b,c";')

    assert parsing.read(mail_of(text)) == DECLINED


def test_every_declined_event_of_a_mail_is_reported_once():
    text = calendar(event("a@x"), event("b@x", partstat="ACCEPTED"), event("c@x", sequence=3), event("a@x"))

    assert parsing.read(mail_of(text + calendar(event("d@x")))) == [
        Decline("a@x", 0),
        Decline("c@x", 3),
        Decline("d@x", 0),
    ]


def test_attendees_of_one_answer_must_agree():
    accepted = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:zoe@example.net\n"

    assert parsing.read(reply(more=accepted.replace("ACCEPTED", "DECLINED"))) == DECLINED
    assert parsing.read(reply(more=accepted)) == []


@pytest.mark.parametrize(("written", "read"), [("7", 7), (" 7 ", 7), ("-1", 0), ("x", 0), ("", 0), ("9" * 5000, 0)])
def test_sequence_that_is_no_number_is_that_of_the_first_invitation(written, read):
    assert parsing.read(reply(sequence=written)) == [Decline(UID, read)]


def test_missing_sequence_is_that_of_the_first_invitation():
    assert parsing.read(reply().replace(b"SEQUENCE:0\r\n", b"")) == DECLINED


@pytest.mark.parametrize(
    "uid", ["", "  ", "a\0b", "x" * 256, "a\x1bb", "\ud800".encode(errors="surrogatepass").decode("latin-1")]
)
def test_uid_that_no_entry_of_ours_can_have_is_nothing(uid):
    assert parsing.read(reply(uid)) == []


def test_alarm_inside_the_event_is_not_taken_for_the_event():
    alarm = "BEGIN:VALARM\nUID:other@x\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x\nEND:VALARM\n"

    assert parsing.read(reply(more=alarm)) == DECLINED


def test_task_and_stray_event_are_nothing():
    assert parsing.read(reply().replace(b"VEVENT", b"VTODO")) == []
    assert parsing.read(mail_of(event(), content_type="text/calendar; method=REPLY")) == []


def test_line_that_cannot_be_read_is_passed_over():
    broken = "DTSTART;TZID=:::tomorrow\nATTENDEE\nUID;=;:\n;;;\nRRULE:FREQ=SECONDLY\n"

    assert parsing.read(reply(more=broken)) == DECLINED


def test_time_zone_that_would_take_forever_to_compute_is_not_computed():
    rule = "RRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
    zone = f"BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:00010101T000000\n{rule}END:STANDARD\nEND:VTIMEZONE\n"

    assert parsing.read(mail_of(calendar(zone, event()))) == DECLINED


def test_bounced_answer_is_nothing():
    enclosed = f"Content-Type: message/rfc822\n\n{reply().decode()}\n--r\n"
    bare = f"{mail_of(calendar(event())).decode()}\n--r--\n"

    assert parsing.read(f"{REPORT}{enclosed}{bare}".encode()) == []
    assert parsing.read(REPORT.replace("report", "mixed").encode() + bare.encode()) == DECLINED


def test_forwarded_answer_is_nothing():
    assert parsing.read(b"Content-Type: message/rfc822\r\n\r\n" + reply()) == []


def test_answer_of_an_absence_notice_is_nothing():
    assert parsing.read(reply(headers="Auto-Submitted: auto-replied (vacation)\n")) == []
    assert parsing.read(reply(headers="Auto-Submitted: auto-generated\n")) == DECLINED


def test_mail_over_the_limit_is_nothing():
    padding = b"x" * (MOST_OCTETS - len(reply()))

    assert parsing.read(reply() + padding) == DECLINED
    assert parsing.read(reply() + padding + b"x") == []


def multiparts(levels):
    opening = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(levels))
    return opening + b"x\r\n" * 300_000


BOMBS = {
    "20 levels": multiparts(20),
    "500 levels": multiparts(500),
    "mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * 30_000,
    "parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 110_000,
    "parameters": b"Content-Type: text/calendar" + b"; a=b" * 200_000 + b"\r\n\r\n",
    "quoted parameter": b'Content-Type: text/calendar; a="' + b";" * 150_000 + b"\r\n\r\n",
    "events": mail_of(calendar(*[event("x@y")] * 8_000)),
    "begins": mail_of("BEGIN:VEVENT\n" * 70_000),
    "folds": mail_of("BEGIN:VCALENDAR" + "\n " * 300_000),
    "long line": mail_of(calendar(event(more='ATTENDEE;CN="' + "\\;" * 450_000 + "\n"))),
}


SLOW = ["parts", "begins", "events", "20 levels"]


@pytest.mark.parametrize("bomb", first_always(sorted(BOMBS, key=SLOW.count), len(BOMBS) - len(SLOW)))
def test_bomb_goes_off_within_seconds(bomb):
    octets = BOMBS[bomb][:MOST_OCTETS]

    start = time.process_time()
    found = parsing.read(octets)

    assert found in ([], [Decline("x@y", 0)], DECLINED)
    assert time.process_time() - start < 10


def test_mail_with_thousands_of_entries_asks_for_a_few_only():
    many = [event(f"{number}@x") for number in range(1000)]

    assert parsing.read(mail_of(calendar(*many))) == [Decline(f"{number}@x", 0) for number in range(20)]


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=2000))
def test_junk_is_nothing(junk):
    assert parsing.read(junk) == []


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_damaged_mail_never_raises(data):
    octets = bytearray(of_program(data.draw(st.sampled_from(sorted(SEQUENCES)))))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(octets)))
        octets[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))

    found = parsing.read(bytes(octets))

    assert all(isinstance(decline, Decline) for decline in found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_junk_inside_a_calendar_part_never_hides_another_event(junk):
    octets = mail_of(calendar(event()) + junk.encode(errors="replace").decode())

    assert parsing.read(octets)[:1] == DECLINED
