from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0007_pages_about_the_site'),
    ]

    operations = [
        migrations.AddField(
            model_name='occurrence',
            name='meeting_phone',
            field=models.TextField(
                blank=True,
                db_default='',
                default='',
                help_text=(
                    'Numbers and access code, for people who cannot get in otherwise. Shown to those who see the address.'
                ),
                max_length=1000,
                verbose_name='telephone of the meeting',
            ),
        ),
    ]
