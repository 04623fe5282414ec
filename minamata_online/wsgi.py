"""The entry point for gunicorn."""

import os

import django

from minamata_online.celery import app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minamata_online.settings")

django.setup(set_prefix=False)

from minamata_online.handler import Handler  # noqa: E402

application = Handler()
# A page waits no longer than this for a broker that is frozen; beat has the mails found. Workers wait longer.
app.conf.broker_transport_options |= {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
