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
OF_STAFF = {"registrations.forms.reason": "Only staff write it, and only staff read it."}
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
    "PersonLine.name": "A line without it is nobody.",
}


def _fields() -> dict:
    """By class and name; those that come from a class above are there once for each form."""
    modules = [f"{forms.__name__}.{module.name}" for module in pkgutil.iter_modules(forms.__path__)]
    classes = [
        each
        for module in modules
        for _name, each in inspect.getmembers(import_module(module), inspect.isclass)
        if issubclass(each, django_forms.Form) and each.__module__ == module and module not in OF_STAFF
    ]
    return {f"{each.__name__}.{name}": field for each in classes for name, field in each.base_fields.items()}


def _name(of_form) -> str:
    return of_form.partition(".")[2]


FIELDS = _fields()
TYPED = [each for each in FIELDS if isinstance(FIELDS[each], django_forms.CharField) and _name(each) not in CHOSEN]
PARAGRAPHS = [each for each in TYPED if isinstance(FIELDS[each], Paragraphs)]
LINES = [each for each in TYPED if each not in PARAGRAPHS]


@pytest.mark.parametrize("of_form", TYPED)
def test_text_is_refused_that_its_column_does_not_take(of_form):
    column = COLUMNS[_name(of_form)]
    most = column.max_length or LONGEST_TEXT

    with pytest.raises(ValidationError):
        FIELDS[of_form].clean(("x" * (most + 1)) + ("@example.org" if column.name == "email" else ""))


@pytest.mark.parametrize("trick", TRICKS, ids=TRICKS.values())
@pytest.mark.parametrize("of_form", TYPED)
def test_invisible_characters_are_refused(of_form, trick):
    with pytest.raises(ValidationError):
        FIELDS[of_form].clean(f"Amina{trick}Otieno")


@pytest.mark.parametrize("typed", ["http://evil.example/win", "Win at www.evil.example", "<b>Amina</b>", "<script>"])
@pytest.mark.parametrize("of_form", LINES)
def test_line_is_no_way_to_send_links_or_markup_to_others(of_form, typed):
    with pytest.raises(ValidationError):
        FIELDS[of_form].clean(typed)


@pytest.mark.parametrize("of_form", FIELDS)
def test_field_has_a_label_or_the_page_has_one_for_a_reason(of_form):
    has_label = bool(FIELDS[of_form].label)

    assert has_label != (_name(of_form) in LABEL_OF_PAGE), "give the field a label in whole words"


@pytest.mark.parametrize("of_form", FIELDS)
def test_label_says_what_may_be_left_empty(of_form):
    field = FIELDS[of_form]
    is_optional = not field.required and not {of_form, _name(of_form)} & {*MAY_BE_EMPTY}

    says_so = "(optional)" in str(field.label)

    assert says_so == (is_optional and not isinstance(field, django_forms.BooleanField))
