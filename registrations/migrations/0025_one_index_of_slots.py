import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0005_announcements_prepared_by_the_worker'),
        ('registrations', '0024_invited_prepared_by_the_worker'),
    ]

    operations = [
        migrations.AlterField(
            model_name='registration',
            name='occurrence',
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='registrations',
                to='online_sessions.occurrence',
                verbose_name='time slot',
            ),
        ),
    ]
