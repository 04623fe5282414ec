"""What most processes of the program import from others, as far as it can be imported before there are settings."""

# ruff: noqa: F401 - whoever is forked has them

import imaplib

import babel.dates
import billiard.pool
import celery.app.amqp
import celery.app.control
import celery.app.events
import celery.apps.beat
import celery.apps.worker
import celery.backends.redis
import celery.bin.beat
import celery.bin.celery
import celery.concurrency.prefork
import celery.events.state
import celery.loaders.app
import celery.worker.components
import celery.worker.consumer
import celery.worker.strategy
import cryptography.hazmat.primitives.asymmetric.padding
import cryptography.x509
import django.contrib.admin
import django.contrib.messages.storage.fallback
import django.contrib.staticfiles.management.commands.collectstatic
import django.contrib.staticfiles.storage
import django.core.cache.backends.redis
import django.core.handlers.wsgi
import django.core.mail.backends.smtp
import django.core.management.commands.migrate
import django.db.backends.postgresql.base
import django.db.backends.sqlite3.base
import django.forms
import django.template.backends.django
import django.test.client
import django.views.generic
import django.views.i18n
import environ
import fido2.server
import fido2.webauthn
import gunicorn.app.wsgiapp
import gunicorn.workers.gthread
import icalendar
import idna
import kombu.transport.redis
import markdown_it
import nh3
import openpyxl
import psycopg2.extras
import pytz
import qrcode
import redis.cluster
import tzdata
import whitenoise.middleware
import whitenoise.storage
