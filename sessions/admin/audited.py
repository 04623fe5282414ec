"""Admin forms whose every change goes into the audit log: the row, and the rows of its inlines."""

from django.contrib import admin

from registrations import audit
from sessions.staff.history import HistoryOfStaffActions
from sessions.staff.list_filters import NarrowedByFilters


class AuditedAdmin(HistoryOfStaffActions, NarrowedByFilters, admin.ModelAdmin):
    """Subclasses that store in a way of their own override `store_model` and `store_formset`.

    Compares what is stored before and after, not what was typed: a store may refuse.
    """

    actions = None

    def get_changeform_initial_data(self, request):
        """Nothing from the address: whoever wrote it would fill in the form, or break it."""
        return {}

    def store_model(self, request, obj, form, change):
        if change:
            obj.save(update_fields=form.written_columns)
        else:
            obj.save()

    def store_formset(self, request, form, formset, change):
        formset.save_touched()

    def save_model(self, request, obj, form, change):
        before = audit.stored(self.model, [obj.pk])
        self.store_model(request, obj, form, change)
        _keep({obj.pk: obj}, before, audit.stored(self.model, [obj.pk]), request)

    def save_formset(self, request, form, formset, change):
        known = {row.pk: row for row in (form.instance for form in formset.initial_forms) if row.pk}
        before = audit.stored(formset.model, list(known))
        self.store_formset(request, form, formset, change)
        rows = known | {row.pk: row for row in formset.new_objects}
        _keep(rows, before, audit.stored(formset.model, list(rows)), request)

    def delete_model(self, request, obj):
        before, pk = audit.facts(obj), obj.pk
        super().delete_model(request, obj)
        obj.pk = pk
        audit.record_difference(obj, before, {}, by=request.user)


def _keep(rows, before, after, request):
    for pk, row in rows.items():
        # Django takes the number away from rows that it deletes.
        row.pk = pk
        audit.record_difference(row, before.get(pk, {}), after.get(pk, {}), by=request.user)
