from django.db import migrations


def store_as_they_are(apps, schema_editor):
    """Not compressed: that takes as long as all else of storing a mail, and rows are emptied after their term."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE registrations_message ALTER COLUMN octets SET STORAGE EXTERNAL")


def compress(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE registrations_message ALTER COLUMN octets SET STORAGE EXTENDED")


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0029_bounces'),
    ]

    operations = [
        migrations.RunPython(store_as_they_are, compress),
    ]
