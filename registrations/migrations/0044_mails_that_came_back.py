from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0043_moves_of_people")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("came_back_at__isnull", False)),
                fields=["registration"],
                name="message_that_came_back",
            ),
        ),
    ]
