import django.db.models.deletion
import registrations.models.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0010_length_of_texts'),
        ('registrations', '0025_one_index_of_slots'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NextSeasonSubscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mailbox', models.CharField(help_text='Folded; mails go to it.', max_length=300, unique=True, verbose_name='address')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language of the mails')),
                ('consent_version', models.CharField(max_length=20)),
                ('consent_text', models.TextField()),
                ('consented_at', models.DateTimeField(verbose_name='agreed')),
                ('stop_key', models.CharField(default=registrations.models.keys.new_key, editable=False, max_length=40, unique=True)),
            ],
            options={
                'verbose_name': 'address for the next season',
                'verbose_name_plural': 'addresses for the next season',
            },
        ),
        migrations.AddField(
            model_name='message',
            name='subscriber',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='registrations.nextseasonsubscriber'),
        ),
        migrations.CreateModel(
            name='SeasonAnnouncement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('mails_leave_at', models.DateTimeField()),
                ('people', models.PositiveIntegerField(help_text='To how many it went.')),
                ('prepared_at', models.DateTimeField(blank=True, help_text='When all its mails were in the outbox.', null=True)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='announcements', to='online_sessions.season')),
            ],
            options={
                'verbose_name': 'announcement of a season',
                'verbose_name_plural': 'announcements of seasons',
            },
        ),
        migrations.AddField(
            model_name='message',
            name='announcement',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='registrations.seasonannouncement'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('announcement__isnull', False)), fields=['announcement'], name='message_of_announcement'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('subscriber__isnull', False)), fields=['subscriber'], name='message_to_subscriber'),
        ),
        migrations.AddConstraint(
            model_name='seasonannouncement',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('season',), name='one_standing_announcement_of_a_season'),
        ),
    ]
