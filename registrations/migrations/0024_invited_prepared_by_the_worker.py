from django.db import migrations, models


def leave_room(apps, schema_editor):
    """Half of each page: so all people invited to a session can be marked without any index being written (HOT)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE registrations_invitation SET (fillfactor = 50)")


def leave_no_room(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE registrations_invitation RESET (fillfactor)")


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0023_last_runs'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='unprepared_since',
            field=models.PositiveBigIntegerField(
                editable=False,
                help_text='Id of the first change of a time slot of the session of which no mail is prepared yet.',
                null=True,
            ),
        ),
        migrations.RunPython(leave_room, leave_no_room),
    ]
