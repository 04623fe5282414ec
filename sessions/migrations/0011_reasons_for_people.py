from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0010_length_of_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='occurrence',
            name='reason',
            field=models.CharField(blank=True, default='', db_default='', editable=False, help_text='Why it was moved, called off or is held after all, as people read it.', max_length=300),
        ),
    ]
