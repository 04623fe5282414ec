"""Reading the mailbox of replies, as a Maildir and by IMAP."""

import os
import socket
from contextlib import ExitStack

import pytest

from registrations.calendar_replies import mailbox
from registrations.calendar_replies.mailbox import CannotRead
from registrations.mail.incoming import MOST_OCTETS
from tests.support.certificates import certificate_for_loopback
from tests.support.imap import ImapServer

MAILS = [b"Subject: one\r\n\r\n1\r\n", b"Subject: two\r\n\r\n2\r\n", b"Subject: three\r\n\r\n\x00\xff\r\n"]
PASSWORD = 'p@ss/w:rd "ü\\'
ENCODED = "p%40ss%2Fw%3Ard%20%22%C3%BC%5C"


@pytest.fixture
def maildir(tmp_path):
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1000.a.host").write_bytes(MAILS[0])
    (tmp_path / "cur" / "1001.b.host:2,S").write_bytes(MAILS[1])
    (tmp_path / "tmp" / "1002.c.host").write_bytes(b"half a ma")
    (tmp_path / "new" / ".hidden").write_bytes(b"not a mail")
    return tmp_path


@pytest.fixture
def trusted(monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate_for_loopback()))


def test_maildir_gives_new_and_seen_mails_in_order(maildir):
    assert taken(f"maildir://{maildir}") == MAILS[:2]


def test_maildir_loses_only_mails_that_were_removed(maildir):
    with mailbox.opened(f"maildir://{maildir}") as mails:
        next(mails).remove()
        next(mails)

    assert taken(f"maildir://{maildir}") == [MAILS[1]]
    assert (maildir / "tmp" / "1002.c.host").exists()
    assert (maildir / "new" / ".hidden").exists()


def test_maildir_gives_no_more_than_the_limit(maildir):
    with mailbox.opened(f"maildir://{maildir}", limit=1) as mails:
        assert [mail.octets for mail in mails] == [MAILS[0]]


def test_maildir_gives_huge_mail_without_its_octets(maildir):
    (maildir / "new" / "1002.d.host").write_bytes(b"x" * (MOST_OCTETS + 1))

    assert taken(f"maildir://{maildir}") == [*MAILS[:2], b""]


def test_maildir_is_read_by_two_at_once(maildir):
    with mailbox.opened(f"maildir://{maildir}") as mails, mailbox.opened(f"maildir://{maildir}") as same:
        first, again = next(mails), next(same)
        first.remove()
        again.remove()
        next(mails).remove()
        assert list(same) == []


def test_maildir_does_not_follow_links_and_folders(maildir, tmp_path):
    (maildir / "new" / "0001.link").symlink_to("/etc/hostname")
    (maildir / "new" / "0002.folder").mkdir()

    assert taken(f"maildir://{maildir}") == MAILS[:2]


def test_name_of_a_maildir_may_be_encoded(maildir):
    renamed = maildir.parent / "calendar replies"
    os.rename(maildir, renamed)

    assert taken(f"maildir://{str(renamed).replace(' ', '%20')}") == MAILS[:2]


@pytest.mark.parametrize("address", ["maildir:///nowhere/at/all", "maildir:///etc/hostname", "maildir:///etc"])
def test_folder_that_is_no_maildir_is_named(address):
    with pytest.raises(CannotRead, match=f"{address.removeprefix('maildir://')} is not a Maildir that can be read"):
        taken(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "maildir",
        "maildir://",
        "maildir://relative/path",
        "maildir:///a%00b",
        "pop3://desk:hush-hush@host/INBOX",
        "imaps://",
        "imaps://host/INBOX",
        "imaps://desk@host/INBOX",
        "imaps://:hush-hush@host/INBOX",
        "imaps://desk:hush-hush@/INBOX",
        "imaps://desk:hush-hush@host:port/INBOX",
        "imaps://desk:hush-hush@host:99999/INBOX",
        "imaps://desk:hush-hush@[host/INBOX",
        "imaps://desk:hush/hush-hush@host/INBOX",
        "imaps://desk:x@hush/hush-hush@host/INBOX",
        "imaps://desk:x@hush?hush-hush@host/INBOX",
        "imaps://desk:x@hush#hush-hush@host/INBOX",
        "imaps://desk:hush%0D%0Ahush-hush@host/INBOX",
        "imaps://desk:hush-hush%FF@host/INBOX",
        "imaps://desk:hush-hush@host/Bo%C3%AEte",
    ],
)
def test_wrong_address_is_refused_without_repeating_it(address):
    with pytest.raises(CannotRead) as refusal:
        taken(address)

    assert str(refusal.value).startswith("CALENDAR_REPLIES")
    assert "hush" not in str(refusal.value)


@pytest.mark.parametrize("extras", [[], ["UIDPLUS"], ["AUTH=PLAIN", "UIDPLUS"]])
def test_imap_gives_mails_and_removes_them_one_by_one(extras):
    with ImapServer(MAILS, extras=extras) as server, mailbox.opened(address_of(server)) as mails:
        octets = []
        for mail, left in zip(mails, [2, 1, 0], strict=True):
            octets.append(mail.octets)
            mail.remove()
            assert len(server.mails) == left

    assert octets == MAILS


def test_imap_keeps_mails_that_were_not_removed_and_marks_none_as_read():
    with ImapServer(MAILS) as server:
        assert (taken(address_of(server)), taken(address_of(server))) == (MAILS, MAILS)

        assert len(server.mails) == 3
        assert [line for line in server.lines if "BODY[" in line] == []


