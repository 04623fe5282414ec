"""A filter of lists by whether something has happened, in words."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class MomentFilter(admin.EmptyFieldListFilter):
    """For a column that is empty until it has happened; Django alone says “Empty” and “Not empty”."""

    heading, before, after = "", _("No"), _("Yes")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = self.heading

    def choices(self, changelist):
        displays = [_("All"), self.before, self.after]
        for choice, display in zip(super().choices(changelist), displays, strict=True):
            yield choice | {"display": display}
