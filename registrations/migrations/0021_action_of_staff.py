from django.db import migrations, models


class Migration(migrations.Migration):
    """The attribute has another name; the column keeps its own, so that nothing is done in the database."""

    dependencies = [("registrations", "0020_mails_with_what_was_typed")]

    operations = [
        migrations.AlterField(
            model_name="staffaction", name="deed", field=models.CharField(db_column="deed", max_length=40)
        ),
        migrations.RenameField(model_name="staffaction", old_name="deed", new_name="action"),
    ]
