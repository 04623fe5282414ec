from django.db import migrations, models


def empty(apps, schema_editor):
    """Erasing stored "en" for everybody: which language they read is not known."""
    people = apps.get_model("registrations", "Participant").objects
    people.filter(anonymised_at__isnull=False, language="en").update(language="")


class Migration(migrations.Migration):
    dependencies = [("registrations", "0046_figures")]

    operations = [
        migrations.AlterField(
            model_name="participant",
            name="language",
            field=models.CharField(
                blank=True,
                default="en",
                help_text="Empty once their details are gone, unless many share it.",
                max_length=10,
                verbose_name="language of the mails",
            ),
        ),
        migrations.RunPython(empty, migrations.RunPython.noop),
    ]
