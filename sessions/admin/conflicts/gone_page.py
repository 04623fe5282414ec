"""The answer to a form whose row a colleague has deleted: who did it, and everything that was typed, to be copied."""

from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registrations.models import StaffAction
from sessions.clocks import dates
from sessions.staff.numbers import row_number

PAGE = "admin/online_sessions/gone.html"


def answer(model_admin, request, object_id) -> TemplateResponse:
    model = model_admin.model._meta
    site = model_admin.admin_site.each_context(request)
    title = _("Deleted meanwhile: %(kind)s") % {"kind": model.verbose_name}
    context = {"title": title, "opts": model, "gone": _gone(model, object_id), "typed": _typed(model_admin, request)}
    return TemplateResponse(request, PAGE, site | context, status=409)


def _gone(model, object_id) -> dict:
    """Who deleted what and when, as far as the audit log knows."""
    actions = StaffAction.objects.filter(kind=model.label_lower, object_id=object_id, action="deleted")
    action = actions.select_related("made_by").order_by("-made_at").first()
    if action is None:
        return {"who": _("Somebody")}
    who = action.made_by.get_full_name() if action.made_by else ""
    return {
        "who": who or action.by_name or _("Somebody"),
        "when": dates.in_geneva(action.made_at),
        "about": action.about,
    }


def _typed(model_admin, request) -> list[tuple[str, str]]:
    """Label and text of every entry that was not empty."""
    lines = _entries(model_admin.get_form(request).base_fields, "", request.POST)
    for inline in model_admin.get_inline_instances(request):
        formset = inline.get_formset(request)
        prefix, fields = formset.get_default_prefix(), formset.form.base_fields
        count = row_number(request.POST.get(f"{prefix}-TOTAL_FORMS")) or 0
        for index in range(min(count, 1000)):
            row = _entries(fields, f"{prefix}-{index}-", request.POST)
            lines += [(f"{capfirst(str(inline.verbose_name))} {index + 1}: {label}", text) for label, text in row]
    return lines


def _entries(fields, prefix, typed) -> list[tuple[str, str]]:
    found = []
    for name, field in fields.items():
        # A field of a moment has two boxes.
        texts = [typed[key] for key in (f"{prefix}{name}{end}" for end in ("", "_0", "_1")) if typed.get(key)]
        if texts:
            found.append((capfirst(str(field.label or name)), " ".join(texts)))
    return found
