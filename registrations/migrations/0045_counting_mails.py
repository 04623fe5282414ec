from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0044_mails_that_came_back")]

    operations = [
        migrations.RemoveIndex(model_name="message", name="message_with_text"),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("emptied_at", None)),
                fields=["queued_at"],
                include=["status", "settled_at"],
                name="message_with_text",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("kind", "delegation")),
                fields=["participant"],
                name="message_to_focal_point",
            ),
        ),
    ]
