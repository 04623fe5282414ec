from django.db import migrations, models

import registrations.models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0003_keys_of_known_people")]

    operations = [
        migrations.AlterField(
            model_name="participant",
            name=name,
            field=models.CharField(default=registrations.models.new_key, editable=False, max_length=40, unique=True),
        )
        for name in ("feed_key", "stop_key")
    ]
