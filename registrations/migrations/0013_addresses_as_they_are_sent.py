import idna
from django.db import migrations

BEYOND_ASCII = r"[^ -~]"
UNSENT = ["queued", "sending"]


def store_as_sent(apps, schema_editor):
    """Until now domains in other scripts stood as typed, and were compared by IDNA 2003, which takes "faß" for "fass".

    What IDNA 2008 refuses stays as it is: nothing could ever be sent there.
    """
    model = {name: apps.get_model("registrations", name) for name in ("Participant", "Invitation", "AdmissionRequest")}
    _convert(model["Participant"], "season_id", "name_key")
    _convert(model["Invitation"], "session_id", "name_key")
    _convert(model["AdmissionRequest"], "invitation_id")
    for message in apps.get_model("registrations", "Message").objects.filter(
        status__in=UNSENT, recipient__regex=BEYOND_ASCII
    ):
        message.recipient = _as_sent(message.recipient)
        message.save(update_fields=["recipient"])


def _convert(model, *unique):
    for row in model.objects.filter(email__regex=BEYOND_ASCII).order_by("pk"):
        row.email = _as_sent(row.email)
        if row.email.isascii():
            row.mailbox = row.email.lower()
        same = {field: getattr(row, field) for field in unique}
        if model.objects.filter(mailbox=row.mailbox, **same).exclude(pk=row.pk).exists():
            # The same person twice, which only the wrong comparison allowed: their links hold, the address finds one.
            row.mailbox = f"{row.mailbox} {row.pk}"
        row.save(update_fields=["email", "mailbox"])


def _as_sent(email) -> str:
    local, _at, domain = email.rpartition("@")
    try:
        return f"{local}@{idna.encode(domain, uts46=True, std3_rules=True).decode('ascii')}"
    except UnicodeError:
        return email


class Migration(migrations.Migration):
    dependencies = [("registrations", "0012_failed_mails")]

    operations = [migrations.RunPython(store_as_sent, migrations.RunPython.noop)]
