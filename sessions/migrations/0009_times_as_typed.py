from zoneinfo import ZoneInfo, available_timezones

from django.db import migrations, models

BATCH = 500


def remember_times_to_come(apps, schema_editor):
    """As the clocks of the seasons show them by the rules of this moment."""
    Occurrence = apps.get_model("online_sessions", "Occurrence")
    known, slots = available_timezones(), []
    for slot in Occurrence.objects.select_related("session__season").only("starts_at", "ends_at", "session__season__timezone"):
        zone = slot.session.season.timezone
        if zone in known:
            start, end = (moment.astimezone(ZoneInfo(zone)) for moment in (slot.starts_at, slot.ends_at))
            slot.typed_start, slot.typed_end = f"{start:%Y-%m-%dT%H:%M}", f"{end:%Y-%m-%dT%H:%M}"
            slot.typed_zone = zone
            slots.append(slot)
    Occurrence.objects.bulk_update(slots, ["typed_start", "typed_end", "typed_zone"], batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0008_telephone_of_meetings'),
    ]

    operations = [
        migrations.AddField(
            model_name='occurrence',
            name='typed_start',
            field=models.CharField(
                blank=True, db_default='', editable=False, help_text='On the clock of `typed_zone`.', max_length=16
            ),
        ),
        migrations.AddField(
            model_name='occurrence',
            name='typed_end',
            field=models.CharField(blank=True, db_default='', editable=False, max_length=16),
        ),
        migrations.AddField(
            model_name='occurrence',
            name='typed_zone',
            field=models.CharField(
                blank=True,
                db_default='',
                editable=False,
                help_text='The clock on which staff typed the times: its rules may change afterwards.',
                max_length=64,
            ),
        ),
        migrations.RunPython(remember_times_to_come, migrations.RunPython.noop),
    ]
