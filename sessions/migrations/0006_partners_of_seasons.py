from django.db import migrations, models

import sessions.partners


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0005_announcements_prepared_by_the_worker'),
    ]

    operations = [
        migrations.AddField(
            model_name='season',
            name='partners',
            field=models.TextField(
                blank=True,
                db_default='',
                default='',
                help_text='One partner per line; its web address, if it has one, at the end of the line.',
                validators=[sessions.partners.validate_lines],
            ),
        ),
        migrations.AlterField(
            model_name='session',
            name='partners',
            field=models.TextField(
                blank=True,
                help_text=(
                    'One partner per line; the web address at the end, unless the season names the same partner.'
                ),
                validators=[sessions.partners.validate_lines],
            ),
        ),
    ]
