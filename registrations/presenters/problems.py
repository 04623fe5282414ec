"""The errors of a form as a list of links, for the top of its page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the id of the element to go to."""

    anchor: str
    words: str


def problems_in(form, anchors=None) -> list[Problem]:
    """The first error of each field, in the order of the form; `anchors` has the ids that are not the field's own."""
    errors = form.errors
    ids = {name: form[name].id_for_label for name in errors} | (anchors or {})
    return [Problem(ids[name], errors[name][0]) for name in form.fields if name in errors]
