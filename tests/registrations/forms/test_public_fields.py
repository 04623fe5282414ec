"""Each field of the forms that people fill in: what may be typed into it, how long it may be, and what it is called."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError

from registrations import forms
from registrations.forms.fields import Paragraphs
from registrations.models import AdmissionRequest, Participant

COLUMNS = {field.name: field for model in (AdmissionRequest, Participant) for field in model._meta.concrete_fields}
# A column of text has no end of its own.
LONGEST_TEXT = 2000
NOT_LOOKED_AT = {
    "registrations.forms.check": "It is compared with what was issued, and neither stored nor shown to others.",
    "registrations.forms.reason": "Only staff write it, and only staff read it.",
    "registrations.forms.number": "Staff type how many people they reach; it is compared and not stored.",
}
CHOSEN = {"timezone": "It is the name of a zone of our list, or PersonForm refuses it."}
TRICKS = {"\0": "null byte", "\u202e": "turns the text around", "\x1b": "control character"}
LABEL_OF_PAGE = {
    "session": "The page has a heading, and each box the title of a session.",
    "slot": "The page has a heading, and each button the time of a slot.",
    "consent": "The page has the sentence of `consent.agreement` beside the box.",
}
MAY_BE_EMPTY = {
    "timezone": "Empty, it is that of the country.",
    "language": "Empty, it is the first of the season's languages.",
    "calendar_entries": "Empty, it is the usual choice.",
    "SignUpForm.session": "A time slot that is chosen ticks its session, too; without either there is an error.",
    "PersonLine.name": "A line without it is nobody.",
    "reminders": "The page says that who ticks none gets none.",
}


def _fields() -> dict:
    """By class and name, each with the class that declares it."""
    modules = [f"{forms.__name__}.{module.name}" for module in pkgutil.iter_modules(forms.__path__)]
    members = [
        each for module in modules if module not in NOT_LOOKED_AT for each in vars(import_module(module)).values()
    ]
    classes = {each for each in members if inspect.isclass(each) and issubclass(each, django_forms.Form)}
    return {
        f"{each.__name__}.{name}": field
        for each in sorted(classes, key=lambda each: each.__qualname__)
        for name, field in each.declared_fields.items()
        if not any(field is base.declared_fields.get(name) for base in each.__mro__[1:] if base in classes)
    }


def _name(of_form) -> str:
    return of_form.partition(".")[2]


FIELDS = _fields()
TYPED = [each for each in FIELDS if isinstance(FIELDS[each], django_forms.CharField) and _name(each) not in CHOSEN]
LINES = [each for each in TYPED if not isinstance(FIELDS[each], Paragraphs)]
USE_A_CLASS = "take a class of registrations/forms/fields.py"


def takes(of_form, typed) -> bool:
    try:
        FIELDS[of_form].clean(typed)
    except ValidationError:
        return False
    return True


def too_long(of_form) -> str:
    column = COLUMNS.get(_name(of_form))
    longest = (column and column.max_length) or LONGEST_TEXT
    return "x" * (longest + 1) + ("@example.org" if _name(of_form) == "email" else "")


def test_text_is_refused_that_its_column_does_not_take():
    assert [each for each in TYPED if takes(each, too_long(each))] == [], "give these the max_length of their columns"


def test_ordinary_text_is_taken():
    ordinary = {each: "amina@example.org" if _name(each) == "email" else "Amina Otieno" for each in TYPED}

    assert [each for each in TYPED if not takes(each, ordinary[each])] == []


@pytest.mark.parametrize("trick", TRICKS, ids=TRICKS.values())
def test_invisible_characters_are_refused(trick):
    assert [each for each in TYPED if takes(each, f"Amina{trick}Otieno")] == [], USE_A_CLASS


@pytest.mark.parametrize("typed", ["http://evil.example/win", "Win at www.evil.example", "<b>Amina</b>", "<script>"])
def test_line_is_no_way_to_send_links_or_markup_to_others(typed):
    assert [each for each in LINES if takes(each, typed)] == [], USE_A_CLASS


def test_each_field_has_a_label_or_the_page_has_one_for_a_reason():
    without = {_name(each) for each in FIELDS if not FIELDS[each].label}

    assert without == set(LABEL_OF_PAGE), "give the field a label in whole words"


def test_label_says_what_may_be_left_empty():
    wrong = [each for each in FIELDS if ("(optional)" in str(FIELDS[each].label)) != _is_optional(each)]

    assert wrong == [], "end the label with “(optional)”, or say in MAY_BE_EMPTY why not"


def _is_optional(of_form) -> bool:
    field, is_known = FIELDS[of_form], {of_form, _name(of_form)} & {*MAY_BE_EMPTY}
    return not field.required and not is_known and not isinstance(field, django_forms.BooleanField)
