"""A form of the admin that does something to people who are registered is shown again, with what it does, and asks."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.forms.number import REGISTERED, NumberForm

# The hidden entry with what the page has said that saving does.
SEEN = "effects-seen"
NOT_SAVED = gettext_lazy("Nothing of this form is saved yet. Read what saving does to people, and confirm it.")
CHANGED = gettext_lazy("Meanwhile this has changed. Read again what saving does.")


@dataclass(frozen=True)
class Effects:
    """What saving does, a sentence each, while so many `people` are registered; of none there is no number to type."""

    people: int
    facts: list[str]


class NotConfirmed(Exception):
    """Nothing may be saved before staff have confirmed these effects."""

    def __init__(self, effects):
        super().__init__()
        self.effects = effects


def require(effects, typed):
    """Raises NotConfirmed unless the form that was sent, `typed`, confirms what it does as things are now."""
    if not effects.facts:
        return
    form = NumberForm(typed, number=effects.people, label=REGISTERED)
    if typed.get(SEEN) != _mark(effects) or not form.is_valid():
        raise NotConfirmed(effects)


def shown_before(typed) -> Effects | None:
    """What the form had said that saving does when it was sent; None if it had not asked, or not in these words."""
    try:
        people, *facts = json.loads(typed.get(SEEN, ""))
        # Halves of a character, which JSON can name and no page can show, fail here.
        json.dumps(facts, ensure_ascii=False).encode()
        return Effects(int(people), [str(fact) for fact in facts])
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def context(effects, typed) -> dict:
    """For the template of the form."""
    if effects is None:
        return {}
    seen = typed.get(SEEN)
    is_same = seen == _mark(effects)
    return {
        "effects": effects,
        "effects_entry": (SEEN, _mark(effects)),
        "effects_changed": CHANGED if seen and not is_same else "",
        "confirm": NumberForm(typed if is_same else None, number=effects.people, label=REGISTERED),
        "button": _("Save with these effects"),
        # The form is sound: beside the question no error is to be corrected.
        "errors": [],
    }


def _mark(effects) -> str:
    return json.dumps([effects.people, *map(str, effects.facts)], ensure_ascii=False)
