from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0011_reasons_for_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='announced_again',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, help_text='How often it was announced after the first time, when more was published.'),
        ),
    ]
