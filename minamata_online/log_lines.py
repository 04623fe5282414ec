"""Lines of the log, without the keys of personal pages and without addresses of people: who reads a log must not be
able to open the one or to write to the other.
"""

import json
import logging
import re
from datetime import UTC, datetime

from celery import current_task

from minamata_online import request_ids

KEY = re.compile(r"(/(?:my|join|calendars|invitation|delegations|stop/[a-z-]+)/)[^/\s?\"']+")
# Not after "<": Message-IDs look like addresses, and are what one looks for in the log of a mail server.
ADDRESS = re.compile(r"(?<![<\w.+%'-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
# What ends a line, moves the cursor of a terminal, or turns the direction of what stands around it.
UNWRITTEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def in_one_line(text: str) -> str:
    """A stranger's words as they can stand in a log: none of them begins a line that looks like one of ours."""
    return UNWRITTEN.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


def without_keys(text: str) -> str:
    return KEY.sub(r"\1(key)", text)


def without_people(text: str) -> str:
    return ADDRESS.sub("(address)", without_keys(text))


class Formatter(logging.Formatter):
    """Text for people; the id of the request or task stands at the end of the line."""

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
