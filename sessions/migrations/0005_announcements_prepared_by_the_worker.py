from django.db import migrations, models
from django.db.models import F


def all_are_prepared(apps, schema_editor):
    announced = apps.get_model("online_sessions", "Session").objects.filter(announced_at__isnull=False)
    announced.update(announcement_prepared_at=F("announced_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0004_season_takes_its_sessions'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='announcement_prepared_at',
            field=models.DateTimeField(
                blank=True, editable=False, help_text='When all mails of that were in the outbox.', null=True
            ),
        ),
        migrations.RunPython(all_are_prepared, migrations.RunPython.noop),
    ]
