"""The errors of a form as a list of links, for the top of its page."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS

from sessions import marked


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the id of the element to go to."""

    anchor: str
    words: str


def problems_in(form, anchors=None) -> list[Problem]:
    """The first error of each field, in the order of the form, then those of the whole form.

    `anchors` has the ids that are not the field's own, under NON_FIELD_ERRORS that of the button.
    """
    anchors = anchors or {}
    wrong = [name for name in form.fields if name in form.errors]
    of_fields = [Problem(anchors.get(name) or form[name].id_for_label, _words(form[name])) for name in wrong]
    return of_fields + [Problem(anchors.get(NON_FIELD_ERRORS, ""), words) for words in form.non_field_errors()]


def _words(field) -> str:
    """What is missing names itself; what is wrong needs the name of its field."""
    is_missing = field.errors.as_data()[0].code in ("required", None)
    return field.errors[0] if is_missing else marked.about(field.label, field.errors[0])
