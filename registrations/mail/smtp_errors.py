"""What a refusal of the mail server concerns: the sender, and so every mail, or this recipient and this mail."""

import re
import smtplib

from sessions.plain_text import one_line

# "5.7.708": the status of RFC 3463 that most answers begin with.
STATUS = re.compile(r"\s*5\.(\d{1,3})\.(\d{1,3})\b")
# Wherever in the conversation they come. 5.1.7 and 5.1.8: the sender's address; 5.4.5: more than may be sent in a day;
# 5.7.3, 5.7.8, 5.7.57: not signed in; 5.7.60: not allowed to send as this sender.
OF_SENDER = {(1, 7), (1, 8), (4, 5), (7, 3), (7, 8), (7, 57), (7, 60)}
# Third numbers under 5.7 with which Exchange Online refuses a sender, their server or their organisation.
OF_SENDER_IN_EXCHANGE = [range(501, 512), range(606, 650), range(700, 751)]
# 530, 534, 535, 538: sign in first, or in another way (RFC 4954 6).
NOT_SIGNED_IN = {530, 534, 535, 538}
TOO_LARGE, TOO_LARGE_STATUS = 552, {(2, 3), (3, 4)}
# Words of a server may quote the address that it refuses, and of a mail the link in it. Not begun in the middle of a
# word: of a very long one each beginning would be tried.
ADDRESS = re.compile(r"""(?:"[^"]*"|(?<![^\s<>()\[\]"',;:])[^\s<>()\[\]"',;:]+)@[^\s<>()"',;:]+""")
KEY = re.compile(r"[\w-]{24,}")
WORDS_AT_MOST = 300


def precede_recipient(error) -> bool:
    """Whether nothing of this mail but its size was known to the server when it refused the sender for good."""
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError):
        return True
    if isinstance(error, smtplib.SMTPSenderRefused):
        is_too_large = error.smtp_code == TOO_LARGE or _status(error.smtp_error) in TOO_LARGE_STATUS
        return error.smtp_code >= 500 and not is_too_large
    is_greeting = isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError)
    return is_greeting and error.smtp_code >= 500


def name_sender(error) -> bool:
    """Whether the server refuses this recipient or this mail with the words for trouble with the sender."""
    return any(code in NOT_SIGNED_IN or is_of_sender(_status(words)) for code, words in _answers(error))


def are_final(error) -> bool:
    """Whether the server refused this very mail with 5xx (RFC 5321 4.2.1)."""
    answers = _answers(error)
    return bool(answers) and all(code >= 500 for code, _words in answers)


def is_answer(error) -> bool:
    """Whether the server has said something about this mail."""
    return bool(_answers(error))


def leaves_open(error) -> bool:
    """Whether the mail may have arrived: the connection broke, or took too long, before the server answered."""
    return isinstance(error, OSError) and not _answers(error)


def in_short(error) -> str:
    """Code and status without the words, which may name addresses."""
    for code, words in _answers(error):
        found = STATUS.match(words)
        return f"{code} {found[0].strip()}" if found else str(code)
    return type(error).__name__


def in_words(error) -> str:
    """What happened, with the server's own words, in one line without addresses and keys."""
    answers = [f"{code} {words}" for code, words in _answers(error)]
    return f"{type(error).__name__}: {without_addresses('; '.join(answers) or str(error))}"


def without_addresses(words: str) -> str:
    """In one line, without addresses and keys, cut off where it is long."""
    words = KEY.sub("(key)", ADDRESS.sub("(address)", one_line(words)))
    return words[: WORDS_AT_MOST - 1] + "…" if len(words) > WORDS_AT_MOST else words


def _answers(error) -> list[tuple[int, str]]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [(code, _text(words)) for code, words in error.recipients.values()]
    if isinstance(error, smtplib.SMTPResponseException):
        return [(error.smtp_code, _text(error.smtp_error))]
    return []


def _status(words) -> tuple[int, int] | None:
    found = STATUS.match(_text(words))
    return (int(found[1]), int(found[2])) if found else None


def is_of_sender(status: tuple[int, int] | None) -> bool:
    """Whether these last two numbers of a status 5.x.x are about the sender, and so about every mail."""
    if status is None:
        return False
    subject, detail = status
    return status in OF_SENDER or (subject == 7 and any(detail in refused for refused in OF_SENDER_IN_EXCHANGE))


def _text(words) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else str(words)
