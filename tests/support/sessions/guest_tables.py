"""Tables of guests as staff bring them, and the buttons of the page that asks what is in each column."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from registrations.invitations import table_uploads
from registrations.models import UploadedTable
from tests.support.paths import TABLES
from tests.support.sessions.admin_pages import page


def upload(client, session, name, octets=None):
    """The page to which a file leads."""
    file = SimpleUploadedFile(name, (TABLES / name).read_bytes() if octets is None else octets)
    return client.post(page("session_invite", session.pk), {"file": file}).url


def paste(client, session, text):
    return client.post(page("session_invite", session.pk), {"people": text}, follow=True)


def read_by_the_worker():
    for table in UploadedTable.objects.filter(started_at=None):
        table_uploads.read(upload_id=table.pk, now=timezone.now())


def see(client, address, **chosen):
    """Press the button below the columns, some of them chosen by their heading."""
    form = client.get(address).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() is not None}
    for column, field in form.shown:
        if column.title in chosen:
            sent[field.html_name] = chosen[column.title]
    return client.post(address, sent)


def invite_from(client, session, preview, number):
    hidden = {field.html_name: field.value() for field in preview.context["hidden"] if field.value() is not None}
    return client.post(page("session_invite", session.pk), hidden | {"confirm-people": number, "confirm": "yes"})


def names(preview):
    return [(line.number, line.guest.name, line.guest.organisation) for line in preview.context["good"]]
