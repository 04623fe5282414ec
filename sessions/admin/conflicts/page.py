"""What the page says about values that two people changed at the same time: both of them, and who saved when."""

import json
from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registrations.models import StaffAction
from sessions.admin.conflicts import shown
from sessions.admin.conflicts.merging import answer_name
from sessions.clocks.wall_clock import on_clock
from sessions.models import Season


@dataclass(frozen=True)
class Question:
    """`mine` is None where what was typed cannot be stored any more."""

    name: str
    label: str
    saved: str
    theirs: str
    mine: str | None
    chosen: str


def context(request, stored_forms) -> dict:
    """For the template of the page; `stored_forms` are those of rows that exist."""
    conflicts = [conflict for form in stored_forms for conflict in form.conflicts]
    texts = {name: text for form in stored_forms for name, text in form.shown_next().items()}
    return {
        "shown_entry": (shown.SHOWN, json.dumps(texts, ensure_ascii=False)),
        "asked_entry": (shown.ASKED, json.dumps({each.key: each.now for each in conflicts}, ensure_ascii=False)),
        "questions": [_question(conflict, request) for conflict in conflicts],
        "taken_over": [sentence for form in stored_forms for sentence in taken_over(form, request.user)],
        "files_again": _files_again(request),
    }


def _files_again(request) -> list[str]:
    return sorted({file.name for file in request.FILES.values()}) if request.method == "POST" else []


def taken_over(form, user) -> list[str]:
    """Which fields follow a colleague, because the person has not touched them; a sentence each."""
    text = _("%(entry)s: %(saved)s. That is kept.")
    if form.is_gone and form.is_left:
        return [text % {"entry": _label(form, None), "saved": saved_by(form, [], user)}]
    return [
        text % {"entry": _label(form, bound), "saved": saved_by(form, [bound.name], user)} for bound in form.taken_over
    ]


def saved_by(form, names, user) -> str:
    """Anna saved this at 11:16 (Geneva, UTC+1)."""
    action = _action(form, {form.columns.get(name, name) for name in names})
    if action is None:
        return _("Somebody deleted this meanwhile") if form.is_gone else _("Somebody saved this meanwhile")
    who = action.made_by.get_full_name() if action.made_by else ""
    said = {"who": who or action.by_name or _("Somebody"), "when": _when(action.made_at, _season(form.instance))}
    if action.made_by_id == user.pk and action.action == "deleted":
        return _("You deleted this in another window %(when)s") % said
    if action.made_by_id == user.pk:
        return _("You saved this in another window %(when)s") % said
    if action.action == "deleted":
        return _("%(who)s deleted this %(when)s") % said
    return _("%(who)s saved this %(when)s") % said


def _question(conflict, request) -> Question:
    form, bound = conflict.form, conflict.bound
    theirs, mine = _both(conflict)
    names = [bound.name] if bound else list(form.base_fields)
    return Question(
        name=answer_name(conflict.key),
        label=_label(form, bound),
        saved=saved_by(form, names, request.user),
        theirs=theirs,
        mine=mine,
        chosen=request.POST.get(answer_name(conflict.key), ""),
    )


def _both(conflict) -> tuple[str, str | None]:
    form, bound = conflict.form, conflict.bound
    if bound:
        return _in_words(bound.field, conflict.now), _typed_in_words(bound)
    if form.is_gone:
        return _("Deleted"), _lines(form, shown.typed_text) if form.can_restore else None
    kept = _lines(form, lambda bound: conflict.now[bound.html_name])
    return _("Not deleted:\n%(lines)s") % {"lines": kept}, _("Deleted")


def _lines(form, text_of) -> str:
    lines = [f"{bound.label}: {_in_words(bound.field, text)}" for bound in form.compared if (text := text_of(bound))]
    return "\n".join(lines)


def _typed_in_words(bound) -> str:
    typed = shown.typed_text(bound)
    if not isinstance(bound.field, forms.FileField):
        return _in_words(bound.field, typed)
    return _("%(name)s (choose the file again below)") % {"name": typed} if typed else _("No file")


def _in_words(field, text) -> str:
    if isinstance(field, forms.BooleanField):
        return _("yes") if text else _("no")
    if isinstance(text, list):
        text = " ".join(text).strip()
    if hasattr(field, "choices"):
        text = next((str(label) for value, label in field.choices if str(value) == text), text)
    return text or _("(empty)")


def _label(form, bound) -> str:
    """Of a row among others with its own words, as far as it still has any."""
    label = capfirst(str(bound.label)) if bound else ""
    if form.prefix is None:
        return label
    row = f"{capfirst(form._meta.model._meta.verbose_name)} “{form.row}”" if form.row else ""
    row = row or capfirst(str(form._meta.model._meta.verbose_name))
    return f"{row}: {label}" if label else row


def _action(form, columns) -> StaffAction | None:
    """The last one in the audit log that changed one of these columns."""
    key = form.instance.pk or form.gone_key
    actions = StaffAction.objects.filter(kind=form._meta.model._meta.label_lower, object_id=key)
    touched = Q()
    for column in columns:
        touched |= Q(before__has_key=column) | Q(after__has_key=column)
    deleted = Q(action="deleted")
    return actions.filter(deleted if form.is_gone else touched).select_related("made_by").order_by("-made_at").first()


def _season(row) -> Season:
    if isinstance(row, Season):
        return row
    return row.season if hasattr(row, "season_id") else row.session.season


def _when(instant, season) -> str:
    clock = on_clock(instant, instant, season.timezone, season.place)
    said = {"hour": clock.start_hour, "day": clock.day, "clock": clock.label}
    if instant.astimezone(season.zone).date() == timezone.now().astimezone(season.zone).date():
        return _("at %(hour)s (%(clock)s)") % said
    return _("on %(day)s at %(hour)s (%(clock)s)") % said
