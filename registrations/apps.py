"""What Django needs to know of the app `registrations`: its name, here and in the admin."""

from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = "Registrations"
