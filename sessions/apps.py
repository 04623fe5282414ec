"""The app of the programme, under the label `online_sessions`: `django.contrib.sessions` has the other."""

from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    # The bare name is taken by django.contrib.sessions; tables, permissions and admin addresses carry this label.
    label = "online_sessions"
    verbose_name = "Programme"
