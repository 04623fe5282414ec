"""What a form of staff showed when it was opened: it travels with the form, as text, field by field."""

import json

from django import forms

# Names of hidden entries of the page: what it showed, and which stored value each question on it was about.
SHOWN, ASKED = "shown", "asked"


def text_of(field, value) -> str | list[str]:
    """What a browser sends for this value if nobody touches it; a list where one field has several boxes."""
    if isinstance(field, forms.FileField):
        return getattr(value, "name", None) or ""
    if isinstance(field.widget, forms.MultiWidget):
        boxes = zip(field.widget.widgets, field.widget.decompress(value), strict=True)
        return [_plain(widget.format_value(part)) for widget, part in boxes]
    value = field.prepare_value(value)
    is_box = isinstance(field.widget, forms.CheckboxInput)
    is_formatted = isinstance(field.widget, (forms.Textarea, forms.widgets.Input)) and not is_box
    return _plain(field.widget.format_value(value) if is_formatted else value)


def typed_text(bound) -> str | list[str]:
    """What is in the field of a form that was sent; for a file anything that shows that one was chosen or removed."""
    typed = bound.data
    if isinstance(bound.field, forms.FileField):
        return text_of(bound.field, bound.initial) if typed is None else (getattr(typed, "name", "") or "")
    return [_plain(part) for part in typed] if isinstance(typed, list) else _plain(typed)


def read(form_data, name) -> dict:
    """The hidden entry of this name; empty if it is missing or is not ours: nested too deep, or not of texts alone."""
    try:
        found = json.loads(form_data.get(name) or "{}")
        # Halves of a character, which JSON can name and no page can show, fail here.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return {}
    return found if _has_texts_alone(found) else {}


def put(form_data, files, bound, value):
    """Let the form have been sent with this value of the model in the field; a stored file is one nobody touched."""
    widget, name = bound.field.widget, bound.html_name
    if isinstance(widget, forms.ClearableFileInput):
        form_data.pop(widget.clear_checkbox_name(name), None)
        files.pop(name, None)
    elif isinstance(widget, forms.MultiWidget):
        for suffix, part in zip(widget.widgets_names, widget.decompress(value), strict=True):
            form_data[name + suffix] = part
    else:
        form_data[name] = value


def _has_texts_alone(found) -> bool:
    """By name of the field; for a whole row a text for each of its fields."""
    if not isinstance(found, dict):
        return False
    return all(
        _is_text(value) or (isinstance(value, dict) and all(map(_is_text, value.values()))) for value in found.values()
    )


def _is_text(value) -> bool:
    """As `text_of` gives it."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(part, str) for part in value))


def _plain(value) -> str:
    """Browsers send each line end as two characters, and fields of text drop the blanks around."""
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
