"""Mails that come back, in the shapes of servers that people use; who they are about is invented."""

from html import escape
from textwrap import dedent

MESSAGE_ID = "<4f1c2d@events.example.org>"
TO = "bounces+7-0123456789abcdef@events.example.org"


def _mail(text) -> bytes:
    return dedent(text).strip().replace("\n", "\r\n").encode() + b"\r\n"


def report(*, status, action="failed", diagnosis="", words="It did not arrive.", sender="MAILER-DAEMON@mx.example.net"):
    """As Postfix and most others write it (RFC 3464)."""
    diagnostic = f"\n        Diagnostic-Code: smtp; {diagnosis}" if diagnosis else ""
    return _mail(f"""
        Return-Path: <>
        From: Mail Delivery System <{sender}>
        To: {TO}
        Auto-Submitted: auto-replied
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <report@mx.example.net>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        {words}

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net
        Arrival-Date: Tue, 8 Sep 2026 09:00:00 +0000

        Final-Recipient: rfc822; ana@ministry.example
        Action: {action}
        Status: {status}{diagnostic}

        --b
        Content-Type: message/rfc822

        From: Minamata Online <events@events.example.org>
        To: ana@ministry.example
        Message-ID: {MESSAGE_ID}
        Subject: You are registered

        Text
        --b--
    """)


POSTFIX = report(status="5.1.1", diagnosis="550 5.1.1 <ana@ministry.example>: Recipient address rejected: User unknown")
GMAIL_FULL = report(
    status="5.2.2",
    diagnosis="552-5.2.2 The recipient's inbox is out of storage space. 552 5.2.2 https://support.example/?p=Over",
    sender="mailer-daemon@googlemail.com",
)
OUTLOOK_REFUSES = report(
    status="5.7.1",
    diagnosis="550 5.7.1 Messages from [192.0.2.7] weren't sent.",
    sender="postmaster@outlook.com",
)
LATE = report(status="4.4.1", action="delayed", diagnosis="connect to mx.example[192.0.2.9]:25: Connection timed out")
ARABIC = report(status="5.1.10", words="لم يتم تسليم رسالتك إلى المستلم.", diagnosis="550 5.1.10 RESOLVER")
ARRIVED = report(status="2.0.0", action="delivered")
GENERAL_FIELD = report(status="5.0.0", diagnosis="550 5.1.1 no such user")

EXCHANGE_FREE_TEXT = _mail(f"""
    From: Microsoft Exchange <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@ministry.example>
    To: {TO}
    Subject: Undeliverable: You are registered
    MIME-Version: 1.0
    Content-Type: text/html; charset=utf-8

    <html><body><p><b>Delivery has failed to these recipients or groups:</b></p>
    <p><a href="mailto:ana@ministry.example">ana@ministry.example</a><br>
    The e-mail address you entered couldn't be found.</p>
    <p>Diagnostic information for administrators:</p>
    <p>Generating server: mail.ministry.example (10.5.2.2)<br>
    #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##</p>
    <p>Original message headers:<br>Message-ID: {escape(MESSAGE_ID)}</p></body></html>
""")

UNKNOWN_TEXT = _mail(f"""
    From: "=?utf-8?b?6YCA5L+h?=" <PostMaster@mail.example.cn>
    To: {TO}
    Subject: =?utf-8?b?6YCA5L+h?=
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 8bit

    很抱歉，您的邮件未能送达。
""")

ABSENCE = _mail(f"""
    Return-Path: <>
    From: Ana Silva <ana@ministry.example>
    To: {TO}
    Auto-Submitted: auto-replied
    X-Auto-Response-Suppress: All
    Subject: Automatic reply: You are registered

    I am away until 5.1.2027. In urgent cases call extension 5.1.1.
""")

ABSENCE_OF_POSTMASTER = _mail(f"""
    From: postmaster@ministry.example
    To: {TO}
    Precedence: auto_reply
    Subject: Out of office

    We answer on weekdays.
""")

PERSON = _mail(f"""
    From: Ana Silva <ana@ministry.example>
    To: {TO}
    Subject: Re: You are registered

    Thank you! I got 550 5.1.1 last time.
""")
