import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("online_sessions", "0014_announcements_taken_back"),
        ("registrations", "0048_attendance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AttendanceUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uploaded_at", models.DateTimeField(db_index=True)),
                ("name", models.CharField(max_length=200)),
                ("octets", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("said", models.JSONField(default=dict)),
                (
                    "occurrence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance_uploads",
                        to="online_sessions.occurrence",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "uploaded report of attendance",
                "verbose_name_plural": "uploaded reports of attendance",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("occurrence", "uploaded_by", "sha256"), name="one_upload_of_a_file_by_somebody"
                    )
                ],
            },
        ),
    ]
