"""Lines of the log, without the keys of personal pages and without addresses of people: who reads a log must not be
able to open the one or to write to the other.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from urllib.parse import unquote

from celery import current_task

from minamata_online.middleware import request_ids

# Where our addresses have a key, however the slashes are written.
SLASH = r"(?:/|%2F)+"
ROOMS = rf"my|join|c|certificates|calendars|invitation|delegations|new-password|stop{SLASH}[^/\s%]+"
# One slash before: to look for more of them takes the square of their number, and a stranger sends thousands.
KEY = re.compile(rf"((?:/|%2F)(?:{ROOMS}){SLASH})[^/\s?\"']+", re.IGNORECASE)
# As long as a key, of its characters; some of them perhaps escaped, once or more often.
LONG_ESCAPED_WORD = re.compile(r"(?:[A-Za-z0-9_-]|%(?:25)*[0-9A-Fa-f]{2}){24,}")
LONG_WORD = re.compile(r"[A-Za-z0-9_-]{24,}")
# What is no key, though it is long: numbers of requests and mails, and names in programs, databases and addresses.
HEXADECIMAL = re.compile(r"[0-9a-f-]+")
CLASS = re.compile(r"[A-Za-z]+(?:Error|Exception|Warning|Violation|Operation|Transaction|Timeout|Middleware|Handler)")
SMALL = re.compile(r"[a-z]*[0-9]*|[0-9a-f]{6,8}")
CAPITAL = re.compile(r"[A-Z]*[0-9]*")
# Not after "<": Message-IDs look like addresses, and are what one looks for in the log of a mail server. Such servers
# also write "@" and "." as addresses of pages have them.
ADDRESS = re.compile(r"(?<![<\w.+%'-])[\w.+%'-]+(?:@|%(?:25)*40)[\w-]+(?:(?:\.|%(?:25)*2E)[\w-]+)+", re.IGNORECASE)
# What ends a line, moves the cursor of a terminal, or turns the direction of what is around it.
UNWRITTEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def in_one_line(text: str) -> str:
    """A stranger's words as they can be written to a log: none of them begins a line that looks like one of ours."""
    return UNWRITTEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def without_keys(text: str) -> str:
    """Without the keys in our addresses, and without anything that looks like one elsewhere."""
    return LONG_ESCAPED_WORD.sub(_unless_key, KEY.sub(r"\1(key)", text))


def _unless_key(found) -> str:
    word = found[0]
    while (plain := unquote(word)) != word:
        word = plain
    return "(key)" if any(map(_looks_like_key, LONG_WORD.findall(word))) else found[0]


def _looks_like_key(word) -> bool:
    """Of random keys fewer than one in a million look like a number or a name."""
    if HEXADECIMAL.fullmatch(word) or CLASS.fullmatch(word):
        return False
    parts = re.split("[_-]", word)
    return not (all(map(SMALL.fullmatch, parts)) or all(map(CAPITAL.fullmatch, parts)))


def without_people(text: str) -> str:
    return ADDRESS.sub("(address)", without_keys(text))


def write_uncaught(kind, error, trace):
    """For sys.excepthook: what stops a command is written to a log, too."""
    sys.stderr.write(without_people("".join(traceback.format_exception(kind, error, trace))))


class Formatter(logging.Formatter):
    """Text for people; the id of the request or task is at the end of the line."""

    def format(self, record):
        line = without_people(super().format(record))
        id_ = request_ids.present() or _task_id()
        return f"{line} [{id_}]" if id_ else line


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, message; request, task, mail and error where there is one."""

    def format(self, record):
        found = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_people(record.getMessage()),
            "request_id": request_ids.present(),
            "task_id": _task_id(),
            "mail": getattr(record, "mail", None),
            "error": without_people(self.formatException(record.exc_info)) if record.exc_info else "",
        }
        return json.dumps({name: value for name, value in found.items() if value not in ("", None)}, ensure_ascii=False)


def _task_id() -> str:
    return (current_task.request.id or "") if current_task else ""
