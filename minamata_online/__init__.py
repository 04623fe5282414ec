"""The project: settings, and what concerns every request, every process and the whole site."""

from minamata_online.celery import app as celery_app

__all__ = ["celery_app"]
