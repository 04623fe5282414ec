"""How the post is doing, for staff: what waits, what failed and why, and who still lacks a mail."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from registrations import last_runs
from registrations.admin.base import in_geneva, slot_time
from registrations.admin.mail import failed, running
from registrations.mail import health
from registrations.models import Message, Registration
from registrations.seats import counters
from sessions.clocks import dates
from sessions.models import Occurrence

# Of longer lists the lists of mails and registrations have the rest.
ROWS = 100


class PostPage(View):
    http_method_names = ["get", "head"]
    model_admin = None

    def get(self, request):
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        lacking = list(health.lacking_a_mail(now).order_by("registered_at", "pk").values_list("pk", flat=True))
        report = health.report_of_queue(now)
        context = self.model_admin.admin_site.each_context(request) | {
            "title": _("Post"),
            "opts": Message._meta,
            "states": _states(report),
            "oldest": _waiting(report.oldest_due_age),
            "pause": report.pause and _pause(report.pause),
            "is_late": report.is_late,
            "is_preparing_late": report.is_preparing_late,
            "unprepared": _waiting(report.oldest_unprepared_age),
            "runs": running.rows(last_runs.report(now)),
            "failed": failed.groups(),
            "lacking": [_person(registration) for registration in _registrations(lacking[:ROWS])],
            "lacking_in_all": len(lacking),
            "miscounted": [_slot(slot) for slot in _miscounted(now)],
            "may_act": self.model_admin.has_send_again_permission(request),
            "may_correct": request.user.has_perm("registrations.change_participant"),
            "may_see_people": request.user.has_perm("registrations.view_registration"),
        }
        return TemplateResponse(request, "admin/registrations/message/post.html", context)


def _states(report) -> list[tuple[str, str, str]]:
    return [(state, str(Message.Status(state).label), dates.number(number)) for state, number in report.mails.items()]


def _pause(pause) -> dict:
    return {"since": in_geneva(pause.since), "until": in_geneva(pause.until), "reason": pause.reason}


def _waiting(age) -> str:
    seconds = int(age.total_seconds())
    if not seconds:
        return _("no mail is due")
    if seconds < 120:
        return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": seconds}
    minutes = seconds // 60
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": dates.number(minutes)}


def _registrations(pks):
    related = ["participant", "session", "occurrence__session__season"]
    return Registration.objects.filter(pk__in=pks).select_related(*related).order_by("registered_at", "pk")


def _miscounted(now):
    return counters.wrong(Occurrence.objects.upcoming(now)).select_related("session__season").in_order()[:ROWS]


def _slot(slot) -> dict:
    return {
        "session": str(slot.session),
        "slot": slot_time(slot),
        "kept": _("%(taken)s confirmed, %(waiting)s waiting") % {"taken": slot.taken, "waiting": slot.waiting},
        "counted": _("%(taken)s confirmed, %(waiting)s waiting") % {"taken": slot.seated, "waiting": slot.listed},
    }


def _person(registration) -> dict:
    return {
        "pk": registration.pk,
        "name": str(registration.participant),
        "session": str(registration.session),
        "slot": slot_time(registration.occurrence),
        "registered": in_geneva(registration.registered_at),
    }
