"""The columns of a row for its texts in other languages; `sessions.translations` reads and writes them."""

from django.db import models


class RewordedField(models.JSONField):
    """By language: how often new translations gave calendar entries other words, and when the last time was."""

    def __init__(self, **options):
        super().__init__(**{"default": dict, "db_default": {}, "blank": True, "editable": False} | options)


class TranslationsField(models.JSONField):
    """By language and name of the English column: the text, the digest of the English, whether it is hidden."""

    def __init__(self, **options):
        super().__init__(**{"default": dict, "db_default": {}, "blank": True, "editable": False} | options)
