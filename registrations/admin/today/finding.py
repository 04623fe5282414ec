"""People, and mailboxes in trouble, by words of their names and addresses, for the box on the start page."""

from django.contrib import admin
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from registrations.admin.base import searched
from registrations.models import Mailbox, Participant
from registrations.people.identity import fold_address
from sessions import addresses
from sessions.staff.finding import MOST, Found


def people(request, typed) -> Found | None:
    if not request.user.has_perm("registrations.view_participant"):
        return None
    found = searched(Participant.objects.filter(anonymised_at=None), typed).select_related("season")
    rows = [(str(each), f"{each.email} · {each.season}", _page(each)) for each in found.order_by("-pk")[:MOST]]
    return Found(_("People"), rows, _all("participant", typed) if len(rows) == MOST else "")


def mailboxes(request, typed) -> Found | None:
    if not request.user.has_perm("registrations.view_mailbox"):
        return None
    found = Mailbox.objects.filter(address__contains=fold_address(addresses.as_stored(typed))).order_by(
        "-last_at", "-pk"
    )
    rows = [(each.address, each.get_state_display(), _page(each)) for each in found[:MOST]]
    return Found(_("Mailboxes in trouble"), rows, _all("mailbox", typed) if len(rows) == MOST else "")


def _page(row) -> str:
    return reverse(f"admin:registrations_{row._meta.model_name}_change", args=[row.pk])


def _all(model, typed) -> str:
    return f"{reverse(f'admin:registrations_{model}_changelist')}?{urlencode({'q': typed})}"


admin.site.finders += [people, mailboxes]
