"""Admin pages on which two people may work at once: neither undoes what the other has saved, and no form is lost."""

from django.apps import apps
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from registrations import publishing
from sessions.admin import deleting
from sessions.admin.audited import AuditedAdmin
from sessions.admin.conflicts import gone_page, page
from sessions.admin.conflicts.merging import MergingForm
from sessions.admin.effects import asking, of_forms
from sessions.admin.effects.asking import Effects
from sessions.staff import unsent_forms
from sessions.staff.numbers import row_number

NOT_SAVED = _("Nothing of this form is saved yet. Check what you typed, then save.")


class GuardedAdmin(AuditedAdmin):
    """Forms are subclasses of `MergingForm`, formsets of `MergingFormSet`; `lock` says what a form may write."""

    def lock(self, pk):
        """Lock what the form of this row compares and writes, in the order of docs/architecture.md."""
        raise NotImplementedError

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST" and row_number(object_id) is not None:
            self.lock(object_id)
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.unsent = unsent_forms.take_up(request) if request.method == "GET" else None
        request.effects = asking.shown_before(request.unsent.typed) if request.unsent else None
        if request.method == "POST" and self._is_gone(object_id) and self.has_change_permission(request):
            return gone_page.answer(self, request, object_id)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # A colleague added a row of the same name at this very moment; by now the form sees it.
            return super().changeform_view(request, object_id, form_url, extra_context)
        except asking.NotConfirmed as question:
            request.effects = question.effects
            return super().changeform_view(request, object_id, form_url, extra_context)

    def effects(self, form, formsets) -> list[str]:
        """What saving does to people who are registered, a sentence each; nothing is asked without."""
        return []

    def ask_first(self, request, form, formsets):
        """Of a row that is there already."""
        facts, of_answers = self.effects(form, formsets), of_forms.of_answers(formsets)
        people = publishing.people_registered(form.instance) if facts or of_answers else 0
        asking.require(Effects(people, (facts if people else []) + of_answers), request.POST)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        # The class is made for this request alone.
        form.looks_only = NOT_SAVED if getattr(request, "unsent", None) else ""
        if getattr(request, "effects", None):
            form.looks_only = asking.NOT_SAVED
        return form

    def render_change_form(self, request, context, **kwargs):
        forms = [context["adminform"].form]
        forms += [form for inline in context["inline_admin_formsets"] for form in inline.formset.initial_forms]
        stored = [form for form in forms if isinstance(form, MergingForm)]
        context |= page.context(request, stored)
        context |= asking.context(getattr(request, "effects", None), request.POST)
        return super().render_change_form(request, context, **kwargs)

    def save_related(self, request, form, formsets, change):
        if change:
            self.ask_first(request, form, formsets)
        super().save_related(request, form, formsets, change)
        for each in [form, *(row for formset in formsets for row in formset.initial_forms)]:
            for sentence in page.taken_over(each, request.user):
                messages.info(request, sentence)

    def get_deleted_objects(self, objs, request):
        """Never together with people; what came with them, such as changes of slots, may go where they are not."""
        in_the_way = [line for row in objs for line in deleting.people_in_the_way(row)]
        if in_the_way:
            return [], {}, set(), in_the_way
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        ours = {str(model._meta.verbose_name) for model in apps.get_app_config("online_sessions").get_models()}
        return rows, counts, lacking & ours, protected

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError:
            messages.warning(request, _("Somebody signed up at this very moment. Nothing was deleted."))
            return HttpResponseRedirect(request.path)

    def _is_gone(self, object_id) -> bool:
        key = row_number(object_id)
        return key is not None and not self.model.objects.filter(pk=key).exists()
