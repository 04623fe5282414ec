from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("online_sessions", "0002_changes_reach_everyone"),
    ]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="taken",
            field=models.PositiveIntegerField(
                default=0,
                editable=False,
                help_text="How many people are confirmed. Changed with their registrations only.",
            ),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="waiting",
            field=models.PositiveIntegerField(
                default=0, editable=False, help_text="How many people wait. Changed with their registrations only."
            ),
        ),
    ]