def test_imap_with_uidplus_leaves_mails_that_others_marked():
    with ImapServer(MAILS, extras=["UIDPLUS"]) as server:
        server.marked = {13}
        with mailbox.opened(address_of(server)) as mails:
            next(mails).remove()

        assert set(server.mails) == {12, 13}


def test_imap_never_fetches_a_huge_mail():
    with ImapServer([b"x" * (MOST_OCTETS + 1), MAILS[0]]) as server:
        assert taken(address_of(server)) == [b"", MAILS[0]]

        assert [line.split()[3] for line in server.lines if "UID FETCH" in line] == ["12"]


def test_imap_gives_no_more_than_the_limit():
    with ImapServer(MAILS) as server, mailbox.opened(address_of(server), limit=2) as mails:
        assert [mail.octets for mail in mails] == MAILS[:2]


def test_imap_empty_folder_gives_nothing():
    with ImapServer([]) as server:
        assert taken(address_of(server)) == []


def test_imap_is_read_by_two_at_once():
    with ExitStack() as stack:
        server = stack.enter_context(ImapServer(MAILS, extras=["UIDPLUS"]))
        mails, same = (stack.enter_context(mailbox.opened(address_of(server))) for _ in range(2))
        first, again = next(mails), next(same)
        first.remove()
        again.remove()
        next(mails).remove()
        assert [mail.octets for mail in same] == [MAILS[2]]


def test_imap_folder_user_and_password_may_hold_any_character():
    account = {"user": 'd "e" sk', "folder": "Calendar replies", "password": PASSWORD}
    with ImapServer(MAILS, extras=["AUTH=PLAIN"], **account) as server:
        address = f"imap://d%20%22e%22%20sk:{ENCODED}@127.0.0.1:{server.port}/Calendar%20replies"

        assert taken(address) == MAILS


def test_imap_over_tls_is_read(trusted):
    with ImapServer(MAILS, is_tls=True) as server:
        assert taken(address_of(server, "imaps")) == MAILS


def test_imap_turns_to_tls_before_the_password(trusted):
    with ImapServer(MAILS, extras=["STARTTLS"]) as server:
        assert taken(address_of(server)) == MAILS

        verbs = [line.split()[1] for line in server.lines]
        assert verbs.index("STARTTLS") < verbs.index("LOGIN")


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_imap_server_with_an_unknown_certificate_gets_no_password(scheme):
    with ImapServer(MAILS, is_tls=scheme == "imaps", extras=["STARTTLS"]) as server:
        with pytest.raises(CannotRead, match=r"127.0.0.1 cannot be reached: .*certificate"):
            taken(address_of(server, scheme))

        assert [line for line in server.lines if "secret" in line] == []


def test_imap_without_encryption_is_for_this_machine_only(monkeypatch):
    with ImapServer(MAILS) as server:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", server.port))])

        with pytest.raises(CannotRead, match=r"mail.example.org offers no encryption; the password was not sent"):
            taken(f"imap://desk:secret@mail.example.org:{server.port}/INBOX")

        assert [line for line in server.lines if "LOGIN" in line] == []


@pytest.mark.parametrize("extras", [[], ["AUTH=PLAIN"]])
def test_wrong_password_is_said_and_not_repeated(extras):
    with ImapServer(MAILS, extras=extras, password="other") as server, pytest.raises(CannotRead) as refusal:
        taken(address_of(server))

    assert str(refusal.value) == (
        "The mail server 127.0.0.1 refuses the user name or the password of CALENDAR_REPLIES."
    )


def test_password_that_the_server_cannot_take_is_said_and_not_repeated():
    words = "refuses the user name or the password"
    with ImapServer(MAILS, password=PASSWORD) as server, pytest.raises(CannotRead, match=words):
        taken(f"imap://desk:{ENCODED}@127.0.0.1:{server.port}/INBOX")


def test_missing_folder_and_folder_to_look_at_only_are_said():
    with ImapServer(MAILS) as server:
        with pytest.raises(CannotRead, match="does not open the folder of CALENDAR_REPLIES"):
            taken(address_of(server).replace("INBOX", "Nowhere"))
        server.is_read_only = True
        with pytest.raises(CannotRead, match="does not open the folder of CALENDAR_REPLIES"):
            taken(address_of(server))


def test_server_that_is_not_there_is_said():
    with ImapServer(MAILS) as server:
        gone = address_of(server)

    with pytest.raises(CannotRead, match=r"The mail server 127.0.0.1 cannot be reached: Connection refused\."):
        taken(gone)


@pytest.mark.parametrize("command", ["fetch", "uid_fetch", "uid_store", "expunge"])
@pytest.mark.parametrize("refusal", [True, "close"])
def test_server_that_refuses_or_hangs_up_is_said(command, refusal):
    with ImapServer(MAILS) as server:
        server.refuse = lambda name: refusal if name == command else False

        with pytest.raises(CannotRead, match=r"The mail server 127\.0\.0\.1 does not"):
            empty(address_of(server))

        assert len(server.mails) == 3


def address_of(server, scheme="imap"):
    return f"{scheme}://desk:secret@127.0.0.1:{server.port}/INBOX"


def empty(address):
    with mailbox.opened(address) as mails:
        for mail in mails:
            mail.remove()


def taken(address):
    with mailbox.opened(address) as mails:
        return [mail.octets for mail in mails]
