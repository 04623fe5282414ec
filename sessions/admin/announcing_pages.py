"""What announcing a season and announcing what is published of a session have in common as pages."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.presenters.staff.recipients import NOTHING_TO_TAKE_BACK
from sessions.admin import wording
from sessions.admin.programme_page import ProgrammePage

OTHER_NUMBER = gettext_lazy("Meanwhile the number of people has changed. Nothing was sent. Please look again.")


def page(name, row) -> str:
    return reverse(f"admin:online_sessions_{row._meta.model_name}_{name}", args=[row.pk])


class AnnouncingPage(ProgrammePage):
    def leads_to(self):
        return page("announce", self.row)

    def show(self, **context):
        return super().show(take_back=page("take_back", self.row), leads_to=self.leads_to(), **context)


class TakingBackPage(AnnouncingPage):
    """Stops the mails that have not left."""

    title = gettext_lazy("Take the announcement back")

    def progress(self):
        """How far its mails have come."""
        raise NotImplementedError

    def stop(self) -> int | None:
        """How many people hear nothing; None if it is too late."""
        raise NotImplementedError

    def get(self, request, pk):
        found = self.progress()
        return self.show(silent=wording.hear_nothing(found.being_prepared + found.waiting))

    def post(self, request, pk):
        silent = self.stop()
        if silent is None:
            return self.leave(messages.WARNING, NOTHING_TO_TAKE_BACK)
        return self.report(_("The announcement is taken back."), wording.hear_nothing(silent))
