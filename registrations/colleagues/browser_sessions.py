"""The browsers in which a member of staff is signed in."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session as BrowserSession


def end_all(user):
    """Sign somebody out everywhere, also where somebody else sits at their browser.

    Whose a browser session is stands inside it alone, so that all of them are read.
    """
    rows = BrowserSession.objects.order_by("pk").iterator()
    theirs = [row.pk for row in rows if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    BrowserSession.objects.filter(pk__in=theirs).delete()
