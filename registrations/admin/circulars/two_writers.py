"""A draft that two people have open at once: what one of them alone changed stays, the rest is a question.

Compared are the subject, the text, and the choice of people as a whole: its parts may exclude each other.
"""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.base import in_geneva
from registrations.admin.circulars.forms import CHOICES
from registrations.people.audiences import Audience

PARTS = {
    "subject": gettext_lazy("Subject"),
    "text": gettext_lazy("Text"),
    "recipients": gettext_lazy("Who gets it"),
}
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Merged:
    """The parts as they are to be stored; which of them follow a colleague, and which both changed."""

    parts: dict
    taken_over: list[str]
    contested: list[str]


def stored(circular) -> dict:
    words = circular.words_in("")
    return {"subject": words.subject, "text": _plain(words.text), "recipients": circular.audience}


def typed(form) -> dict:
    """Of a form that is valid."""
    words = form.words
    return {"subject": words["subject"], "text": _plain(words["text"]), "recipients": form.audience.to_store()}


def merge(shown, now, mine, answers) -> Merged:
    """Of what the page showed, what is stored now, and what was typed; `answers` are those to questions about `now`."""
    parts, taken_over, contested = {}, [], []
    for name in PARTS:
        follows = answers.get(name) == THEIRS or (name in shown and mine[name] == shown[name])
        parts[name] = now[name] if follows else mine[name]
        if follows and now[name] != shown.get(name):
            taken_over.append(name)
        if not follows and answers.get(name) != MINE and now[name] not in (shown.get(name), mine[name]):
            contested.append(name)
    return Merged(parts, taken_over, contested)


def answers(sent, now) -> dict:
    """Which value of each part stays, where the question was about what is stored now."""
    asked = read(sent.get("asked"))
    return {name: sent.get(f"keep-{name}", "") for name in PARTS if name in asked and asked[name] == now[name]}


def shown_next(merged, shown, now) -> dict:
    """What the page shows from here on; while a question is open, what the page before showed."""
    before = {name: shown[name] for name in merged.contested if name in shown}
    return {name: now[name] for name in PARTS if name not in merged.contested} | before


def read(text) -> dict:
    """What the page showed; empty for what no page of ours has sent."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def write(parts) -> str:
    return json.dumps(parts)


def put(data, parts):
    """Into a form that is shown again."""
    data["subject"], data["text"] = parts["subject"], parts["text"]
    chosen = Audience.of(parts["recipients"])
    for name in CHOICES:
        value = getattr(chosen, name)
        if isinstance(value, tuple):
            data.setlist(name, [str(each) for each in value])
        elif isinstance(value, bool):
            data.setlist(name, ["on"] if value else [])
        else:
            data[name] = value


def saved_by(circular) -> str:
    who = circular.written_by.get_username() if circular.written_by else _("Somebody")
    return _("%(who)s saved this draft on %(moment)s.") % {"who": who, "moment": in_geneva(circular.changed_at)}


def _plain(text) -> str:
    """Browsers send each line end as two characters."""
    return text.replace("\r\n", "\n").strip()
