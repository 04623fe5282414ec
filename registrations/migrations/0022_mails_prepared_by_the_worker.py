from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Now


def all_are_prepared(apps, schema_editor):
    apps.get_model("registrations", "SlotChange").objects.update(prepared_at=F("made_at"))


def leave_room(apps, schema_editor):
    """Half of each page: so all people of a slot can have a new SEQUENCE without any index being written (HOT)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE registrations_registration SET (fillfactor = 50)")


def leave_no_room(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE registrations_registration RESET (fillfactor)")


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0021_action_of_staff'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='unprepared_since',
            field=models.PositiveIntegerField(
                editable=False,
                help_text='SEQUENCE of the time slot after the first of its changes of which no mail is prepared yet.',
                null=True,
            ),
        ),
        migrations.AddField(
            model_name='slotchange',
            name='prepared_at',
            field=models.DateTimeField(
                blank=True,
                db_default=Now(),
                help_text='When all its mails were in the outbox, or a later change took over those that were not.',
                null=True,
            ),
        ),
        migrations.RunPython(all_are_prepared, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='slotchange',
            constraint=models.UniqueConstraint(
                condition=models.Q(('prepared_at', None)),
                fields=('occurrence',),
                name='one_change_of_a_slot_in_preparation',
            ),
        ),
        migrations.RunPython(leave_room, leave_no_room),
    ]
