from django.db import migrations, models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def count(apps, schema_editor):
    registrations = apps.get_model("registrations", "Registration").objects

    def people(status):
        of_slot = registrations.filter(occurrence=OuterRef("pk"), status=status).order_by().values("occurrence")
        return Coalesce(Subquery(of_slot.annotate(number=Count("pk")).values("number")), 0)

    slots = apps.get_model("online_sessions", "Occurrence").objects
    slots.update(taken=people("confirmed"), waiting=people("waitlisted"))


class Migration(migrations.Migration):

    dependencies = [
        ("online_sessions", "0003_numbers_of_people"),
        ("registrations", "0010_queue_in_order"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=Q(("status", "waitlisted")),
                fields=["occurrence", "waiting_since", "id"],
                name="registration_by_place_in_list",
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
