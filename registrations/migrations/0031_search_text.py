from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("registrations", "0030_octets_stored_as_they_are")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="search_text",
            field=models.TextField(
                db_default="",
                default="",
                editable=False,
                help_text="Name, e-mail and organisation, folded for searching.",
            ),
        ),
    ]
