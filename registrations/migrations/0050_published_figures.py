from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0049_attendance_uploads'),
    ]

    operations = [
        migrations.AddField(
            model_name='figures',
            name='shown',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='figures',
            name='taken_back_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='taken back'),
        ),
    ]
