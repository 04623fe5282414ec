import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0010_length_of_texts'),
        ('registrations', '0031_search_text'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Circular',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.JSONField(blank=True, default=dict)),
                ('changed_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(blank=True, help_text='Empty for a draft.', null=True, verbose_name='sent')),
                ('mails_leave_at', models.DateTimeField(blank=True, null=True)),
                ('people', models.PositiveIntegerField(default=0, help_text='To how many it went.', verbose_name='people')),
                ('left', models.JSONField(blank=True, default=list, editable=False)),
                ('prepared_at', models.DateTimeField(blank=True, help_text='When all its mails were in the outbox.', null=True)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='circulars_sent', to=settings.AUTH_USER_MODEL)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='circulars', to='online_sessions.season')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='circulars_written', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'circular',
                'verbose_name_plural': 'circulars',
            },
        ),
        migrations.CreateModel(
            name='CircularWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(default='en', max_length=10)),
                ('subject', models.CharField(max_length=150, verbose_name='subject')),
                ('text', models.TextField(help_text='In a small part of Markdown.', verbose_name='text')),
                ('circular', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='registrations.circular')),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='circular',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='registrations.circular'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('circular__isnull', False)), fields=['circular'], name='message_of_circular'),
        ),
        migrations.AddConstraint(
            model_name='circular',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('made_at', None), ('mails_leave_at', None)), models.Q(('made_at__isnull', False), ('mails_leave_at__isnull', False)), _connector='OR'), name='confirmed_circular_has_a_time_to_leave'),
        ),
        migrations.AddConstraint(
            model_name='circular',
            constraint=models.CheckConstraint(condition=models.Q(('made_at__isnull', False), models.Q(('prepared_at', None), ('taken_back_at', None)), _connector='OR'), name='draft_of_a_circular_has_no_mails'),
        ),
        migrations.AddConstraint(
            model_name='circularwords',
            constraint=models.UniqueConstraint(fields=('circular', 'language'), name='one_wording_of_a_circular_in_a_language'),
        ),
    ]
