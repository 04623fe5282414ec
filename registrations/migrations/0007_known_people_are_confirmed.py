from django.db import migrations
from django.db.models import F


def confirm(apps, schema_editor):
    """So far everybody signed up themselves."""
    apps.get_model("registrations", "Participant").objects.update(confirmed_at=F("consented_at"))


class Migration(migrations.Migration):
    dependencies = [("registrations", "0006_places_people_access")]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
