"""The page on which staff take a season home as an archive: files that open without this program."""

from itertools import chain

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations import audit
from sessions.admin.programme_page import ProgrammePage, programme_of
from sessions.archive import programme, zip_file
from sessions.archive.exceptions import CannotArchive
from sessions.archive.making import Making
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.models import Season

DRAFT = gettext_lazy("Publish the season first: an archive has what everybody sees.")


class ArchivePage(ProgrammePage):
    """By a button only: it costs some seconds, and it is put on record who took it."""

    model = Season
    template_name = "admin/online_sessions/season/archive.html"
    title = gettext_lazy("Take an archive")

    @property
    def way_back(self):
        return programme_of(self.row)

    def refusal(self):
        return "" if self.row.is_published else DRAFT

    def get(self, request, pk):
        archive = programme.of(self.row.slug, now=moment.of(self.row))
        return self.show(facts=[_sessions(archive), _files(archive), *_to_come(archive), *_rehearsal(self.row)])

    def post(self, request, pk):
        """Sent while it is made, so that nothing of it stays here and no request waits for the whole."""
        try:
            octets = zip_file.octets(Making(programme.of(self.row.slug, now=moment.of(self.row))))
            first = next(octets)
        except CannotArchive as reason:
            return self.leave(messages.WARNING, str(reason), page=request.path)
        audit.record("archived", self.row, by=request.user)
        response = StreamingHttpResponse(chain([first], octets), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{zip_file.name(self.row)}.zip"'
        response["Cache-Control"] = "no-store"
        return response


def _sessions(archive) -> str:
    kept = len(archive.programme.sessions)
    words = ngettext("%(number)s session that is open to all.", "%(number)s sessions that are open to all.", kept)
    return words % {"number": number(kept)}


def _files(archive) -> str:
    stored = [each for session in archive.programme.sessions for each in session.materials.all() if each.file]
    words = ngettext("%(number)s published file, %(size)s.", "%(number)s published files, %(size)s.", len(stored))
    return words % {"number": number(len(stored)), "size": filesizeformat(sum(each.size or 0 for each in stored))}


def _to_come(archive) -> list[str]:
    programme = archive.programme
    slots = [slot for session in programme.sessions for slot in programme.slots.get(session.pk, [])]
    coming = sum(not slot.is_over(archive.made_at) and not slot.is_called_off for slot in slots)
    words = ngettext(
        "%(number)s time slot is still to come: the archive says that registration for it is closed.",
        "%(number)s time slots are still to come: the archive says that registration for them is closed.",
        coming,
    )
    return [words % {"number": number(coming)}] if coming else []


def _rehearsal(season) -> list[str]:
    return [_("It is a rehearsal: each page of the archive says so.")] if season.is_rehearsal else []
