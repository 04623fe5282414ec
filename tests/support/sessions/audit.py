"""What staff did at the desk, as the audit log has it."""

from registrations.models import StaffAction
from tests.support.sessions.admin_pages import page, sent_by


def recorded(*fields):
    """What is in the audit log, the oldest first, by these fields."""
    return list(StaffAction.objects.order_by("pk").values_list(*fields))


def edit(client, name, row, **changes):
    address = page(f"{name}_change", row.pk)
    return client.post(address, sent_by(client.get(address)) | changes)


def kept():
    return StaffAction.objects.order_by("-pk").first()
