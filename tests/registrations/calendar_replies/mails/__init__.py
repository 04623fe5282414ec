"""Answers of real calendar programs to our invitations, in the form in which each of them writes them."""

from pathlib import Path

FOLDER = Path(__file__).parent
# What the files in this folder decline: the SEQUENCE in each of them, all of one entry.
UID = "0c9d6f0e-6d3b-4b7e-9f0e-2f6c1d7a4711@minamata.test"
SEQUENCES = {"gmail": 0, "outlook": 2, "apple": 0, "thunderbird": 0, "nextcloud": 1}


def of_program(name: str) -> bytes:
    return (FOLDER / f"{name}.eml").read_bytes()


def reply(uid=UID, *, sequence=0, partstat="DECLINED", method="REPLY", more="", headers="") -> bytes:
    """A small mail that answers one invitation; `more` are further lines of the event, `headers` of the mail."""
    return mail_of(calendar(event(uid, sequence=sequence, partstat=partstat, more=more), method=method), headers)


def mail_of(text, headers="", content_type="text/calendar; charset=utf-8") -> bytes:
    head = (
        f"From: amina@example.net\nTo: events@minamata.test\n{headers}MIME-Version: 1.0\nContent-Type: {content_type}"
    )
    return f"{head}\nContent-Transfer-Encoding: 8bit\n\n{text}".replace("\n", "\r\n").encode()


def calendar(*events, method="REPLY") -> str:
    inner = "".join(events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\nMETHOD:{method}\n{inner}END:VCALENDAR\n"


def event(uid=UID, *, sequence=0, partstat="DECLINED", more="") -> str:
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20300904T091502Z\nSEQUENCE:{sequence}\n"
        f"ATTENDEE;PARTSTAT={partstat}:mailto:amina@example.net\n{more}END:VEVENT\n"
    )
