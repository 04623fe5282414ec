"""What Celery beat starts, and when."""

from celery.schedules import crontab


def entries(*, reads_replies: bool) -> dict:
    """For CELERY_BEAT_SCHEDULE; a task that waited longer than `expires` seconds for a worker is not run any more."""
    tasks = {
        "relay-due-mails": {"task": "registrations.tasks.relay", "schedule": 5.0, "options": {"expires": 5}},
        "post-reminders": {"task": "registrations.tasks.post_reminders", "schedule": 60.0, "options": {"expires": 60}},
        "drop-old-sign-ins": {
            "task": "registrations.tasks.drop_old_sign_ins",
            "schedule": crontab(hour=3, minute=47),
            "options": {"expires": 3600},
        },
        "fold-search-texts": {
            "task": "registrations.tasks.fold_search_texts",
            "schedule": crontab(hour=3, minute=37),
            "options": {"expires": 3600},
        },
        "delete-uploaded-tables": {
            "task": "registrations.tasks.delete_uploaded_tables",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        "open-feedback": {
            "task": "registrations.tasks.open_feedback",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        "apply-data-clock": {
            "task": "registrations.tasks.apply_data_clock",
            "schedule": crontab(hour=3, minute=17),
            "options": {"expires": 3600},
        },
    }
    if reads_replies:
        tasks["read-calendar-replies"] = {
            "task": "registrations.tasks.read_calendar_replies",
            "schedule": 300.0,
            "options": {"expires": 300},
        }
    return tasks
