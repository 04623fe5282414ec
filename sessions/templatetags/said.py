"""Texts of staff in the language of the page."""

from django import template

from sessions import translations

register = template.Library()
register.filter("said", translations.words)
