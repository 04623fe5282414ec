"""The link from a session to writing to its people; it stands where that to their list does, for the same staff."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _


def beside(link, session):
    """After the link to the list of people."""
    page = reverse("admin:registrations_circular_add", query={"session": session.pk})
    return format_html('{} · <a href="{}">{}</a>', link, page, _("Write to them"))
