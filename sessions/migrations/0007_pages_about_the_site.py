from django.db import migrations, models


def add_pages(apps, schema_editor):
    page_text = apps.get_model('online_sessions', 'PageText')
    for page in ('about', 'accessibility'):
        page_text.objects.get_or_create(page=page)


class Migration(migrations.Migration):

    dependencies = [
        ('online_sessions', '0006_partners_of_seasons'),
    ]

    operations = [
        migrations.CreateModel(
            name='PageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                (
                    'page',
                    models.CharField(
                        choices=[('about', 'About and contact'), ('accessibility', 'Accessibility')],
                        editable=False,
                        max_length=20,
                        unique=True,
                        verbose_name='page',
                    ),
                ),
                (
                    'text',
                    models.TextField(
                        blank=True,
                        db_default='',
                        default='',
                        help_text=(
                            'An empty line begins a paragraph, “# ” a heading, “- ” an item of a list. A link: '
                            '[its words](https://www.example.org/). Empty the field to have the usual text again.'
                        ),
                        verbose_name='text',
                    ),
                ),
            ],
            options={
                'verbose_name': 'page about the site',
                'verbose_name_plural': 'pages about the site',
                'ordering': ['page'],
            },
        ),
        migrations.RunPython(add_pages, migrations.RunPython.noop),
    ]
