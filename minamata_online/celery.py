import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minamata_online.settings")

app = Celery("minamata_online")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
