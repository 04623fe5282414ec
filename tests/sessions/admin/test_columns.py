"""Each column of the programme is in a form for staff, or is left out for a reason."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets

from sessions.admin.inlines.materials import MaterialInline
from sessions.admin.inlines.slots import NewSlotInline, SlotInline
from sessions.admin.season import StreamInline
from sessions.admin.session import SpeakerInline
from sessions.models import Material, Occurrence, Season, Session, Speaker, Stream

PARENT = "Its form is within that of this one."
CHANGES = "It follows from what staff do on pages of their own: move, call off, parts, publish, announce."
COUNTED = "It is counted."
OTHER_LANGUAGES = {"translations": "It has a page of its own: Translations."}
REWORDED = {"reworded": "It follows from translations."}
FORMS = {
    Season: [admin.site._registry[Season]],
    Stream: [StreamInline],
    Session: [admin.site._registry[Session]],
    Speaker: [SpeakerInline],
    Material: [MaterialInline],
    Occurrence: [admin.site._registry[Occurrence], SlotInline, NewSlotInline],
}
LEFT_OUT = {
    Season: dict.fromkeys(["changed_at", "is_published", "clock_ahead"], CHANGES) | OTHER_LANGUAGES | REWORDED,
    Stream: {"season": PARENT} | OTHER_LANGUAGES,
    Session: REWORDED
    | OTHER_LANGUAGES
    | dict.fromkeys(
        [
            *("is_published", "announced_at", "announced_again"),
            *("announcement_begun_at", "announcement_prepared_at", "announcement_taken_back_at"),
        ],
        CHANGES,
    ),
    Speaker: {"session": PARENT} | OTHER_LANGUAGES,
    Material: {"session": PARENT, "size": COUNTED} | OTHER_LANGUAGES,
    Occurrence: {
        "session": PARENT,
        **dict.fromkeys(
            ["starts_at", "ends_at", "parts", "part_urls", "called_off_at", "reason", "changed_at", "sequence"], CHANGES
        ),
        **dict.fromkeys(["typed_start", "typed_end", "typed_zone"], CHANGES),
        **dict.fromkeys(["taken", "waiting"], COUNTED),
        "uid": "It names the entry in calendars and never changes.",
    },
}


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
def test_each_column_is_in_a_form_or_left_out_for_a_reason(model):
    columns = {field.name for field in model._meta.concrete_fields} - {"id"}

    in_forms = {name for each in FORMS[model] for name in flatten_fieldsets(_fieldsets(each))} & columns

    assert columns - in_forms == set(LEFT_OUT[model]), "add it to `fieldsets`, or say here why staff do not write it"


def _fieldsets(each):
    return each.fieldsets or [(None, {"fields": each.fields})]
