"""Where people write to, for the foot of every page."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def contact_email() -> str:
    return settings.REPLY_TO_EMAIL
