"""Reads an admin page as a browser does, so that a test names only what a person changes."""

from django.db.models.fields.files import FieldFile
from django.forms import MultiWidget
from django.urls import reverse


def page(name, *args) -> str:
    return reverse(f"admin:online_sessions_{name}", args=args)


def sent_by(response) -> dict:
    """What the form on an admin page would send if nothing were changed."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {name: value for form in forms for field in form for name, value in _boxes(field)}
    values |= dict(response.context[entry] for entry in ("shown_entry", "asked_entry"))
    return {name: value for name, value in values.items() if not _stays_unsent(value)}


def _boxes(field):
    """Names and values: a moment has two boxes, its day and its time."""
    widget, value = field.field.widget, field.value()
    if not isinstance(widget, MultiWidget):
        return [(field.html_name, value)]
    parts = value if isinstance(value, list) else widget.decompress(value)
    return [(field.html_name + suffix, part) for suffix, part in zip(widget.widgets_names, parts, strict=True)]


def _stays_unsent(value) -> bool:
    """An empty entry, a box without its tick, or a stored file, which a browser never sends back."""
    return value is None or value is False or isinstance(value, FieldFile)


def confirmed(response, **typed) -> dict:
    """What the page that shows what a change does would send once its button is pressed."""
    forms = [response.context["confirm"], *filter(None, [response.context.get("hidden")])]
    values = {field.html_name: field.value() for form in forms for field in form}
    return (
        {name: value for name, value in values.items() if value is not None and value is not False}
        | {"confirm": "yes"}
        | typed
    )


def edit_session(client, session, **changes):
    """Open the form of the session, change these entries (double underscores mean hyphens), and send it."""
    address = page("session_change", session.pk)
    typed = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, sent_by(client.get(address)) | typed)


def edit_season(client, season, **changes):
    """The same for the form of a season."""
    address = page("season_change", season.pk)
    typed = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, sent_by(client.get(address)) | typed)


def add_slot(client, session, day, begins, ends, **more):
    """Add one new slot in the form of the session; times as on the season's clock."""
    typed = {"day": day, "begins": begins, "ends": ends, **more}
    new = {f"new_slots__0__{name}": value for name, value in typed.items()}
    return edit_session(client, session, new_slots__TOTAL_FORMS=1, **new)


def errors_of(response, prefix) -> list[dict]:
    """The errors of each form of an inline, by field."""
    inlines = {inline.formset.prefix: inline.formset for inline in response.context["inline_admin_formsets"]}
    return [dict(form.errors) for form in inlines[prefix].forms]


def season_form(season, **changes):
    sent = {
        "title": season.title,
        "starts_on": season.starts_on,
        "ends_on": season.ends_on,
        "timezone": season.timezone,
        "place": season.place,
        "feedback_days": season.feedback_days,
        "certificate_percent": season.certificate_percent,
        "is_published": "on",
        "streams-TOTAL_FORMS": 0,
        "streams-INITIAL_FORMS": 0,
        "questions-TOTAL_FORMS": 0,
        "questions-INITIAL_FORMS": 0,
    }
    return sent | changes
