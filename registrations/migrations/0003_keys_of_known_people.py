from django.db import migrations

from registrations.models import new_key


def fill(apps, schema_editor):
    """Own keys for everybody, and every registration so far was confirmed with a calendar entry."""
    Participant = apps.get_model("registrations", "Participant")
    for participant in Participant.objects.only("pk").iterator():
        Participant.objects.filter(pk=participant.pk).update(feed_key=new_key(), stop_key=new_key())
    apps.get_model("registrations", "Registration").objects.update(entry_was_mailed=True)


class Migration(migrations.Migration):
    dependencies = [("registrations", "0002_changes_reach_everyone")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
